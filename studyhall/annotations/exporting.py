"""All that a reader has written, as files: JSON-LD, Markdown, CSV. As streams."""

import json
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse

from sources.admin.exchange.writing import csv_of
from studyhall.annotations.models import (
    Annotation,
    Correction,
    Flag,
    NoteVersion,
    TaggedNote,
)

AT_ONCE = 200  # notes held in memory
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
HEAD = (
    *("uuid", "address", "source", "line", "words", "kind", "position", "direction"),
    *("basis", "note", "tags", "who_reads_it", "standing", "anchor", "reply_to"),
    *("written", "changed", "deleted"),
)


@dataclass(frozen=True)
class Taken:
    """What one reader takes away from the site at `site`, as "https://example.org"."""

    reader: object
    site: str

    def notes(self):
        """Every note of the reader, deleted ones too, in the order of writing."""
        tags = TaggedNote.objects.select_related("tag").order_by("pk")
        versions = NoteVersion.objects.order_by("number")
        notes = Annotation.objects.filter(reader=self.reader).select_related(
            *("source__work", "bearing", "parent", "position", "text", "made_on"),
            "edit",
        )
        read = notes.prefetch_related(
            Prefetch("tagged", tags), Prefetch("versions", versions), "acts"
        )
        return read.order_by("created_at", "pk").iterator(chunk_size=AT_ONCE)

    def flags(self):
        flags = Flag.objects.filter(by=self.reader).select_related("note")
        return flags.order_by("pk").iterator(chunk_size=AT_ONCE)

    def corrections(self):
        sent = Correction.objects.filter(by=self.reader)
        sent = sent.select_related("source__work")
        return sent.order_by("pk").iterator(chunk_size=AT_ONCE)

    def address(self, thing):
        """The whole address of a record of the site."""
        return self.site + thing.get_absolute_url()


def as_json(taken):
    """A collection of the W3C’s annotations, and what the W3C has no word for."""
    reader, here = taken.reader, taken.site + reverse("my_export")
    head = {
        "@context": [CONTEXT, {"studyhall": f"{taken.site}/ns#"}],
        "id": here,
        "type": "AnnotationCollection",
        "label": f"Notes of {reader.display_name}",
        "studyhall:account": {"name": reader.display_name, "email": reader.email},
    }
    yield _json(head)[:-1]
    opening = {"id": f"{here}#all", "type": "AnnotationPage", "startIndex": 0}
    total = 0
    for note in taken.notes():
        before = f', "first": {_json(opening)[:-1]}, "items": [' if not total else ","
        yield f"{before}\n{_json(annotation(note, taken))}"
        total += 1
    yield "]}" if total else ""
    yield f', "total": {total}, "studyhall:flags": ['
    yield from _joined(flag_of(flag, taken) for flag in taken.flags())
    yield '], "studyhall:corrections": ['
    yield from _joined(correction_of(sent, taken) for sent in taken.corrections())
    yield "]}\n"


def _json(value):
    return json.dumps(value, ensure_ascii=False)


def _joined(values):
    for number, value in enumerate(values):
        yield f"{',' if number else ''}\n{_json(value)}"


def annotation(note, taken):
    """One note as the W3C's Web Annotation."""
    made = {
        "id": taken.address(note),
        "type": "Annotation",
        "motivation": note.motivation,
        "creator": {"type": "Person", "name": taken.reader.display_name},
        "created": _time(_written(note)),
        "modified": _time(note.modified_at),
        "target": target_of(note, taken),
    }
    bodies = bodies_of(note, taken)
    if bodies:
        made["body"] = bodies
    made["studyhall:note"] = {
        "visibility": note.visibility,
        "standing": note.standing,
        "anchor": note.anchor,
        "direction": note.direction,
        "basis": note.basis,
        "deleted": _time(note.deleted_at),
        "edit": edit_of(note),
        "versions": [
            {"number": each.number, "at": _time(each.at), "value": each.body}
            for each in note.versions.all()
        ],
        "decisions": [
            {
                "decision": act.get_deed_display(),
                "at": _time(act.at),
                "reason": act.reason,
                "answer": act.answer,
            }
            for act in note.acts.all()
        ],
    }
    return made


def edit_of(note):
    """What its writer wants the note to say, where others do not read it so yet."""
    edit = getattr(note, "edit", None)
    if edit is None or edit.state == edit.State.APPLIED:
        return None
    kept = {"motivation": edit.motivation, "value": edit.body, "tags": edit.tags}
    return {"state": edit.state, "at": _time(edit.at)} | kept


def bodies_of(note, taken):
    """What the note says: its words, its tags, the position it finds."""
    bodies = []
    if note.body:
        words = {"type": "TextualBody", "value": note.body, "format": "text/markdown"}
        bodies.append(words | {"textDirection": "auto"})
    for row in note.tagged.all():
        tag = {"type": "TextualBody", "purpose": "tagging", "value": row.tag.name}
        bodies.append(tag)
    if note.position:
        found = {"type": "SpecificResource", "source": taken.address(note.position)}
        bodies.append(found | {"purpose": "classifying"})
    return bodies


def target_of(note, taken):
    """What the note is about: a note, a bearing, words of a text, or a source."""
    if note.parent:
        return taken.address(note.parent)
    target = {"type": "SpecificResource", "source": taken.address(note.source)}
    if note.bearing_id:
        fragment = {"type": "FragmentSelector", "value": f"bearing-{note.bearing_id}"}
        return target | {"selector": fragment | {"conformsTo": FRAGMENT}}
    if note.made_on is None:
        return target["source"]
    quote = {"type": "TextQuoteSelector", "exact": note.exact}
    around = {"prefix": note.prefix, "suffix": note.suffix}
    quote |= {name: words for name, words in around.items() if words}
    place = {
        "type": "TextPositionSelector",
        "start": note.original_start,
        "end": note.original_end,
    }
    state = {"type": "TimeState", "sourceDate": _time(note.made_on.at)}
    return target | {"selector": [quote, place], "state": state}


def flag_of(flag, taken):
    """A report that the reader has made of another's note."""
    said = {"note": taken.address(flag.note), "reason": flag.reason}
    return said | {"words": flag.words, "at": _time(flag.at)}


def correction_of(sent, taken):
    """A mistake that the reader has named, and what became of it."""
    return {
        "source": taken.address(sent.source),
        "line": sent.line,
        "words": sent.words,
        "instead": sent.instead,
        "what": sent.what,
        "name": sent.name,
        "at": _time(sent.at),
        "outcome": sent.outcome,
        "reply": sent.reply,
    }


def _time(at):
    """A time in UTC as the W3C writes it; None for none."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


def as_markdown(taken):
    """The notes one after another, each under the place that it is on."""
    yield f"# Notes of {taken.reader.display_name}\n"
    for note in taken.notes():
        yield f"\n## [{_place(note)}]({taken.address(note)})\n\n"
        if note.exact:
            yield "".join(f"> {line}\n" for line in note.exact.split("\n")) + "\n"
        if note.body:
            yield f"{note.body}\n\n"
        yield f"*{', '.join(_facts(note))}*\n"
    for number, sent in enumerate(taken.corrections()):
        yield "\n# Mistakes named\n" if not number else ""
        yield f"\n## [{sent.source.reference_en}]({taken.address(sent.source)})\n\n"
        if sent.instead:
            yield f"{sent.words} → {sent.instead}\n\n"
        if sent.what:
            yield f"{sent.what}\n\n"
        yield f"*{_time(sent.at)}, {sent.get_outcome_display()}*\n"


def _written(note):
    """When its writer first saved it, in public or not."""
    return next((version.at for version in note.versions.all()), note.created_at)


def _place(note):
    line = f", line {note.line}" if note.line else ""
    return f"{note.source.reference_en}{line}"


def _facts(note):
    """What stands under a note: its kind, who reads it, its times and its tags."""
    yield note.get_motivation_display()
    if note.position:
        yield f"{note.position.name} ({note.direction}, {note.basis})"
    yield note.get_visibility_display()
    yield _time(_written(note))
    if note.deleted_at:
        yield f"deleted {_time(note.deleted_at)}"
    if note.anchor != Annotation.Anchor.ANCHORED:
        yield note.get_anchor_display()
    yield from (f"#{row.tag.name}" for row in note.tagged.all())


def as_csv(taken):
    """One row a note; no cell that a spreadsheet would run."""
    return csv_of(HEAD, (_row(note, taken) for note in taken.notes()))


def _row(note, taken):
    return (
        *(str(note.uuid), taken.address(note), note.source.reference_en),
        *(note.line, note.exact, note.get_motivation_display()),
        *(note.position.name if note.position else "", note.direction, note.basis),
        *(note.body, ", ".join(row.tag.name for row in note.tagged.all())),
        *(note.get_visibility_display(), note.get_standing_display(), note.anchor),
        taken.address(note.parent) if note.parent else "",
        *map(_time, (_written(note), note.modified_at, note.deleted_at)),
    )
