"""Where each mark stands: eras down the page, positions across it.

Lengths are in units of the drawing, which the page scales to its width.
"""

from collections import Counter
from dataclasses import dataclass

from sources.picture.marks import SIGNS, Band, Mark

CELL_LIMIT = 12


@dataclass(frozen=True)
class Geometry:
    """The measures of one form of the drawing.

    `before`, `rail`, `far_rail` and `after` are the x of the two shores and of the
    bridge's two rails; `edge` is where the outermost labels begin. `head` and
    `foot` are kept free at the top of a band, and below its marks where the band
    tells of background; `least` is a band's least height, with and without that.
    """

    width: int
    before: int
    rail: int
    far_rail: int
    after: int
    row: int
    top: float
    pad: float
    edge: int = 0
    head: int = 0
    foot: int = 0
    least: tuple[int, int] = (0, 0)
    font: int = 14
    gap: int = 14
    mirrored: bool = False

    def x(self, value):
        """The same place, counted from the side where reading begins."""
        return self.width - value if self.mirrored else value

    def shore(self, sign):
        return self.x(self.before if sign == "before" else self.after)

    @property
    def rails(self):
        """The two rails' x, as reading meets them: near to `before`, then `after`."""
        return self.x(self.rail), self.x(self.far_rail)


def wide_geometry(mirrored):
    return Geometry(
        width=1120,
        before=392,
        rail=500,
        far_rail=774,
        after=882,
        edge=178,
        row=24,
        top=44,
        pad=9,
        least=(48, 80),
        mirrored=mirrored,
    )


def narrow_geometry(mirrored):
    return Geometry(
        width=374,
        before=110,
        rail=138,
        far_rail=240,
        after=268,
        row=25,
        top=46,
        pad=5,
        head=24,
        foot=25,
        font=12,
        gap=11,
        mirrored=mirrored,
    )


@dataclass(frozen=True)
class Row:
    """One mark in its place; `nth` tells apart a source's marks in one column."""

    mark: Mark
    y: float
    nth: int

    @property
    def key(self):
        """What tells the mark apart within one drawing: `12b`, or `12b2`."""
        nth = self.nth if self.nth > 1 else ""
        return f"{int(self.mark.source)}{self.mark.sign[0]}{nth}"


@dataclass(frozen=True)
class Fold:
    """The last row of a cell that has too many marks: how many are not shown."""

    sign: str
    y: float
    count: int


@dataclass(frozen=True)
class Shelf:
    """A band in its place, with its rows in reading order."""

    band: Band
    top: float
    bottom: float
    rows: tuple[Row, ...]
    folds: tuple[Fold, ...]
    sources: int

    @property
    def height(self):
        return self.bottom - self.top

    @property
    def middle(self):
        return (self.top + self.bottom) / 2


def fold(marks, count, keep=frozenset()):
    """The marks of a cell that are shown, and how many of its `count` are not.

    Up to twelve all are; of more the plainest eleven, in their given order; the
    sources whose keys are in `keep` come before all others.
    """
    if count <= CELL_LIMIT:
        return list(marks), 0
    ranked = sorted(
        range(len(marks)),
        key=lambda place: (marks[place].source not in keep, -marks[place].plainness),
    )
    shown = sorted(ranked[: CELL_LIMIT - 1])
    return [marks[place] for place in shown], count - len(shown)


def shelves(geometry, picture, keep=frozenset()):
    """Every band of a picture in its place, from the top of the page down."""
    cells = {(band.era, sign): [] for band in picture.bands for sign in SIGNS}
    for mark in picture.marks:
        cells[mark.era, mark.sign].append(mark)
    folded = {
        cell: fold(marks, picture.counted.cells.get(cell, 0), keep)
        for cell, marks in cells.items()
    }
    placed, top = [], geometry.top
    for band in picture.bands:
        sources = picture.counted.eras.get(band.era, 0)
        shelf = shelve(geometry, band, folded, top, sources)
        placed.append(shelf)
        top = shelf.bottom
    return tuple(placed)


def shelve(geometry, band, cells, top, sources):
    """One band, as tall as its tallest cell; shorter cells stand in its middle.

    `cells` are folded; `sources` is how many have a bearing in this era.
    """
    folded = {sign: cells[band.era, sign] for sign in SIGNS}
    tallest = max(len(shown) + (hidden > 0) for shown, hidden in folded.values())
    foot = geometry.foot if band.background else 0
    inside = max(
        tallest * geometry.row + 2 * geometry.pad, geometry.least[band.background > 0]
    )
    bottom = top + geometry.head + inside + foot
    middle = top + geometry.head + inside / 2
    rows, folds = [], []
    for sign, (shown, hidden) in folded.items():
        first = middle - (len(shown) + (hidden > 0) - 1) * geometry.row / 2
        rows += cell_rows(shown, first, geometry.row)
        if hidden:
            folds.append(Fold(sign, first + len(shown) * geometry.row, hidden))
    return Shelf(band, top, bottom, tuple(rows), tuple(folds), sources)


def cell_rows(marks, first, step):
    seen, rows = Counter(), []
    for place, mark in enumerate(marks):
        seen[mark.source] += 1
        rows.append(Row(mark, first + place * step, seen[mark.source]))
    return rows
