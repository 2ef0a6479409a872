"""One work: who wrote it, when, and which of its passages are in the library."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from sources.models import Source, Work
from sources.pages import crumbs, linked_data


def work(request, slug):
    """A work's page. A work without a visible source is there, but not indexed."""
    readable = Work.objects.visible_to(request.user).select_related(
        "author", "explains"
    )
    found = get_object_or_404(readable, slug=slug)
    sources = Source.objects.visible_to(request.user).filter(work=found)
    commentaries = found.commentaries.with_sources_for(request.user).in_order()
    context = {
        "work": found,
        "era_address": era_address(found),
        "sources": sources.in_order().for_list(request.user),
        "commentaries": commentaries.select_related("author"),
        "crumbs": crumbs.of_work(found),
        "linked_data": [linked_data.book(found)],
    }
    return render(request, "sources/work.html", context)


def era_address(work):
    """The list of the sources of the work's era, or "" where no era is settled."""
    if work.era is None:
        return ""
    return f"{reverse('sources')}?era={Work.Era(work.era).name.lower()}"
