"""The search box: a reference opens its source; any other words find sources."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sources import catalogue, errors, places
from sources import search as library
from sources.models import Bearing, Source
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.references import (
    Ambiguous,
    OutOfBounds,
    Reference,
    ReferenceProblem,
)

ON_A_PAGE = 20
LONGEST = 300  # code points of a query that are read


@dataclass(frozen=True)
class Place:
    """What a query says of a place, where it opens no single source."""

    reference: Reference | None = None
    holding: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    choices: tuple = ()
    reason: str = ""


def search(request):
    """Answer `?q=`: a redirect to a source, or the page of what was found."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    place = None
    try:
        number = page_number(request)
        if query and "page" not in request.GET:
            place = read_place(query, request.user)
        if isinstance(place, str):
            return HttpResponseRedirect(place)
        results = library.find(query, request.user, page=number, size=ON_A_PAGE)
        terms = (("q", query),)
        pages = Numbered(number, results.total, ON_A_PAGE, terms)
    except NoSuchPage as problem:
        return errors.refuse(request, str(problem), status=404)
    context = {
        "query": query,
        "place": place,
        "results": results,
        "sources": for_results(results.sources, request.user),
        "pages": pages,
        "suggested": suggested(query, place, results),
    }
    return render(request, "sources/search.html", context)


def read_place(query, user):
    """The address that a reference opens, or a Place, or None for other words."""
    try:
        reference = places.read(query)
    except OutOfBounds as problem:
        return Place(reason=problem.reason)
    except Ambiguous as problem:
        return Place(
            choices=tuple(
                (choice, places.around(choice.reference, user))
                for choice in problem.choices
            ),
            reason=problem.reason,
        )
    except ReferenceProblem:
        return None
    return opened_by(reference, user)


def opened_by(reference, user):
    """The address of the one source, or of the list at one place; else a Place."""
    exact = places.at(reference, user)
    if len(exact) == 1:
        return exact[0].get_absolute_url()
    if exact:
        return reverse("source", args=[reference.work.slug, reference.address])
    if not reference.spans:
        return Place(reference=reference)
    holding = places.around(reference, user)
    if len(holding) == 1:
        return holding[0].get_absolute_url()
    near = () if holding else places.nearest(reference, user)
    return Place(reference=reference, holding=tuple(holding), nearest=tuple(near))


def for_results(sources, user):
    """The sources of a page of results with their words and bearings: 4 queries."""
    sources = list(sources)
    prefetch_related_objects(
        sources,
        "work__author",
        "texts",
        Prefetch("bearings", Bearing.objects.visible_to(user).for_page()),
    )
    return sources


def suggested(query, place, results):
    """Works that the reader may have meant, where nothing else was found."""
    if not query or place or results.total:
        return []
    return catalogue.current().suggest(query)
