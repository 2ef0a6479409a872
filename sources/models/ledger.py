"""What the gate keeps: changes, the stamp, mentions, former addresses, search rows."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from sources.models.reading import Essay, Path
from sources.models.source import Source
from sources.models.topic import Topic
from sources.models.work import Author, Work
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
        # One kind's changes, the newest first, in a list of a hundred thousand.
        indexes = [models.Index(fields=["kind", "id"], name="change_of_a_kind")]

    def __str__(self):
        return f"{self.kind} {self.record_id}, version {self.number}"

    def record_kept(self):
        """The record as it stands now. Raises DoesNotExist if there is none."""
        model = apps.get_model("sources", self.kind)
        return model._base_manager.get(pk=self.record_id)


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


SEARCHED = ("source", "work", "author", "topic", "path", "essay")


def _only(name):
    """That a document belongs to the record of this kind and to no other."""
    others = {f"{each}__isnull": True for each in SEARCHED if each != name}
    return Q(**{f"{name}__isnull": False}, **others)


def _document_of(model):
    """The record that a document is of: exactly one of these is set."""
    return models.OneToOneField(
        model, models.CASCADE, null=True, related_name="search_document"
    )


class SearchDocument(models.Model):
    """The folded words of one record, for the search tables.

    What is in it says nothing of who may find it: that is asked of the record.
    """

    source = _document_of(Source)
    work = _document_of(Work)
    author = _document_of(Author)
    topic = _document_of(Topic)
    path = _document_of(Path)
    essay = _document_of(Essay)
    titles = models.TextField()
    decisive = models.TextField(default="")
    words = models.TextField()
    body = models.TextField()
    made_with = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, map(_only, SEARCHED)),
                name="document_of_one_record",
            )
        ]

    def __str__(self):
        return next(str(each) for name in SEARCHED if (each := getattr(self, name)))


class SearchWord(models.Model):
    """One word of the documents, and how it reads when spellings are folded."""

    word = models.CharField(max_length=40, unique=True)
    sound = models.CharField(max_length=40, db_index=True)

    def __str__(self):
        return self.word


class SearchSlip(models.Model):
    """The checksum of a sound, or of a sound that one letter has left."""

    checksum = models.PositiveBigIntegerField(db_index=True)
    sound = models.CharField(max_length=40)

    def __str__(self):
        return self.sound
