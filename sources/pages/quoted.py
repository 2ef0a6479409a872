"""A bearing with the words that it rests on, in both languages, as lists show it."""

from dataclasses import dataclass

from sources.models import Bearing, Text


@dataclass(frozen=True)
class Quoted:
    """A bearing, the words it rests on, and their translation where we have one."""

    bearing: Bearing
    words: str
    language: str
    translation: str


def quoted(bearing):
    """The bearing with its exact words; the source's text where it names none.

    A translation stands beside words only if it is of these words and no others.
    Asks no query if `source__texts` is prefetched.
    """
    texts = list(bearing.source.texts.all())
    originals = [text for text in texts if text.role == Text.Role.ORIGINAL]
    original = next(
        (text for text in originals if bearing.words in text.words),
        originals[0] if originals else None,
    )
    words = bearing.words or (original.words if original else "")
    translated = [text.words for text in texts if text.role == Text.Role.TRANSLATION]
    is_whole = original is None or words == original.words
    return Quoted(
        bearing,
        words,
        original.language if original else Text.Language.HEBREW,
        translated[0] if translated and is_whole else "",
    )
