"""Addresses of folios: 17b, 17b-18a; a folio alone is both its sides."""

from __future__ import annotations

import re

from ..folding import MARK, tokens
from ..hebrew import fold_finals, numeral, value
from ..places import Place, Span, Spans
from ..problems import OutOfBounds
from ..work import Bounds
from .base import Scheme, number

_SIDES = {"a": 1, "b": 2}
_HEBREW_SIDES = {"עא": "a", "עב": "b", "א": "a", "ב": "b", ".": "a", ":": "b"}
_FULL_SIDES = frozenset({"עא", "עב", ".", ":"})
_LABELS = frozenset({"daf", "folio", "fol", "דפ", "עמוד"})
_AFTER_COMMA = re.compile(r"[0-9],\Z")
_END = re.compile(r"([0-9]*)([ab]?)\Z")
_URL = re.compile(r"[0-9][0-9ab,-]*\Z")


class Daf(Scheme):
    """Places are (folio, side), side a being 1 and side b 2."""

    name = "daf"
    example = "17b or 17b-18a"

    def read_latin(self, line: str, bounds: Bounds) -> Spans:
        if _URL.match(line):
            limits = _limits(bounds)
            return tuple(self.span(part, line, limits) for part in line.split(","))
        kept = [word for word, _ in tokens(line) if word not in _LABELS]
        plain = "".join(kept).strip(".,;:").replace(";", ",")
        limits = _limits(bounds)
        return tuple(self.span(part, line, limits) for part in plain.split(","))

    def span(self, part: str, line: str, limits: tuple[Place, Place] | None) -> Span:
        """One span of "17b", "17", "17a-b" or "17b-18a"; raises NotAReference.

        Limits cut a folio that is named without a side to the sides there are.
        """
        first, dash, last = part.partition("-")
        start = _END.match(first)
        end = _END.match(last) if dash else start
        if not (start and end and start[1]) or (dash and not last):
            raise self.refusal(line)
        folio, end_folio = number(start[1]), number(end[1] or start[1])
        opening: Place = (folio, _SIDES.get(start[2], 1))
        closing: Place = (end_folio, _SIDES.get(end[2], 2))
        if limits and not start[2] and folio == limits[0][0]:
            opening = max(opening, limits[0])
        if limits and not end[2] and end_folio == limits[1][0]:
            closing = min(closing, limits[1])
        return Span(opening, closing)

    def arabic(self, line: str, bounds: Bounds) -> str:
        return figures([word for word, _ in tokens(line)])

    def from_url(self, address: str, bounds: Bounds) -> Spans:
        if not _URL.match(address):
            raise self.refusal(address)
        return self.read_latin(address, bounds)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        return ",".join(map(full, spans))

    def english(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(map(in_english, spans))

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(in_hebrew(span) for span in spans)

    def sefaria(self, spans: Spans, bounds: Bounds) -> str:
        return full(spans[0])

    def check_place(self, place: Place, bounds: Bounds, title: str) -> None:
        limits = _limits(bounds)
        if limits and not limits[0] <= place <= limits[1]:
            raise OutOfBounds(
                f"{title} has folios {folio(limits[0])} to {folio(limits[1])}; "
                f"there is no {folio(place)}."
            )


def folio(place: Place) -> str:
    """A (folio, side) as 17b."""
    return f"{place[0]}{'ab'[place[1] - 1]}"


def in_hebrew(span: Span) -> str:
    """A span of (folio, side) as י״ז ע״ב or ס״ד ע״א-ע״ב."""
    line = hebrew_folio(span.start)
    if span.end == span.start:
        return line
    if span.end[0] == span.start[0]:
        return f"{line}-{_hebrew_side(span.end)}"
    return f"{line}-{hebrew_folio(span.end)}"


def hebrew_folio(place: Place) -> str:
    """A (folio, side) as י״ז ע״ב."""
    return f"{numeral(place[0])} {_hebrew_side(place)}"


def place_of(written: str) -> Place:
    """The (folio, side) that a bound such as "32a" names."""
    return (int(written[:-1]), _SIDES[written[-1]])


def figures(found: list[str]) -> str:
    """The tokens of a Hebrew address as figures: יז ע״ב, יז: and דף יז are 17b, 17.

    עא after a folio is its side, even with a comma between, and elsewhere the number
    71; after a hyphen it is a side only if no side follows it.
    """
    bare = [fold_finals(token.replace(MARK, "")) for token in found]
    bare = [token for token in bare if token not in _LABELS]
    line = ""
    for index, token in enumerate(bare):
        after = bare[index + 1] if index + 1 < len(bare) else ""
        is_side = line[-1:].isdecimal() and token in _HEBREW_SIDES
        if line.endswith(("a-", "b-")) and token in ("עא", "עב"):
            is_side = after not in _FULL_SIDES
        if token in ("עא", "עב") and _AFTER_COMMA.search(line):
            is_side = after not in _FULL_SIDES
            line = line[:-1] if is_side else line
        if is_side:
            line += _HEBREW_SIDES[token]
        else:
            line += str(value(token) or token)
    return line


def _hebrew_side(place: Place) -> str:
    return ("ע״א", "ע״ב")[place[1] - 1]


def full(span: Span) -> str:
    """A span of (folio, side) with nothing left out: 64a-64b."""
    if span.start == span.end:
        return folio(span.start)
    return f"{folio(span.start)}-{folio(span.end)}"


def in_english(span: Span) -> str:
    """A span of (folio, side) as 17b, 17b-18a or 64a-b."""
    if span.start[0] == span.end[0] and span.start != span.end:
        return f"{folio(span.start)}-{folio(span.end)[-1]}"
    return full(span)


def _limits(bounds: Bounds) -> tuple[Place, Place] | None:
    dapim = bounds.get("dapim")
    return (place_of(dapim[0]), place_of(dapim[1])) if dapim else None
