"""The contested sources: readings of one source that stand against one another."""

from django.shortcuts import render
from django.utils.translation import gettext

from sources.models import Bearing, Source
from sources.pages import crumbs

# In which order readings of one position stand.
DIRECTIONS = [each.value for each in Bearing.Direction]


def contested(request):
    """Every contested source by generation, its readings face to face."""
    sources = Source.objects.contested().visible_to(request.user)
    found = list(sources.in_order().for_list(request.user))
    context = {
        "sources": [(source, sides_of(source.bearings.all())) for source in found],
        "crumbs": crumbs.from_question(gettext("Contested sources")),
    }
    return render(request, "sources/contested.html", context)


def sides_of(bearings):
    """Lists of the readings that say the same: one position, one direction."""
    sides = {}
    for bearing in bearings:
        if bearing.position:
            key = (bearing.position_id, bearing.direction)
            sides.setdefault(key, []).append(bearing)
    return sorted(sides.values(), key=lambda side: order_of(side[0]))


def order_of(bearing):
    position = bearing.position
    return position.order, position.pk, DIRECTIONS.index(bearing.direction)
