"""The line that matches, cut where the words that were asked for stand."""

import re
import unicodedata
from dataclasses import dataclass

from sources.search.hebrew import stem
from sources.search.query import stemmed
from sources.text import folded_words

LONGEST = 20_000
"""Code points of one text that are looked through."""

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Piece:
    """Some of a line's words as they are displayed; marked if they were asked for."""

    words: str
    is_marked: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is marked: whole words, and the beginnings of words, all folded."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, clauses):
        """What a search by these clauses may have found."""
        alternatives = [each for clause in clauses for each in clause]
        return cls(
            frozenset(word for each in alternatives for word in each.words),
            tuple(each.words[-1] for each in alternatives if each.is_prefix),
        )

    def held_in(self, words):
        """How many of these distinct folded words are of them."""
        if self.beginnings:
            return sum(map(self.holds, words))
        return len(self.words & words)

    def holds(self, word):
        """Whether a folded word is one of them."""
        return word in self.words or word.startswith(self.beginnings)


def best_line(texts, wanted):
    """The line that holds most of what is wanted: (text, line, spans), or None.

    The first line of the first text wins where several hold as much.
    """
    best, most = None, 0
    for text in texts:
        for line in text.lines():
            if line.start >= LONGEST:
                break
            held = wanted.held_in(_words_of(line.words[:LONGEST]))
            if held > most:
                best, most = (text, line), held
    return best and (*best, [span for _, *span in _found(best[1].words, wanted)])


def cut(words, spans):
    """The words in Pieces, marked where the spans stand."""
    pieces, end = [], 0
    for start, stop in spans:
        if words[end:start].isspace() and pieces:
            pieces[-1] = Piece(pieces[-1].words + words[end:stop], is_marked=True)
        else:
            pieces += [Piece(words[end:start]), Piece(words[start:stop], True)]
        end = stop
    pieces.append(Piece(words[end:]))
    return tuple(piece for piece in pieces if piece.words)


def marked(words, wanted):
    """The words in Pieces, marked wherever something wanted stands."""
    return cut(words, [span for _, *span in _found(words, wanted)])


def _found(words, wanted):
    """(stem, start, end) of each word that is wanted, points of its end included."""
    found = []
    for token in _TOKEN.finditer(words[:LONGEST]):
        # Most words are not wanted, and need not be looked at letter by letter.
        if wanted.held_in(_words_of(token[0])):
            begin = token.start()
            for own, start, end in _spans(token[0]):
                if wanted.holds(own):
                    span = (begin + start, _after_marks(words, begin + end))
                    found.append((own, *span))
    return found


def _spans(token):
    """(stem, start, end) of each word in what stands between two spaces."""
    if token.isalnum() and len(words := _words_of(token)) == 1:
        return [(*words, 0, len(token))]
    return [(stem(word), start, end) for word, start, end in folded_words(token)]


def _words_of(words):
    """The distinct words as documents hold them."""
    return set(stemmed(words).split())


def _after_marks(words, end):
    while end < len(words) and unicodedata.category(words[end]) in {"Mn", "Me"}:
        end += 1
    return end
