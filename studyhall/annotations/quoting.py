"""Where the words that a reader names stand in a text: every place, never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sources.text import skeleton
from studyhall.annotations.alignment import Letters
from studyhall.annotations.anchoring import is_border, snapped

AROUND = 30  # code points shown on each side of words that stand in several places
MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a text: code points, the end not included."""

    text: Any
    start: int
    end: int

    @property
    def name(self) -> str:
        """The value by which a form names this place: the text's key and the start."""
        return f"{self.text.pk}-{self.start}"

    @property
    def words(self) -> str:
        return self.text.words[self.start : self.end]

    @property
    def line(self) -> int:
        """The number of the line in which it begins."""
        return 1 + self.text.words.count("\n", 0, self.start)

    @property
    def before(self) -> str:
        """What stands before it, cut at no sign's marks."""
        at = max(0, self.start - AROUND)
        while not is_border(self.text.words, at):
            at += 1
        return ("…" if at else "") + self.text.words[at : self.start]

    @property
    def after(self) -> str:
        """What stands after it, cut at no sign's marks."""
        words = self.text.words
        at = min(len(words), self.end + AROUND)
        while not is_border(words, at):
            at -= 1
        return words[self.end : at] + ("…" if at < len(words) else "")


def places_in(within: Span, words: str) -> list[Span]:
    """Every place within a span at which these words stand, in order; 50 at most.

    Points, case and punctuation are passed over. Whole words are preferred; else the
    places where the same letters follow each other.
    """
    found = list(_places(within.words, words))[:MOST_PLACES]
    text = within.text.words
    return [
        Span(within.text, *snapped(text, within.start + start, within.start + end))
        for start, end in found
    ]


def places_from(within: Span, words: str) -> list[Span]:
    """The places within a span; else those that begin in it and run on in its text."""
    found = places_in(within, words)
    if found:
        return found
    onward = Span(within.text, within.start, len(within.text.words))
    return [each for each in places_in(onward, words) if each.start < within.end]


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    wanted = skeleton(words)
    if not wanted:
        sign = words.strip()
        yield from ((at, at + len(sign)) for at in _all(text, sign))
        return
    letters = Letters.of(text)
    found = [(at, at + len(wanted)) for at in _all(letters.chars, wanted)]
    edges = {*letters.firsts, len(letters.chars)}
    whole = [each for each in found if edges.issuperset(each)]
    for first, past in whole or found:
        span = letters.starts[first], letters.ends[past - 1]
        yield _with_punctuation(text, span, words.strip())


def _all(text: str, wanted: str) -> Iterator[int]:
    """Where each occurrence starts; none begins inside the one before it."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _with_punctuation(text: str, span: tuple[int, int], words: str) -> tuple[int, int]:
    """The span with the marks of its last letter and the signs that `words` have."""
    start, end = span
    while not is_border(text, end):
        end += 1
    lettered = [at for at, char in enumerate(words) if skeleton(char)]
    if not lettered:
        return start, end
    before = words[: lettered[0]]
    last = lettered[-1] + 1
    while not is_border(words, last):
        last += 1
    after = words[last:]
    if before and text[:start].endswith(before):
        start -= len(before)
    if after and text.startswith(after, end):
        end += len(after)
    return start, end


def chosen(places: Sequence[Span], name: str) -> Span | None:
    """The place that a form names: the one of its text in which that point lies."""
    key, _, start = name.partition("-")
    if not (key.isdecimal() and start.isdecimal() and len(name) < 30):
        return None
    at = int(start)
    for place in places:
        if place.text.pk == int(key) and place.start <= at < place.end:
            return place
    return None


def following(places: Sequence[Span], within: Span, before: str) -> Span | None:
    """The only place before which, in that span, the letters of `before` stand."""
    wanted = skeleton(before)
    words = within.text.words
    found = [
        place
        for place in places
        if skeleton(words[within.start : place.start]) == wanted
    ]
    return found[0] if len(found) == 1 else None
