"""What a source does to the question, and what one source does to another."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sources.models.question import Position, Question
from sources.models.record import Stated, state_is_known
from sources.models.source import Source
from sources.models.work import Author
from sources.querysets import BearingQuerySet, CitationQuerySet

# How plainly, after a verb ("supports it outright"); the plainest first.
PLAINLY = {
    "explicit": "outright",
    "implied": "by what it implies",
    "inferred": "as others read it",
}
LONGEST_READ_BY = 500  # code points: it stands in a unique index, which has a limit


class Bearing(Stated):
    """How one source bears on the question, how plainly, and according to whom."""

    class Direction(models.TextChoices):
        SUPPORTS = "supports", "supports"
        DISPUTES = "disputes", "weighs against"
        QUALIFIES = "qualifies", "qualifies"
        BACKGROUND = "background", "gives background"

    class Basis(models.TextChoices):
        EXPLICIT = "explicit", "says so outright"
        IMPLIED = "implied", "implies it"
        INFERRED = "inferred", "is read so by others"

    source = models.ForeignKey(Source, models.CASCADE, related_name="bearings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="bearings")
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bearings",
        help_text="Leave empty if, and only if, the source gives background.",
    )
    direction = models.CharField(max_length=10, choices=Direction)
    basis = models.CharField("how plainly", max_length=8, choices=Basis)
    read_by = models.TextField(
        blank=True,
        help_text="Whose reading it is, in words. Leave empty only where it is the "
        "text itself, on its plain sense.",
    )
    according_to = models.ForeignKey(
        Author,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        help_text="Only where the reading is exactly one of our authors'.",
    )
    words = models.TextField(
        blank=True, help_text="The exact words of the text that it rests on."
    )
    reasoning = models.TextField(
        max_length=20_000, help_text="Why it is read so. Markdown."
    )
    reasoning_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    credit = models.CharField(max_length=200, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = BearingQuerySet.as_manager()

    markdown = ("reasoning",)

    class Meta:
        ordering = ["source", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="background", position__isnull=True)
                | (~Q(direction="background") & Q(position__isnull=False)),
                name="background_has_no_position",
                violation_error_message="A bearing that gives background has no "
                "position, and every other bearing has one.",
            ),
            models.CheckConstraint(
                condition=Q(
                    direction__in=["supports", "disputes", "qualifies", "background"]
                ),
                name="bearing_direction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["explicit", "implied", "inferred"]),
                name="bearing_basis_is_known",
            ),
            # A conditional constraint for each pattern of NULLs: `nulls_distinct`
            # is silently not enforced on SQLite.
            models.UniqueConstraint(
                fields=["source", "position", "according_to", "read_by"],
                condition=Q(position__isnull=False, according_to__isnull=False),
                name="one_bearing_a_reader",
            ),
            models.UniqueConstraint(
                fields=["source", "position", "read_by"],
                condition=Q(position__isnull=False, according_to__isnull=True),
                name="one_bearing_a_reading",
            ),
            models.UniqueConstraint(
                fields=["source", "question", "according_to", "read_by"],
                condition=Q(position__isnull=True, according_to__isnull=False),
                name="one_background_a_reader",
            ),
            models.UniqueConstraint(
                fields=["source", "question", "read_by"],
                condition=Q(position__isnull=True, according_to__isnull=True),
                name="one_background_a_reading",
            ),
            state_is_known("bearing"),
        ]
        indexes = [
            models.Index(
                fields=["position", "state", "direction"], name="bearing_of_a_position"
            )
        ]

    def __str__(self):
        position = self.position.name if self.position else "the question"
        return f"{self.get_direction_display()}: {position}"

    def clean(self):
        if len(self.read_by) > LONGEST_READ_BY:
            reason = f"{LONGEST_READ_BY} characters are the most."
            raise ValidationError({"read_by": reason})

    @property
    def whose_reading(self):
        """Whose reading it is, in words that can follow a comma."""
        if not self.read_by:
            return "on its plain sense"
        if self.read_by.casefold() == "the essay":
            return "as the essay reads it"
        return self.read_by


class Citation(models.Model):
    """A link from a citing source to a cited one, in CiTO's terms."""

    class Relation(models.TextChoices):
        CITES = "cites", "cites"
        QUOTES = "quotes", "quotes"
        CITES_AS_EVIDENCE = "cites_as_evidence", "cites as evidence"
        COMMENTS_ON = "comments_on", "comments on"
        EXPLAINS = "explains", "explains"
        SUPPORTS = "supports", "supports"
        DISPUTES = "disputes", "disputes"
        QUALIFIES = "qualifies", "qualifies"
        EXTENDS = "extends", "extends"
        PARALLELS = "parallels", "parallels"

    citing = models.ForeignKey(
        Source, models.CASCADE, related_name="citations_made", verbose_name="source"
    )
    cited = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="citations_received",
        verbose_name="cited source",
    )
    relation = models.CharField(max_length=17, choices=Relation)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["citing", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(citing=F("cited")),
                name="source_does_not_cite_itself",
                violation_error_message="A source cannot cite itself.",
            ),
            models.UniqueConstraint(
                fields=["citing", "cited", "relation"],
                name="one_citation_a_relation",
                violation_error_message="This link is there already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    relation__in=[
                        "cites",
                        "quotes",
                        "cites_as_evidence",
                        "comments_on",
                        "explains",
                        "supports",
                        "disputes",
                        "qualifies",
                        "extends",
                        "parallels",
                    ]
                ),
                name="citation_relation_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.citing} {self.get_relation_display()} {self.cited}"
