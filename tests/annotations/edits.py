"""Long pointed Hebrew, edited, with each letter followed through the edit.

The words are filler, pointed by chance: they mean nothing. A text is a list of words,
and a word a list of signs (what is written, which letter it was or None). So it is
known, and not guessed, where each letter of the old text stands in the new one.
"""

import random
import re
import unicodedata
from dataclasses import dataclass
from itertools import count

from sources.filler import Filler

VOWELS = "\u05b0\u05b1\u05b2\u05b3\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bb"
ACCENTS = "\u0591\u0594\u0596\u0597\u0599\u05a1\u05a3\u05a4\u05a5\u05a8"
DAGESH, MAQAF = "\u05bc", "\u05be"
MARKS = re.compile("[\u0591-\u05bc]")
CANTILLATION = re.compile("[\u0591-\u05af]")


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter with its marks, and its number in the old text (None: it is new)."""

    written: str
    number: int | None


class Hand:
    """Writes pointed filler and edits it, always alike for one seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.filler = Filler(self.chance)

    def pointed(self, letter):
        """A letter with marks as an edition has them, not in the order of NFC."""
        marks = self.chance.choice(VOWELS)
        if self.chance.random() < 0.25:
            marks = f"{marks}{DAGESH}"
        if self.chance.random() < 0.2:
            marks = f"{marks}{self.chance.choice(ACCENTS)}"
        return letter + marks

    def new_word(self):
        word = self.filler.words(1, "he")
        return [Sign(self.pointed(letter), None) for letter in word]

    def other_word(self, letters):
        """A new word that does not begin as another does."""
        while True:
            word = self.new_word()
            if word[0].written[0] != letters[0]:
                return word

    def edited(self, word):
        """A word after an edit: a letter more, less or another, or another word."""
        at = self.chance.randrange(len(word))
        letter = Sign(self.pointed(self.chance.choice("אבגדהוזחטילמנסעפקרשת")), None)
        kind = self.chance.choice(["more", "less", "other", "new"])
        if kind == "more":
            return [*word[:at], letter, *word[at:]]
        if kind == "less" and len(word) > 1:
            return [*word[:at], *word[at + 1 :]]
        if kind == "other":
            return [*word[:at], letter, *word[at + 1 :]]
        return self.other_word("".join(sign.written[0] for sign in word))

    def some_edited(self, words, share):
        """The words, so many of a hundred of them edited."""
        return [self.edited(w) if self.chance.random() < share else w for w in words]

    def text(self, code_points):
        """Words of pointed filler, numbered, of about so many code points."""
        numbers = count()
        words, size = [], 0
        while size < code_points:
            word = [Sign(sign.written, next(numbers)) for sign in self.new_word()]
            size += 1 + sum(len(sign.written) for sign in word)
            words.append(word)
        return words

    def inserted(self, words):
        at = self.chance.randrange(len(words))
        return [*words[:at], *(self.new_word() for _ in range(40)), *words[at:]]

    def moved(self, words):
        """A fifth of the text in another place."""
        size = len(words) // 5
        start = self.chance.randrange(len(words) - size)
        rest = words[:start] + words[start + size :]
        to = self.chance.randrange(len(rest))
        return rest[:to] + words[start : start + size] + rest[to:]

    def kinds(self):
        """Eight kinds of edits: what is done to words, and to what is written."""

        def stripped(marks):
            return lambda text: marks.sub("", text)

        def nfc(text):
            return unicodedata.normalize("NFC", text)

        def few(words):
            return self.some_edited(words, 0.01)

        def as_is(given):
            return given

        return {
            "1 % edited": (few, as_is),
            "10 % edited": (lambda words: self.some_edited(words, 0.1), as_is),
            "insertion": (lambda words: few(self.inserted(words)), as_is),
            "cantillation stripped": (as_is, stripped(CANTILLATION)),
            "points stripped": (as_is, stripped(MARKS)),
            "NFC": (as_is, nfc),
            "moved": (lambda words: few(self.moved(words)), as_is),
            "both": (
                lambda words: self.some_edited(self.moved(words), 0.05),
                stripped(CANTILLATION),
            ),
        }


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and between which code points each numbered letter stands in it."""

    text: str
    places: dict

    @classmethod
    def of(cls, words, dressed=str):
        """Words as a text: LF after every twelfth, maqaf after some, else a space."""
        parts, places, at = [], {}, 0
        for number, word in enumerate(words):
            for sign in word:
                written = dressed(sign.written)
                if sign.number is not None:
                    places[sign.number] = (at, at + len(written))
                parts.append(written)
                at += len(written)
            parts.append(between(number))
            at += 1
        return cls("".join(parts), places)

    def span(self, numbers):
        """From the first to the last of these letters; None if none of them is here."""
        places = [self.places[number] for number in numbers if number in self.places]
        return (min(places)[0], max(places)[1]) if places else None

    def holds(self, place, numbers):
        """True if one of these letters stands within a place."""
        start, end = place
        places = (self.places[number] for number in numbers if number in self.places)
        return any(start <= first and past <= end for first, past in places)


def between(number):
    """What follows a word."""
    if number % 12 == 11:
        return "\n"
    return MAQAF if number % 7 == 3 else " "
