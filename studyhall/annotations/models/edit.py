"""What the writer of a public note wants it to say, until a moderator has read it."""

from django.db import models

from sources.models import Bearing, Position
from studyhall.annotations.models.note import Annotation


class NoteEdit(models.Model):
    """An edit of a note that everyone reads, kept beside it; others read the note.

    Once it is applied this row holds what the note said before, so that the decision
    can be undone. A note has at most one: the last.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waits for a moderator"
        RETURNED = "returned", "returned to its writer"
        APPLIED = "applied", "stands in the note"

    note = models.OneToOneField(Annotation, models.CASCADE, related_name="edit")
    body = models.TextField(blank=True)
    motivation = models.CharField(max_length=12, choices=Annotation.Motivation)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+"
    )
    direction = models.CharField(max_length=10, choices=Bearing.Direction, blank=True)
    basis = models.CharField(max_length=8, choices=Bearing.Basis, blank=True)
    tags = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    at = models.DateTimeField()

    def __str__(self):
        return f"edit of {self.note}"
