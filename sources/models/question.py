"""What is disputed, and the answers to it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from sources.models.record import Record
from sources.querysets import PositionQuerySet, QuestionQuerySet


class Question(Record):
    """What is disputed. The home page is the site's first question."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_he = models.CharField("title in Hebrew", max_length=200, blank=True)
    lede = models.CharField(
        max_length=400, blank=True, help_text="One sentence under the title."
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("question")


class Position(Record):
    """One answer to the question: before, in two stages, or after."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "answer"
        RECONCILIATION = "reconciliation", "reconciliation of other answers"

    class Sign(models.TextChoices):
        """Where the position stands in the picture, and which half of its disc."""

        BEFORE = "before", "before: left half full"
        STAGES = "stages", "stages: two halves held apart"
        AFTER = "after", "after: right half full"

    class Event(models.TextChoices):
        INGATHERING = "ingathering", "Ingathering"
        FIRST_INGATHERING = "first-ingathering", "First ingathering"
        MASHIACH = "mashiach", "Mashiach ben David"
        MIKDASH = "mikdash", "Beis HaMikdash"
        FINAL_INGATHERING = "final-ingathering", "Final ingathering"

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="positions", editable=True
    )
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    name_he = models.CharField("name in Hebrew", max_length=60, blank=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.ANSWER)
    reconciles = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="reconciled_by",
        help_text="For a reconciliation: the answers that it reconciles, two or more.",
    )
    sign = models.CharField(max_length=6, choices=Sign)
    statement = models.CharField(
        max_length=300, help_text="The position in one or two sentences."
    )
    events = models.JSONField(
        default=list,
        help_text='The order of events, as a list of: "ingathering", '
        '"first-ingathering", "mashiach", "mikdash", "final-ingathering".',
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["answer", "reconciliation"]),
                name="position_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(sign__in=["before", "stages", "after"]),
                name="position_sign_is_known",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("position", args=[self.slug])

    def clean(self):
        known = set(self.Event.values)
        is_known = isinstance(self.events, list) and all(
            isinstance(event, str) and event in known for event in self.events
        )
        if not is_known:
            raise ValidationError(
                {"events": f"Give a list of these words: {', '.join(sorted(known))}."}
            )

    def event_names(self):
        """The events in their order, as (code, name) pairs."""
        return [(code, self.Event(code).label) for code in self.events]
