"""The picture of a chain: what a source rests on above it, what rests on it below.

Drawn from plain values. Every text and address is escaped where it is written in.
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext

from sources.picture.lanes import Arrow, Step, branch, lanes, shelves
from sources.picture.marks import PLAINNESS
from sources.picture.shapes import RADII, number, parted_disc, ring, split_disc, svg
from sources.picture.words import English, fitted, text_width

MARK = 19  # from one mark of a row to the next
BELOW = 5  # between a row's link and the words below it
WORDS_SHOWN = 5  # arrows that one row tells of; the list tells of all


@dataclass(frozen=True)
class Measures:
    """The measures of one form. `told` is where the arrows' words begin, or 0 where
    they stand below the row's label."""

    form: str
    width: int
    lanes_from: int
    lanes_room: int
    font: int
    row: int
    line: int
    told: int = 0
    top: int = 4
    head: int = 0
    pad: int = 6
    least: int = 0

    def height(self, step, arrows):
        """How tall the row of a step is that makes these arrows."""
        lines = min(len(arrows), WORDS_SHOWN + 1) + step.is_only_named
        if self.told:
            return max(self.row, lines * self.line + 10)
        return self.row + lines * self.line + (BELOW if lines else 0)


WIDE = Measures("wide", 860, 146, 84, 14, 30, 18, told=500, least=52)
NARROW = Measures("narrow", 374, 6, 48, 13, 30, 16, head=24, pad=4)


@dataclass(frozen=True)
class ChainPicture:
    """A chain as a value, from which its two drawings are asked.

    `steps` come in order of generation, the current one among them; `arrows` join
    them; `eras` maps each step's era to its name and its years in words.
    """

    steps: tuple[Step, ...]
    arrows: tuple[Arrow, ...]
    eras: dict[int, tuple[str, str]]

    def wide(self):
        """The drawing for screens from 768 px, as safe SVG."""
        return svg(ChainDrawing(self, WIDE, "cw").svg())

    def narrow(self):
        """The drawing for phones, as safe SVG."""
        return svg(ChainDrawing(self, NARROW, "cn").svg())


class ChainDrawing:
    """One form of the picture."""

    def __init__(self, picture, measures, uid):
        self.measures, self.uid, self.words = measures, uid, English()
        self.labels = {step.key: step for step in picture.steps}
        self.shelves = shelves(picture.steps, picture.arrows, picture.eras, measures)
        self.rows = [row for shelf in self.shelves for row in shelf.rows]
        self.lanes = lanes(self.rows, picture.arrows)
        places = max((lane.place for lane in self.lanes), default=0) + 1
        self.pitch = min(14, measures.lanes_room / places)
        self.node = measures.lanes_from + places * self.pitch + 24

    def svg(self):
        bottom = number(self.shelves[-1].bottom + 4)
        measures, uid = self.measures, self.uid
        return "".join(
            [
                f'<svg class="pic descent {measures.form}" '
                f'viewBox="0 0 {measures.width} {bottom}" role="group" '
                f'aria-labelledby="{uid}-t" aria-describedby="{uid}-d" '
                'direction="ltr" lang="en">',
                f'<title id="{uid}-t">{escape(self.title())}</title>',
                f'<desc id="{uid}-d">{escape(self.description())}</desc>',
                *self.grounds(),
                *self.branches(),
                *self.titles(),
                *map(self.shelf, self.shelves),
                "</svg>",
            ]
        )

    def title(self):
        return gettext("The chain as a picture: %d sources by era") % len(self.rows)

    def description(self):
        return gettext(
            "Time runs down the page. A line leads from a source to each one that "
            "builds on it. The same facts stand in the lists that follow."
        )

    def grounds(self):
        """Every other band has a ground of its own where no bar tells them apart."""
        if not self.measures.head:
            for shelf in self.shelves[::2]:
                height = shelf.bottom - shelf.top
                yield self.rect("band", 0, shelf.top, self.measures.width, height)

    def titles(self):
        """Each era's name and years: beside its band, or in a bar above it."""
        for shelf in self.shelves:
            if self.measures.head:
                yield self.rect("bar", 0, shelf.top, self.measures.width, 24)
                places = ("era", 10, 16.5), ("yr e", self.measures.width - 10, 16.5)
            else:
                places = ("era", 14, 26), ("yr", 14, 43)
            for (style, x, y), words in zip(places, shelf.names, strict=True):
                if words:
                    yield self.text(style, x, shelf.top + y, words)

    def rect(self, style, x, y, width, height):
        return (
            f'<rect class="{style}" x="{number(x)}" y="{number(y)}" rx="3" '
            f'width="{number(width)}" height="{number(height)}"/>'
        )

    def text(self, style, x, y, words):
        return (
            f'<text class="{style}" x="{number(x)}" y="{number(y)}">'
            f"{escape(words)}</text>"
        )

    def branches(self):
        yield '<g aria-hidden="true">'
        tip = self.node - 14
        for lane in self.lanes:
            x = tip - 8 - lane.place * self.pitch
            sign = sign_of(self.labels[lane.cited])
            for end in lane.ends:
                outline = branch(x, tip, lane.start, end, number)
                yield f'<path class="stem a-{sign}" d="{outline}"/>'
                y = end + (-4 if end > lane.start else 4)
                head = f"M{number(tip + 3)} {number(y)}l-7 -3.5v7z"
                yield f'<path class="head f-{sign}" d="{head}"/>'
        yield "</g>"

    def shelf(self, shelf):
        name = ", ".join(filter(None, shelf.names))
        rows = "".join(map(self.row, shelf.rows))
        return f'<g role="list" aria-label="{escape(name)}">{rows}</g>'

    def row(self, row):
        """One source: its marks, its name, and what it does with earlier ones."""
        step = row.step
        x = self.node + 16 + MARK * max(len(step.stands) - 1, 0)
        room = (self.measures.told or self.measures.width) - x - 12
        size, bold = self.measures.font, step.is_current
        label = fitted(step.label, step.short, room, size, bold=bold)
        inside = self.marks(step) + self.text("t", x, 4.3, label)
        if not step.is_only_named:
            inside = self.link(step, label, inside, self.hit(x, label, bold))
        style = ' class="here"' if step.is_current else ""
        return (
            f'<g role="listitem"{style} transform="translate(0 {number(row.y)})">'
            f"{inside}{''.join(self.told(row, x))}</g>"
        )

    def hit(self, x, label, bold):
        width = text_width(label, self.measures.font, bold=bold) * 1.06 + 10
        end = min(x + width, self.measures.told or self.measures.width)
        return self.rect("hit", self.node - 11, -15, end - self.node + 11, 30)

    def link(self, step, label, inside, hit):
        whole = label if label == step.label else f"{label} ({step.label})"
        name = "; ".join([whole, *map(self.stand, step.stands)])
        current = ' aria-current="page"' if step.is_current else ""
        return (
            f'<a href="{escape(step.url)}"{current}><title>{escape(name)}</title>'
            f"{hit}{inside}</a>"
        )

    def stand(self, stand):
        words = self.words
        return f"{stand.name}: {words.direction(stand)}, {words.basis(stand)}"

    def marks(self, step):
        if not step.stands:
            style = "none named" if step.is_only_named else "none"
            return f'<circle class="{style}" cx="{number(self.node)}" cy="0" r="4.5"/>'
        return "".join(
            mark(stand, self.node + MARK * place)
            for place, stand in enumerate(step.stands)
        )

    def told(self, row, x):
        """The arrows that a row makes, in words."""
        measures = self.measures
        left = measures.told or x
        y = 4.3 if measures.told else 4.3 + measures.line + BELOW
        lines = [self.sentence(arrow, left) for arrow in row.arrows[:WORDS_SHOWN]]
        if len(row.arrows) > WORDS_SHOWN:
            lines.append(gettext("and %d more") % (len(row.arrows) - WORDS_SHOWN))
        if row.step.is_only_named:
            lines.append(gettext("not yet verified against the text"))
        for place, words in enumerate(lines):
            yield self.text("yr", left, y + place * measures.line, words)

    def sentence(self, arrow, left):
        cited = self.labels[arrow.cited]
        room = self.measures.width - left - 6
        long, short = f"{arrow.words} {cited.label}", f"{arrow.words} {cited.short}"
        return fitted(long, short, room, 12.5)


def sign_of(step):
    return step.stands[0].sign if step.stands else "none"


def mark(stand, x):
    """A stand's shape, as the picture of the question draws it."""
    radius = RADII[PLAINNESS[stand.basis]]
    if stand.direction != "supports":
        return ring(stand.sign, stand.direction, x, radius)
    if stand.sign == "stages":
        return parted_disc(stand.sign, x - 1.1, x + 1.1, radius)
    side = "left" if stand.sign == "before" else "right"
    return split_disc(stand.sign, x, radius, side)
