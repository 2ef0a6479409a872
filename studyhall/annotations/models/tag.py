"""Readers' own tags: one reader's, shown nowhere that its note is not."""

from django.conf import settings
from django.db import models
from taggit.models import ItemBase, TagBase

LONGEST_SLUG = 90  # code points, before the number that tells two apart


class NoteTag(TagBase):
    """A free tag of one reader; another's of the same name is another tag."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="note_tags"
    )
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, allow_unicode=True)

    class Meta:
        verbose_name = "tag of a note"
        verbose_name_plural = "tags of notes"
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "name"], name="note_tag_name_once_a_reader"
            ),
            models.UniqueConstraint(
                fields=["reader", "slug"], name="note_tag_slug_once_a_reader"
            ),
        ]

    def slugify(self, tag, i=None):
        """As taggit's, but so that it fits: one sign can make many letters."""
        slug = super().slugify(tag)[:LONGEST_SLUG]
        return slug if i is None else f"{slug}_{i}"


class TaggedNote(ItemBase):
    """That a note has a tag."""

    tag = models.ForeignKey(NoteTag, models.CASCADE, related_name="tagged")
    content_object = models.ForeignKey(
        "annotations.Annotation", models.CASCADE, related_name="tagged"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="note_tag_once_a_note"
            )
        ]

    def __str__(self):
        return f"tag of {self.content_object}"
