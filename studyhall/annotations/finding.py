"""A note by its uuid, as far as this reader may know of it, and where it stands."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from sources.models import Source
from sources.pages.history import states_of
from studyhall.annotations.choosing import chosen
from studyhall.annotations.models import Annotation

READ = ("reader", "source__work", "position", "bearing", "text", "made_on") + (
    "parent__reader",
    "parent__text",
    "parent__made_on",
)


@dataclass(frozen=True)
class Quoted:
    """A note's words among those of their lines, as they stood when it was made."""

    before: str
    words: str
    after: str
    language: str
    direction: str


def is_own(note, user):
    """Whether this user wrote the note; a former reader's is nobody's."""
    return user.is_authenticated and note.reader_id == user.pk


def readable(user, uuid):
    """The note, if this user may read it. Raises Http404."""
    notes = Annotation.objects.visible_to(user).select_related(*READ)
    return get_object_or_404(notes, uuid=uuid)


def own(user, uuid, *, deleted=False):
    """The note, if it is this reader's own and stands (or is deleted). Raises Http404.

    Whoever is signed out has none.
    """
    if not user.is_authenticated:
        raise Http404
    if deleted:
        notes = Annotation.objects.filter(reader=user, deleted_at__isnull=False)
    else:
        notes = Annotation.objects.of(user)
    return get_object_or_404(notes.select_related(*READ), uuid=uuid)


def deleted_in_public(uuid):
    """Whether there was a note of this uuid that everyone could read to its end."""
    return Annotation.objects.filter(
        uuid=uuid,
        deleted_at__isnull=False,
        was_public=True,
        visibility=Annotation.Visibility.PUBLIC,
        standing=Annotation.Standing.APPROVED,
        source__state="published",
    ).exists()


def stands(note, user):
    """Whether the source's page shows the note to this user, in its place.

    It shows some of many notes, and of a reply to what this user may not read no
    place.
    """
    sources = Source.objects.visible_to(user).filter(pk=note.source_id)
    first = note.parent or note
    if first.anchor != Annotation.Anchor.ANCHORED or not sources.exists():
        return False
    shown = chosen(note.source, user).keys
    return note.pk in shown and first.pk in shown


def _reads(user, key):
    """Whether this user may read the note of this key."""
    return Annotation.objects.visible_to(user).filter(pk=key).exists()


def where(note, user):
    """Where this user reads the note: on its source's page, else at its own address."""
    if stands(note, user):
        return f"{note.source.get_absolute_url()}#note-{note.uuid}"
    return note.get_absolute_url()


def as_it_was(note, user):
    """The note's words in the lines in which they stood; None for one on no words.

    None too for a reply to a note that this user may not read; without what stood
    around them where this user may not see that state of the text.
    """
    first = note.parent or note
    if not first.exact or first.made_on_id is None:
        return None
    if first is not note and not _reads(user, first.pk):
        return None
    words, start, end = first.made_on.words, first.original_start, first.original_end
    line_end = words.find("\n", end)
    line_end = len(words) if line_end < 0 else line_end
    before, after = words[words.rfind("\n", 0, start) + 1 : start], words[end:line_end]
    if not _may_see(first, user):
        before = after = ""
    text = first.text
    return Quoted(before, first.exact, after, text.language, text.direction)


def _may_see(note, user):
    """Whether the Revision that a note was made on was ever shown to this user."""
    if is_own(note, user):
        return True
    source = Source.objects.prefetch_related("texts").get(pk=note.source_id)
    states = states_of(source, user)
    return any(each.pk == note.made_on_id for one in states for each in one.revisions)
