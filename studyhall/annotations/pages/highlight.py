"""Notes without words of one's own: buttons of the note's form, and of the script."""

from django.views.decorators.http import require_POST

from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.annotate import written
from studyhall.annotations.returning import gives_back


@require_POST
@gives_back
def highlight(request, work, place):
    """Mark words or a line for oneself."""
    return written(request, work, place, Annotation.Motivation.HIGHLIGHTING)


@require_POST
@gives_back
def bookmark(request, work, place):
    """Keep a place for oneself: words, a line or a source."""
    return written(request, work, place, Annotation.Motivation.BOOKMARKING)
