"""What a record's file says: one function for each kind, as WRITERS the other way.

Each takes the record and the dump, and returns the values that its file would be
read as. What no file can hold is told to `dump.lose`, never left out in silence.
"""

from sources.library_files import ways_of
from sources.library_names import as_name
from sources.library_writers import TRANSLATION_LICENCE, TRANSLATOR
from sources.models import (
    Author,
    Essay,
    Path,
    Position,
    Question,
    Source,
    State,
    Text,
    Topic,
    Work,
)
from sources.text import find_words


def _fields(row, names):
    return {name: getattr(row, name) for name in names.split()}


def author_values(author, dump):
    return _fields(author, "name name_he dates note order")


def work_values(work, dump):
    return {
        **_fields(
            work,
            "title title_he short short_he category dating_note attribution "
            "attribution_note scheme bounds sefaria order",
        ),
        "author": dump.name(Author, work.author_id),
        "explains": dump.name(Work, work.explains_id),
        "era": Work.Era(work.era).label if work.era else "",
        "years": _years(work, dump),
        "commentator": _commentator(work, dump),
        "titles": [_fields(row, "text language kind") for row in work.titles.all()],
    }


def _years(work, dump):
    years = [work.year_from, work.year_to]
    if None not in years:
        return years
    if years != [None, None]:
        dump.lose("years of which one is not known", work)
    return []


def _commentator(work, dump):
    """The key of a commentator in commentators.toml, with these ways of writing."""
    ways = work.commentator
    if not ways:
        return ""
    english = [way["text"] for way in ways if way["language"] == "en"]
    hebrew = [way["text"] for way in ways if way["language"] == "he"]
    values = {"name": (english or [""])[0], "names_en": english, "names_he": hebrew}
    if ways_of(values) != ways:
        dump.lose("ways of writing a commentator, in another order or kind", work)
        return ""
    key, number = as_name(values["name"]) or "commentator", 1
    name = key
    while dump.commentators.setdefault(name, values) != values:
        number += 1
        name = f"{key}-{number}"
    return name


def topic_values(topic, dump):
    if topic.parent_id and not dump.name(Topic, topic.parent_id):
        dump.lose("topics' parents that are not published", topic)
    return {
        **_fields(topic, "name name_he description order"),
        "parent": dump.name(Topic, topic.parent_id),
    }


def question_values(question, dump):
    return _fields(question, "slug title title_he lede")


def position_values(position, dump):
    reconciled = [dump.name(Position, row.pk) for row in position.reconciles.all()]
    return {
        **_fields(position, "name name_he kind sign statement events order"),
        "question": dump.question.slug,
        "reconciles": reconciled,
    }


def source_values(source, dump):
    text = _text_values(source, dump)
    return {
        **_fields(
            source,
            "address part part_title part_title_he place place_he state section short "
            "short_he summary dating_note notes verified_against verification_method",
        ),
        "work": dump.name(Work, source.work_id),
        "text": text,
        "bearings": _bearing_values(source, text, dump),
        "topics": _topic_names(source, dump),
        "citations": [
            {"source": dump.name(Source, row.cited_id)} | _fields(row, "relation note")
            for row in source.citations_made.all()
        ],
    }


def _text_values(source, dump):
    """The original and our translation; {} without an original."""
    texts = sorted(source.texts.all(), key=lambda text: text.pk)
    original = next((row for row in texts if row.role == Text.Role.ORIGINAL), None)
    ours = next((row for row in texts if _is_ours(row, original)), None)
    for text in texts:
        if text not in (original, ours):
            dump.lose("texts other than the original and our translation", source)
        elif not text.is_excerpt:
            dump.lose("marks that a text is the whole passage", source)
    if ours and (ours.licence != TRANSLATION_LICENCE or ours.edition):
        dump.lose("another licence or edition of our translation", source)
    if not original:
        return {}
    return {
        **_fields(original, "language words"),
        "source_note": original.edition,
        "translation": ours.words if ours else "",
    }


def _is_ours(text, original):
    """Whether a file can hold a text as our translation: line for line, in English."""
    return (
        original is not None
        and text.role == Text.Role.TRANSLATION
        and text.language == Text.Language.ENGLISH
        and text.translator == TRANSLATOR
        and len(text.lines()) == len(original.lines())
    )


def _bearing_values(source, text, dump):
    """The bearings that the file would bring back with no higher a state."""
    rows = []
    for bearing in source.bearings.all():
        if bearing.state == State.WITHDRAWN:
            dump.lose("withdrawn bearings", source)
        elif bearing.question_id != dump.question.pk:
            dump.lose("bearings on another question", source)
        elif source.is_published and not bearing.is_published:
            dump.lose("unpublished bearings of a published source", source)
        else:
            rows.append(_one_bearing(bearing, source, text, dump))
    return rows


def _one_bearing(bearing, source, text, dump):
    if not source.is_published and bearing.state != State.DRAFT:
        dump.lose("states of an unpublished source's bearings", source)
    if bearing.reviewed_at:
        dump.lose("reviews of bearings", source)
    values = _fields(bearing, "direction basis reasoning read_by words credit")
    if bearing.words and not _stands(bearing.words, text):
        dump.lose("words of bearings that stand in a text that is left out", source)
        values["words"] = ""
    return values | {
        "position": dump.name(Position, bearing.position_id),
        "according_to": dump.name(Author, bearing.according_to_id),
    }


def _stands(words, text):
    """Whether words stand in a text of the file, as the gate will ask."""
    texts = (text.get("words", ""), text.get("translation", ""))
    return any(words in one or find_words(one, words) for one in texts)


def _topic_names(source, dump):
    names = []
    for link in sorted(source.topic_links.all(), key=lambda row: row.pk):
        name = dump.name(Topic, link.tag_id)
        if not name:
            dump.lose("links to a topic that is not published", source)
            continue
        names.append(name)
        if link.why or link.order != source.work.order:
            dump.lose("why, or in which order, a source stands under a topic", source)
    return names


def path_values(path, dump):
    return {
        **_fields(path, "title title_he description order"),
        "steps": [
            {"source": dump.name(Source, step.source_id), "why_next": step.why_next}
            for step in path.steps.all()
        ],
    }


def essay_values(essay, dump):
    return {
        **_fields(essay, "title lede body order"),
        "claims": [
            {"source": dump.name(Source, row.source_id)} | _fields(row, "claim finding")
            for row in essay.claims.all()
        ],
    }


VALUES = {
    Author: author_values,
    Work: work_values,
    Topic: topic_values,
    Question: question_values,
    Position: position_values,
    Source: source_values,
    Path: path_values,
    Essay: essay_values,
}
