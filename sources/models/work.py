"""Who wrote, and the book."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from sources.models.record import Record
from sources.querysets import AuthorQuerySet, WorkQuerySet


class Author(Record):
    """Who wrote a work, as far as it is known."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    name_he = models.CharField("name in Hebrew", max_length=150, blank=True)
    dates = models.CharField(
        max_length=100, blank=True, help_text="In words, such as “1040-1105”."
    )
    note = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])


class Work(Record):
    """A book, with its era, its author and the way places in it are written."""

    class Era(models.IntegerChoices):
        """The traditional shelf. No rule ties years to it."""

        TANAKH = 1, "Tanakh"
        TANNAIM = 2, "Tannaim"
        AMORAIM = 3, "Amoraim"
        GEONIM = 4, "Geonim"
        RISHONIM = 5, "Rishonim"
        ACHARONIM = 6, "Acharonim"
        MODERN = 7, "Modern"

    class Attribution(models.TextChoices):
        SECURE = "secure", "secure"
        TRADITIONAL = "traditional", "traditional"
        DISPUTED = "disputed", "disputed"

    class Scheme(models.TextChoices):
        VERSE = "verse", "chapter and verse (36:8)"
        DAF = "daf", "daf and amud (17b)"
        ZOHAR = "zohar", "volume, daf and amud (I 139a)"
        SECTION = "section", "chapter and section (11:4)"
        CHAPTER = "chapter", "one number (30)"
        NAMED = "named", "named parts (Noach 11)"
        WHOLE = "whole", "none: the work is cited as a whole"

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    title_he = models.CharField("title in Hebrew", max_length=150, blank=True)
    short = models.CharField(
        "short title", max_length=15, blank=True, help_text="For narrow places."
    )
    short_he = models.CharField("short title in Hebrew", max_length=13, blank=True)
    author = models.ForeignKey(
        Author, models.PROTECT, null=True, blank=True, related_name="works"
    )
    category = models.CharField(
        max_length=60, help_text="The shelf, such as “Talmud Bavli”."
    )
    era = models.PositiveSmallIntegerField(choices=Era, null=True, blank=True)
    year_from = models.SmallIntegerField(
        null=True, blank=True, help_text="First year of composition; BCE is negative."
    )
    year_to = models.SmallIntegerField(null=True, blank=True)
    dating_note = models.TextField(
        blank=True, help_text="Shown where the shelf and the years disagree."
    )
    attribution = models.CharField(
        max_length=11, choices=Attribution, default=Attribution.SECURE
    )
    attribution_note = models.TextField(blank=True)
    scheme = models.CharField("how places are written", max_length=7, choices=Scheme)
    bounds = models.JSONField(
        default=dict,
        blank=True,
        help_text="How far the work reaches: verses of each chapter, first and last "
        "daf, and so on.",
    )
    explains = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commentaries",
        help_text="For a commentary: the work that it explains.",
    )
    commentator = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Ways of writing the commentator's name.",
    )
    sefaria = models.CharField(
        "title at Sefaria",
        max_length=200,
        blank=True,
        help_text="Only where the work is known to stand there under this title.",
    )
    order = models.PositiveIntegerField(default=0)

    objects = WorkQuerySet.as_manager()

    parts = ("titles",)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="work_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(era__isnull=True) | Q(era__range=(1, 7)),
                name="work_era_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(explains=F("pk")), name="work_does_not_explain_itself"
            ),
            models.CheckConstraint(
                condition=Q(
                    scheme__in=[
                        "verse",
                        "daf",
                        "zohar",
                        "section",
                        "chapter",
                        "named",
                        "whole",
                    ]
                ),
                name="work_scheme_is_known",
            ),
            models.CheckConstraint(
                condition=Q(attribution__in=["secure", "traditional", "disputed"]),
                name="work_attribution_is_known",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("work", args=[self.slug])

    @property
    def years(self):
        """The years of composition in words, or "" where they are not known."""
        if self.year_from is None or self.year_to is None:
            return ""
        if self.year_to < 0:
            return f"{-self.year_from}–{-self.year_to} BCE"
        if self.year_from < 0:
            return f"{-self.year_from} BCE – {self.year_to} CE"
        if self.year_from == self.year_to:
            return f"{self.year_from}"
        return f"{self.year_from}–{self.year_to}"


class WorkTitle(models.Model):
    """One way of writing a work's title. Several works may share one."""

    class Kind(models.TextChoices):
        VARIANT = "variant", "other spelling"
        ABBREVIATION = "abbreviation", "abbreviation"
        ACADEMIC = "academic", "academic title"

    class Language(models.TextChoices):
        ENGLISH = "en", "English letters"
        HEBREW = "he", "Hebrew letters"

    work = models.ForeignKey(Work, models.CASCADE, related_name="titles")
    text = models.CharField(max_length=150)
    language = models.CharField(max_length=2, choices=Language)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.VARIANT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "text"],
                name="title_once_a_work",
                violation_error_message="This work has that title already.",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["en", "he"]), name="title_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["variant", "abbreviation", "academic"]),
                name="title_kind_is_known",
            ),
        ]

    def __str__(self):
        return self.text
