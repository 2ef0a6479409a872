"""The page of one source, and of the places where several stand."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sources import catalogue, errors, places, references
from sources.chains import walk
from sources.models import Essay, PathStep, Position, Source, State, Work
from sources.pages import crumbs, linked_data
from sources.pages.chain import chain_of, neighbours
from sources.pages.gathering import whole
from sources.pages.passage import passage_of
from sources.reading import ReadingSettings
from sources.stamped import once_a_stamp


def work_of_sources(request, work):
    """The work's own page lists its sources."""
    return redirect("work", slug=work, permanent=True)


def source(request, work, place):
    """One source, by its work and its place there."""
    readable = Source.objects.visible_to(request.user).for_page(request.user)
    shown = readable.filter(work__slug=work, place_in_url=place).first()
    if shown is None:
        return elsewhere(request, work, place)
    previous, following = neighbours(shown, request.user)
    beside = {"previous": previous, "following": following}
    return render(request, "sources/source.html", page_of(shown, request) | beside)


def page_of(shown, request):
    """All that a step shows too: ten queries, and what `gathering.whole` costs."""
    bearings = list(shown.bearings.all())
    chain = chain_of(shown, request.user)
    reading = ReadingSettings.from_request(request)
    passage = passage_of(shown.texts.all(), bearings, reading)
    library = whole()
    return {
        "source": shown,
        "bearings": bearings,
        "passage": passage,
        "chain": chain,
        "in_chain": walk(shown.pk, library.net_for(request.user)).found,
        "locator": library.locator({shown.pk}, bearings),
        "disagreeing": chain.disagreeing(bearings),
        "otherwise": otherwise(bearings),
        "sefaria_url": sefaria_url(shown),
        "sizes": sizes_from(reading.size),
        "path_steps": steps_at(shown, request.user),
        "essays": essays_citing(shown, request.user),
        "crumbs": crumbs.of_source(shown),
        "linked_data": [linked_data.quotation(shown, passage, bearings)],
    }


def steps_at(source, user):
    """The steps of paths at which a source stands, each with its path."""
    found = PathStep.objects.visible_to(user).filter(source=source)
    placed = found.with_place(user).select_related("path")
    return placed.order_by("path__order", "path_id")


def essays_citing(source, user):
    """The essays that name this source, without their bodies: one query."""
    essays = Essay.objects.visible_to(user).citing(source).in_order()
    return essays.only("slug", "title", "state")


def otherwise(bearings):
    """The positions that a source which takes a side does not bear on: one query."""
    taken = {each.position_id for each in bearings if each.position_id}
    if not taken:
        return []
    asked = {each.question_id for each in bearings}
    others = [each for each in supported() if each.pk not in taken]
    return [each for each in others if each.question_id in asked]


@once_a_stamp
def supported():
    """The positions that a published source supports, each with how many do."""
    counted = Position.objects.with_supporters().in_order()
    return [each for each in counted if each.supporting]


def sizes_from(size):
    """The sizes that one step smaller and one step larger would be."""
    return {"smaller": max(size - 1, -1), "larger": min(size + 1, 2)}


def sefaria_url(shown):
    """Where the whole passage stands, or "" where we do not know of it."""
    work = shown.work
    if not work.sefaria:
        return ""
    known = references.Work(
        slug=work.slug,
        title=work.title,
        title_he=work.title_he,
        scheme=work.scheme,
        bounds=work.bounds,
        sefaria=work.sefaria,
    )
    try:
        reference = references.from_address(known, shown.address)
    except references.ReferenceProblem:
        return ""
    return places.on_sefaria(reference)


def elsewhere(request, slug, place):
    """What an address leads to at which no source stands that one may see."""
    exact = Source.objects.filter(work__slug=slug, place_in_url=place).first()
    if exact is not None:
        if exact.state == State.WITHDRAWN and exact.first_published_at:
            return errors.gone(request, exact)
        raise Http404
    reference = read(get_object_or_404(Work, slug=slug), place)
    here = list(catalogue.sources_at(reference, request.user))
    found = here or places.leading(reference, request.user)
    canonical = reverse("source", args=[slug, reference.address])
    if not found:
        raise Http404
    if place != reference.address:
        return redirect(canonical, permanent=True)
    if len(found) == 1:  # more may come, so not for ever
        return redirect(found[0])
    context = {"reference": reference, "sources": found, "is_around": not here}
    return render(request, "sources/source_place.html", context)


def read(work, place):
    """The reference that a place in an address reads as. Raises Http404."""
    known = catalogue.current()
    try:
        return references.from_address(known.works[work.slug], place)
    except references.ReferenceProblem as problem:
        refused = problem
    try:
        reference = known.read(f"{work.title} {place}")
    except references.ReferenceProblem as problem:
        raise Http404(refused.reason) from problem
    if reference.work.slug != work.slug:
        raise Http404
    return reference
