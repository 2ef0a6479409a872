"""Places and spans: where in a work, as numbers, with no knowledge of schemes."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, ...]

LARGEST_NUMBER = 2047
_DEPTH = 3
_BEYOND = LARGEST_NUMBER + 1


@dataclass(frozen=True, order=True)
class Span:
    """From one place to another, both included; a short place is all within it."""

    start: Place
    end: Place

    def contains(self, other: Span) -> bool:
        """Whether all of `other` lies within this span."""
        return self._first() <= other._first() and other._last() <= self._last()

    def overlaps(self, other: Span) -> bool:
        """Whether the two share any place."""
        return self._first() <= other._last() and other._first() <= self._last()

    def _first(self) -> Place:
        return self.start + (0,) * (_DEPTH - len(self.start))

    def _last(self) -> Place:
        return self.end + (_BEYOND,) * (_DEPTH - len(self.end))


Spans = tuple[Span, ...]


def sort_key(spans: Spans) -> int:
    """A number of at most 63 bits: by the first span's start, then its end.

    In: spans in the order written. Out: 0 for a whole work, so that it comes
    first. Each of the start's numbers has 11 bits, each of the end's 10.
    """
    if not spans:
        return 0
    key = 0
    for number in _padded(spans[0].start):
        key = key << 11 | number
    for number in _padded(spans[0].end):
        key = key << 10 | min(number, 1023)
    return key


def _padded(place: Place) -> Place:
    return (place + (0,) * _DEPTH)[:_DEPTH]
