"""The filters of a search, and how many of what was found each further one leaves."""

from collections import Counter
from dataclasses import dataclass
from operator import itemgetter

from django.db import connection
from django.db.models import Exists, OuterRef

from sources import search_tables
from sources.models import Bearing, TopicLink, Work

NAMES = ("era", "work", "position", "direction", "basis", "topic")
NONE = "none"  # in place of a position's slug: takes no side
_ERAS = {era.name.lower(): era for era in Work.Era}
_OF_A_BEARING = ("position", "direction", "basis")

_TABLES = """
found(id) AS MATERIALIZED ({keys}),
read AS MATERIALIZED ({bearings}),
linked AS MATERIALIZED (
    SELECT tag_id, count(*) AS number FROM ({links}) links GROUP BY tag_id
)
"""
# name, value, label, how many sources, and the two by which the values are ordered
_COUNTS = """
SELECT 'position', p.slug, p.name, count(DISTINCT source_id), p."order", p.id
FROM read JOIN sources_position p ON p.id = position_id GROUP BY p.id
UNION ALL
SELECT 'direction', direction, '', count(DISTINCT source_id), 0, 0
FROM read GROUP BY direction
UNION ALL
SELECT 'basis', basis, '', count(DISTINCT source_id), 0, 0
FROM read {plain} GROUP BY basis
UNION ALL
SELECT 'topic', t.slug, t.name, number, t."order", t.id
FROM linked CROSS JOIN sources_topic t WHERE t.id = tag_id
"""


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


def count(rows, filters, user):
    """The facets of these sources that still narrow them, by name.

    `rows` begin with (id, era, slug and title of the work), by generation. Costs one
    query.
    """
    counted = _counted([row[0] for row in rows], filters, user)
    found = {
        "era": _eras(row[1] for row in rows),
        "work": _facets(Counter((row[2], row[3]) for row in rows)),
        "position": counted["position"],
        "direction": _choices(counted["direction"], "direction"),
        "basis": _choices(counted["basis"], "basis"),
        "topic": counted["topic"],
    }
    return {name: found[name] for name in NAMES if name not in filters}


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


def _eras(values):
    counts = Counter(values)
    return [
        Facet(slug, era.label, counts[era])
        for slug, era in sorted(_ERAS.items(), key=itemgetter(1))
        if era in counts
    ]


def _facets(counts):
    return [Facet(value, label, number) for (value, label), number in counts.items()]


def _choices(counted, name):
    counts = {each.value: each.count for each in counted}
    return [
        Facet(value, str(label), counts[value])
        for value, label in Bearing._meta.get_field(name).choices
        if value in counts
    ]


def _counted(ids, filters, user):
    """The Facets of the bearings and topics of these sources, by name, in order."""
    keys = search_tables.keys(connection, ids)
    columns = ("source_id", "position_id", "direction", "basis")
    bearings = _of_found(_bearings(filters, user), *columns)
    links = _of_found(TopicLink.objects.visible_to(user), "content_object_id", "tag_id")
    tables = _TABLES.format(keys=keys.sql, bearings=bearings[0], links=links[0])
    asked = (*keys.params, *bearings[1], *links[1])
    plain = "" if "direction" in filters else "WHERE position_id IS NOT NULL"
    statement = _COUNTS.format(plain=plain)
    counted = {"position": [], "direction": [], "basis": [], "topic": []}
    rows = search_tables.rows(connection, (tables, asked), statement)
    for name, value, label, number, *_ in sorted(rows, key=itemgetter(0, 4, 5)):
        counted[name].append(Facet(value, label, number))
    return counted


def _of_found(queryset, source, *columns):
    """The rows that belong to the sources of the table `found`: SQL and parameters.

    A join, so that the sources lead to them: by a list of keys SQLite may look
    through the whole table instead.
    """
    of_source = f"found.id = {queryset.model._meta.db_table}.{source}"
    rows = queryset.order_by().extra(tables=["found"], where=[of_source])
    return rows.values_list(source, *columns).query.sql_with_params()
