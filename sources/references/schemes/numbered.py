"""Addresses of numbers: chapter and verse, chapter and halachah, a chapter alone."""

from __future__ import annotations

import re

from ..folding import MARK, tokens
from ..hebrew import fold_finals, numeral, thousands, value
from ..places import Place, Span, Spans
from ..problems import OutOfBounds
from ..work import Bounds
from .base import Scheme, compact, number

_LABEL_WORDS = (
    "chapter chapters ch perek perakim verse verses v vv pasuk halachah halacha "
    "mishnah section sections siman remez piska os maamar essay part "
    "פרק פרקימ פסוק פסוקימ הלכה משנה אות אותיות סימנ סי מאמר סעיפ פיסקא רמז חלק "
    "פרשה"
)
_LABELS = frozenset(_LABEL_WORDS.split())
_LETTER_LABELS = "פהחסמ"
_PLAIN = re.compile(r"([0-9]+):([0-9]+)\Z", re.ASCII)
_URL_SIGNS = re.compile(r"[.,-]")


class Numbered(Scheme):
    """Places of one number or more: 60:4 is chapter 60, verse 4."""

    def __init__(self, name: str, example: str, levels: int) -> None:
        self.name = name
        self.example = example
        self._levels = levels

    def levels(self, bounds: Bounds) -> int:
        """How many numbers a full place has."""
        return int(bounds.get("levels", self._levels))

    def read_latin(self, line: str, bounds: Bounds) -> Spans:
        plain = _PLAIN.match(line)
        if plain and self.levels(bounds) > 1:
            place = (number(plain[1]), number(plain[2]))
            return (Span(place, place),)
        groups = self._figures(line).split(";")
        found: list[Span] = []
        for part in [part for group in groups for part in group.split(",")]:
            found.append(self._span(part, line, found, bounds))
        return tuple(found)

    def _span(self, part: str, line: str, before: list[Span], bounds: Bounds) -> Span:
        """One span; a short start takes its chapter from the span before."""
        ends = [self._place(end, line, bounds) for end in part.split("-")]
        start = ends[0]
        if before:
            depth = len(before[-1].end)
            start = before[-1].end[: max(depth - len(start), 0)] + start
            if len(start) != depth:
                raise self.refusal(line)
        end = ends[-1]
        if len(ends) > 2 or len(end) > len(start):
            raise self.refusal(line)
        return Span(start, start[: len(start) - len(end)] + end)

    def _place(self, written: str, line: str, bounds: Bounds) -> Place:
        parts = written.split(":")
        if len(parts) > self.levels(bounds) or not all(map(str.isdecimal, parts)):
            raise self.refusal(line)
        return tuple(number(part) for part in parts)

    def _figures(self, line: str) -> str:
        """The line with labels left out and one sign, ":", between levels."""
        kept = ""
        for token, _ in tokens(line.rstrip(" .:")):
            if token in _LABELS or (token == "." and not kept):
                continue
            if token[0].isdecimal() and kept[-1:].isdecimal():
                kept += ":"
            if token == "." and not kept[-1:].isdecimal():
                continue
            kept += ":" if token == "." else token
        return kept.strip(",;:")

    def arabic(self, line: str, bounds: Bounds) -> str:
        groups = []
        for group in line.split(";"):
            parts = [self._hebrew_part(part) for part in group.split(",")]
            if len(parts) > 1 and parts[0].isdecimal() and self.levels(bounds) > 1:
                parts[:2] = [f"{parts[0]}:{parts[1]}"]
            groups.append(",".join(parts))
        return ";".join(groups)

    def _hebrew_part(self, part: str) -> str:
        """Numerals as figures; a space between two of them is a new level."""
        kept = []
        for token, _ in tokens(part):
            letters = fold_finals(token.replace(MARK, ""))
            if letters not in _LABELS:
                kept.append((token, letters))
        labelled = any(_is_labelled(letters) for _, letters in kept)
        return " ".join(
            str(thousands(token) or _figure(letters, labelled) or token)
            for token, letters in kept
        )

    def from_url(self, address: str, bounds: Bounds) -> Spans:
        parts = _URL_SIGNS.split(address)
        if not all(part.isascii() and part.isdecimal() for part in parts):
            raise self.refusal(address)
        return self.read_latin(address, bounds)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        return compact(spans, _dotted, _last, (",", ","))

    def english(self, spans: Spans, bounds: Bounds) -> str:
        return compact(spans, _coloned, _last, (", ", ", "))

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        far = any(span.start[:-1] != span.end[:-1] for span in spans)
        between = " " if far or self.levels(bounds) > 2 else ", "

        def written(place: Place) -> str:
            return between.join(map(numeral, place))

        return compact(spans, written, _last_hebrew, (", ", "; "))

    def check_place(self, place: Place, bounds: Bounds, title: str) -> None:
        verses = bounds.get("verses")
        chapters = len(verses) if verses else bounds.get("chapters")
        if chapters and place[0] > chapters:
            raise OutOfBounds(
                f"{title} has {_count(chapters, 'chapter')}; "
                f"there is no {_coloned(place)}."
            )
        if verses and len(place) > 1 and place[1] > verses[place[0] - 1]:
            raise OutOfBounds(
                f"{title} {place[0]} has {_count(verses[place[0] - 1], 'verse')}; "
                f"there is no {_coloned(place)}."
            )


def _is_labelled(letters: str) -> bool:
    """Whether a label such as ה (halachah) stands before a numeral, as in הא.

    It does where the whole is no numeral: six is ו.
    """
    is_label = letters[0] in _LETTER_LABELS
    return is_label and value(letters) is None and value(letters[1:]) is not None


def _figure(letters: str, labelled: bool) -> int | None:
    """The number of Hebrew letters; with labels about, פא is chapter 1, not 81."""
    has_label = labelled and letters[0] in "פמ" and len(letters) > 1
    if has_label or _is_labelled(letters):
        return value(letters[1:])
    return value(letters)


def _count(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def _dotted(place: Place) -> str:
    return ".".join(map(str, place))


def _coloned(place: Place) -> str:
    return ":".join(map(str, place))


def _last(place: Place) -> str:
    return str(place[-1])


def _last_hebrew(place: Place) -> str:
    return numeral(place[-1])
