"""How many of the listed sources each further filter would leave, by grouping."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F

from sources.models import Bearing, TopicLink
from sources.pages.filters import ERAS, TITLES, Filters
from sources.querysets import may_see_drafts
from sources.stamped import once_a_stamp

# So many values of one facet are offered, those with the most sources.
MOST = 40
# A facet of more values than this stands closed.
SHORT = 7


@dataclass(frozen=True)
class Value:
    """One link of a facet: its words, its address, and how many sources it leaves."""

    label: str
    address: str
    count: int


@dataclass(frozen=True)
class Facet:
    """The values by which the list can be narrowed further; `more` are left out."""

    name: str
    values: tuple[Value, ...]
    more: int = 0

    @property
    def title(self):
        return TITLES[self.name]

    @property
    def is_short(self):
        """A short facet stands open; a long one opens when it is asked to."""
        return len(self.values) <= SHORT


def listed(filters, user):
    """(how many sources pass the filters, the Facets) for this user.

    What everyone may see is counted once a stamp, what an editor sees each time.
    """
    if may_see_drafts(user):
        return _listed(filters, user)
    return _listed_for_everyone(filters.chosen)


@once_a_stamp
def _listed_for_everyone(chosen):
    return _listed(Filters(chosen), None)


def _listed(filters, user):
    rows = _by_work(filters.sources(user))
    facets = _facets_of(filters, rows, user)
    return sum(row["count"] for row in rows), tuple(facets)


def _facets_of(filters, rows, user):
    """The facets that still narrow the list: none for a filter that is on.

    `rows` are _by_work()'s. Asks up to four queries more.
    """
    counted = [
        ("era", _eras(rows)),
        ("position", lambda: _of_bearings(filters, user, "position")),
        ("direction", lambda: _of_bearings(filters, user, "direction")),
        ("basis", lambda: _of_bearings(filters, user, "basis")),
        ("contested", _contested(rows)),
        ("topic", lambda: _topics(filters, user)),
        ("work", _summed(rows, "work__slug", "work__title")),
        ("author", _summed(rows, "work__author__slug", "work__author__name")),
    ]
    facets = [
        _facet(filters, name, count() if callable(count) else count)
        for name, count in counted
        if name not in filters.values
    ]
    return [facet for facet in facets if facet.values]


def _by_work(sources):
    """One row for each work and contestedness, with `count`, by generation."""
    names = ("work__slug", "work__title", "work__era", "is_contested")
    author = ("work__author__slug", "work__author__name")
    order = (
        F("work__era").asc(nulls_last=True),
        F("work__year_from").asc(nulls_last=True),
        "work__order",
        "work_id",
    )
    grouped = sources.order_by().values("work_id", *names, *author)
    return list(grouped.annotate(count=Count("pk")).order_by(*order))


def _facet(filters, name, counted):
    """The facet of (value, label, count) rows: the fullest, in the rows' order."""
    fullest = sorted(counted, key=lambda row: -row[2])[:MOST]
    kept = {row[0] for row in fullest}
    return Facet(
        name,
        tuple(
            Value(label, f"?{urlencode(filters.terms_with(name, value))}", count)
            for value, label, count in counted
            if value in kept
        ),
        more=len(counted) - len(kept),
    )


def _summed(rows, value, label):
    """(value, label, count) of the rows that have the value, in their order."""
    counts = {}
    for row in rows:
        if row[value] is not None:
            key = (row[value], row[label])
            counts[key] = counts.get(key, 0) + row["count"]
    return [(*key, count) for key, count in counts.items()]


def _eras(rows):
    slugs = {era.value: slug for slug, era in ERAS.items()}
    return [
        (slugs[era], ERAS[slugs[era]].label, count)
        for era, _, count in _summed(rows, "work__era", "work__era")
    ]


def _contested(rows):
    count = sum(row["count"] for row in rows if row["is_contested"])
    return [("1", "Contested sources", count)] if count else []


def _of_bearings(filters, user, name):
    """How many listed sources have one bearing that is so, for each value."""
    fields = ("position__slug", "position__name") if name == "position" else (name,)
    order = "position__order" if name == "position" else name
    bearings = filters.bearings(user)
    if name == "position" or (name == "basis" and "direction" not in filters.values):
        bearings = bearings.taking_a_side()
    grouped = (
        bearings.filter(source__in=filters.sources(user).order_by().values("pk"))
        .order_by()
        .values(*fields)
        .annotate(count=Count("source", distinct=True))
        .order_by(order)
    )
    rows = [tuple(row[field] for field in (*fields, "count")) for row in grouped]
    if name == "position":
        return rows
    choices = Bearing.Direction if name == "direction" else Bearing.Basis
    counts = dict(rows)
    return [
        (value, label, counts[value])
        for value, label in choices.choices
        if value in counts
    ]


def _topics(filters, user):
    grouped = (
        TopicLink.objects.visible_to(user)
        .filter(content_object__in=filters.sources(user).order_by().values("pk"))
        .order_by()
        .values("tag__slug", "tag__name")
        .annotate(count=Count("content_object", distinct=True))
        .order_by("tag__order", "tag_id")
    )
    return [(row["tag__slug"], row["tag__name"], row["count"]) for row in grouped]
