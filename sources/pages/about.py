"""What the site is and how it is made, and for whom it can be read."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext


def about(request):
    """What the site is, what it is not, whose it is and what it keeps of visitors."""
    context = {"crumbs": to_page(gettext("About"))}
    return render(request, "sources/about.html", context)


def accessibility(request):
    """The accessibility statement: what was tried, and what is known to be short."""
    about_page = (gettext("About"), reverse("about"))
    context = {"crumbs": to_page(gettext("Accessibility"), about_page)}
    return render(request, "sources/accessibility.html", context)


def to_page(name, *between):
    """The crumbs of a page beside the question: the question, then the page."""
    return [(gettext("The question"), reverse("question")), *between, (name, "")]
