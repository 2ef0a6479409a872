"""Text as it comes in, and text as it is compared.

What is stored is what was written, cleaned by `clean_text` and changed in nothing
else. What is compared (`skeleton`, `fold`) is never stored as text. Positions are
code points, as Python counts them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x80-\x9f\ud800-\udfff\u202a-\u202e\U000e0000-\U000e007f]"
)
_ISOLATES = re.compile("[\u2066-\u2069\n]")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_PLAIN_LETTERS = str.maketrans(
    {"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ"}
    | {"װ": "וו", "ױ": "וי", "ײ": "יי"}
)
_GERESH = "'׳’‘‛`´′"
_GERSHAYIM = '"״“”„‟″'
_FROM_WORD = re.compile("[\u2018-\u201f\u00a0\u202f\u00ad\ufb1d-\ufb4f]")
_AS_TYPED = (
    dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | {"\u00a0": " ", "\u202f": " ", "\u00ad": ""}
)
_SILENT = {"Mn", "Me", "Cf"}
_NAME = "יהוה"
_SPELLINGS_OF_THE_NAME = re.compile(
    '("*[ובלכמשד]{0,2})((?:יהוה|י["\']*י|הוי["\']+ה)["\']*|[הד]\'"*)'
)


def clean_text(text: str) -> str:
    """The text as it may be stored: one kind of line end, nothing invisible and unsafe.

    Line ends become LF. Controls other than TAB and LF, surrogates, embedding and
    override marks, isolates without their partner in the same line, and tag
    characters go out. Points, joiners, quotes and spacing stay as written.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    unpaired = _unpaired_isolates(text)
    if not unpaired:
        return text
    return "".join(char for at, char in enumerate(text) if at not in unpaired)


def _unpaired_isolates(text: str) -> set[int]:
    """Where isolates stand that open or close nothing; a pair is within one line."""
    unpaired: set[int] = set()
    open_at: list[int] = []
    for mark in _ISOLATES.finditer(text):
        if mark[0] == "\n":
            unpaired.update(open_at)
            open_at.clear()
        elif mark[0] != "\u2069":
            open_at.append(mark.start())
        elif open_at:
            open_at.pop()
        else:
            unpaired.add(mark.start())
    return unpaired.union(open_at)


@dataclass(frozen=True, slots=True)
class WordSign:
    """A sign that Word pastes: where it stands, what it is and what it becomes."""

    start: int
    before: str
    after: str


def from_word(text: str) -> tuple[str, list[WordSign]]:
    """The text without the signs that Word pastes, and each sign that was changed.

    Smart quotes become straight ones, no-break spaces become spaces, soft hyphens go,
    and presentation forms become their letters and points: no point is ever lost.
    Never done by itself: an editor is shown the signs first. `start` is a position
    in the text as it was given.
    """
    signs: list[WordSign] = []

    def as_typed(found: re.Match[str]) -> str:
        sign = found[0]
        typed = _AS_TYPED.get(sign, unicodedata.normalize("NFKD", sign))
        if typed != sign:
            signs.append(WordSign(found.start(), sign, typed))
        return typed

    return _FROM_WORD.sub(as_typed, text), signs


def without_points(text: str) -> str:
    """The text without vowels and cantillation; maqaf, paseq and sof pasuk stay."""
    return _POINTS.sub("", text)


def skeleton(text: str) -> str:
    """Letters and digits alone, for asking whether two texts say the same words.

    Compatibility forms, case and final letters are folded, and the spellings of the
    Name are one; points, quotes, spaces and punctuation are gone.
    """
    return "".join(sign.char for sign in _signs(text) if sign.char != " ")


def fold(text: str) -> str:
    """The text as search compares it: the skeleton of each word, one space between.

    Maqaf and hyphen part words; geresh, gershayim, quotes and points part nothing.
    """
    return " ".join(filter(None, map(_folded, text.split())))


def folded_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of the text as `fold` writes it, and where it stands: start, end."""
    for word in _words(text):
        yield "".join(sign.char for sign in word), word[0].start, word[-1].end


def lettered_words(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Each word's letters as `skeleton` writes them, and where each stands."""
    for word in _words(text):
        yield [(sign.char, sign.start, sign.end) for sign in word]


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `text`, as (start, end), or None if they do not.

    Points, case and punctuation are passed over. Whole words are preferred; else the
    first place where the same letters follow each other. Marks on the last letter,
    and the punctuation with which `words` begin and end, are part of the place.
    """
    signs = list(_signs(text))
    span = _span_of(signs, fold(words), whole=True)
    if span is None:
        letters = [sign for sign in signs if sign.char != " "]
        span = _span_of(letters, skeleton(words), whole=False)
    return span and _with_edges(text, span, words)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: its number from 1, its label, and where it starts."""

    number: int
    label: str
    words: str
    start: int

    @property
    def end(self) -> int:
        """The code point after the line's last."""
        return self.start + len(self.words)


def lines_of(text: str, labels: Sequence[str] = ()) -> list[Line]:
    """The lines of a text, divided by LF; a line past the labels has an empty one."""
    lines: list[Line] = []
    start = 0
    for at, words in enumerate(text.split("\n") if text else []):
        label = labels[at] if at < len(labels) else ""
        lines.append(Line(at + 1, label, words, start))
        start += len(words) + 1
    return lines


@dataclass(frozen=True, slots=True)
class _Sign:
    """One folded letter, digit or space, and the code points that it came from."""

    char: str
    start: int
    end: int


def _folded(word: str) -> str:
    """What stands between two spaces, folded; it may come to several words or none."""
    return _folded_once(word) if len(word) <= 40 else _folded_anew(word)


def _folded_anew(word: str) -> str:
    return "".join(sign.char for sign in _signs(word))


_folded_once = lru_cache(maxsize=16_384)(_folded_anew)


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """What one code point is when compared; empty if it is no letter and no digit."""
    folded = unicodedata.normalize("NFKD", char).casefold()
    plain = unicodedata.normalize("NFKD", folded).translate(_PLAIN_LETTERS)
    return "".join(filter(str.isalnum, plain))


@lru_cache(maxsize=4096)
def _mark(char: str) -> str:
    """A quote as ' or ", a mark that parts nothing as "", all else as a space."""
    if char in _GERESH:
        return "'"
    if char in _GERSHAYIM:
        return '"'
    return "" if unicodedata.category(char) in _SILENT else " "


def _signs(text: str) -> Iterator[_Sign]:
    """The folded signs of a text in order, a space between its words."""
    space: _Sign | None = None
    for word in _words(text):
        if space:
            yield space
        yield from word
        space = _Sign(" ", word[-1].end, word[-1].end)


def _words(text: str) -> Iterator[list[_Sign]]:
    """The words of a text, quotes gone and the Name in its one spelling."""
    word: list[_Sign] = []
    for at, char in enumerate(text):
        letters = _letters(char)
        if letters:
            word.extend(_Sign(letter, at, at + 1) for letter in letters)
        elif mark := _mark(char):
            if mark != " ":
                word.append(_Sign(mark, at, at + 1))
            elif word:
                yield from _finished(word)
                word = []
    yield from _finished(word)


def _finished(word: list[_Sign]) -> Iterable[list[_Sign]]:
    """The word without its quotes; nothing if it was quotes only."""
    found = _SPELLINGS_OF_THE_NAME.fullmatch("".join(sign.char for sign in word))
    if found:
        name = word[found.start(2) :]
        while name[-1].char == '"':
            name.pop()
        first, last = name[0].start, name[-1].end
        word = word[: found.start(2)] + [_Sign(char, first, last) for char in _NAME]
    kept = [sign for sign in word if sign.char not in "'\""]
    return [kept] if kept else []


def _span_of(signs: list[_Sign], wanted: str, *, whole: bool) -> tuple[int, int] | None:
    """The code points from the first to the last sign of `wanted`."""
    if not wanted:
        return None
    edge = " " if whole else ""
    text = "".join(sign.char for sign in signs)
    at = f"{edge}{text}{edge}".find(f"{edge}{wanted}{edge}")
    if at < 0:
        return None
    return signs[at].start, signs[at + len(wanted) - 1].end


def _with_edges(text: str, span: tuple[int, int], words: str) -> tuple[int, int]:
    """The span with the last letter's marks and the punctuation that `words` have."""
    start, end = span
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
        end += 1
    before, after = _punctuation_around(words.strip())
    if before and text[:start].endswith(before):
        start -= len(before)
    if after and text.startswith(after, end):
        end += len(after)
    return start, end


def _punctuation_around(words: str) -> tuple[str, str]:
    """What stands in `words` before the first letter and after the last one's marks."""
    lettered = [at for at, char in enumerate(words) if _letters(char)]
    if not lettered:
        return "", ""
    after = words[lettered[-1] + 1 :]
    marks = 0
    while marks < len(after) and unicodedata.category(after[marks]) in {"Mn", "Me"}:
        marks += 1
    return words[: lettered[0]], after[marks:]
