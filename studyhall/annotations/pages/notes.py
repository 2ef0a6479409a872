"""Readers' public notes, the newest first, and the search in them."""

from django.shortcuts import render
from django.utils.translation import gettext

from sources import errors
from sources.pages import crumbs
from sources.text import clean_text
from studyhall.annotations import listing, searching
from studyhall.annotations.models import Annotation

LONGEST = 300  # code points of a query that are read


def asked_of(request):
    """The words that an address asks for."""
    return clean_text(request.GET.get("q", "")).strip()[:LONGEST].strip()


def notes(request):
    """All public notes; `?q=` finds words in them, and in one's own."""
    asked = asked_of(request)
    found = Annotation.objects.shown()
    if asked:
        readable = Annotation.objects.visible_to(request.user)
        found = searching.find(readable, asked)
    try:
        listed = listing.page(
            Annotation.objects.none() if found is None else found, request, q=asked
        )
    except listing.NoSuchPage as problem:
        return errors.refuse(request, str(problem), 404)
    context = {
        "asked": asked,
        "listed": listed,
        "is_wordless": found is None,
        "crumbs": crumbs.from_question(gettext("Readers’ notes")),
    }
    return render(request, "notes/notes.html", context)
