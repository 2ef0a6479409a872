"""What a query asks for: its words, its phrases, and the clauses that both make."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sources.search.hebrew import stem
from sources.text import clean_text, fold

LONGEST = 300
"""Code points of a query that are read."""

MOST_TERMS = 12
"""Words of a query that are asked for, those of its phrases among them."""

LONGEST_KEPT = 40
"""Code points of a word whose folded form is kept in memory."""

BREAK = "qq"
"""Stands in documents where one text ends, so that no phrase reaches into the next."""

OTHER = "qo"
"""Stands in every document that is no source's, so that these are found apart."""

# Around several words; within a word (רש"י) the same sign is a gershayim.
_QUOTES = '"“”„‟״'
_PHRASE = re.compile(rf"(?<![^\s(\[])[{_QUOTES}](?=\S)(.+?)[{_QUOTES}](?!\w)", re.S)


@dataclass(frozen=True)
class Alternative:
    """Words that must follow one another; the last may be the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False


Clause = tuple[Alternative, ...]
"""Alternatives of which a document must hold one. Every clause must be met."""


@dataclass(frozen=True)
class Query:
    """A query as it was read. Terms and phrases are folded, each once, in order."""

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word asked for, alone or in a phrase, without Hebrew prefixes."""
        parts = [*self.terms, *(word for each in self.phrases for word in each.split())]
        return tuple(dict.fromkeys(map(stem, parts)))

    def clauses(self) -> tuple[Clause, ...]:
        """What a strict search asks of a document."""
        asked = [*self.phrases, *self.terms]
        each = (tuple(map(stem, part.split())) for part in asked)
        return tuple((Alternative(words),) for words in dict.fromkeys(each))


def read(text: str) -> Query:
    """The query that a text is. No text is malformed: what has no letter asks nothing.

    A phrase is what stands between two quotation marks, straight or curly, if it has
    more than one word. Marks without a partner are passed over.
    """
    text = clean_text(text[:LONGEST])
    phrases: list[str] = []

    def keep(match: re.Match[str]) -> str:
        words = fold(match[1]).split()
        if len(words) < 2:
            return match[0]
        phrases.append(" ".join(words[:MOST_TERMS]))
        return " "

    rest = fold(_PHRASE.sub(keep, text)).split()
    phrases = list(dict.fromkeys(phrases))[:3]
    terms = [word for word in dict.fromkeys(rest) if word not in (BREAK, OTHER)]
    return Query(tuple(terms[:MOST_TERMS]), tuple(phrases))


def stemmed(text: str) -> str:
    """The text as documents hold it: folded words without their Hebrew prefixes."""
    words = [
        _kept(word) if len(word) <= LONGEST_KEPT else _stemmed(word)
        for word in text.split()
    ]
    return " ".join(filter(None, words))


def _stemmed(word: str) -> str:
    """What stands between two spaces, which may come to several words or none."""
    return " ".join(map(stem, fold(word).split()))


_kept = lru_cache(maxsize=16_384)(_stemmed)
