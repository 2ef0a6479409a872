"""What becomes of a reader's notes when the account is closed."""

from django.utils import timezone

from sources import proposals
from studyhall.annotations import corrections, versions
from studyhall.annotations.models import (
    Annotation,
    Correction,
    Flag,
    NoteEdit,
    Notice,
)
from studyhall.annotations.purging import erase_deleted
from studyhall.keeping.marks import raise_mark


def leave(reader, keep):
    """Erase a reader's notes; with `keep`, those that everyone reads become nobody's.

    What only the reader ever saw goes in both cases: private notes, notes that wait,
    earlier private versions, tags. A marker stays where others have replied.
    """
    sent = Correction.objects.filter(by=reader)
    asked = sent.filter(proposal__isnull=False).values_list("proposal", flat=True)
    proposals.disown(list(asked))
    sent.update(by=None, name="")
    was_shown = False
    # Replies first: a note with none left leaves no marker.
    for note in Annotation.objects.filter(reader=reader).order_by("-pk"):
        was_shown = was_shown or note.is_shown
        if keep and note.is_shown:
            _left_behind(note)
            continue
        note.deleted_at = note.deleted_at or timezone.now()
        note.save(update_fields=["deleted_at"])
        erase_deleted(note.pk)
    reader.note_tags.all().delete()
    Notice.objects.filter(reader=reader).delete()
    Flag.objects.filter(by=reader).delete()
    if was_shown:
        raise_mark("notes")


def _left_behind(note):
    """The note as a former reader's, as others see it and no more."""
    note.tagged.all().delete()
    kept = [version.pk for version in versions.public(note)]
    note.versions.exclude(pk__in=kept).delete()
    note.acts.update(answer="")
    NoteEdit.objects.filter(note=note).delete()
    corrections.disown(note)
    note.reader = None
    note.save(update_fields=["reader"])
