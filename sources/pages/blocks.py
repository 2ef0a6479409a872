"""Kept HTML cut into its top-level blocks, each with the places that it names."""

from dataclasses import dataclass
from html.parser import HTMLParser

EMPTY_TAGS = {"br", "hr"}  # of those that rendered Markdown may hold


@dataclass(frozen=True)
class Block:
    """One top-level element as it stands, and what follows it up to the next.

    `places` are the "work/place" of the references in it, each once, in order.
    """

    html: str
    places: tuple[str, ...]


def blocks_of(html):
    """The blocks of HTML that `sources.markdown` made; joined they are the same."""
    cutter = _Cutter(html)
    ends = [*cutter.starts[1:], len(html)]
    starts = [0, *cutter.starts[1:]]  # what stands before the first belongs to it
    return [
        Block(html[start:end], tuple(dict.fromkeys(places)))
        for start, end, places in zip(starts, ends, cutter.places or [[]], strict=True)
    ]


class _Cutter(HTMLParser):
    """Where each top-level element starts, and the places named inside it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=False)
        self.starts, self.places = [], []
        self._depth = 0
        self._lines = [0]  # where each line starts: the parser counts by lines
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if self._depth == 0:
            line, column = self.getpos()
            self.starts.append(self._lines[line - 1] + column)
            self.places.append([])
        if tag not in EMPTY_TAGS:
            self._depth += 1
        place = dict(attrs).get("data-place")
        if place:
            self.places[-1].append(place)

    def handle_endtag(self, tag):
        if tag not in EMPTY_TAGS:
            self._depth -= 1
