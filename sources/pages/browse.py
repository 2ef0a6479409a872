"""Every source, by generation, narrowed by filters that are plain links."""

from django.shortcuts import render

from sources import errors
from sources.pages.facets import listed
from sources.pages.filters import Filters, NoSuchFilter
from sources.pages.numbered import NoSuchPage, Numbered, page_number

ON_A_PAGE = 50


def sources(request):
    """The list of sources; an unknown filter or page is a 404 that says so."""
    try:
        filters = Filters.from_request(request)
        total, facets = listed(filters, request.user)
        pages = Numbered(page_number(request), total, ON_A_PAGE, filters.terms)
    except (NoSuchFilter, NoSuchPage) as problem:
        return errors.refuse(request, str(problem), status=404)
    found = filters.sources(request.user).in_order().for_list(request.user)
    context = {
        "filters": filters,
        "facets": facets,
        "pages": pages,
        "sources": found[pages.slice],
        "nothing": nothing_is(filters) if not total else "",
        "here_query": pages.address(pages.number),
        "heading": heading_of(filters),
    }
    return render(request, "sources/browse.html", context)


def heading_of(filters):
    """What the list is, for its title: "Sources" or "Sources: Geonim, Before"."""
    labels = ", ".join(each.label for each in filters.chosen)
    return f"Sources: {labels}" if labels else "Sources"


def nothing_is(filters):
    """The sentence for an empty list, such as "No source is both Geonim and After"."""
    labels = [each.label for each in filters.chosen]
    if not labels:
        return "The library holds no source yet."
    if len(labels) == 1:
        return f"No source is listed under {labels[0]}."
    together = f"{', '.join(labels[:-1])} and {labels[-1]}"
    return f"No source is {'both ' if len(labels) == 2 else ''}{together}."
