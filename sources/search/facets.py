"""The filters of a search, and how many of what was found each further one leaves."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from sources import search_tables
from sources.models import Bearing, Position, Topic, TopicLink, Work

NAMES = ("era", "work", "position", "direction", "basis", "topic")
NONE = "none"  # in place of a position's slug: takes no side
_ERAS = {era.name.lower(): era for era in Work.Era}
_OF_A_BEARING = ("position", "direction", "basis")


@dataclass(frozen=True)
class Facet:
    """One value that a filter may take, and how many sources it would leave."""

    value: str
    label: str
    count: int


def narrowed(sources, filters, user):
    """Those of the sources that pass every filter; an unknown value leaves none.

    Position, direction and basis are asked of one bearing that the user may see.
    """
    if "era" in filters:
        sources = sources.filter(work__era=_ERAS.get(filters["era"], 0))
    if "work" in filters:
        sources = sources.filter(work__slug=filters["work"])
    if "topic" in filters:
        links = TopicLink.objects.visible_to(user).filter(tag__slug=filters["topic"])
        sources = sources.filter(pk__in=links.values("content_object"))
    if filters.get("position") == NONE:
        sided = Bearing.objects.visible_to(user).taking_a_side()
        sources = sources.exclude(Exists(sided.filter(source=OuterRef("pk"))))
    if _terms_of_a_bearing(filters):
        one = _bearings(filters, user).filter(source=OuterRef("pk"))
        sources = sources.filter(Exists(one))
    return sources


def count(ids, rows, filters, user):
    """The facets of these sources that still narrow them, by name.

    `rows` are (era, slug of the work, its title) of each source, by generation.
    Costs two queries for what is counted, and two for its names.
    """
    ids = search_tables.keys(connection, ids)
    bearings = _rows_of_bearings(ids, filters, user)
    sided = [row for row in bearings if row[1] is not None]
    plain = bearings if "direction" in filters else sided
    counted = {
        "era": lambda: _eras(rows),
        "work": lambda: _summed((slug, title) for _, slug, title in rows),
        "position": lambda: _positions(_counts(sided, 1)),
        "direction": lambda: _choices(_counts(bearings, 2), "direction"),
        "basis": lambda: _choices(_counts(plain, 3), "basis"),
        "topic": lambda: _topics(ids, user),
    }
    return {name: counted[name]() for name in NAMES if name not in filters}


def _bearings(filters, user):
    """The visible bearings that are as position, direction and basis ask."""
    bearings = Bearing.objects.visible_to(user).filter(**_terms_of_a_bearing(filters))
    if "basis" in filters and "direction" not in filters:
        return bearings.taking_a_side()
    return bearings


def _terms_of_a_bearing(filters):
    names = {"position": "position__slug"}
    return {
        names.get(name, name): filters[name]
        for name in _OF_A_BEARING
        if name in filters and (name, filters[name]) != ("position", NONE)
    }


def _summed(values):
    """A Facet for each (value, label), in the order in which they first come."""
    counts = {}
    for each in values:
        counts[each] = counts.get(each, 0) + 1
    return [Facet(value, label, number) for (value, label), number in counts.items()]


def _eras(rows):
    slugs = {era.value: slug for slug, era in _ERAS.items()}
    found = sorted(era for era, *_ in rows if era in slugs)
    return _summed((slugs[era], Work.Era(era).label) for era in found)


def _rows_of_bearings(ids, filters, user):
    """(source, position, direction, basis) of the bearings that pass the filters."""
    names = ("source", "position", "direction", "basis")
    return list(_bearings(filters, user).filter(source__in=ids).values_list(*names))


def _counts(rows, column):
    """How many sources have each value of a column of the rows."""
    return Counter(value for _, value in {(row[0], row[column]) for row in rows})


def _positions(counts):
    positions = Position.objects.filter(pk__in=counts).in_order()
    return [Facet(each.slug, each.name, counts[each.pk]) for each in positions]


def _choices(counts, name):
    return [
        Facet(value, str(label), counts[value])
        for value, label in Bearing._meta.get_field(name).choices
        if value in counts
    ]


def _topics(ids, user):
    links = TopicLink.objects.visible_to(user).filter(content_object__in=ids)
    counts = Counter(links.order_by().values_list("tag", flat=True))
    topics = Topic.objects.filter(pk__in=counts).in_order()
    return [Facet(topic.slug, topic.name, counts[topic.pk]) for topic in topics]
