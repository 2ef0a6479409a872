"""What the site is and how it is made, and for whom it can be read."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources.pages import crumbs


def about(request):
    """What the site is, what it is not, whose it is and what it keeps of visitors."""
    context = {"crumbs": crumbs.from_question(gettext("About"))}
    return render(request, "sources/about.html", context)


def accessibility(request):
    """The accessibility statement: what was tried, and what is known to be short."""
    about_page = (gettext("About"), reverse("about"))
    context = {"crumbs": crumbs.from_question(gettext("Accessibility"), about_page)}
    return render(request, "sources/accessibility.html", context)
