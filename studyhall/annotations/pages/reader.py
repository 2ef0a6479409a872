"""What one reader has written for everyone."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources import errors
from sources.pages import crumbs
from studyhall.annotations import listing
from studyhall.annotations.models import Annotation


def notes_of(name):
    """The public notes of the reader of this name. Raises Http404 if there is none.

    A reader without public notes has no page: nobody learns whether there is one.
    """
    notes = Annotation.objects.shown().filter(reader__display_name=name)
    if not notes.exists():
        raise Http404
    return notes


def reader(request, name):
    """A reader's public notes, the newest first: the same page for everyone."""
    found = notes_of(name)
    try:
        listed = listing.page(found, request)
    except listing.NoSuchPage as problem:
        return errors.refuse(request, str(problem), 404)
    context = {
        "name": name,
        "listed": listed,
        "crumbs": crumbs.from_question(
            name, (gettext("Readers’ notes"), reverse("notes"))
        ),
    }
    return render(request, "notes/reader.html", context)
