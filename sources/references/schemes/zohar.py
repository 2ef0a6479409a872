"""Addresses of the Zohar: volume, folio and side, or a portion's name and folio."""

from __future__ import annotations

import re

from .. import portions
from ..folding import key_of_word, normalised, tokens
from ..hebrew import fold_finals, numeral
from ..places import Place, Span, Spans
from ..problems import OutOfBounds
from ..work import Bounds
from .base import Scheme
from .daf import Daf, figures, folio, full, in_english, in_hebrew, place_of

_ROMAN = ("I", "II", "III")
_VOLUMES = {"i": 1, "ii": 2, "iii": 3, "1": 1, "2": 2, "3": 3}
_HEBREW_VOLUMES = {"חא": 1, "חב": 2, "חג": 3, "א": 1, "ב": 2, "ג": 3}
_LABELS = frozenset({"vol", "volume", "part", "chelek", "חלק"}) | portions.WORDS
_FOLIO = re.compile(r"[0-9]+[ab]?(?:-[0-9]*[ab]?)?\Z")
_URL = re.compile(r"([1-3])-([0-9]+[ab](?:-[0-9]+[ab])?)\Z")
_LONGEST_NAME = 4
_FOLIO_WORDS = frozenset({"daf", "folio", "fol", "דפ", "דף"})
_DAF = Daf()


class Zohar(Scheme):
    """Places are (volume, folio, side)."""

    name = "zohar"
    example = "I 139a"

    def read(self, text: str, bounds: Bounds) -> Spans:
        line = normalised(text).strip(" ,;")
        found: list[Span] = []
        volume = 0
        rest = [token for token, _ in tokens(line)]
        while rest:
            part, rest = _part(rest)
            named, folios = _volume(part)
            volume = named or volume
            written = figures(folios).strip(",.:")
            if not volume or not _FOLIO.match(written):
                raise self.refusal(line)
            found.append(_in_volume(volume, _DAF.span(written, line, None)))
        return tuple(found)

    def read_hebrew(self, text: str, bounds: Bounds) -> Spans:
        return self.read(text, bounds)

    def from_url(self, address: str, bounds: Bounds) -> Spans:
        found = []
        for part in address.split(","):
            match = _URL.match(part)
            if match is None:
                raise self.refusal(address)
            found.append(_in_volume(int(match[1]), _DAF.span(match[2], address, None)))
        return tuple(found)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        return ",".join(f"{span.start[0]}-{full(_within(span))}" for span in spans)

    def english(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(
            f"{_roman(span.start[0])} {in_english(_within(span))}" for span in spans
        )

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(
            f"ח״{numeral(span.start[0])[0]} {in_hebrew(_within(span))}"
            for span in spans
        )

    def sefaria(self, spans: Spans, bounds: Bounds) -> str:
        return f"{spans[0].start[0]}:{full(_within(spans[0]))}"

    def check_place(self, place: Place, bounds: Bounds, title: str) -> None:
        volumes = bounds.get("volumes")
        if not volumes:
            return
        if place[0] > len(volumes):
            raise OutOfBounds(
                f"{title} has {len(volumes)} volumes; there is no volume {place[0]}."
            )
        first, last = volumes[place[0] - 1]
        if not place_of(first) <= place[1:] <= place_of(last):
            raise OutOfBounds(
                f"{title} {_roman(place[0])} has folios {first} to {last}; "
                f"there is no {folio(place[1:])}."
            )


def _part(rest: list[str]) -> tuple[list[str], list[str]]:
    """The tokens up to a comma that follows a folio, and those after it."""
    for index, token in enumerate(rest):
        named = _volume(rest[:index])[1] if token in ",;" else []
        if named:
            return rest[:index], rest[index + 1 :]
    return rest, []


def _volume(part: list[str]) -> tuple[int, list[str]]:
    """The volume that the tokens open with, or 0, and the tokens after it."""
    rest = [t for t in part if t not in _LABELS]
    while rest and rest[0] in ",.:;":
        rest = rest[1:]
    for length in range(min(_LONGEST_NAME, len(rest)), 0, -1):
        volume = portions.VOLUMES.get("".join(map(key_of_word, rest[:length])))
        if volume:
            return volume, _after_signs(rest[length:])
    first = fold_finals(key_of_word(rest[0])) if rest else ""
    volume = _VOLUMES.get(first) or _HEBREW_VOLUMES.get(first, 0)
    after = _after_signs(rest[1:])
    if volume and (not after or _opens_folio(after)):
        return volume, after
    return 0, rest


def _opens_folio(after: list[str]) -> bool:
    """Whether the next token is a folio, not the side or end of this one."""
    first = next((token for token in after if token not in _FOLIO_WORDS), "")
    return figures([first])[:1].isdecimal()


def _after_signs(rest: list[str]) -> list[str]:
    while rest and rest[0] in ",.:;":
        rest = rest[1:]
    return rest


def _within(span: Span) -> Span:
    return Span(span.start[1:], span.end[1:])


def _in_volume(volume: int, span: Span) -> Span:
    return Span((volume, *span.start), (volume, *span.end))


def _roman(volume: int) -> str:
    return _ROMAN[volume - 1] if volume <= len(_ROMAN) else str(volume)
