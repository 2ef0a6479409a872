"""What words may mean that fit several works: choices, never a guess."""

from dataclasses import dataclass

from .problems import ReferenceProblem
from .reference import Reference


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
