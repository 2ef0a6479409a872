"""Ways through the sources: paths with their steps, and essays."""

from django.db import models
from django.urls import reverse

from sources.models.question import Question
from sources.models.record import Record, Stated, state_is_known
from sources.models.source import Source
from sources.querysets import (
    EssayClaimQuerySet,
    EssayQuerySet,
    PathQuerySet,
    PathStepQuerySet,
)


class Path(Record, Stated):
    """An editors' ordered way through some published sources."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="paths")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    title_he = models.CharField("title in Hebrew", max_length=150, blank=True)
    description = models.TextField(blank=True, max_length=20_000, help_text="Markdown.")
    description_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    order = models.PositiveIntegerField(default=0)

    objects = PathQuerySet.as_manager()

    parts = ("steps",)
    markdown = ("description",)

    class Meta:
        permissions = [("publish_path", "Can publish paths that another wrote")]
        ordering = ["order", "pk"]
        constraints = [state_is_known("path")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("path", args=[self.slug])


class PathStep(models.Model):
    """One source on a path, and why the next one comes next."""

    path = models.ForeignKey(Path, models.CASCADE, related_name="steps")
    source = models.ForeignKey(Source, models.PROTECT, related_name="path_steps")
    number = models.PositiveSmallIntegerField()
    why_next = models.TextField(
        blank=True,
        help_text="One sentence that says no more than the sources' summaries do.",
    )

    objects = PathStepQuerySet.as_manager()

    class Meta:
        ordering = ["path", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "number"], name="one_step_a_number"
            ),
            models.UniqueConstraint(
                fields=["path", "source"], name="source_once_a_path"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.source}"


class Essay(Record, Stated):
    """An article in Markdown; its margin shows what each cited source does."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="essays")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    lede = models.CharField(
        "in one sentence",
        max_length=300,
        blank=True,
        help_text="What it argues, in one or two sentences; stands under the title.",
    )
    body = models.TextField(max_length=20_000, help_text="Markdown.")
    body_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    order = models.PositiveIntegerField(default=0)

    objects = EssayQuerySet.as_manager()

    parts = ("claims",)
    markdown = ("body",)

    class Meta:
        permissions = [("publish_essay", "Can publish essays that another wrote")]
        ordering = ["order", "pk"]
        constraints = [state_is_known("essay")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("essay", args=[self.slug])


class EssayClaim(models.Model):
    """What an essay uses one source for, and where it claims more than that says."""

    essay = models.ForeignKey(Essay, models.CASCADE, related_name="claims")
    source = models.ForeignKey(Source, models.PROTECT, related_name="essay_claims")
    number = models.PositiveSmallIntegerField()
    claim = models.TextField(help_text="What the argument uses the source for.")
    finding = models.TextField(
        blank=True,
        help_text="Where the argument claims more than its source says. Shown in "
        "the essay's margin.",
    )

    objects = EssayClaimQuerySet.as_manager()

    class Meta:
        ordering = ["essay", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["essay", "number"], name="one_claim_a_number"
            ),
            models.UniqueConstraint(
                fields=["essay", "source"], name="source_once_an_essay"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.source}"
