"""What a running text holds: citations, and what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass

from .choices import Choice
from .reference import Reference


@dataclass(frozen=True)
class Citation:
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


@dataclass(frozen=True)
class Rejected:
    """Words that cite a known work at a place which it has not; `why` says so."""

    text: str
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Found:
    """All that was found in a text, in its order; nothing overlaps."""

    citations: tuple[Citation, ...] = ()
    rejected: tuple[Rejected, ...] = ()
