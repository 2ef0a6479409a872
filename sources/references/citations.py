"""What a running text holds: citations, and what only looks like one."""

from __future__ import annotations

from typing import NamedTuple

from .choices import Choice
from .reference import Reference


class Citation(NamedTuple):
    """One citation of a text; `start` and `end` count its code points.

    `reference` is None if and only if the words stay open: then `choices` has two
    or more. `rule` is the sentence that decided words which mean several things.
    """

    text: str
    start: int
    end: int
    reference: Reference | None
    choices: tuple[Choice, ...] = ()
    rule: str = ""

    def moved(self, by: int) -> Citation:
        """The same words so many code points farther on."""
        start, end = self.start + by, self.end + by
        return Citation(self.text, start, end, self.reference, self.choices, self.rule)


class Rejected(NamedTuple):
    """Words that cite a known work at a place which it has not; `why` says so."""

    text: str
    start: int
    end: int
    why: str

    def moved(self, by: int) -> Rejected:
        """The same words so many code points farther on."""
        return Rejected(self.text, self.start + by, self.end + by, self.why)


class Found(NamedTuple):
    """All that was found in a text, in its order; nothing overlaps."""

    citations: tuple[Citation, ...] = ()
    rejected: tuple[Rejected, ...] = ()
