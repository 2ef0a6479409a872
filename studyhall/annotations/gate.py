"""The one way in which a note is written: one version, one row kept for each.

    with writing(note, opened=2) as note:
        note.body = "..."

Of the same shape as the library's gate, and apart from it: a note is its reader's, and
no Change of the library is made of it.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sources import markdown, rendering
from studyhall.annotations import corrections, searching
from studyhall.annotations.models import Act, Annotation, NoteVersion, Notice
from studyhall.keeping.marks import raise_mark

PUBLIC, PRIVATE = Annotation.Visibility.PUBLIC, Annotation.Visibility.PRIVATE
APPROVED_BEFORE_TRUSTED = 3  # notes of a reader that moderators let stand
SAID = ("body", "motivation", "visibility", "position_id", "direction", "basis")
PLACE = ("source_id", "bearing_id", "text_id", "line", "anchor") + (
    "holds_on_id",
    "start",
    "end",
)
DECIDED = ("standing", "was_public", "created_at")
REFUSED = (Annotation.Standing.RETURNED, Annotation.Standing.HIDDEN)


class Stale(Exception):
    """Someone saved the note since it was opened; `stored` is as it stands now."""

    def __init__(self, stored):
        super().__init__("This note has been saved since you opened it.")
        self.stored = stored


@contextmanager
def writing(note, *, opened=0, html=None):
    """Write a note: claim it, let the caller set its fields, then keep what follows.

    `opened` is the version at which its form was opened, 0 for a new one; `html` is
    its body's, where that was made before others had to wait for this. Raises Stale
    where it has moved on, ValidationError where its body cannot be rendered.
    """
    with transaction.atomic():
        before, was_shown, was_public = None, False, False
        if note.pk is not None:
            stored = claim(note, opened)
            before, was_shown = _said(stored), stored.is_shown
            was_public = _is_public(stored)
            _stay(note, stored)
        yield note
        note.version = opened + 1
        _keep(note, before, timezone.now(), html)
        if was_public and not _is_public(note):
            corrections.take_back(note)
        if was_shown or note.is_shown:
            raise_mark("notes")


def claim(note, opened):
    """The note as it is stored, its next version taken. Raises Stale.

    Inside a transaction. One that has lost its reader since is nobody's to write.
    """
    taken = Annotation.objects.filter(pk=note.pk, version=opened, reader=note.reader_id)
    if not taken.update(version=opened + 1):
        raise Stale(Annotation.objects.filter(pk=note.pk).first())
    return Annotation.objects.get(pk=note.pk)


def _is_public(note):
    """Whether its writer lets everyone read it, whatever moderators say of it."""
    return note.visibility == PUBLIC and note.deleted_at is None


def _stay(note, stored):
    """Where a note stands is the library's to change: its version stays the same.

    What was decided on it is as it is stored, whenever this copy of it was read.
    """
    for name in (*PLACE, *DECIDED):
        setattr(note, name, getattr(stored, name))


def _said(note):
    """All that a writer says in a note, for asking whether it has changed."""
    tags = sorted(note.tagged.values_list("tag_id", flat=True))
    return [getattr(note, name) for name in SAID], tags


def _keep(note, before, now, html):
    """The note with its HTML; what it says anew is decided on and kept as a version.

    Deleting and bringing back change nothing that is said.
    """
    note.body_html = html_of(note.body) if html is None else html
    note.rendered_with = markdown.RENDERER
    note.created_at = note.created_at or now
    if before is not None and before == _said(note):
        note.save()
        return
    note.modified_at = now
    _date(note, before, now)
    _stand(note)
    note.was_public = note.was_public or note.is_shown
    note.save()
    searching.index(note)
    NoteVersion.objects.create(
        note=note,
        number=note.version,
        body=note.body,
        motivation=note.motivation,
        visibility=note.visibility,
        was_shown=note.is_shown,
        at=now,
    )
    tell_of_reply(note)


def _date(note, before, now):
    """A note begins for others when it is made public; what it was before is its
    writer's to know, and stands in its versions."""
    if before is None or note.visibility == PRIVATE:
        return
    said, _ = before
    was_private = said[SAID.index("visibility")] == PRIVATE
    if was_private or note.standing in REFUSED:
        note.created_at = now


def html_of(body, reader=None):
    """The Markdown as clean HTML. Raises ValidationError where it is too long.

    `reader` reads its references: one for several bodies asks for less.
    """
    reader = reader or rendering.reader()
    try:
        return markdown.render(body, reader.resolve, reader.find).html
    except markdown.TextTooLong as error:
        raise ValidationError({"body": str(error)}) from error


def _stand(note):
    """Who is new waits for a moderator; what was returned or hidden waits again."""
    if note.visibility == PRIVATE:
        note.standing = Annotation.Standing.NONE
    elif note.standing in REFUSED or _was_refused(note) or not is_trusted(note.reader):
        note.standing = Annotation.Standing.WAITING
    elif note.standing != Annotation.Standing.WAITING:
        note.standing = Annotation.Standing.APPROVED


def _was_refused(note):
    """Whether moderators last refused a note that was then made private."""
    if note.pk is None or note.standing:
        return False
    last = Act.objects.filter(note=note).order_by("-pk").first()
    return last is not None and last.after in REFUSED


def is_trusted(reader):
    """Whether moderators have let enough of this reader's notes stand."""
    approved = Annotation.objects.filter(
        reader=reader, standing=Annotation.Standing.APPROVED
    )
    return approved[:APPROVED_BEFORE_TRUSTED].count() == APPROVED_BEFORE_TRUSTED


def let_stand(note):
    """After a moderator has let a note stand: its words are public from now on.

    Keeps that it was public, on the note and on the last version that says what it
    says, and tells whom it replies to.
    """
    note.was_public = True
    note.save(update_fields=["was_public"])
    same = note.versions.filter(body=note.body, motivation=note.motivation)
    version = same.order_by("-number").first()
    if version is not None:
        version.was_shown = True
        version.save(update_fields=["was_shown"])
    tell_of_reply(note)


def tell_of_reply(note):
    """Tell whoever is replied to, once, and only of what everyone may read."""
    asked = note.parent.reader if note.parent else None
    if asked is None or asked == note.reader or not note.is_shown:
        return
    if note.parent.deleted_at is None:
        Notice.objects.get_or_create(
            reader=asked,
            note=note,
            kind=Notice.Kind.REPLY,
            defaults={"at": timezone.now()},
        )
