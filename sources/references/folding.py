"""Making different ways of writing one name the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .hebrew import fold_finals

MARK = '"'
_QUOTES = "\"'`\u00b4\u05f3\u05f4\u02b9\u02bb\u02bc\u2018\u2019\u201a\u201b"
_QUOTES += "\u201c\u201d\u201e\u201f\u2032\u2033"
_DASHES = "\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_TABLE = (
    dict.fromkeys(map(ord, _QUOTES), MARK)
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, "()[]{}"), " ")
)
_WORD = re.compile(r'[0-9]+|[^\W\d_](?:[^\W\d_]|")*')
_TOKEN = re.compile(r'[0-9]+|[א-ת][א-ת"]*|[^\W\d_א-ת]+|\S')

SAME_WORD = {
    **dict.fromkeys(("hil", "hilchot", "hilkhot", "hilkhos", "halachos"), "hilchos"),
    **dict.fromkeys(("הל", "הלכ"), "הלכות"),
}
JOINERS = frozenset({"on", "to", "al", "commentary", "על", "לפי"})


def normalised(text: str) -> str:
    """One plain form for comparing: no points, accents, case or kinds of quotes.

    In: any text. Out: text whose quotes and geresh are one mark, whose dashes
    are hyphens, whose brackets are spaces; Hebrew letters, digits and other
    punctuation stay, for addresses need them.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_TABLE)).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_TABLE)
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Cf", "Cs"))
    return " ".join("".join(kept).split())


def tokens(line: str) -> list[tuple[str, int]]:
    """The words, numbers and signs of a normalised line, each with its end."""
    found = []
    for match in _TOKEN.finditer(line):
        if match.group() != MARK:
            found.append((match.group(), match.end()))
    return found


def key_of_word(word: str) -> str:
    """What a word adds to a title's key: nothing for signs and joining words."""
    bare = fold_finals(word.replace(MARK, ""))
    bare = "".join(c for c in bare if c.isalnum())
    return "" if bare in JOINERS else SAME_WORD.get(bare, bare)


def words(line: str) -> list[tuple[str, int]]:
    """The key of each word of a normalised line, with the line's index after it."""
    found = []
    for match in _WORD.finditer(line):
        found.append((key_of_word(match.group()), match.end()))
    return found


def key(text: str) -> str:
    """The key under which a title is kept: its words' letters and digits only."""
    return "".join(word for word, _ in words(normalised(text)))


@lru_cache(maxsize=4096)
def words_of_title(title: str) -> tuple[str, ...]:
    """The words that make up a title's key.

    Remembered, for every catalogue folds the same titles, and an editor's or a
    loader's every change of a work makes a new one.
    """
    return tuple(word for word, _ in words(normalised(title)) if word)


def key_of_title(title: str) -> str:
    """The same as `key`, of a work's own title."""
    return "".join(words_of_title(title))


def has_hebrew(text: str) -> bool:
    """Whether any Hebrew letter stands in it."""
    return any("א" <= letter <= "ת" for letter in text)


def quoted(text: str) -> str:
    """The beginning of someone's words, in quotation marks, safe to show them."""
    return f"“{''.join(filter(str.isprintable, text))[:60]}”"
