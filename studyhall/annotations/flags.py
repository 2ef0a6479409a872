"""A reader's word that a public note should be looked at."""

from django.db import IntegrityError, transaction
from django.db.models import Min, Q
from django.utils import timezone

from studyhall.annotations.models import Annotation, Flag


def flag(note, reader, *, reason, words=""):
    """Keep the flag. Returns False where this reader has flagged the note before."""
    try:
        with transaction.atomic():
            Flag.objects.create(
                note=note, by=reader, reason=reason, words=words, at=timezone.now()
            )
    except IntegrityError:
        return False
    return True


def flagged():
    """The public notes with flags that nobody has settled, the first flagged first."""
    is_open = Q(flags__isnull=False, flags__settled_at__isnull=True)
    notes = Annotation.objects.for_moderators().filter(
        standing=Annotation.Standing.APPROVED
    )
    first = Min("flags__pk", filter=is_open)
    notes = notes.annotate(first_flag=first).filter(first_flag__isnull=False)
    return notes.order_by("first_flag")
