"""A reader's note: on words, on a line, on a source, on a bearing, or on a note."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from taggit.managers import TaggableManager

from sources.models import Bearing, Position, Revision, Source, Text
from studyhall.annotations.models.tag import TaggedNote
from studyhall.annotations.querysets import NoteQuerySet

LONGEST_BODY = 20_000  # code points
CONTEXT = 64  # code points kept before and after the words


class Annotation(models.Model):
    """A note, private by default. Written by `studyhall.annotations.gate` alone.

    Positions are code points of a Revision's words, the end not included. What the
    note was made on (`made_on`, `original_start`, `original_end`, `exact`, `prefix`,
    `suffix`) never changes; where it holds now is `holds_on`, `start`, `end`.
    `created_at` is when a public note was made public, so that no time of private
    writing is told; its versions have the others.
    """

    class Motivation(models.TextChoices):
        """The W3C's word for what a note is for; the labels are a reader's."""

        COMMENTING = "commenting", "a thought"
        QUESTIONING = "questioning", "a question"
        ASSESSING = "assessing", "I read it otherwise"
        EDITING = "editing", "a mistake"
        REPLYING = "replying", "a reply"
        HIGHLIGHTING = "highlighting", "a highlight"
        BOOKMARKING = "bookmarking", "a bookmark"

    class Visibility(models.TextChoices):
        PRIVATE = "private", "only me"
        PUBLIC = "public", "everyone"

    class Standing(models.TextChoices):
        """What moderators have decided; a private note is nobody's to decide on."""

        NONE = "", "not asked"
        WAITING = "waiting", "waits for a moderator"
        APPROVED = "approved", "public"
        RETURNED = "returned", "returned to its writer"
        HIDDEN = "hidden", "hidden"

    class Anchor(models.TextChoices):
        ANCHORED = "anchored", "stands on its words"
        PROPOSED = "proposed", "its words may have moved"
        ORPHANED = "orphaned", "its words are gone"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    creation_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="notes",
        help_text="Empty for a former reader's.",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    bearing = models.ForeignKey(
        Bearing, models.PROTECT, null=True, blank=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )

    text = models.ForeignKey(
        Text, models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.PositiveIntegerField(null=True, blank=True)
    made_on = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    original_start = models.PositiveIntegerField(null=True, blank=True)
    original_end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField(blank=True)
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    holds_on = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    anchor = models.CharField(max_length=8, choices=Anchor, default=Anchor.ANCHORED)

    motivation = models.CharField(
        max_length=12, choices=Motivation, default=Motivation.COMMENTING
    )
    body = models.TextField(blank=True, max_length=LONGEST_BODY)
    body_html = models.TextField(blank=True, editable=False)
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+"
    )
    direction = models.CharField(max_length=10, choices=Bearing.Direction, blank=True)
    basis = models.CharField(max_length=8, choices=Bearing.Basis, blank=True)

    visibility = models.CharField(
        max_length=7, choices=Visibility, default=Visibility.PRIVATE
    )
    standing = models.CharField(
        max_length=8, choices=Standing, blank=True, default=Standing.NONE
    )
    was_public = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    tags = TaggableManager(through=TaggedNote, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note"
        permissions = [("moderate_annotation", "Can decide on others' public notes")]
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=F("start")),
                name="note_span_in_order",
            ),
            models.CheckConstraint(
                condition=Q(text__isnull=True, made_on__isnull=True)
                | Q(text__isnull=False, made_on__isnull=False),
                name="note_on_a_text_has_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(motivation="replying") | Q(parent__isnull=False),
                name="reply_has_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(visibility="private", standing="")
                | Q(visibility="public", standing__gt=""),
                name="note_stands_if_and_only_if_public",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="note_is_no_reply_to_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["source", "standing", "visibility", "created_at", "uuid"],
                condition=Q(deleted_at__isnull=True),
                name="shown_notes_of_a_source",
            ),
            models.Index(
                fields=["source", "reader", "created_at", "uuid"],
                name="own_notes_of_a_source",
            ),
            models.Index(fields=["text", "anchor"], name="notes_of_a_text"),
            models.Index(fields=["reader", "-created_at"], name="notes_of_a_reader"),
            models.Index(
                fields=["created_at"],
                condition=Q(standing="waiting"),
                name="notes_that_wait",
            ),
            models.Index(
                fields=["-created_at", "-uuid"],
                condition=Q(standing="approved"),
                name="notes_that_stand",
            ),
        ]

    def __str__(self):
        return f"note {self.uuid}"

    def get_absolute_url(self):
        return reverse("note", args=[self.uuid])

    @property
    def is_shown(self):
        """Whether everyone may read it."""
        return (
            self.visibility == self.Visibility.PUBLIC
            and self.standing == self.Standing.APPROVED
            and self.deleted_at is None
        )


class NoteVersion(models.Model):
    """A note as it stood after one save; others see only those that were public."""

    note = models.ForeignKey(Annotation, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    motivation = models.CharField(max_length=12)
    visibility = models.CharField(max_length=7)
    was_shown = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "number"], name="one_note_version_a_number"
            )
        ]

    def __str__(self):
        return f"{self.note}, {self.number}"


class NoteWord(models.Model):
    """One word of a note as search compares it; a long one is cut.

    A table of both databases' own, in which a note is found by its words and by
    nothing that another note says: no count, no rank.
    """

    LONGEST = 60  # code points

    note = models.ForeignKey(Annotation, models.CASCADE, related_name="search_words")
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "note"], name="note_word_once_a_note"
            )
        ]

    def __str__(self):
        return f"a word of {self.note}"


class AnchorEvent(models.Model):
    """One carrying of a note from a Revision to the next; rows are only added."""

    note = models.ForeignKey(Annotation, models.CASCADE, related_name="events")
    old = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    new = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=Annotation.Anchor)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.note}: {self.state}"
