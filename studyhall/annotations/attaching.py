"""A note without a place, attached again by its writer; by nobody else, ever."""

from django.db import transaction
from django.utils import timezone

from sources.models import Text
from studyhall.annotations import notices, saving
from studyhall.annotations.gate import writing
from studyhall.annotations.models import AnchorEvent, Annotation
from studyhall.annotations.quoting import Span


def proposed(note):
    """The Span that is proposed for a note in its text as it stands; None for none."""
    if note.anchor != Annotation.Anchor.PROPOSED:
        return None
    last = note.events.filter(state=note.anchor).order_by("-pk").first()
    if last is None or last.new.words != note.text.words:
        return None
    return Span(note.text, last.start, last.end)


def texts_for(note):
    """The texts of the note's source in which it may be attached, its own first."""
    texts = note.source.texts.all()
    original = Text.Role.ORIGINAL
    return tuple(
        sorted(texts, key=lambda each: (each.pk != note.text_id, each.role != original))
    )


@transaction.atomic
def attach(note, span, *, opened, method="by hand"):
    """Set a note on this Span, whatever it stood on; what it was made on stays.

    `opened` is the version of the note that its writer saw. Raises gate.Stale, and
    saving.Moved where the text has changed since.
    """
    # The text before the note, as whoever carries notes has it: neither waits for
    # the other.
    revision = saving.hold(span)
    with writing(note, opened=opened):
        AnchorEvent.objects.create(
            note=note,
            old_id=note.holds_on_id,
            new=revision,
            state=Annotation.Anchor.ANCHORED,
            start=span.start,
            end=span.end,
            method=method,
            at=timezone.now(),
        )
        note.text, note.line, note.holds_on = span.text, span.line, revision
        note.start, note.end = span.start, span.end
        note.anchor = Annotation.Anchor.ANCHORED
    notices.settled(note)
