"""Which words of a new text are which words of the old one.

First what both begin and end with, then stretches that occur once in both, in the
order that keeps most of them, then what stands near those. Nothing is guessed: words
whose place is not plain are left in a run that changed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

STRETCH = 4  # words that follow one another, by which places are known
WINDOW = 10  # words beside a known place, in which the next one is looked for
DISTINCT = 16  # letters that are a place by themselves, if they occur once
# One step compares a word of the old text with an equal one of the new text; a second
# takes some eight million.
MOST_STEPS = 8_000_000

Gap = tuple[int, int, int, int]  # old[a:b] became new[c:d]
Block = tuple[int, int, int]  # old[i : i + size] and new[j : j + size] are the same


class TooRepetitive(ValueError):
    """Two texts repeat the same words so often that comparing them takes too long."""


class Pairing:
    """The words that are the same, as `blocks`, and the runs that `changed`."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old = old
        self.new = new
        self.blocks: list[Block] = []
        self.changed: list[Gap] = []
        self.steps = 0
        for gap in self._gaps_between_stretches():
            self._fill(gap)

    def _gaps_between_stretches(self) -> list[Gap]:
        """Pair both ends and what occurs once; what is left between is given."""
        head = _equal(self.old, self.new)
        tail = _equal(self.old[head:][::-1], self.new[head:][::-1])
        b, d = len(self.old) - tail, len(self.new) - tail
        self.blocks += [(0, 0, head), (b, d, tail)]
        gaps = []
        a = c = head
        for i, j, size in _stretches(self.old[head:b], self.new[head:d]):
            self.blocks.append((head + i, head + j, size))
            gaps.append((a, head + i, c, head + j))
            a, c = head + i + size, head + j + size
        return [*gaps, (a, b, c, d)]

    def _fill(self, gap: Gap) -> None:
        """Pair what can be paired in a gap."""
        gaps = [gap]
        while gaps:
            a, b, c, d = self._from_end(self._from_start(gaps.pop()))
            if a == b or c == d:
                continue
            block = self._longest((a, b, c, d))
            if block is None:
                self.changed.append((a, b, c, d))
                continue
            i, j, size = block
            self.blocks.append(block)
            gaps += [(a, i, c, j), (i + size, b, j + size, d)]

    def _from_start(self, gap: Gap) -> Gap:
        """Pair words near the gap's start, step by step; the gap that is left."""
        a, b, c, d = gap
        while near := _near(
            self.old[a : min(b, a + WINDOW)], self.new[c : min(d, c + WINDOW)]
        ):
            i, j, size = near
            self._change((a, a + i, c, c + j))
            self.blocks.append((a + i, c + j, size))
            a, c = a + i + size, c + j + size
        return a, b, c, d

    def _from_end(self, gap: Gap) -> Gap:
        """Pair words near the gap's end, step by step; the gap that is left."""
        a, b, c, d = gap
        while near := _near(
            self.old[max(a, b - WINDOW) : b][::-1],
            self.new[max(c, d - WINDOW) : d][::-1],
        ):
            i, j, size = near
            self._change((b - i, b, d - j, d))
            b, d = b - i - size, d - j - size
            self.blocks.append((b, d, size))
        return a, b, c, d

    def _change(self, gap: Gap) -> None:
        a, b, c, d = gap
        if a < b and c < d:
            self.changed.append(gap)

    def _longest(self, gap: Gap) -> Block | None:
        """The longest block of a gap, if it is long enough and occurs but once."""
        a, b, c, d = gap
        old, new = self.old[a:b], self.new[c:d]
        self.count(old, new)
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        i, j, size = matcher.find_longest_match()
        words = old[i : i + size]
        if sum(map(len, words)) < DISTINCT or not _once(words, old, new):
            return None
        return a + i, c + j, size

    def count(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Count the steps before they are taken: each word with each equal one.

        Raises TooRepetitive once they are too many. Letters are counted alike.
        """
        times = Counter(new)
        self.steps += sum(times[word] for word in old)
        if self.steps > MOST_STEPS:
            raise TooRepetitive


def _equal(old: list[str], new: list[str], i: int = 0, j: int = 0) -> int:
    """How many words are equal from two places on."""
    size = 0
    most = min(len(old) - i, len(new) - j)
    while size < most and old[i + size] == new[j + size]:
        size += 1
    return size


def _stretches(old: list[str], new: list[str]) -> Iterator[Block]:
    """What occurs once in both, in the order that keeps most, grown as far as equal."""
    a = c = 0
    there = _met_once(new)
    here = _met_once(old)
    both = [(i, there[words]) for words, i in here.items() if words in there]
    for i, j in _rising(both):
        skip = max(0, a - i, c - j)
        if skip >= STRETCH:
            continue
        i, j = i + skip, j + skip
        back = _equal(old[a:i][::-1], new[c:j][::-1])
        i, j = i - back, j - back
        size = _equal(old, new, i, j)
        yield i, j, size
        a, c = i + size, j + size


def _met_once(words: list[str]) -> dict[tuple[str, ...], int]:
    """Each stretch of words that occurs once, in order, and where."""
    shifted = (words[at:] for at in range(STRETCH))
    stretches = list(zip(*shifted, strict=False))
    times = Counter(stretches)
    return {each: at for at, each in enumerate(stretches) if times[each] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, of those that rise in the first, that rise in both."""
    lows: list[int] = []  # the lowest second of a chain of each length
    ends: list[int] = []  # and which pair ends that chain
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(lows, second)
        lows[length : length + 1] = [second]
        ends[length : length + 1] = [at]
        before.append(ends[length - 1] if length else -1)
    chain = []
    at = ends[-1] if ends else -1
    while at != -1:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _near(old: list[str], new: list[str]) -> Block | None:
    """The longest block that stands as far from the start in both, or about so."""
    best, found = (0, 0, 0), None
    for i, word in enumerate(old):
        for j, other in enumerate(new):
            if word != other:
                continue
            size = _equal(old, new, i, j)
            if abs(i - j) <= size and max(i, j) <= 4 * size:
                rank = size, -abs(i - j), -i - j
                best, found = max((best, found), (rank, (i, j, size)))
            if i == j == 0:
                return 0, 0, size
    return found


def _once(words: list[str], *texts: list[str]) -> bool:
    """True if the words follow one another but once in each text."""
    wanted = f" {' '.join(words)} "
    for text in texts:
        joined = f" {' '.join(text)} "
        if joined.find(wanted) != joined.rfind(wanted):
            return False
    return True
