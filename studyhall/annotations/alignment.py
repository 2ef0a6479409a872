"""Which letter of a new text is which letter of the old one.

Texts are compared by their letters alone, so points, cantillation, composition and
punctuation move nothing. Words are paired first, then letters within the runs of words
that changed. Where that is not plain, a letter has no partner: a note without a place
is better than a note in a wrong one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from os.path import commonprefix

from sources.text import lettered_words

from .pairing import Block, Pairing, TooRepetitive

ALIKE = 0.6  # of the letters of two words that are one word, edited
MOST_PAIRS = 40_000  # of letters, in what is compared letter by letter
NONE = -1  # the place of a letter that is gone


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text as they are compared, and where each one stands.

    `starts` and `ends` are code points of `text`; `words` are folded, and `firsts`
    says at which letter each word begins.
    """

    text: str
    chars: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    firsts: list[int]

    @classmethod
    def of(cls, text: str) -> "Letters":
        """The letters of a text."""
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        firsts: list[int] = []
        for word in lettered_words(text):
            firsts.append(len(starts))
            words.append("".join(char for char, _, _ in word))
            starts.extend(start for _, start, _ in word)
            ends.extend(end for _, _, end in word)
        return cls(text, "".join(words), starts, ends, words, firsts)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Which letters stand between two code points: the first, and past the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def word_at(self, letter: int) -> tuple[int, int]:
        """The letters of the word that a letter is in: the first, and past the last."""
        word = bisect_right(self.firsts, letter)
        past = self.firsts[word] if word < len(self.firsts) else len(self.chars)
        return self.firsts[word - 1], past


def align(old: Letters, new: Letters) -> list[int]:
    """For each letter of `old` its place among the letters of `new`, or NONE.

    Places rise. Raises TooRepetitive, by counting and not by the clock.
    """
    if old.chars == new.chars:
        return list(range(len(old.chars)))
    words = range(len(old.words)), range(len(new.words))
    return _places(old, new, list(words[0]), list(words[1]))


def align_moved(old: Letters, new: Letters, places: list[int]) -> list[int]:
    """The places of letters in words that `align` left without any: they have moved.

    Nothing has, where that would take too long to tell.
    """
    taken = set(places)
    gone = [at for at, place in enumerate(places) if place == NONE]
    added = [at for at in range(len(new.chars)) if at not in taken]
    try:
        return _places(old, new, _whole_words(old, gone), _whole_words(new, added))
    except TooRepetitive:
        return [NONE] * len(places)


def _whole_words(text: Letters, letters: list[int]) -> list[int]:
    """The words of which all the letters are among these."""
    words = Counter(bisect_right(text.firsts, at) - 1 for at in letters)
    return [word for word, times in words.items() if times == len(text.words[word])]


def _places(old: Letters, new: Letters, here: list[int], there: list[int]) -> list[int]:
    """The places of the letters of some words, among some words of the new text."""
    places = [NONE] * len(old.chars)
    words, others = [old.words[at] for at in here], [new.words[at] for at in there]
    letters = [old.firsts[w] + at for w in here for at in range(len(old.words[w]))]
    targets = [new.firsts[w] + at for w in there for at in range(len(new.words[w]))]
    first, to = _firsts(words), _firsts(others)
    pairing = Pairing(words, others)
    kept = [
        (first[i], to[j], first[i + size] - first[i]) for i, j, size in pairing.blocks
    ]
    for a, b, c, d in pairing.changed:
        one, other = "".join(words[a:b]), "".join(others[c:d])
        if len(one) * len(other) <= MOST_PAIRS:
            pairing.count(one, other)
        blocks = _kept_letters(words[a:b], others[c:d])
        kept += [(first[a] + i, to[c] + j, size) for i, j, size in blocks]
    for i, j, size in kept:
        for at in range(size):
            places[letters[i + at]] = targets[j + at]
    return places


def _firsts(words: list[str]) -> list[int]:
    """At which letter each word begins, and past the last."""
    return list(accumulate(map(len, words), initial=0))


def _kept_letters(old: list[str], new: list[str]) -> Iterator[Block]:
    """The letters that a changed run of words keeps, counted from its first.

    A word keeps letters where the word in its place is like it: counted from either
    end of the run, or in order if few words became as many. Else the run as a whole
    must be alike: words were joined or parted.
    """
    a, b, c, d = 0, len(old), 0, len(new)
    pairs = []
    while a < b and c < d and _likeness(old[a], new[c]) >= ALIKE:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and _likeness(old[b - 1], new[d - 1]) >= ALIKE:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    if b - a == d - c <= 3:
        rest = ((a + x, c + x) for x in range(b - a))
        pairs += [(x, y) for x, y in rest if _likeness(old[x], new[y]) >= 0.5]
    for x, y in pairs:
        yield from _shifted(_common(old[x], new[y]), old[:x], new[:y])
    if b - a != d - c or b - a > 3:
        yield from _shifted(_in_rest(old[a:b], new[c:d]), old[:a], new[:c])


def _in_rest(old: list[str], new: list[str]) -> list[Block]:
    """The letters that are common to words joined, parted or all spelled anew."""
    one, other = "".join(old), "".join(new)
    if len(one) * len(other) > MOST_PAIRS or _likeness(one, other) < ALIKE:
        return []
    return [block for block in _common(one, other) if block[2] > 1]


def _shifted(blocks: list[Block], old: list[str], new: list[str]) -> Iterator[Block]:
    """The blocks, counted from before the words that precede them."""
    first, to = sum(map(len, old)), sum(map(len, new))
    for i, j, size in blocks:
        yield first + i, to + j, size


def _likeness(one: str, other: str) -> float:
    """How much of two words is common, from 0 to 1."""
    size = len(one) + len(other)
    return 2 * sum(block[2] for block in _common(one, other)) / size if size else 0.0


@lru_cache(maxsize=1024)
def _common(one: str, other: str) -> list[Block]:
    """The letters that follow in the same order in both: both ends, then between."""
    head = len(commonprefix([one, other]))
    tail = len(commonprefix([one[head:][::-1], other[head:][::-1]]))
    past, end = len(one) - tail, len(other) - tail
    blocks = [(0, 0, head), (past, end, tail)]
    if (past - head) * (end - head) <= MOST_PAIRS:
        between = SequenceMatcher(None, one[head:past], other[head:end], autojunk=False)
        blocks += [(head + i, head + j, n) for i, j, n in between.get_matching_blocks()]
    return sorted(block for block in blocks if block[2])
