"""The picture with its words, in its wide form: labels beside the marks.

Every text and address is escaped where it is written into the drawing. A link is
moved to its row as a whole, so that equal marks are equal bytes and pack well.
"""

from django.utils.html import escape
from django.utils.translation import gettext

from sources.picture.descent import arc, drawn_lines
from sources.picture.layout import shelves, wide_geometry
from sources.picture.shapes import RADII, number, rail_marks, shore_mark
from sources.picture.words import English, Hebrew, fitted, name_of, text_width

BASELINE = 4.3


class Drawing:
    """The wide drawing; a subclass gives another form its own measures."""

    form = "wide"
    arcs_are_named = True

    def __init__(self, picture, uid, *, mirrored=False):
        self.picture = picture
        self.uid = uid
        self.geometry = self.measures(mirrored)
        self.words = Hebrew() if mirrored else English()
        self.columns = {column.sign: column for column in picture.columns}
        lit = {mark.source for mark in picture.marks if mark.lit}
        self.shelves = shelves(self.geometry, picture, lit)
        self.rows = [row for shelf in self.shelves for row in shelf.rows]
        self.lines = drawn_lines(self.rows, picture.lines)
        # The classes that anchor a text at its end, and at its start (the default).
        self.end, self.start = ("", " e") if mirrored else (" e", "")

    def measures(self, mirrored):
        return wide_geometry(mirrored)

    def svg(self):
        return "".join(
            [
                self.opening(),
                *map(self.heading, self.picture.columns),
                *self.grounds(),
                *strands(self.geometry, self.rows),
                *self.arcs(),
                *self.titles(),
                *map(self.shelf, self.shelves),
                "</svg>",
            ]
        )

    def opening(self):
        width, uid = self.geometry.width, self.uid
        bottom = self.shelves[-1].bottom if self.shelves else self.geometry.top
        return (
            f'<svg class="pic {self.form}" viewBox="0 0 {width} {number(bottom + 4)}" '
            f'role="group" aria-labelledby="{uid}-t" aria-describedby="{uid}-d" '
            f'direction="ltr" lang="{self.words.language}">'
            f'<title id="{uid}-t" lang="en">{escape(self.title())}</title>'
            f'<desc id="{uid}-d" lang="en">{escape(self.description())}</desc>'
        )

    def title(self):
        words = gettext("How %d sources bear on the question, by position and era")
        return words % self.picture.counted.sources

    def description(self):
        return gettext(
            "Columns: before, in two stages, and after; %d bands of time run down "
            "the page. Each mark is a link to a source. Lines join a source to those "
            "that build on it. The same facts stand in the table that follows."
        ) % len(self.shelves)

    def heading(self, column):
        x, anchor = self.centre, " c"
        if column.sign != "stages":
            x = self.geometry.shore(column.sign)
            anchor = self.end if column.sign == "before" else self.start
        narrow = self.form == "narrow"
        name = self.words.column(column, narrow=narrow)
        count = self.words.sources if narrow else self.words.bearing
        return self.text(
            f"ch ch-{column.sign}{anchor}", x, 16 if narrow else 18, name
        ) + self.text(f"yr{anchor}", x, 33 if narrow else 35, count(column.count))

    @property
    def centre(self):
        return sum(self.geometry.rails) / 2

    def text(self, style, x, y, words):
        """Words of the library in the drawing's language, escaped."""
        return (
            f'<text class="{style}" x="{number(x)}" y="{number(y)}">'
            f"{escape(self.words.shown(words))}</text>"
        )

    def grounds(self):
        """Every other band has a ground of its own."""
        return [
            f'<rect class="band" x="0" y="{number(shelf.top)}" rx="3" '
            f'width="{self.geometry.width}" height="{number(shelf.height)}"/>'
            for shelf in self.shelves[::2]
        ]

    def arcs(self):
        yield '<g class="arcs" aria-hidden="true">'
        for line in self.lines:
            yield arc(self.geometry, line, named=self.arcs_are_named)
        yield "</g>"

    def titles(self):
        """Each era's name and years, beside its band."""
        x = self.geometry.x(14)
        for shelf in self.shelves:
            y = shelf.middle - (13 if shelf.band.background else 2)
            yield self.text(f"era{self.start}", x, y, self.words.band(shelf.band))
            if years := self.words.years(shelf.band):
                yield self.text(f"yr{self.start}", x, y + 17, years)

    def shelf(self, shelf):
        """One era's links, as a list; nothing where an era is empty."""
        links = [self.mark(row) for row in shelf.rows]
        links += [self.fold(shelf, fold) for fold in shelf.folds]
        if shelf.band.background:
            links.append(self.background(shelf))
        if not links:
            return ""
        facts = (self.words.band(shelf.band), self.words.years(shelf.band))
        era = ", ".join(filter(None, facts))
        name = f"{era}: {self.words.sources(shelf.sources)}"
        return f'<g role="list" aria-label="{escape(name)}">{"".join(links)}</g>'

    def mark(self, row):
        mark, sign = row.mark, row.mark.sign
        bold = mark.basis == "explicit"
        label = self.label(mark, bold)
        column = self.columns.get(sign)
        name = name_of(
            self.words, mark, label, self.words.column(column) if column else sign
        )
        style = f"s{' x3' if bold else ''}{' lit' if mark.lit else ''}"
        return self.link(
            row.y,
            f'href="{escape(mark.url)}" id="{self.uid}-{row.key}" class="{style}"',
            name,
            self.hit(sign) + self.shape(mark, label, bold) + self.words_at(sign, label),
        )

    def label(self, mark, bold):
        geometry = self.geometry
        room = {
            "before": geometry.before - geometry.gap - geometry.edge,
            "stages": geometry.far_rail - geometry.rail - 16,
            "after": geometry.width - geometry.after - geometry.gap,
        }[mark.sign]
        long, short = self.words.label(mark), self.words.short(mark)
        return fitted(long, short, room, geometry.font, bold=bold)

    def link(self, y, attributes, name, inside):
        return (
            f'<g role="listitem" transform="translate(0 {number(y)})"><a {attributes}>'
            f"<title>{escape(name)}</title>{inside}</a></g>"
        )

    def hit(self, sign):
        """The ground of a link, 24 units high: what a finger meets."""
        geometry = self.geometry
        begin, end = {
            "before": (geometry.edge, geometry.before + 12),
            "stages": (geometry.rail - 8, geometry.far_rail + 8),
            "after": (geometry.after - 12, geometry.width - 2),
        }[sign]
        left = min(geometry.x(begin), geometry.x(end))
        return ground(left, end - begin)

    def shape(self, mark, label, bold):
        if mark.sign != "stages":
            x = self.geometry.shore(mark.sign)
            return shore_mark(mark, x, mirrored=self.geometry.mirrored)
        left, right = sorted(self.geometry.rails)
        middle = (left + right) / 2
        room = text_width(label, self.geometry.font, bold=bold) + self.geometry.gap
        start = 1 if mark.direction == "supports" else RADII[mark.plainness]
        ends = (
            max(left + start, middle - room / 2),
            min(right - start, middle + room / 2),
        )
        rung = (
            f'<path class="rung" d="M{number(left + start)} 0H{number(ends[0])}'
            f'M{number(ends[1])} 0H{number(right - start)}"/>'
        )
        return rung + rail_marks(mark, left, right)

    def words_at(self, sign, words, style="t"):
        geometry = self.geometry
        if sign == "stages":
            return self.text(f"{style} c", self.centre, BASELINE, words)
        if sign == "before":
            x = geometry.x(geometry.before - geometry.gap)
            return self.text(style + self.end, x, BASELINE, words)
        x = geometry.x(geometry.after + geometry.gap)
        return self.text(style + self.start, x, BASELINE, words)

    def fold(self, shelf, fold):
        """The way to the marks of a cell that are not shown."""
        words = self.words.more(fold.count)
        column = self.columns.get(fold.sign)
        where = self.words.column(column) if column else fold.sign
        return self.link(
            fold.y,
            f'href="{escape(shelf.band.more_urls[fold.sign])}" class="more"',
            f"{words}: {where}, {self.words.band(shelf.band)}",
            self.hit(fold.sign) + self.words_at(fold.sign, words),
        )

    def background(self, shelf):
        """The way to the era's sources that stand in no column."""
        words = self.words.background(shelf.band.background)
        left, y = self.background_place(shelf)
        width = text_width(words, 12) * 1.06 + 8
        x = self.geometry.x(left)
        start = x - width + 4 if self.geometry.mirrored else x - 4
        return self.link(
            y,
            f'href="{escape(shelf.band.background_url)}" class="more"',
            f"{words}: {self.words.band(shelf.band)}",
            ground(start, width) + self.text(f"yr{self.start}", x, BASELINE, words),
        )

    def background_place(self, shelf):
        return 14, shelf.middle + 22


def ground(left, width):
    return (
        f'<rect class="hit" x="{number(left)}" y="-12" width="{number(width)}" '
        f'height="24" rx="4"/>'
    )


def strands(geometry, rows):
    """The two shores and the bridge's two rails, as far as marks stand on them."""
    near, far = geometry.rails
    for sign, x in (
        ("before", geometry.shore("before")),
        ("stages", near),
        ("stages", far),
        ("after", geometry.shore("after")),
    ):
        heights = [row.y for row in rows if row.mark.sign == sign]
        if heights:
            yield (
                f'<path class="strand a-{sign}" '
                f'd="M{number(x)} {number(min(heights))}V{number(max(heights))}"/>'
            )
