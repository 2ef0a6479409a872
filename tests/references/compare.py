"""How many of the citations of the tables `find` resolves, beside its rival.

Run it by `python -m tests.references.compare`: it prints the table of the README,
and with `--write` it puts the table there.
"""

import sys
from pathlib import Path

from sources import references

from . import plain_regex, table_afterwards, table_citations, table_others
from .curated import at, catalogue, places, resolved
from .table_lexicon import EXTRA, FROM_SEED, IN_ITS_SENTENCE

README = Path(references.__file__).with_name("README.md")
NAMES = {
    "verse": "Chapter and verse",
    "daf": "Folio",
    "zohar": "Zohar",
    "section": "Chapter and paragraph",
    "chapter": "One number",
    "named": "A part by name",
    "whole": "A title alone",
}
LANGUAGES = {"en": "English", "he": "Hebrew"}


def find(text):
    """The places that the library's own `find` resolves in a text."""
    return resolved(catalogue().find(text))


FINDERS = (plain_regex.find, find)


def table():
    """The lines of the table, as Markdown."""
    return [
        "| Texts | How many | Plain expression | `find` |",
        "|---|--:|--:|--:|",
        *(
            f"| {name} | {count} | {rival} | {ours} |"
            for name, count, rival, ours in [*resolving(), *erring()]
        ),
    ]


def resolving():
    """For each table how many texts are resolved in full: more is better."""
    yield ("The lexicon's own", *lexicon())
    total = [0, 0, 0]
    groups = [
        (f"{NAMES[scheme]}, {LANGUAGES[language]}", rows)
        for (scheme, language), rows in table_citations.BY_SCHEME.items()
    ]
    groups.append(("Leaning on a neighbour", table_citations.LEANING))
    for name, rows in groups:
        counts = [len(rows), *(_right(finder, rows) for finder in FINDERS)]
        total = [sum(pair) for pair in zip(total, counts, strict=True)]
        yield (name, *counts)
    yield ("**All of these**", *total)
    rows = table_afterwards.CITATIONS
    yield (
        "Written afterwards",
        len(rows),
        *(_right(finder, rows) for finder in FINDERS),
    )


def erring():
    """For each other table how many texts get a citation: fewer is better."""
    for name, rows in (
        ("Wrongly cited: no citation", table_others.NO_CITATION),
        ("Wrongly cited: no citation, afterwards", table_afterwards.NO_CITATION),
        ("Wrongly cited: no such place", table_others.REJECTED),
    ):
        wrong = [sum(bool(finder(text)) for text, _ in rows) for finder in FINDERS]
        yield (name, len(rows), *wrong)
    guessed = [
        sum(not choices.isdisjoint(finder(text)) for text, choices in table_others.OPEN)
        for finder in FINDERS
    ]
    yield ("Guessed: what stays open", len(table_others.OPEN), *guessed)


def lexicon():
    """How many there are, and how many each finder resolves, the seed's in a row."""
    counts = []
    for finder in FINDERS:
        right = sum(finder(text) == expected for text, _, expected in EXTRA)
        before, text = [], ""
        for written, _, expected in FROM_SEED:
            text += f"Here too it is said ({IN_ITS_SENTENCE.get(written, written)}). "
            found = finder(text)
            right += found[len(before) :] == expected
            before = found
        counts.append(right)
    return [len(FROM_SEED) + len(EXTRA), *counts]


def _right(finder, rows):
    """How many rows a finder resolves in full, with nothing more."""
    return sum(finder(text) == places(map(at, expected)) for text, expected, _ in rows)


def written():
    """The lines of the README, and where its table begins and ends."""
    lines = README.read_text(encoding="utf-8").splitlines()
    rows = [number for number, line in enumerate(lines) if line[:1] == "|"]
    return lines, rows[0], rows[-1] + 1


if __name__ == "__main__":
    measured = table()
    print("\n".join(measured))
    if sys.argv[1:] == ["--write"]:
        lines, first, last = written()
        lines[first:last] = measured
        README.write_text("\n".join(lines) + "\n", encoding="utf-8")
