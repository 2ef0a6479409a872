"""What is kept: pages as they were answered, and what puts them out of date."""

from django.db import models


class KeptPage(models.Model):
    """One visitors' page, whole, as it stood at one version of the site.

    `key` is a digest of its address. The body is what the visitor was shown, with the
    words of a search where it was one; nothing tells who asked, or from where.
    """

    key = models.CharField(max_length=32, primary_key=True)
    number = models.PositiveBigIntegerField()  # of the library's stamp
    digest = models.CharField(max_length=64)  # of the library's stamp
    marks = models.PositiveBigIntegerField()  # the sum of all marks
    is_queried = models.BooleanField()  # its address has a query, or may be made up
    kept_at = models.DateTimeField()
    size = models.PositiveIntegerField()  # bytes of the body
    head = models.TextField()  # the headers: a JSON list of pairs
    body = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["is_queried", "-kept_at"], name="kept_page_newest")
        ]

    def __str__(self):
        return self.key


class Mark(models.Model):
    """The version of something that pages show beside the library: see `marks`."""

    name = models.CharField(max_length=20, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} {self.number}"
