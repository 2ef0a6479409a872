"""The state of one walk through a text: where it is, and what it has found."""

from __future__ import annotations

from typing import NamedTuple

from . import plausible
from .addresses import Address
from .choices import Choice
from .citations import Citation, Found, Rejected
from .context import Memory
from .folding import JOINERS
from .names import BETWEEN, LONGEST_TITLE, Name, Names
from .problems import OutOfBounds, ReferenceProblem
from .reference import Reference, checked, from_text
from .schemes import SCHEMES
from .tokens import Tokens
from .work import Work


class Match(NamedTuple):
    """A name in the text: the token after it, and the brackets left open in it."""

    end: int
    depth: int
    key: str
    name: Name | None


class Waiting(NamedTuple):
    """A commentator named without a place, who may share the next one's."""

    at: int
    end: int
    key: str


class Walk:
    """One text being read; `at` is the first token that is not yet decided."""

    def __init__(self, names: Names, text: str, after: Reference | None) -> None:
        self.names = names
        self.tokens = Tokens(text)
        self.memory = Memory(names, after)
        self.at = 0
        self.waiting: list[Waiting] = []
        self._citations: list[Citation] = []
        self._rejected: list[Rejected] = []
        self._prefixes: dict[str, bool] = {}
        self._kept: dict[tuple[str, str], Reference | ReferenceProblem] = {}

    def found(self) -> Found:
        """All that was found so far, in the text's order."""
        order = sorted(self._citations, key=lambda citation: citation.start)
        return Found(tuple(order), tuple(self._rejected))

    def read(self, work: Work, address: Address) -> Reference | ReferenceProblem:
        """The place that an address is in a work, or the problem with it."""
        asked = (work.slug, address.line)
        known = self._kept.get(asked)
        if known is None:
            known = self._kept[asked] = _read(work, address)
        return known

    def matches(self, at: int, first: str) -> list[Match]:
        """Every name that opens at a token, shortest first."""
        tokens, names = self.tokens, self.names
        key, depth, found = first, 0, []
        for index in range(at, min(at + LONGEST_TITLE, tokens.count)):
            word = tokens.keys[index]
            if index > at:
                if word == ")" and depth:
                    depth -= 1
                    continue
                if word in BETWEEN:
                    depth += word == "("
                    if self._ends_title(at, index, depth):
                        break
                    continue
                if word in JOINERS:
                    continue
                if not word[:1].isalnum():
                    break
                key += word
            if index > at and not self._is_prefix(key):
                break
            is_letter = index > at and len(word) == 1 and "א" <= word <= "ת"
            if is_letter and key not in names.lettered:
                continue
            name = names.names.get(key)
            if name is not None or key in names.commentators:
                found.append(Match(index + 1, depth, key, name))
            if tokens.breaks(index):
                break
        return found

    def _ends_title(self, at: int, sign: int, depth: int) -> bool:
        """Whether no title goes on after a sign: a doubled one, or no word."""
        keys = self.tokens.keys
        is_doubled = sign > at + 1 and keys[sign - 1] == keys[sign]
        return is_doubled or not (self.tokens.key(sign + 1)[:1].isalnum() or depth)

    def _is_prefix(self, key: str) -> bool:
        known = self._prefixes.get(key)
        if known is None:
            known = self._prefixes[key] = self.names.is_prefix(key)
        return known

    def record(
        self,
        span: tuple[int, int],
        end: int,
        reference: Reference | None,
        rule: str = "",
        choices: tuple[Choice, ...] = (),
    ) -> bool:
        """Keep a citation, of code points `span`; the walk goes on at token `end`.

        An open one leaves nothing for a later "ibid." to mean.
        """
        text = self.tokens.text[slice(*span)]
        self._citations.append(Citation(text, *span, reference, choices, rule))
        self.memory.last = reference
        self.at = max(self.at, end)
        return True

    def aside(self, start: int, stop: int, reference: Reference, rule: str) -> None:
        """Keep a citation that stands before the last one, which stays the last."""
        text = self.tokens.text[start:stop]
        self._citations.append(Citation(text, start, stop, reference, (), rule))

    def reject(self, at: int, end: int, stop: int, why: str) -> bool:
        """Keep what cites a place that there is not."""
        start = self.tokens.starts[at]
        text = self.tokens.text[start:stop]
        self._rejected.append(Rejected(text, start, stop, why))
        self.at = end
        return True

    def is_code(self, at: int, stop: int) -> bool:
        return plausible.is_code(self.tokens, at, stop)


def nearer(known: OutOfBounds | None, found: object) -> OutOfBounds | None:
    """The first problem of bounds, which says most."""
    if known is None and isinstance(found, OutOfBounds):
        return found
    return known


def _read(work: Work, address: Address) -> Reference | ReferenceProblem:
    try:
        if address.is_figures:
            spans = SCHEMES[work.scheme].read_latin(address.line, work.bounds)
            return checked(work, spans)
        return from_text(work, address.line)
    except ReferenceProblem as problem:
        return problem
