"""What can be wrong with a reference, each with a sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reference import Reference


class ReferenceProblem(ValueError):
    """A reference that cannot be used; `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAReference(ReferenceProblem):
    """The words are not written as a reference that we know."""


class OutOfBounds(ReferenceProblem):
    """The work is known, but it has no such place."""


@dataclass(frozen=True)
class Choice:
    """One reference that ambiguous words may mean, and why they may mean it."""

    reference: Reference
    why: str


class Ambiguous(ReferenceProblem):
    """The words fit several works; `choices` lists them and none is guessed."""

    def __init__(self, reason: str, choices: tuple[Choice, ...]) -> None:
        super().__init__(reason)
        self.choices = choices
