"""What every record of the library has: a version, a state, a name in the files."""

import uuid

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far a record has come. Nothing is destroyed: withdrawn can be restored."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class Record(models.Model):
    """What one form edits: it carries the one version that guards every edit.

    Only `sources.changes` writes records; see `change()` there.
    """

    library_name = models.CharField(
        max_length=100,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="The name of the library's file that this record was loaded from.",
    )
    creation_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    # Names of the related managers that are edited together with the record.
    parts: tuple[str, ...] = ()
    # Fields that are worked out from others, and so are no part of a kept state.
    derived: tuple[str, ...] = ("version",)
    # Fields written in Markdown; each has a twin `<name>_html`.
    markdown: tuple[str, ...] = ()


class Stated(models.Model):
    """A row that is drafted, reviewed, published and perhaps withdrawn."""

    state = models.CharField(
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text="Only what is published is seen by readers.",
    )

    class Meta:
        abstract = True

    @property
    def is_published(self):
        return self.state == State.PUBLISHED


def state_is_known(model):
    """The constraint that keeps `state` to the four words, on every way in."""
    return models.CheckConstraint(
        condition=Q(state__in=State.values), name=f"{model}_state_is_known"
    )
