"""What one editor, or a reader, asks that another editor should keep."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from sources.querysets import ProposalQuerySet


class Proposal(models.Model):
    """A change of one record that waits for a second editor.

    `changes` holds what is other than in the kept state of the record, by the same
    names: a field's value, and for a part the rows that differ, each with its `id`,
    or without one where it is new, or with `"gone": true` where it is taken out.
    `opened` is the version that it was written on. One whose writer has taken back what
    it was made of has no `changes` left.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "waiting"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        SUPERSEDED = "superseded", "replaced by a later one"
        WITHDRAWN = "withdrawn", "taken back by who asked it"

    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    opened = models.PositiveIntegerField("version it was written on")
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    why = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="proposed by",
        help_text="Empty for someone without an account.",
    )
    credit = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome__in=["", "accepted", "declined", "superseded", "withdrawn"]
                ),
                name="proposal_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="proposal_is_decided_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "record_id"], name="proposal_of_a_record"),
            models.Index(
                fields=["at"], condition=Q(outcome=""), name="proposal_that_waits"
            ),
        ]

    def __str__(self):
        return f"{self.by or 'someone'} on {self.kind} {self.record_id}"
