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
from .problems import ReferenceProblem
from .reference import Reference, checked, from_text
from .schemes import SCHEMES
from .tokens import Tokens
from .work import Work

_FAR = 12
_MOST_WAITING = 4
_BETWEEN_NEIGHBOURS = frozenset({"&", "and", "+", ",", "the", "ו"})


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
        self._matched: tuple[int, str, int, list[Match]] = (-1, "", 0, [])
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
        if self._matched[:2] != (at, first):
            self._matched = (at, first, *self._read_names(at, first))
        self.tokens.reached(self._matched[2])
        return self._matched[3]

    def _read_names(self, at: int, first: str) -> tuple[int, list[Match]]:
        """The last token that was looked at, and the names."""
        tokens, names = self.tokens, self.names
        key, depth, index, found, known = first, 0, at, [], names.names
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
                    known = names.joined if key in names.commentators else known
                    continue
                if not word[:1].isalnum():
                    break
                key += word
            if index > at and not self._is_prefix(key):
                break
            name = known.get(key) or names.names.get(key)
            is_whole = index == at or not _is_letter(word) or key in names.lettered
            if is_whole and (name or key in names.commentators):
                found.append(Match(index + 1, depth, key, name))
            if tokens.breaks(index):
                break
        return index, found

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

    def counts(self) -> tuple[int, int]:
        """How many citations and how many rejected words there are so far."""
        return len(self._citations), len(self._rejected)

    def since(
        self, citations: int, rejected: int
    ) -> tuple[list[Citation], list[Rejected]]:
        """What was found since there were so many."""
        return self._citations[citations:], self._rejected[rejected:]

    def repeat(self, citations: list[Citation], rejected: list[Rejected]) -> None:
        """Keep what was found before at the same words."""
        self._citations += citations
        self._rejected += rejected

    def missing(self, at: int, end: int, key: str, work: Work) -> str:
        """The sentence that a commentator's work on another is not among ours."""
        name = self.tokens.slice(at, end)
        for known in self.names.commentators[key].values():
            if self.tokens.is_hebrew(at):
                name = known.commentator[0].text
        return f"The library has no {name} on {work.title}."

    def wait(self, at: int, end: int, key: str) -> None:
        """Let a commentator wait, with those who stand side by side before him."""
        if self.waiting and not self.are_neighbours(self.waiting[-1].end, at):
            self.waiting.clear()
        del self.waiting[:-_MOST_WAITING]
        self.waiting.append(Waiting(at, end, key))

    def are_neighbours(self, end: int, at: int) -> bool:
        """Whether two names, to a token and from one, are side by side."""
        between = self.tokens.keys[end:at]
        return bool(between) and _BETWEEN_NEIGHBOURS.issuperset(between)

    def forget(self, at: int) -> None:
        """Let no commentator wait who stands too far before a token."""
        if self.waiting and at - self.waiting[-1].end > _FAR:
            self.waiting.clear()

    def is_code(self, at: int, stop: int) -> bool:
        return plausible.is_code(self.tokens, at, stop)


def _is_letter(word: str) -> bool:
    return len(word) == 1 and "א" <= word <= "ת"


def _read(work: Work, address: Address) -> Reference | ReferenceProblem:
    try:
        if address.is_figures:
            spans = SCHEMES[work.scheme].read_latin(address.line, work.bounds)
            return checked(work, spans)
        return from_text(work, address.line)
    except ReferenceProblem as problem:
        return problem
