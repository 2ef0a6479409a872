"""What the question's page asks of the database: the plainest bearings, and counts.

Grouped and bounded where the rows are: a large library costs time here, once a stamp,
and no memory.
"""

from typing import NamedTuple

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber

from sources.models import Bearing, Source
from sources.picture import PLAINNESS
from sources.querysets.access import generation

UNDATED = 8  # after the last era
MOST = 25  # bearings of one era on one position that are read, the plainest
LONG = ("reasoning", "reasoning_html", "words", "source__summary") + (
    "source__summary_html",
    "position__statement",
)


class Cell(NamedTuple):
    """How much there is of one era on one position."""

    bearings: int
    sources: int
    supporting: int  # sources
    outright: int  # of these


def plainest(asked, keep):
    """At most MOST bearings of each era and position, in order of generation.

    Sources whose keys are in `keep` come first, then the plainest, then the earliest;
    and the plainest supporter of each position is among them.
    """
    plainness = Case(
        *(When(basis=basis, then=-rank) for basis, rank in PLAINNESS.items())
    )
    is_kept = Case(When(source_id__in=keep, then=0), default=1)
    order = (plainness, *generation("source__work__"), "source__sort_key", "pk")
    era, position = F("source__work__era"), F("position_id")
    ranked = asked.annotate(
        place=Window(
            RowNumber(), partition_by=[era, position], order_by=[is_kept, *order]
        ),
        first=Window(
            RowNumber(), partition_by=[position, F("direction")], order_by=order
        ),
    )
    found = ranked.filter(Q(place__lte=MOST) | Q(first=1))
    read = found.select_related("position", "source__work").defer(*LONG)
    return tuple(read.by_generation())


def cells_of(asked):
    """The Cell of each (era, key of a position)."""
    supports = Q(direction=Bearing.Direction.SUPPORTS)
    explicit = Q(basis=Bearing.Basis.EXPLICIT)
    rows = (
        asked.order_by()
        .values("source__work__era", "position_id")
        .annotate(
            bearings=Count("pk"),
            sources=Count("source", distinct=True),
            supporting=Count("source", distinct=True, filter=supports),
            outright=Count("source", distinct=True, filter=supports & explicit),
        )
    )
    return {
        (row.pop("source__work__era") or UNDATED, row.pop("position_id")): Cell(**row)
        for row in rows
    }


def eras_of(asked):
    """(era, published sources, those of them that take a side) of each era."""
    sided = Q(pk__in=asked.order_by().values("source"))
    rows = Source.objects.published().order_by().values_list("work__era")
    counted = rows.annotate(every=Count("pk"), sided=Count("pk", filter=sided))
    return [(era or UNDATED, every, some) for era, every, some in counted]
