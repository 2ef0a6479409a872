"""Deleted notes lose their words for good after a time."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studyhall.annotations import corrections
from studyhall.annotations.models import Annotation, NoteEdit, NoteTag

KEPT = timedelta(days=30)  # a deleted note can be brought back so long
NOTHING = {
    "reader": None,
    "bearing": None,
    "text": None,
    "line": None,
    "made_on": None,
    "original_start": None,
    "original_end": None,
    "exact": "",
    "prefix": "",
    "suffix": "",
    "holds_on": None,
    "start": None,
    "end": None,
    "body": "",
    "body_html": "",
    "position": None,
    "direction": "",
    "basis": "",
}


def purge(now=None):
    """Erase what was deleted 30 days ago; how many notes lost their words.

    A marker without words stays where others have replied, so that their replies
    have a place, and where everyone once read the note, so that its address says so.
    """
    before = (now or timezone.now()) - KEPT
    old = Annotation.objects.filter(deleted_at__lt=before)
    # What is a marker for ever already has nothing left to erase.
    old = old.exclude(reader=None, body="", exact="", was_public=True)
    keys = list(old.order_by("-pk").values_list("pk", flat=True))
    return sum(map(erase_deleted, keys))


@transaction.atomic
def erase_deleted(key):
    """Whether this note still had anything to erase."""
    note = Annotation.objects.select_for_update().filter(pk=key).first()
    if note is None or note.deleted_at is None:
        return False
    corrections.take_back(note)
    tags = list(note.tagged.values_list("tag_id", flat=True))
    if note.replies.exists() or note.was_public:
        is_new = _erase(note)
    else:
        note.delete()
        is_new = True
    NoteTag.objects.filter(pk__in=tags, tagged__isnull=True).delete()
    return is_new


def _erase(note):
    """Leave a marker: that a note stood here, not what it said, and not by whom."""
    has_words = note.reader_id is not None or bool(note.body) or bool(note.exact)
    kept = (note.versions, note.events, note.tagged, note.notices, note.flags)
    for rows in (*kept, note.search_words, NoteEdit.objects.filter(note=note)):
        rows.all().delete()
    note.acts.update(answer="")
    for name, value in NOTHING.items():
        setattr(note, name, value)
    note.save(update_fields=list(NOTHING))
    return has_words
