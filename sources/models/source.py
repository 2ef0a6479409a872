"""One passage of a work, its texts, and each text as it stood."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.managers import TaggableManager

from sources.models.record import Record, Stated, state_is_known
from sources.models.topic import TopicLink
from sources.models.work import Work
from sources.querysets import SourceQuerySet, TextQuerySet
from sources.text import lines_of


class Source(Record, Stated):
    """One passage of a work, at one reference, with a summary in our words."""

    RESERVED_PARTS = ("chain", "history", "cite", "annotate")

    work = models.ForeignKey(Work, models.PROTECT, related_name="sources")
    address = models.CharField(
        max_length=100,
        help_text="Where it stands in the work, as “17b”, “36:8-12” or “whole”.",
    )
    part = models.SlugField(
        max_length=60,
        blank=True,
        help_text="Only where several sources stand at one place: a short name.",
    )
    part_title = models.CharField(max_length=80, blank=True)
    part_title_he = models.CharField(max_length=80, blank=True)
    place = models.CharField(
        max_length=150,
        blank=True,
        help_text="Words for the place, where its address cannot say it.",
    )
    place_he = models.CharField("place in Hebrew", max_length=150, blank=True)
    section = models.CharField(max_length=200, blank=True)
    reference_en = models.CharField(max_length=300, blank=True, editable=False)
    reference_he = models.CharField(max_length=300, blank=True, editable=False)
    short = models.CharField(
        "short label", max_length=15, blank=True, help_text="For the narrow picture."
    )
    short_he = models.CharField("short label in Hebrew", max_length=13, blank=True)
    place_in_url = models.CharField(max_length=170, blank=True, editable=False)
    sort_key = models.BigIntegerField(default=0, editable=False)
    summary = models.TextField(
        max_length=20_000,
        help_text="What the passage says, in our own words, in two or three sentences. "
        "References link themselves; a backslash before one stops it.",
    )
    summary_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    dating_note = models.TextField(blank=True)
    notes = models.TextField("editors' notes", blank=True)
    verified_against = models.TextField(
        blank=True, help_text="In which text the decisive words were found."
    )
    verification_method = models.CharField(max_length=200, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_contested = models.BooleanField(default=False, editable=False)

    topics = TaggableManager(through=TopicLink, blank=True)

    objects = SourceQuerySet.as_manager()

    parts = ("texts", "bearings", "topic_links", "citations_made")
    markdown = ("summary",)
    derived = (
        "version",
        "place_in_url",
        "reference_en",
        "reference_he",
        "sort_key",
        "first_published_at",
        "is_contested",
    )

    class Meta:
        permissions = [("publish_source", "Can publish sources that another wrote")]
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "address", "part"],
                name="one_source_a_place",
                violation_error_message="A source stands at this place already. "
                "Give this one a part of its own.",
            ),
            models.UniqueConstraint(
                fields=["work", "place_in_url"], name="one_source_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(part__in=["chain", "history", "cite", "annotate"]),
                name="part_is_not_reserved",
                violation_error_message="“chain”, “history”, “cite” and “annotate” "
                "are pages of their own: choose another part.",
            ),
            state_is_known("source"),
        ]
        indexes = [
            models.Index(fields=["work", "sort_key"], name="source_in_its_work"),
            models.Index(fields=["state", "work"], name="source_by_state"),
        ]

    def __str__(self):
        return self.reference_en or f"{self.work_id} {self.address}"

    def get_absolute_url(self):
        return reverse("source", args=[self.work.slug, self.place_in_url])


class Text(models.Model):
    """The words of a source in one language: one string, its lines divided by LF."""

    class Role(models.TextChoices):
        ORIGINAL = "original", "original"
        TRANSLATION = "translation", "translation"

    class Language(models.TextChoices):
        HEBREW = "he", "Hebrew"
        ARAMAIC = "arc", "Aramaic"
        ENGLISH = "en", "English"

    source = models.ForeignKey(Source, models.CASCADE, related_name="texts")
    role = models.CharField(max_length=11, choices=Role, default=Role.ORIGINAL)
    language = models.CharField(max_length=3, choices=Language)
    words = models.TextField(
        max_length=200_000,
        help_text="One line for each line of the text. Points stay as written.",
    )
    is_excerpt = models.BooleanField(
        "decisive words only",
        default=False,
        help_text="Tick where these are the decisive words, not the whole passage.",
    )
    edition = models.CharField(max_length=200, blank=True)
    translator = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    lines_differ = models.BooleanField(
        "its lines need not follow the original's",
        default=False,
        help_text="Tick only where the translation is divided otherwise on purpose.",
    )
    number = models.PositiveIntegerField(default=0, editable=False)

    objects = TextQuerySet.as_manager()

    derived = ("number",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "language"],
                condition=Q(role="original"),
                name="one_original_a_language",
                violation_error_message="This source has an original in that "
                "language already.",
            ),
            models.UniqueConstraint(
                fields=["source", "language", "translator"],
                condition=Q(role="translation"),
                name="one_translation_a_translator",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["original", "translation"]),
                name="text_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["he", "arc", "en"]),
                name="text_language_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.get_language_display()}"

    @property
    def direction(self):
        """ "ltr" or "rtl": the way in which the language is written."""
        return "ltr" if self.language == "en" else "rtl"

    def lines(self):
        """The lines of this text, in order, numbered from 1."""
        return lines_of(self.words)


class Revision(models.Model):
    """A text as it stood after one save: unchangeable."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "number"], name="one_revision_a_number"
            )
        ]

    def __str__(self):
        return f"{self.text}, {self.number}"
