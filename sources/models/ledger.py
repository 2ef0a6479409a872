"""What the gate keeps: changes, the stamp, mentions, former addresses, search rows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sources.models.source import Source
from sources.models.work import Work
from sources.querysets import ChangeQuerySet, StampQuerySet


class Stamp(models.Model):
    """The library's version: one row, raised with every change of any record."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects = StampQuerySet.as_manager()

    def __str__(self):
        return str(self.number)


class Change(models.Model):
    """One saved state of any record of the library; rows are only ever added."""

    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    record = models.JSONField(encoder=DjangoJSONEncoder)
    loaded = models.CharField(
        max_length=64,
        blank=True,
        help_text="For a change made by the loader: the digest of the file.",
    )
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "number"], name="one_change_a_version"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.record_id}, version {self.number}"


class Mention(models.Model):
    """That a record's Markdown names a place, so that it is rendered again in time."""

    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    work = models.ForeignKey(Work, models.CASCADE, related_name="+")
    address = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "work", "address"],
                name="one_mention_a_place",
            )
        ]
        indexes = [models.Index(fields=["work", "address"], name="mention_of_a_place")]

    def __str__(self):
        return f"{self.kind} {self.record_id} mentions {self.address}"


class FormerAddress(models.Model):
    """A path that a record once had. It redirects for ever."""

    path = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self):
        return self.path


class SearchDocument(models.Model):
    """The folded words of one source, for the search tables."""

    source = models.OneToOneField(
        Source, models.CASCADE, related_name="search_document"
    )
    titles = models.TextField()
    words = models.TextField()
    body = models.TextField()

    def __str__(self):
        return str(self.source)
