"""The picture in small, dots alone: where one source stands among the others."""

from django.utils.html import escape
from django.utils.translation import gettext

from sources.picture.descent import arc, drawn_lines
from sources.picture.drawing import strands
from sources.picture.layout import Geometry, shelves
from sources.picture.shapes import number

GEOMETRY = Geometry(
    width=240, before=70, rail=112, far_rail=128, after=170, row=7, top=4, pad=3.5
)


def locator(picture, current):
    """The small drawing, the current source's marks enlarged and circled."""
    placed = shelves(GEOMETRY, picture.bands, picture.marks, keep=current)
    rows = [row for shelf in placed for row in shelf.rows]
    lines = drawn_lines(rows, picture.lines)
    height = number((placed[-1].bottom if placed else GEOMETRY.top) + 4)
    return "".join(
        [
            f'<svg class="pic mini" viewBox="0 0 240 {height}" width="240" '
            f'height="{height}" role="img" aria-label="{escape(name(picture))}" '
            'direction="ltr" lang="en">',
            *(ground(shelf) for shelf in placed[::2]),
            *strands(GEOMETRY, rows),
            *(arc(GEOMETRY, line, named=False) for line in lines),
            *(dots(row, is_current=row.mark.source == current) for row in rows),
            "</svg>",
        ]
    )


def name(picture):
    sources = len({mark.source for mark in picture.marks})
    return gettext("Where this source stands among %d sources") % sources


def ground(shelf):
    return (
        f'<rect class="band" x="0" y="{number(shelf.top)}" width="240" '
        f'height="{number(shelf.height)}" rx="1.5"/>'
    )


def dots(row, *, is_current):
    """A dot on the shore, or one on each rail and the rung between them."""
    y, sign = number(row.y), row.mark.sign
    places = GEOMETRY.rails if sign == "stages" else (GEOMETRY.shore(sign),)
    style, radius = (" me", "3.6") if is_current else ("", "2.1")
    drawn = [
        f'<circle class="d f-{sign}{style}" cx="{x}" cy="{y}" r="{radius}"/>'
        for x in places
    ]
    if sign == "stages":
        drawn.append(f'<path class="rung" d="M{places[0]} {y}H{places[1]}"/>')
    if is_current:
        drawn += [f'<circle class="halo" cx="{x}" cy="{y}" r="7"/>' for x in places[:1]]
    return "".join(drawn)
