"""Where each source of a chain stands: a row for each, earliest on top, and a lane
beside the rows for each one that others build on.

A lane runs from the cited source's row to the rows of all that cite it, as the
lines of a family tree do, so that thirty commentaries on one verse share one line.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

ARRIVES, LEAVES = -4, 4  # where a line meets a row, above or below its middle
CORNER = 7


@dataclass(frozen=True)
class Stand:
    """One way in which a source bears on a position."""

    sign: str
    direction: str
    basis: str
    name: str  # the position's


@dataclass(frozen=True)
class Step:
    """One source of a chain; `url` is "" where it is named only."""

    key: int
    label: str
    short: str
    url: str
    era: int
    stands: tuple[Stand, ...] = ()
    is_current: bool = False

    @property
    def is_only_named(self):
        return not self.url


@dataclass(frozen=True)
class Arrow:
    """A citing source does something to a cited one: `words` is "comments on"."""

    cited: int
    citing: int
    words: str


@dataclass(frozen=True)
class Shelf:
    """An era's band: its name and years in words, and its place down the page."""

    names: tuple[str, str]
    top: float
    bottom: float
    rows: tuple["Row", ...]


@dataclass(frozen=True)
class Row:
    """One step in its place, with the arrows that it makes."""

    step: Step
    y: float
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Lane:
    """The line of one cited source: how far out it runs, and the rows it joins."""

    cited: int
    place: int  # 0 is the nearest to the rows
    start: float
    ends: tuple[float, ...]


def shelves(steps, arrows, eras, measures):
    """The bands of the eras, each with its rows.

    `steps` come in order of generation; `eras` maps an era to its name and years;
    `measures` says how tall everything is.
    """
    made = defaultdict(list)
    for arrow in arrows:
        made[arrow.citing].append(arrow)
    placed, top = [], measures.top
    for era, group in groupby(steps, key=lambda step: step.era):
        rows, y = [], top + measures.head + measures.pad
        for step in group:
            own = tuple(made[step.key])
            rows.append(Row(step, y + measures.row / 2, own))
            y += measures.height(step, own)
        bottom = max(y + measures.pad, top + measures.least)
        placed.append(Shelf(eras[era], top, bottom, tuple(rows)))
        top = bottom
    return tuple(placed)


def lanes(rows, arrows):
    """A lane for each cited source; short ones run nearest to the rows.

    Two lanes share a place only where one ends before the other begins, or in the
    same row.
    """
    heights = {row.step.key: row.y for row in rows}
    cited = defaultdict(list)
    for arrow in dict.fromkeys((one.cited, one.citing) for one in arrows):
        cited[arrow[0]].append(heights[arrow[1]])
    spans = sorted(
        (max(ends + [heights[key]]) - min(ends + [heights[key]]), heights[key], key)
        for key, ends in cited.items()
    )
    taken, placed = [], []
    for _, start, key in spans:
        span = min([start, *cited[key]]), max([start, *cited[key]])
        place = next(
            (at for at, others in enumerate(taken) if is_free(span, others)), len(taken)
        )
        if place == len(taken):
            taken.append([])
        taken[place].append(span)
        placed.append(Lane(key, place, start, tuple(sorted(cited[key]))))
    return tuple(placed)


def is_free(span, others):
    return all(span[1] <= top or bottom <= span[0] for top, bottom in others)


def branch(lane_x, node_x, start, end, number):
    """The path from a cited row to a citing one, by the lane; `number` writes."""
    down = 1 if end > start else -1
    leaves, arrives = start + LEAVES * down, end + ARRIVES * down
    bend = min(CORNER, abs(arrives - leaves) / 2, node_x - lane_x)
    x, turn = number(lane_x), number(lane_x + bend)
    return (
        f"M{number(node_x)} {number(leaves)}H{turn}"
        f"Q{x} {number(leaves)} {x} {number(leaves + bend * down)}"
        f"V{number(arrives - bend * down)}"
        f"Q{x} {number(arrives)} {turn} {number(arrives)}H{number(node_x)}"
    )
