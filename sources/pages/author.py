"""An author: the works, their sources, and where the author stands."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from sources.models import Author, Bearing, Position, Source
from sources.pages import linked_data
from sources.pages.gathering import locator
from sources.pages.quoted import quoted


@dataclass(frozen=True)
class Stand:
    """One position (None: background), and the bearings through which one is there."""

    position: Position | None
    own: list
    readings: list


def author(request, slug):
    """An author's page. Who has no visible source and no reading is not indexed."""
    found = get_object_or_404(Author.objects.visible_to(request.user), slug=slug)
    sources = list(
        Source.objects.visible_to(request.user)
        .filter(work__author=found)
        .in_order()
        .for_list(request.user)
    )
    bearings = bearings_of(found, request.user)
    context = {
        "author": found,
        "works": works_of(found, request.user, sources),
        "sources": sources,
        "stands": stands(found, bearings),
        "locator": locator({each.source_id for each in bearings}),
        "is_bare": not sources and not bearings,
        "description": description(found, sources),
        "crumbs": [
            (gettext("Sources"), reverse("sources")),
            (gettext("Authors"), ""),
            (found.name, ""),
        ],
        "linked_data": [linked_data.person(found)],
    }
    return render(request, "sources/author.html", context)


def works_of(author, user, sources):
    """(work, its visible sources) for each of the author's works, by generation."""
    readable = author.works.visible_to(user).select_related("explains").in_order()
    return [
        (work, [source for source in sources if source.work_id == work.pk])
        for work in readable
    ]


def bearings_of(author, user):
    """Bearings of the author's own sources, and those read so by the author."""
    return list(
        Bearing.objects.visible_to(user)
        .filter(Q(source__work__author=author) | Q(according_to=author))
        .select_related("source__work", "position")
        .prefetch_related("source__texts")
        .by_generation()
    )


def stands(author, bearings):
    """The bearings by position, in the positions' order; the background last."""
    positions = {each.position for each in bearings if each.position}
    listed = sorted(positions, key=lambda position: (position.order, position.pk))
    found = []
    for position in [*listed, None]:
        here = [each for each in bearings if each.position == position]
        own = [each for each in here if each.source.work.author_id == author.pk]
        readings = [each for each in here if each not in own]
        if here:
            stand = Stand(position, [*map(quoted, own)], [*map(quoted, readings)])
            found.append(stand)
    return found


def description(author, sources):
    """What search engines show of the page."""
    who = f"{author.name} ({author.dates})" if author.dates else author.name
    many = "source" if len(sources) == 1 else "sources"
    return (
        f"{who}: {len(sources)} {many} in the library on when the exiles are gathered "
        "in, and how each one bears, according to whom."
    )
