"""Addresses by named parts: "Noach 11" is section 11 of the part called Noach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .. import portions
from ..folding import key_of_word, normalised, tokens
from ..parts import names_of_parts
from ..places import Place, Span, Spans
from ..problems import OutOfBounds
from ..work import Bounds
from .base import Scheme
from .numbered import Numbered

_URL_PART = re.compile(r"([a-z][a-z0-9-]*)(?:\.([0-9][0-9.-]*))?\Z")
_NUMBERS = Numbered("chapter", "11 or 11-12", 1)
_LONGEST_NAME = 10


class Named(Scheme):
    """Places are (which part, in book order from 1, then a number within it)."""

    name = "named"
    example = "the part's name and a number, as in Noach 11"

    def read(self, text: str, bounds: Bounds) -> Spans:
        rest = [token for token, _ in tokens(normalised(text).strip(" ,;"))]
        names = names_of_parts(bounds)
        found: list[Span] = []
        while rest:
            part, rest = _named_part(rest, names)
            numbers, rest = _until_name(rest, names)
            if not part:
                raise self.refusal(text)
            line = " ".join(numbers).strip(" ,;.:")
            found.extend(_within(part, _NUMBERS.read(line, {})))
        return tuple(found)

    def read_hebrew(self, text: str, bounds: Bounds) -> Spans:
        return self.read(text, bounds)

    def from_url(self, address: str, bounds: Bounds) -> Spans:
        slugs = [section["slug"] for section in _sections(bounds)]
        found: list[Span] = []
        part = 0
        for written in address.split(","):
            match = _URL_PART.match(written)
            if match and match[1] in slugs:
                part = slugs.index(match[1]) + 1
                numbers = match[2] or ""
            elif match or not part:
                raise self.refusal(address)
            else:
                numbers = written
            spans = _NUMBERS.from_url(numbers, {}) if numbers else ()
            found.extend(_within(part, spans))
        return tuple(found)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        return ",".join(_parts(spans, bounds, "slug", ".", _NUMBERS.url))

    def english(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(_parts(spans, bounds, "en", " ", _NUMBERS.english))

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        return ", ".join(_parts(spans, bounds, "he", " ", _NUMBERS.hebrew))

    def check_place(self, place: Place, bounds: Bounds, title: str) -> None:
        if place[0] > len(_sections(bounds)):
            raise OutOfBounds(f"{title} has no such part.")


def _parts(
    spans: Spans,
    bounds: Bounds,
    language: str,
    sign: str,
    written: Callable[[Spans, Bounds], str],
) -> Iterator[str]:
    """Each part's name once with its numbers; `sign` stands between the two."""
    for part, inner in _grouped(spans):
        name = _name(part, bounds, language)
        yield name + sign + written(inner, {}) if inner else name


def _sections(bounds: Bounds) -> list[Mapping[str, str]]:
    return list(bounds.get("sections", ()))


def _name(part: int, bounds: Bounds, language: str) -> str:
    sections = _sections(bounds)
    return sections[part - 1][language] if part <= len(sections) else "?"


def _named_part(rest: list[str], names: dict[str, int]) -> tuple[int, list[str]]:
    """The part that the tokens open with, or 0, and the tokens after its name."""
    while rest and (rest[0] in portions.WORDS or not rest[0][0].isalnum()):
        rest = rest[1:]
    for length in range(min(_LONGEST_NAME, len(rest)), 0, -1):
        part = names.get("".join(map(key_of_word, rest[:length])))
        if part:
            return part, rest[length:]
    return 0, rest


def _until_name(rest: list[str], names: dict[str, int]) -> tuple[list[str], list[str]]:
    """The tokens before the next part's name after a comma, and those from it on."""
    for index, token in enumerate(rest):
        if token in ",;" and _named_part(rest[index:], names)[0]:
            return rest[:index], rest[index:]
    return rest, []


def _within(part: int, spans: Spans) -> Spans:
    if not spans:
        return (Span((part,), (part,)),)
    return tuple(Span((part, *span.start), (part, *span.end)) for span in spans)


def _grouped(spans: Spans) -> list[tuple[int, Spans]]:
    """Neighbouring spans of one part together, without the part's number."""
    groups: list[tuple[int, Spans]] = []
    for span in spans:
        part, inner = span.start[0], Span(span.start[1:], span.end[1:])
        if groups and inner.start and groups[-1][0] == part and groups[-1][1]:
            groups[-1] = (part, (*groups[-1][1], inner))
        else:
            groups.append((part, (inner,) if inner.start else ()))
    return groups
