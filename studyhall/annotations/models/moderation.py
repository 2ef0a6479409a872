"""What moderators decide on, and what they decided."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from sources.models import Proposal, Source
from studyhall.annotations.models.note import Annotation


class Flag(models.Model):
    """A reader's word that a public note should be looked at; once a person."""

    class Reason(models.TextChoices):
        INSULT = "insult", "it insults someone"
        SPAM = "spam", "it advertises"
        OFF_TOPIC = "off_topic", "it is about something else"
        FALSE = "false", "it misquotes a source"
        OTHER = "other", "something else"

    note = models.ForeignKey(Annotation, models.CASCADE, related_name="flags")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags"
    )
    reason = models.CharField(max_length=9, choices=Reason)
    words = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["note", "by"], name="one_flag_a_person")
        ]

    def __str__(self):
        return f"flag on {self.note}"


class Act(models.Model):
    """One decision of a moderator, with its reason; undone by another act."""

    class Deed(models.TextChoices):
        APPROVE = "approve", "approved"
        RETURN = "return", "returned"
        HIDE = "hide", "hidden"
        KEEP = "keep", "kept after a flag"
        UNDO = "undo", "decision undone"

    note = models.ForeignKey(Annotation, models.CASCADE, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deed = models.CharField(max_length=7, choices=Deed)
    reason = models.TextField(blank=True, max_length=1000)
    before = models.CharField(max_length=8, blank=True)
    after = models.CharField(max_length=8, blank=True)
    answer = models.TextField("its writer's answer", blank=True, max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_deed_display()}: {self.note}"


class CorrectionQuerySet(models.QuerySet):
    def waiting(self):
        """Those that were sent by themselves and that nobody has answered."""
        return self.filter(outcome="", note__isnull=True).exclude(instead="", what="")


class Correction(models.Model):
    """A mistake that someone has named, with an account or without one.

    Or what an editor answered to a note that names one or reads the source otherwise:
    the words are the note's, then, and none are kept here.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "waits"
        ACCEPTED = "accepted", "accepted"
        KEPT = "kept", "kept as it is"

    creation_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    note = models.OneToOneField(
        Annotation, models.SET_NULL, null=True, blank=True, related_name="correction"
    )
    line = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, max_length=1000)
    instead = models.TextField("what should stand there", blank=True, max_length=5000)
    what = models.TextField("what is wrong", blank=True, max_length=5000)
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField("name to thank", max_length=80, blank=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True, max_length=2000)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"correction {self.pk}"

    def get_absolute_url(self):
        return reverse("correction", args=[self.creation_key])


class Notice(models.Model):
    """What a reader is told once: of a decision, a reply, or words that changed."""

    class Kind(models.TextChoices):
        DECISION = "decision", "a decision on your note"
        REPLY = "reply", "a reply to your note"
        MOVED = "moved", "the words under your note have changed"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    note = models.ForeignKey(
        Annotation, models.CASCADE, null=True, blank=True, related_name="notices"
    )
    correction = models.ForeignKey(
        Correction, models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["reader", "read_at"], name="notices_of_a_reader")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=False) | Q(correction__isnull=False),
                name="notice_is_of_something",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.note or self.correction}"
