"""Words that were read once in a text and stand there again: not read twice.

A text that is nothing but citations says the same ones over and over. What words
cite depends on them, on a few tokens before them, on the tokens after them as far
as reading reached, and, where it was asked, on what was cited before. Where all of
this is the same, so is what they cite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .citations import Citation, Rejected
from .collisions import looks_far_back
from .context import COMMENTATOR, LAST, State
from .walk import Waiting, Walk

_BEFORE = 4  # tokens: how far most rules look back
_FAR_BEFORE = 9  # tokens: how far the rules for `looks_far_back` do
_BEFORE_GLUED = 200  # code points: how far a web address is looked for
_BEYOND = 12  # tokens: how far a rule looks past the last that was read
_OPENING = 5  # tokens by which readings are kept
_MOST_OF_ONE = 4
_MOST = 4096
_FARTHEST = 80
_Names = tuple[tuple[int, int, str], ...]


class _Around(NamedTuple):
    """What stands about a word, apart from the text that follows it."""

    before: str
    is_free: bool
    waiting: _Names


class _Reading(NamedTuple):
    """What was read at a word; its numbers count from the word."""

    text: str
    around: _Around
    asked: State | None
    citations: tuple[Citation, ...]
    rejected: tuple[Rejected, ...]
    waiting: _Names
    told: int
    state: State
    end: int | None


class Again:
    """The readings of one walk through a text, to be used for the same words."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._starts = walk.tokens.starts
        self._last = walk.tokens.count
        self._opening = ""
        self._known: dict[str, list[_Reading]] = {}
        self._around: _Around | None = None
        self._state: State = (None, "")
        self._counts = (0, 0, 0)

    def open(self, at: int) -> bool:
        """Do at a token what was done at the same words before, if they were met."""
        walk, starts = self._walk, self._starts
        opening = walk.tokens.text[starts[at] : starts[min(at + _OPENING, self._last)]]
        self._opening = opening
        known = self._known.get(opening)
        if not known:
            return False
        start, around = walk.tokens.starts[at], self._about(at)
        for reading in known:
            is_same = reading.around == around and (
                reading.asked is None or reading.asked == walk.memory.state
            )
            if is_same and walk.tokens.text.startswith(reading.text, start):
                self._apply(reading, at, start)
                return True
        return False

    def start(self, at: int) -> None:
        """Note how things are before a token is read."""
        walk = self._walk
        walk.tokens.reach = at
        walk.memory.asked, walk.memory.told = False, 0
        known = self._known.get(self._opening)
        self._around = None
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[self._opening] = []  # the second time, it is worth keeping
        else:
            del known[: 1 - _MOST_OF_ONE]
            self._around = self._about(at)
            self._state = walk.memory.state
            self._counts = (*walk.counts(), walk.at)

    def keep(self, at: int) -> None:
        """Keep what was read at a token since `start`."""
        walk, around = self._walk, self._around
        tokens, memory = walk.tokens, walk.memory
        far = max(tokens.reach, walk.at) + _BEYOND
        if around is None or far >= tokens.count:
            return
        start = tokens.starts[at]
        citations, rejected = walk.since(*self._counts[:2])
        self._known[self._opening].append(
            _Reading(
                text=tokens.text[start : tokens.starts[far]],
                around=around,
                asked=self._state if memory.asked else None,
                citations=tuple(one.moved(-start) for one in citations),
                rejected=tuple(one.moved(-start) for one in rejected),
                waiting=_from(walk.waiting, at),
                told=memory.told,
                state=memory.state,
                end=walk.at - at if walk.at > self._counts[2] else None,
            )
        )

    def _about(self, at: int) -> _Around | None:
        """What stands before a token, or None where it is too much to compare."""
        walk = self._walk
        tokens, first = walk.tokens, at - _BEFORE
        waiting: _Names = ()
        if walk.waiting:
            first = walk.waiting[0].at - _FAR_BEFORE
            waiting = _from(walk.waiting, at)
        elif looks_far_back(tokens.keys[at]):
            first = at - _FAR_BEFORE
        if at - first > _FARTHEST:
            return None
        start = tokens.starts[max(first, 0)]
        if at and not tokens.is_spaced(at - 1):
            start = min(start, max(tokens.starts[at] - _BEFORE_GLUED, 0))
        before = tokens.text[start : tokens.starts[at]]
        return _Around(before, walk.at < at, waiting)

    def _apply(self, reading: _Reading, at: int, start: int) -> None:
        walk = self._walk
        if reading.citations or reading.rejected:
            walk.repeat(
                [one.moved(start) for one in reading.citations],
                [one.moved(start) for one in reading.rejected],
            )
        if walk.waiting or reading.waiting:
            walk.waiting[:] = [
                Waiting(one + at, end + at, key) for one, end, key in reading.waiting
            ]
        if reading.told & LAST:
            walk.memory.last = reading.state[0]
        if reading.told & COMMENTATOR:
            walk.memory.commentator = reading.state[1]
        if reading.end is not None:
            walk.at = at + reading.end


def _from(waiting: Sequence[Waiting], at: int) -> _Names:
    """Those who wait, counted from a token."""
    return tuple([(one - at, end - at, key) for one, end, key in waiting])
