"""What every scheme of addresses can do; one subclass for each kind of address."""

from __future__ import annotations

from collections.abc import Callable

from ..folding import has_hebrew, normalised, quoted
from ..places import LARGEST_NUMBER, Place, Spans
from ..problems import Backwards, NotAReference, OutOfBounds
from ..work import Bounds

Written = Callable[[Place], str]


class Scheme:
    """How the places of a work are read and written.

    Readers take an address without its title and raise NotAReference when it
    is not written as this scheme writes; whether the place exists is `check`'s.
    """

    name = ""
    example = ""

    def read(self, text: str, bounds: Bounds) -> Spans:
        """The spans of an address in either language; none for no address."""
        line = normalised(text).strip(" ,;")
        if not line:
            return ()
        if not has_hebrew(line):
            return self.read_latin(line, bounds)
        try:
            return self.read_hebrew(line, bounds)
        except NotAReference as problem:
            raise self.refusal(line) from problem

    def read_latin(self, line: str, bounds: Bounds) -> Spans:
        """The spans of a normalised address in figures and Latin letters."""
        raise self.refusal(line)

    def read_hebrew(self, text: str, bounds: Bounds) -> Spans:
        """The spans of an address in Hebrew letters."""
        return self.read_latin(self.arabic(normalised(text), bounds), bounds)

    def arabic(self, line: str, bounds: Bounds) -> str:
        """A normalised Hebrew address rewritten in figures."""
        raise self.refusal(line)

    def from_url(self, address: str, bounds: Bounds) -> Spans:
        """The spans of the form that stands in a URL; "whole" has none."""
        raise self.refusal(address)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        """The address as it stands in a URL."""
        raise NotImplementedError

    def english(self, spans: Spans, bounds: Bounds) -> str:
        """The address in English."""
        raise NotImplementedError

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        """The address in Hebrew, with geresh and gershayim."""
        raise NotImplementedError

    def sefaria(self, spans: Spans, bounds: Bounds) -> str:
        """The first span as Sefaria writes it, for Sefaria knows no lists."""
        return self.english(spans[:1], bounds)

    def check(self, spans: Spans, bounds: Bounds, title: str = "It") -> None:
        """Raise OutOfBounds for what the work has not, NotAReference for nonsense."""
        for span in spans:
            ends = (span.start, span.end)
            for place in ends if span.start != span.end else ends[:1]:
                self.check_numbers(place, title)
                self.check_place(place, bounds, title)
            if span.start > span.end:
                raise Backwards(
                    f"The range {self.english((span,), bounds)} runs backwards."
                )

    def check_place(self, place: Place, bounds: Bounds, title: str) -> None:
        """Raise OutOfBounds where the bounds know that there is no such place."""

    def check_numbers(self, place: Place, title: str) -> None:
        """Raise OutOfBounds for numbers that no book reaches."""
        if not all(0 < number <= LARGEST_NUMBER for number in place):
            raise OutOfBounds(f"{title} has no place with such a number.")

    def refusal(self, address: str) -> NotAReference:
        """The problem that says how an address of this scheme is written."""
        return NotAReference(
            f"{quoted(address)} is not an address here; write it as {self.example}."
        )


def number(digits: str) -> int:
    """The number that ASCII digits write; long ones are merely too large."""
    return int(digits) if len(digits) <= 5 else LARGEST_NUMBER + 1


def compact(
    spans: Spans, written: Written, last: Written, joins: tuple[str, str]
) -> str:
    """Spans in one line, leaving out what the place before has already said.

    In: how a whole place is written, how its last number alone is, and what
    stands between spans of one chapter and of different chapters.
    """
    line = ""
    said: Place | None = None
    for span in spans:
        same = said is not None and said[:-1] == span.start[:-1] != ()
        if line:
            line += joins[0] if same or len(span.start) == 1 else joins[1]
        line += last(span.start) if same else written(span.start)
        if span.end != span.start:
            near = span.end[:-1] == span.start[:-1]
            line += "-" + (last if near else written)(span.end)
        said = span.end
    return line
