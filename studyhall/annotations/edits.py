"""Edits of public notes: a newcomer's waits, and others read on what stood before."""

from django.db import transaction
from django.utils import timezone

from sources import markdown
from studyhall.annotations import searching
from studyhall.annotations.gate import PUBLIC, claim, html_of, is_trusted, writing
from studyhall.annotations.models import NoteEdit, NoteVersion
from studyhall.annotations.saving import set_tags

SAID = ("body", "motivation", "position", "direction", "basis")
State = NoteEdit.State


def save(note, *, opened, tags, **fields):
    """Write a note as its writer wants it, or keep the edit until a moderator reads it.

    `tags` are names. Raises gate.Stale, and ValidationError as the gate does.
    """
    is_public = note.is_shown and fields["visibility"] == PUBLIC
    if is_public and not is_trusted(note.reader):
        _keep(note, opened, tags, fields)
        return
    with writing(note, opened=opened):
        for name, value in fields.items():
            setattr(note, name, value)
        set_tags(note, tags)
        NoteEdit.objects.filter(note=note).delete()


def of(note):
    """The edit of a note that its writer still wants: waiting or returned; or None."""
    edits = NoteEdit.objects.filter(note=note).select_related("position")
    return edits.exclude(state=State.APPLIED).first()


def waiting(note):
    """The edit of a note that everyone reads, if it waits for a moderator; or None."""
    edit = of(note)
    return edit if note.is_shown and edit and edit.state == State.WAITING else None


def apply(note, edit):
    """Let a note say what its edit does; the edit then holds what it said before.

    Once more, and it is as it was. The note's row must be held.
    """
    for name in SAID:
        said, wanted = getattr(note, name), getattr(edit, name)
        setattr(note, name, wanted)
        setattr(edit, name, said)
    tags, edit.tags = edit.tags, _tags_of(note)
    set_tags(note, tags)
    note.modified_at, edit.at = edit.at, note.modified_at
    note.body_html, note.rendered_with = html_of(note.body), markdown.RENDERER
    note.save()
    searching.index(note)
    edit.save()


def taken_out(note, edit):
    """The words of an edit that was applied by mistake are no part of the history."""
    version = _version_of(note, edit)
    if version is not None:
        version.was_shown = False
        version.save(update_fields=["was_shown"])


def _version_of(note, edit):
    same = note.versions.filter(body=edit.body, motivation=edit.motivation)
    return same.order_by("-number").first()


def _tags_of(note):
    return list(note.tagged.order_by("pk").values_list("tag__name", flat=True))


@transaction.atomic
def _keep(note, opened, tags, fields):
    """Keep an edit beside its note; one that changes nothing takes back the last."""
    stored = claim(note, opened)
    said = {name: fields.get(name, getattr(stored, name)) for name in SAID}
    html_of(said["body"])
    is_same = all(said[name] == getattr(stored, name) for name in SAID)
    if is_same and sorted(tags) == sorted(_tags_of(stored)):
        NoteEdit.objects.filter(note=stored).delete()
        return
    now = timezone.now()
    kept = said | {"tags": tags, "state": State.WAITING, "at": now}
    NoteEdit.objects.update_or_create(note=stored, defaults=kept)
    NoteVersion.objects.create(
        note=stored,
        number=stored.version,
        body=said["body"],
        motivation=said["motivation"],
        visibility=PUBLIC,
        at=now,
    )
