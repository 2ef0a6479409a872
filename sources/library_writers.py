"""How a file's entry becomes a record: one function for each kind.

Each is called inside the gate with the record, its entry and the load, saves the
record and the rows edited with it, and raises LibraryError or ValidationError.
"""

from copy import copy

from sources import changes
from sources.models import (
    Author,
    Bearing,
    Citation,
    Essay,
    EssayClaim,
    Path,
    PathStep,
    Position,
    Question,
    Source,
    State,
    Text,
    Topic,
    TopicLink,
    Work,
    WorkTitle,
)

TRANSLATOR = "the editors"
TRANSLATION_LICENCE = "CC BY-SA 4.0"


def _save(row, values, fields):
    """Set these fields, "" or the default where the file is silent, and save."""
    for name in fields.split():
        default = row._meta.get_field(name).get_default()
        setattr(row, name, values.get(name, default))
    _save_checked(row)


def _save_checked(row):
    """Save a row whose own fields hold; the database and the gate see to the rest."""
    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.is_relation])
    row.clean()
    row.save()


def write_author(author, entry, load):
    author.slug = entry.name
    _save(author, entry.values, "name name_he dates note order")


def write_work(work, entry, load):
    values = entry.values
    work.slug = entry.name
    work.author = _named(load, entry, "author", Author)
    work.explains = _named(load, entry, "explains", Work)
    work.era = _era(entry)
    work.year_from, work.year_to = _years(entry)
    work.commentator = _commentator(load, entry)
    _save(
        work,
        values,
        "title title_he short short_he category dating_note attribution "
        "attribution_note scheme bounds sefaria order",
    )
    _write_titles(work, values.get("titles", []))


def _named(load, entry, key, model):
    name = entry.values.get(key)
    return load.named(entry, key, model, name) if name else None


def _era(entry):
    name = entry.values.get("era")
    if not name:
        return None
    eras = {era.label: era for era in Work.Era}
    if name not in eras:
        raise entry.error("era", f"“{name}” is none of {', '.join(eras)}.")
    return eras[name]


def _years(entry):
    years = entry.values.get("years") or [None, None]
    if len(years) != 2 or not all(y is None or isinstance(y, int) for y in years):
        raise entry.error("years", "must be two whole numbers, first and last.")
    return years


def _commentator(load, entry):
    name = entry.values.get("commentator")
    if name and name not in load.library.commentators:
        raise entry.error("commentator", f"“{name}” is not in commentators.toml.")
    return load.library.commentators.get(name, [])


def _write_titles(work, rows):
    there = {title.text: title for title in work.titles.all()}
    for row in rows:
        title = there.pop(row["text"], None) or WorkTitle(work=work)
        _save(title, row, "text language kind")
    if there:
        changes.remove(work.titles.filter(text__in=there))


def write_topic(topic, entry, load):
    topic.slug = entry.name
    topic.state = State.PUBLISHED
    topic.parent = _named(load, entry, "parent", Topic)
    _save(topic, entry.values, "name name_he description order")


def write_question(question, entry, load):
    _save(question, entry.values, "slug title title_he lede")


def write_position(position, entry, load):
    values = entry.values
    position.slug = entry.name
    position.question = _question(load, entry, values["question"])
    _save(position, values, "name name_he kind sign statement events order")
    reconciled = values.get("reconciles", [])
    position.reconciles.set(
        [load.named(entry, "reconciles", Position, name) for name in reconciled]
    )


def _question(load, entry, slug):
    for question in load.found[Question].values():
        if question.slug == slug:
            return question
    raise entry.error("question", f"there is no question “{slug}” in the library.")


def write_source(source, entry, load):
    values = entry.values
    source.work = load.named(entry, "work", Work, values["work"])
    source.place_in_url = source.place_in_url or values["address"]
    if values.get("part"):
        source.place_in_url = f"{values['address']}-{values['part']}"
    _save(
        source,
        values,
        "address part part_title part_title_he place place_he state section short "
        "short_he summary dating_note notes verified_against verification_method",
    )
    if "text" in values:
        _write_texts(source, values["text"])
    _write_bearings(source, entry, load)
    _write_topics(source, entry, load)
    _write_citations(source, entry, load)


def _write_texts(source, row):
    original = _text(source, Text.Role.ORIGINAL, row["language"])
    original.words = row["words"]
    original.edition = row.get("source_note", "")
    _save_checked(original)
    if row.get("translation"):
        translation = _text(source, Text.Role.TRANSLATION, Text.Language.ENGLISH)
        translation.words = row["translation"]
        translation.translator = TRANSLATOR
        translation.licence = TRANSLATION_LICENCE
        _save_checked(translation)


def _text(source, role, language):
    text = source.texts.filter(role=role, language=language).first()
    return text or Text(source=source, role=role, language=language, is_excerpt=True)


def _write_bearings(source, entry, load):
    """Bearings as the file has them; one that left the file is withdrawn."""
    kept = []
    for order, row in enumerate(entry.values.get("bearings", [])):
        bearing = _write_bearing(source, entry, load, row, order)
        kept.append(bearing.pk)
    for bearing in source.bearings.exclude(pk__in=kept):
        bearing.state = State.WITHDRAWN
        bearing.save()


def _write_bearing(source, entry, load, row, order):
    position = row.get("position")
    position = position and load.named(entry, "bearings.position", Position, position)
    author = row.get("according_to")
    author = author and load.named(entry, "bearings.according_to", Author, author)
    read_by = row.get("read_by", "")
    bearing = source.bearings.filter(
        position=position or None, according_to=author or None, read_by=read_by
    ).first() or Bearing(source=source, order=order)
    bearing.position, bearing.according_to = position or None, author or None
    bearing.question = position.question if position else _only_question(load)
    bearing.order = order
    published = source.state == State.PUBLISHED
    bearing.state = State.PUBLISHED if published else State.DRAFT
    _save(bearing, row, "direction basis read_by words reasoning credit")
    return bearing


def _write_topics(source, entry, load):
    kept = []
    for name in entry.values.get("topics", []):
        topic = load.named(entry, "topics", Topic, name)
        link = source.topic_links.filter(tag=topic).first()
        link = link or TopicLink(content_object=source, tag=topic)
        link.order = source.work.order
        link.save()
        kept.append(link.pk)
    changes.remove(source.topic_links.exclude(pk__in=kept))


def _write_citations(source, entry, load):
    kept = []
    for order, row in enumerate(entry.values.get("citations", [])):
        cited = load.named(entry, "citations.source", Source, row["source"])
        citation = source.citations_made.filter(
            cited=cited, relation=row["relation"]
        ).first() or Citation(citing=source, cited=cited)
        citation.order = order
        _save(citation, row, "relation note")
        kept.append(citation.pk)
    changes.remove(source.citations_made.exclude(pk__in=kept))


def write_path(path, entry, load):
    path.slug, path.state = entry.name, State.PUBLISHED
    path.question = _only_question(load)
    _save(path, entry.values, "title title_he description order")
    _write_numbered(path.steps, PathStep(path=path), entry, load, "steps", "why_next")


def write_essay(essay, entry, load):
    essay.slug, essay.state = entry.name, State.PUBLISHED
    essay.question = _only_question(load)
    _save(essay, entry.values, "title lede body order")
    new = EssayClaim(essay=essay)
    _write_numbered(essay.claims, new, entry, load, "claims", "claim finding")


def _only_question(load):
    return next(iter(load.found[Question].values()))


def _write_numbered(rows, new, entry, load, key, fields):
    """The numbered rows of a path or an essay, written anew: `new` is a blank one."""
    changes.remove(rows.all())
    for number, values in enumerate(entry.values.get(key, []), 1):
        row = copy(new)
        row.number = number
        row.source = load.named(entry, f"{key}.source", Source, values["source"])
        _save(row, values, fields)


WRITERS = {
    Author: write_author,
    Work: write_work,
    Topic: write_topic,
    Question: write_question,
    Position: write_position,
    Source: write_source,
    Path: write_path,
    Essay: write_essay,
}
