"""Topics, django-taggit's tags that editors curate, and why a source has one."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from sources.models.record import Record, Stated, state_is_known
from sources.querysets import TopicLinkQuerySet, TopicQuerySet
from sources.text import skeleton


class Topic(Record, Stated, TagBase):
    """A tag that editors curate, with a Hebrew name, a description and a parent."""

    name_he = models.CharField("name in Hebrew", max_length=100, blank=True)
    folded = models.CharField(max_length=100, unique=True, editable=False)
    description = models.TextField(blank=True, max_length=20_000, help_text="Markdown.")
    description_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    derived = ("version", "folded")
    markdown = ("description",)

    class Meta:
        permissions = [("publish_topic", "Can publish topics that another wrote")]
        ordering = ["order", "pk"]
        constraints = [state_is_known("topic")]

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])

    def clean(self):
        self.folded = skeleton(self.name)
        if not self.folded:
            raise ValidationError({"name": "A name needs at least one letter."})

    def save(self, **options):
        """Two spellings of one name (רש"י, רש״י) are one topic: `folded` is unique."""
        self.folded = skeleton(self.name)
        super().save(**options)


class TopicLink(ItemBase):
    """Why a source stands under a topic, and in which order."""

    tag = models.ForeignKey(
        Topic, models.PROTECT, related_name="links", verbose_name="topic"
    )
    content_object = models.ForeignKey(
        "sources.Source",
        models.CASCADE,
        related_name="topic_links",
        verbose_name="source",
    )
    why = models.TextField(blank=True, help_text="Why the source stands here.")
    order = models.PositiveIntegerField(default=0)

    objects = TopicLinkQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"],
                name="topic_once_a_source",
                violation_error_message="The source has this topic already.",
            )
        ]
        indexes = [models.Index(fields=["tag", "order"], name="topic_in_order")]

    def __str__(self):
        return f"{self.content_object} under {self.tag}"
