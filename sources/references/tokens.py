"""The words, numbers and signs of a running text, in one linear pass.

Every character belongs to one token, blanks to the token before them, so that the
tokens' lengths alone say where each stands.
"""

from __future__ import annotations

import re
from itertools import accumulate

from .folding import MARK, SAME_WORD, has_hebrew, normalised
from .hebrew import fold_finals

LONGEST_WORD = 48
_HEBREW = "\u05d0-\u05ea\u05ef-\u05f2\ufb1d-\ufb28\ufb2a-\ufb4f"
_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u034f\u200c-\u200f\u00ad"
_SINGLE = "'`\u00b4\u05f3\u02bc\u2018\u2019\u201b\u2032"
_DOUBLE = '"\u05f4\u201c\u201d\u201e\u201f\u2033'
_TOKEN = re.compile(
    "(?:"
    "[0-9]+"
    rf"|[{_HEBREW}](?:[{_HEBREW}{_POINTS}{_SINGLE}]|[{_DOUBLE}](?=[{_HEBREW}]))*"
    rf"|[^\W\d_{_HEBREW}](?:[^\W\d_{_HEBREW}]|[\u0300-\u036f\u00ad]"
    rf"|[{_SINGLE}\u02bb](?=[^\W\d_{_HEBREW}]))*"
    r"|[\s\S]"
    r")\s*"
)
_SIGNS = dict.fromkeys("\u05be-\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_POSSESSIVE = ("'s", "\u2019s", "\u02bcs")
_MARKS = frozenset(_SINGLE + _DOUBLE)


class Tokens:
    """A text's tokens: `raws` as written, `keys` folded, `starts` in code points.

    `reach` is the farthest token that was looked at, a few signs more or less; who
    reads ahead without a bound of a few tokens says so with `reached`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.raws: list[str] = _TOKEN.findall(text)
        self.starts: list[int] = [0, *accumulate(map(len, self.raws))]
        folds = _Folds()
        self.keys: list[str] = list(map(folds.__getitem__, self.raws))
        self.count = len(self.raws)
        self.reach = 0

    def key(self, at: int) -> str:
        """The key of a token, "" before the first and after the last."""
        return self.keys[at] if 0 <= at < self.count else ""

    def reached(self, at: int) -> None:
        """Note that reading went on as far as this token."""
        if at > self.reach:
            self.reach = at

    def end(self, at: int) -> int:
        """Where a token ends in the text, its blanks left out."""
        return self.starts[at] + len(self.raws[at].rstrip())

    def is_spaced(self, at: int) -> bool:
        """Whether blanks, or the text's end, follow a token."""
        return not 0 <= at < self.count or self.raws[at][-1].isspace()

    def breaks(self, at: int) -> bool:
        """Whether a paragraph ends after a token."""
        raw = self.raws[at]
        return raw[-1] == "\n" and raw.count("\n") > 1 or at + 1 >= self.count

    def is_marked(self, at: int) -> bool:
        """Whether a Hebrew word has a geresh or gershayim, of any kind."""
        return not _MARKS.isdisjoint(self.raws[at])

    def is_hebrew(self, at: int) -> bool:
        """Whether a token is a Hebrew word."""
        return "\u05d0" <= self.key(at)[:1] <= "\u05ea"

    def is_capital(self, at: int) -> bool:
        """Whether a token opens with anything but a small letter."""
        return not self.raws[at][:1].islower()

    def slice(self, first: int, last: int) -> str:
        """The words from one token up to, without, another."""
        return self.text[self.starts[first] : self.end(last - 1)]


class _Folds(dict[str, str]):
    """Each raw token's key, worked out once for a text."""

    def __missing__(self, raw: str) -> str:
        word = raw.rstrip()
        if not word or len(word) > LONGEST_WORD:
            folded = word if word[:1].isdecimal() else ""
        elif len(word) == 1 and not word.isalnum():
            folded = _SIGNS.get(word, word)
        else:
            folded = _folded(word)
        self[raw] = folded
        return folded


def _folded(word: str) -> str:
    if word[-2:].lower() in _POSSESSIVE:
        word = word[:-2]
    if word.isascii():
        bare = word.lower().replace("'", "")
    else:
        bare = fold_finals(normalised(word).replace(MARK, ""))
        bare = "".join(filter(str.isalnum, bare)) if not has_hebrew(bare) else bare
    return SAME_WORD.get(bare, bare)
