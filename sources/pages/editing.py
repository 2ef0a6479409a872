"""The editors' guide: how a source gets from someone's desk to a reader's page."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources.pages import crumbs


def editing(request):
    """One page with pictures, for whoever edits or asks how it is done."""
    about_page = (gettext("About"), reverse("about"))
    context = {"crumbs": crumbs.from_question(gettext("Editing"), about_page)}
    return render(request, "sources/editing.html", context)
