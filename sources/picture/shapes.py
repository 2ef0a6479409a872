"""The shapes of a mark, as SVG: a disc split at the moment when Mashiach comes.

The position says which half is filled; the direction whether it is filled at all
(supports), a ring with a bar (disputes) or a ring with a dot (qualifies); the
basis says how large. Lengths are in units of the drawing; a shape stands at
height 0, and what holds it moves it down.
"""

from django.utils.safestring import mark_safe

from sources.picture.marks import DIRECTIONS, PLAINNESS, SIGNS

RADII = {3: 7.2, 2: 5.6, 1: 4.2}
LEFT, RIGHT = "left", "right"
GAP = 0.6


def number(value):
    """A coordinate to one decimal, without a needless zero: `392`, `7.2`."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def half(x, radius, side):
    """The path of a half disc whose flat edge stands at x."""
    r, sweep = number(radius), 0 if side == LEFT else 1
    return f"M{number(x)} {number(-radius)}a{r} {r} 0 0 {sweep} 0 {number(2 * radius)}z"


def path(style, sign, outline):
    return f'<path class="m {style}-{sign}" d="{outline}"/>'


def circle(style, sign, x, radius):
    return (
        f'<circle class="m {style}-{sign}" cx="{number(x)}" cy="0" '
        f'r="{number(radius)}"/>'
    )


def split_disc(sign, x, radius, filled):
    """A disc with one half filled and the other hollow."""
    step = -GAP if filled == LEFT else GAP
    hollow = RIGHT if filled == LEFT else LEFT
    return path("f", sign, half(x + step, radius, filled)) + path(
        "o", sign, half(x - step, radius - GAP, hollow)
    )


def parted_disc(sign, left, right, radius):
    """Two filled halves, as far apart as the two x say: one event in two stages."""
    halves = half(left, radius, LEFT) + half(right, radius, RIGHT)
    return path("f", sign, halves)


def ring(sign, direction, x, radius):
    """A ring with a bar through it (disputes) or with a dot in it (qualifies)."""
    hoop = circle("o", sign, x, radius - GAP)
    if direction == "qualifies":
        return hoop + circle("f", sign, x, radius * 0.36)
    reach = radius + 1.5
    start = f"M{number(x - reach)} {number(reach)}"
    return hoop + path("o", sign, f"{start}l{number(2 * reach)} {number(-2 * reach)}")


def shore_mark(mark, x, *, mirrored=False):
    """The mark of a bearing on one of the two shores, before or after."""
    radius = RADII[mark.plainness]
    if mark.direction != "supports":
        return ring(mark.sign, mark.direction, x, radius)
    filled = LEFT if (mark.sign == "before") != mirrored else RIGHT
    return split_disc(mark.sign, x, radius, filled)


def rail_marks(mark, left, right):
    """The two marks of a bearing on two stages, at either end of its rung."""
    radius = RADII[mark.plainness]
    if mark.direction == "supports":
        return parted_disc(mark.sign, left + 1, right - 1, radius * 1.08)
    return ring(mark.sign, mark.direction, left, radius) + ring(
        mark.sign, mark.direction, right, radius
    )


def glyph(sign, size=18):
    """The sign of a position, `size` pixels high, for use beside its name.

    Raises ValueError for an unknown sign. Hidden from assistive technology: the
    name beside it says the same.
    """
    if sign not in SIGNS:
        raise ValueError(f"A sign is one of {', '.join(SIGNS)}; not {sign!r}.")
    radius = size / 2 - 1.2
    if sign == "stages":
        return small_drawing(size, parted_disc(sign, -1.4, 1.4, radius))
    return small_drawing(
        size, split_disc(sign, 0, radius, LEFT if sign == "before" else RIGHT)
    )


def mark_glyph(sign, direction, basis, size=18):
    """One mark of the picture, `size` pixels high, for legends and tables.

    A bearing that gives background (no sign, direction `background`) is an empty
    ring. Raises ValueError for a sign, direction or basis without a shape.
    """
    if direction == "background":
        return small_drawing(
            size, '<circle r="4" cx="0" cy="0" fill="none" stroke="currentColor"/>'
        )
    if sign not in SIGNS or direction not in DIRECTIONS or basis not in PLAINNESS:
        raise ValueError(f"There is no mark for {sign!r}, {direction!r}, {basis!r}.")
    radius = RADII[PLAINNESS[basis]] * size / 18
    if direction != "supports":
        return small_drawing(size, ring(sign, direction, 0, radius))
    if sign == "stages":
        return small_drawing(size, parted_disc(sign, -1.1, 1.1, radius))
    return small_drawing(
        size, split_disc(sign, 0, radius, LEFT if sign == "before" else RIGHT)
    )


def svg(drawing):
    """A drawing as safe markup; the one place where a picture is called safe.

    In each, every text and address was escaped as it was written in, and all the rest
    is numbers, checked uids and the drawing's own names.
    """
    return mark_safe(drawing)


def small_drawing(size, shape):
    """A square drawing around 0, safe as it is: numbers and known signs alone."""
    box = f"{number(-size / 2)} {number(-size / 2)} {number(size)} {number(size)}"
    return svg(
        f'<svg class="g" width="{number(size)}" height="{number(size)}" '
        f'viewBox="{box}" aria-hidden="true" focusable="false">{shape}</svg>'
    )
