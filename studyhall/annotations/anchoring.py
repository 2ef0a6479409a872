"""Where a note's words stand, and where they stand once the text has changed.

Positions are code points. A note is carried where at least half of the letters of its
words survive, in at most twice their span. Words that moved are only ever proposed,
and words that are gone leave the note without a place: nothing is guessed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .alignment import NONE, Letters, align, align_moved
from .pairing import DISTINCT, TooRepetitive

CONTEXT = 64  # code points kept on each side of a note's words
NEARBY = 12  # letters on each side that tell where short words have moved

_MARKS = {"Mn", "Me", "Mc"}
_JOINER = "\u200d"


class State(StrEnum):
    """What became of a note's words."""

    ANCHORED = "anchored"
    PROPOSED = "proposed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one note: its new place, or none if it is orphaned.

    `kept` of the `letters` of its words follow in the same order as before.
    """

    state: State
    start: int | None
    end: int | None
    kept: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Selectors:
    """A note's words, and what stands before and after them."""

    exact: str
    prefix: str
    suffix: str


def carry(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """What becomes of notes on `spans` of `old` where it becomes `new`, in order.

    Raises ValueError for a span that is empty or outside the text, and TooRepetitive
    as `Difference` does.
    """
    return Difference(old, new).carry(spans)


def refusal(old: str, new: str) -> str:
    """Why notes cannot be carried from one text to the other; "" if they can."""
    try:
        Difference(old, new)
    except TooRepetitive:
        return (
            "The same words come so often in this text that its changes cannot be "
            "followed at once. Save them in parts, one change at a time: then every "
            "note keeps its place."
        )
    return ""


def describe(text: str, start: int, end: int) -> Selectors:
    """The words of a span, and up to 64 code points on each side.

    The context is cut where no sign is parted from its marks. Raises ValueError for a
    span that is empty or outside the text.
    """
    _check(text, start, end)
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    while first < start and not is_border(text, first):
        first += 1
    while last > end and not is_border(text, last):
        last -= 1
    return Selectors(text[start:end], text[first:start], text[end:last])


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened until it parts no sign from its marks.

    Raises ValueError for a span that is empty or outside the text.
    """
    _check(text, start, end)
    while not is_border(text, start):
        start -= 1
    while not is_border(text, end):
        end += 1
    return start, end


def is_border(text: str, at: int) -> bool:
    """True where a text may be cut: no mark, joiner or half of a flag is parted."""
    if at in {0, len(text)}:
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in _MARKS or _JOINER in (before, after):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or (before, after) == ("\r", "\n"):
        return False
    return not _is_within_flag(text, at)


def _is_within_flag(text: str, at: int) -> bool:
    """True between the two letters of a flag; flags follow one another in pairs."""
    first = at
    while first and "\U0001f1e6" <= text[first - 1] <= "\U0001f1ff":
        first -= 1
    return "\U0001f1e6" <= text[at] <= "\U0001f1ff" and (at - first) % 2 == 1


def _check(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} are no words of a text of {len(text)}")


class Difference:
    """From one text to another: made once, before the text is saved, for all notes.

    Raises TooRepetitive where the two would take too long to compare.
    """

    def __init__(self, old: str, new: str) -> None:
        self._is_same = old == new
        self._old = Letters.of(old)
        self._new = self._old if self._is_same else Letters.of(new)
        self._places = align(self._old, self._new)

    def carry(self, spans: Sequence[tuple[int, int]]) -> list[Carried]:
        """What becomes of notes on these spans of the old text, in their order.

        Raises ValueError for a span that is empty or outside the text.
        """
        return [self._carried(start, end) for start, end in spans]

    def _carried(self, start: int, end: int) -> Carried:
        _check(self._old.text, start, end)
        first, past = self._old.within(start, end)
        letters = max(0, past - first)
        if self._is_same:
            return Carried(State.ANCHORED, start, end, letters, letters)
        if not letters:
            return self._between(first, start, end)
        places = [at for at in self._places[first:past] if at != NONE]
        kept = len(places)
        if 2 * kept >= letters and places[-1] - places[0] < 2 * letters:
            low, high = self._whole(first, past, places[0], places[-1] + 1)
            place = self._with_edges((start, end), (first, past), (low, high))
            return Carried(State.ANCHORED, *place, kept, letters)
        found = _together(places, letters) or self._moved(first, past)
        if found is None:
            return Carried(State.ORPHANED, None, None, kept, letters)
        place = self._with_edges((start, end), (first, past), found)
        return Carried(State.PROPOSED, *place, kept, letters)

    def _whole(self, first: int, past: int, low: int, high: int) -> tuple[int, int]:
        """The new letters, whole words at the edges where they were whole before.

        A word that was joined to what stands outside the note is not taken in.
        """
        most = 2 * (past - first)
        start, _ = self._new.word_at(low)
        _, end = self._new.word_at(high - 1)
        is_whole = self._old.word_at(first)[0] == first
        if is_whole and high - start <= most and not self._outside(first - 1, start):
            low = start
        is_whole = self._old.word_at(past - 1)[1] == past
        if is_whole and end - low <= most and not self._outside(past, end, after=True):
            high = end
        return low, high

    def _outside(self, letter: int, border: int, *, after: bool = False) -> bool:
        """True if the letter beside a note stands on the note's side of a border."""
        if not 0 <= letter < len(self._places) or self._places[letter] == NONE:
            return False
        place = self._places[letter]
        return place < border if after else place >= border

    def _with_edges(
        self, span: tuple[int, int], old: tuple[int, int], new: tuple[int, int]
    ) -> tuple[int, int]:
        """The code points of new letters, with their marks and the old punctuation."""
        before = self._old.text[span[0] : self._old.starts[old[0]]]
        after = self._old.text[self._old.ends[old[1] - 1] : span[1]]
        text = self._new.text
        start, end = self._new.starts[new[0]], self._new.ends[new[1] - 1]
        while not is_border(text, end):
            end += 1
        for sign in reversed(_without_marks(before)):
            if not start or text[start - 1] != sign:
                break
            start -= 1
        for sign in _without_marks(after):
            if end == len(text) or text[end] != sign:
                break
            end += 1
        return start, end

    def _between(self, past: int, start: int, end: int) -> Carried:
        """A note on signs between two letters: found if those still stand together."""
        places = [-1, *self._places, len(self._new.chars)]
        low, high = places[past], places[past + 1]
        lost = Carried(State.ORPHANED, None, None)
        if high != low + 1 or (low == NONE and past) or high == NONE:
            return lost
        gap_start, gap = _gap(self._old, past)
        new_start, new_gap = _gap(self._new, high)
        if gap == new_gap:
            shift = new_start - gap_start
            return Carried(State.ANCHORED, start + shift, end + shift)
        exact = self._old.text[start:end]
        if gap.count(exact) != 1 or new_gap.count(exact) != 1:
            return lost
        at = new_start + new_gap.index(exact)
        return Carried(State.ANCHORED, at, at + len(exact))

    def _moved(self, first: int, past: int) -> tuple[int, int] | None:
        """Where the words stand now, if they moved and that can only be one place."""
        moves = [at for at in self._moves[first:past] if at != NONE]
        found = _together(moves, past - first)
        if found is not None and self._is_distinct(first, past, found):
            return found
        chars = self._old.chars
        wanted = chars[first:past]
        at = _only(self._new.chars, wanted) if len(wanted) >= DISTINCT else None
        before = chars[max(0, first - NEARBY) : first]
        after = chars[past : past + NEARBY]
        if at is None and len(before) == len(after) == NEARBY:
            around = _only(self._new.chars, f"{before}{wanted}{after}")
            at = around if around is None else around + NEARBY
        if at is None:
            return None
        taken = sum(letter in self._taken for letter in range(at, at + len(wanted)))
        # Where other words of the old text stand, these have not moved to.
        return None if 2 * taken > len(wanted) else (at, at + len(wanted))

    def _is_distinct(self, first: int, past: int, found: tuple[int, int]) -> bool:
        """True if enough letters moved together, the note's own and those around."""
        low, high = found[0] - DISTINCT, found[1] + DISTINCT
        around = self._moves[max(0, first - DISTINCT) : past + DISTINCT]
        return sum(low <= at < high for at in around if at != NONE) >= DISTINCT

    @cached_property
    def _moves(self) -> list[int]:
        """For each letter of the old text its place in the new, if its words moved."""
        return align_moved(self._old, self._new, self._places)

    @cached_property
    def _taken(self) -> set[int]:
        """The letters of the new text that are letters of the old one."""
        return set(self._places)


def _together(places: list[int], letters: int) -> tuple[int, int] | None:
    """From the first to the last of the places that stand together, if half do."""
    runs: list[list[int]] = []
    for at in places:
        if not runs or at - runs[-1][-1] > letters or at - runs[-1][0] >= 2 * letters:
            runs.append([])
        runs[-1].append(at)
    most = max(runs, key=len, default=[])
    return (most[0], most[-1] + 1) if most and 2 * len(most) >= letters else None


def _only(chars: str, wanted: str) -> int | None:
    """Where the wanted letters stand, if they occur once."""
    at = chars.find(wanted)
    return at if at >= 0 and chars.find(wanted, at + 1) < 0 else None


def _gap(letters: Letters, at: int) -> tuple[int, str]:
    """What stands before a letter and after the one before it, and where it starts."""
    start = letters.ends[at - 1] if at else 0
    end = letters.starts[at] if at < len(letters.starts) else len(letters.text)
    return start, letters.text[start:end]


def _without_marks(signs: str) -> str:
    """The signs, but for the marks at their start: those belong to a letter."""
    while signs and unicodedata.category(signs[0]) in _MARKS:
        signs = signs[1:]
    return signs
