"""The words of a source as its page shows them: lines in pairs, words marked."""

from dataclasses import dataclass

from sources.models import Text
from sources.text import find_words, without_points


@dataclass(frozen=True)
class Piece:
    """Some words of a line, and the sign under which they are marked, if any."""

    words: str
    sign: str = ""
    is_marked: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the original beside the same line of the translation."""

    number: int
    original: tuple[Piece, ...] = ()
    translation: str = ""


@dataclass(frozen=True)
class Passage:
    """A source's original and its translation, as one reader wants to see them."""

    original: Text | None
    translation: Text | None
    rows: tuple[Row, ...]

    @property
    def is_single(self):
        """Whether one language stands alone."""
        return self.original is None or self.translation is None

    @property
    def is_excerpt(self):
        shown = self.original or self.translation
        return shown is not None and shown.is_excerpt


def passage_of(texts, bearings, reading):
    """The passage that the reader's settings ask for.

    Where the wanted language has no text, the other stands in for it.
    """
    original = first_of(texts, Text.Role.ORIGINAL)
    translation = first_of(texts, Text.Role.TRANSLATION)
    if reading.text == "he" and original:
        translation = None
    elif reading.text == "en" and translation:
        original = None
    marked = marked_lines(original, bearings, bare=reading.vowels == "none")
    translated = [line.words for line in translation.lines()] if translation else []
    rows = [
        Row(
            number=at + 1,
            original=marked[at] if at < len(marked) else (),
            translation=translated[at] if at < len(translated) else "",
        )
        for at in range(max(len(marked), len(translated)))
    ]
    return Passage(original, translation, tuple(rows))


def first_of(texts, role):
    return next((text for text in texts if text.role == role), None)


def marked_lines(text, bearings, *, bare):
    """The lines of a text, each in pieces; `bare` leaves the points away."""
    if text is None:
        return []
    spans = decisive_spans(text.words, bearings)
    return [
        tuple(
            Piece(without_points(piece.words), piece.sign, piece.is_marked)
            if bare
            else piece
            for piece in pieces_of(line, spans)
        )
        for line in text.lines()
    ]


def decisive_spans(words, bearings):
    """(start, end, sign) of the words that bearings rest on, none overlapping."""
    spans = []
    for bearing in bearings:
        span = find_words(words, bearing.words) if bearing.words else None
        if span and all(span[1] <= one[0] or span[0] >= one[1] for one in spans):
            sign = bearing.position.sign if bearing.position else ""
            spans.append((*span, sign))
    return sorted(spans)


def pieces_of(line, spans):
    """A line cut where marked words begin and end."""
    at = line.start
    for start, end, sign in spans:
        start, end = max(start, at), min(end, line.end)
        if start >= end:
            continue
        if start > at:
            yield piece_of(line, at, start)
        yield piece_of(line, start, end, sign=sign, is_marked=True)
        at = end
    if at < line.end:
        yield piece_of(line, at, line.end)


def piece_of(line, start, end, **marks):
    return Piece(line.words[start - line.start : end - line.start], **marks)
