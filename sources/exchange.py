"""Citations of running text as lines of JSON, for other programs.

A line in is {"text": "…", "after": "Megillah 17b" or null}; a line out says each
citation and what was rejected. Positions are code points of the text as it came.
"""

import json

from sources import catalogue, places
from sources.references import ReferenceProblem

REFUSED = '{"error": '


class BadLine(ValueError):
    """A line that is no question; its words are the answer to it."""


def answers(lines):
    """The answer to each line of bytes, in order; one that is bad says why."""
    known = catalogue.current()
    for line in lines:
        if not line.strip():
            continue
        try:
            said = answer(known, *_asked(known, line))
        except BadLine as problem:
            said = {"error": str(problem)}
        yield json.dumps(said)  # ASCII: whatever the terminal's encoding


def answer(known, text, after):
    """What the text cites, as values that JSON can hold."""
    found = known.find(text, after)
    held = _held([each.reference for each in found.citations if each.reference])
    return {
        "citations": [_citation(each, held) for each in found.citations],
        "rejected": [{"text": each.text, "why": each.why} for each in found.rejected],
    }


def _asked(known, line):
    """(text, the reference before it or None) of one line. Raises BadLine."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise BadLine("The line is not JSON in UTF-8.") from problem
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        raise BadLine('Write {"text": "…", "after": "…" or null}.')
    after = asked.get("after")
    if after is None:
        return text, None
    if not isinstance(after, str):
        raise BadLine('"after" is a reference in words, or null.')
    try:
        return text, known.read(after)
    except ReferenceProblem as problem:
        raise BadLine(f'"after": {problem.reason}') from problem


def _citation(each, held):
    reference = each.reference
    return {
        "text": each.text,
        "start": each.start,
        "end": each.end,
        "reference": reference.english if reference else None,
        "sefaria": reference.sefaria or None if reference else None,
        "hebrew": reference.hebrew if reference else None,
        "source": held.get(reference),
        "choices": [_choice(choice) for choice in each.choices],
        "rule": each.rule or None,
    }


def _choice(choice):
    return {
        "reference": choice.reference.english,
        "sefaria": choice.reference.sefaria or None,
        "why": choice.why,
    }


def _held(references):
    """The address on the site of each reference that a published source stands at."""
    published = places.published_at(references)
    return {
        reference: places.address_of(reference, sources)
        for reference, sources in published.items()
    }
