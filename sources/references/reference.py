"""The reference: a work and the places in it, or the whole work."""

from __future__ import annotations

from dataclasses import dataclass

from . import places
from .places import Span, Spans
from .problems import NotAReference, OutOfBounds
from .schemes import SCHEMES, Scheme
from .work import Work

WHOLE = "whole"


@dataclass(frozen=True, order=True)
class Reference:
    """A work and spans in it, in the order written; no spans is the whole work."""

    work: Work
    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.english

    @property
    def english(self) -> str:
        """As written in English: "Megillah 17b"."""
        address = self._scheme.english(self.spans, self.work.bounds)
        between = ", " if self.work.scheme == "named" else " "
        return self.work.title + between + address if self.spans else self.work.title

    @property
    def hebrew(self) -> str:
        """As written in Hebrew: "מגילה י״ז ע״ב"."""
        address = self._scheme.hebrew(self.spans, self.work.bounds)
        title = self.work.title_he
        between = ", " if self.work.scheme == "named" else " "
        return title + between + address if self.spans else title

    @property
    def address(self) -> str:
        """The address in a URL: "17b", "60.4-9,21-22"; "whole" without spans."""
        if not self.spans:
            return WHOLE
        return self._scheme.url(self.spans, self.work.bounds)

    @property
    def sefaria(self) -> str:
        """The first span as Sefaria names it; "" where its title is not known."""
        if not (self.work.sefaria and self.spans):
            return self.work.sefaria
        address = self._scheme.sefaria(self.spans, self.work.bounds)
        between = ", " if self.work.scheme == "named" else " "
        return self.work.sefaria + between + address

    @property
    def start_short(self) -> str:
        """The first place alone, in English: "36:8"; "" for a whole work."""
        return self._scheme.english(self._start, self.work.bounds)

    @property
    def start_short_he(self) -> str:
        """The first place alone, in Hebrew; "" for a whole work."""
        return self._scheme.hebrew(self._start, self.work.bounds)

    @property
    def sort_key(self) -> int:
        """Where it stands in its work, as a signed 64-bit number of zero or more."""
        return places.sort_key(self.spans)

    def contains(self, other: Reference) -> bool:
        """Whether every span of `other` lies within a span of this one."""
        if self.work != other.work or not self.spans:
            return self.work == other.work
        return bool(other.spans) and all(
            any(mine.contains(span) for mine in self.spans) for span in other.spans
        )

    def overlaps(self, other: Reference) -> bool:
        """Whether any span of the one shares a place with any span of the other."""
        if self.work != other.work or not (self.spans and other.spans):
            return self.work == other.work
        return any(mine.overlaps(span) for mine in self.spans for span in other.spans)

    @property
    def _scheme(self) -> Scheme:
        return SCHEMES[self.work.scheme]

    @property
    def _start(self) -> Spans:
        return tuple(Span(span.start, span.start) for span in self.spans[:1])


LONGEST_ADDRESS = 120


def from_address(work: Work, address: str) -> Reference:
    """The reference that the URL form of an address names in a work.

    Raises NotAReference where it is not written as the work's scheme writes,
    OutOfBounds where the work has no such place; the reason is a sentence.
    """
    if address == WHOLE:
        return Reference(work)
    if len(address) > LONGEST_ADDRESS:
        raise NotAReference("An address is not so long.")
    return checked(work, SCHEMES[work.scheme].from_url(address, work.bounds))


def from_text(work: Work, text: str) -> Reference:
    """The reference that an address without its title names, in either language."""
    return checked(work, SCHEMES[work.scheme].read(text, work.bounds))


def checked(work: Work, spans: Spans) -> Reference:
    """The reference, or the problem that its work's bounds find in it."""
    try:
        SCHEMES[work.scheme].check(spans, work.bounds, work.title)
    except OutOfBounds as problem:
        problem.work = work.slug
        raise
    return Reference(work, spans)
