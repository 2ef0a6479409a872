"""The picture in small, dots alone: where some sources stand among the others."""

from django.utils.html import escape
from django.utils.translation import gettext, ngettext

from sources.picture.descent import arc, drawn_lines
from sources.picture.drawing import strands
from sources.picture.layout import Geometry, shelves
from sources.picture.shapes import number
from sources.picture.words import English

GEOMETRY = Geometry(
    width=240, before=70, rail=112, far_rail=128, after=170, row=7, top=4, pad=3.5
)


def locator(picture, current):
    """The small drawing, the marks of the current sources enlarged and circled.

    `current` is a set of sources' keys.
    """
    placed = shelves(GEOMETRY, picture, keep=current)
    rows = [row for shelf in placed for row in shelf.rows]
    lines = drawn_lines(rows, picture.lines)
    height = number((placed[-1].bottom if placed else GEOMETRY.top) + 4)
    words = escape(name(picture, current))
    return "".join(
        [
            f'<svg class="mini" viewBox="0 0 240 {height}" width="240" '
            f'height="{height}" role="img" aria-label="{words}" '
            'direction="ltr" lang="en">',
            *(ground(shelf) for shelf in placed[::2]),
            *strands(GEOMETRY, rows),
            *(arc(GEOMETRY, line, named=False) for line in lines),
            *(dots(row, is_current=row.mark.source in current) for row in rows),
            "</svg>",
        ]
    )


def name(picture, current):
    """Where the current sources stand, in words."""
    every = English().sources(picture.counted.sources)
    lit = [mark for mark in picture.marks if mark.source in current]
    if not lit:
        return gettext("%s, by position and era") % every
    labels = list({mark.source: mark.label for mark in lit}.values())
    return gettext("%(shown)s among %(sources)s, %(where)s") % {
        "shown": labels[0] if len(labels) == 1 else len(labels),
        "sources": every,
        "where": columns(picture, {mark.sign for mark in lit}),
    }


def columns(picture, signs):
    names = [column.name for column in picture.columns if column.sign in signs]
    words = ngettext("in the column %s", "in the columns %s", len(names))
    return words % gettext(" and ").join(names)


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
