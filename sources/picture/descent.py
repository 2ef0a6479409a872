"""Lines of descent: from a source to those that build on it."""

from collections import defaultdict
from dataclasses import dataclass

from sources.picture.layout import Row
from sources.picture.shapes import number


@dataclass(frozen=True)
class Line:
    """One line that is drawn, from the cited mark to the citing one."""

    cited: Row
    citing: Row

    @property
    def key(self):
        return f"{self.cited.mark.source} {self.citing.mark.source}"


def drawn_lines(rows, pairs):
    """The lines between marks that are shown, in the given order, each once.

    `pairs` are (cited source, citing source). A source with several marks is
    joined where the two stand in one column, else between a shore and the bridge;
    two opposite shores are not joined.
    """
    places = defaultdict(list)
    for row in rows:
        places[row.mark.source].append(row)
    lines = []
    for cited, citing in dict.fromkeys(pairs):
        choices = [
            Line(one, other)
            for one in places.get(cited, ())
            for other in places.get(citing, ())
            if cited != citing and distance(one, other) < 2
        ]
        if choices:
            lines.append(min(choices, key=lambda line: distance(*ends(line))))
    return lines


def ends(line):
    return line.cited, line.citing


def distance(one, other):
    """0 in one column, 1 between a shore and the bridge, 2 from shore to shore."""
    signs = {one.mark.sign, other.mark.sign}
    if len(signs) == 1:
        return 0
    return 1 if "stages" in signs else 2


def arc(geometry, line, *, named):
    """The SVG path of a line; named where a stylesheet is to find it."""
    crossing = distance(*ends(line))
    outline = crossing_curve(geometry, line) if crossing else bows(geometry, line)
    style = f"arc a-{line.cited.mark.sign}{' x' if crossing else ''}"
    name = f' data-k="{line.key}"' if named else ""
    return f'<path class="{style}"{name} d="{outline}"/>'


def bows(geometry, line):
    """A bow toward the middle, deeper the farther it reaches; on the bridge two."""
    sign = line.cited.mark.sign
    gutter = geometry.rail - geometry.before
    reach = abs(line.citing.y - line.cited.y)
    inward = -1 if geometry.mirrored else 1
    if sign == "stages":
        depth = inward * min(gutter * 0.3, gutter * 0.1 + reach * 0.028)
        near, far = geometry.rails
        return bow(near, -depth, line) + bow(far, depth, line)
    depth = inward * min(gutter * 0.74, gutter * 0.16 + reach * 0.085)
    return bow(geometry.shore(sign), depth if sign == "before" else -depth, line)


def bow(x, depth, line):
    start, end = number(line.cited.y), number(line.citing.y)
    spine, crest = number(x), number(x + depth)
    return f"M{spine} {start}C{crest} {start} {crest} {end} {spine} {end}"


def crossing_curve(geometry, line):
    """An S from a shore to the rail that faces it, or back."""
    signs = line.cited.mark.sign, line.citing.mark.sign
    near, far = geometry.rails
    rail = near if "before" in signs else far
    start, end = (rail if sign == "stages" else geometry.shore(sign) for sign in signs)
    high, low = number(line.cited.y), number(line.citing.y)
    middle = number((start + end) / 2)
    return f"M{number(start)} {high}C{middle} {high} {middle} {low} {number(end)} {low}"


def lit_lines(lines, sources):
    """For each of the sources, the lines among all it descends from or leads to.

    Returns a dict from the source to its lines' keys, without sources that have
    none.
    """
    earlier, later = defaultdict(list), defaultdict(list)
    for line in lines:
        cited, citing = line.cited.mark.source, line.citing.mark.source
        earlier[citing].append(cited)
        later[cited].append(citing)
    lit = {}
    for source in sources:
        chain = reached(source, earlier) | reached(source, later)
        keys = [line.key for line in lines if joins(line, chain)]
        if keys:
            lit[source] = keys
    return lit


def joins(line, chain):
    return line.cited.mark.source in chain and line.citing.mark.source in chain


def reached(source, steps):
    """The source and all that can be reached from it."""
    seen, waiting = {source}, [source]
    while waiting:
        for neighbour in steps.get(waiting.pop(), ()):
            if neighbour not in seen:
                seen.add(neighbour)
                waiting.append(neighbour)
    return seen
