"""Words that mean nothing: what fills a generated library.

They are names of everyday things, so that nobody takes them for words of Torah.
"""

from itertools import accumulate

_ENGLISH = (
    "sample filler paper table window pencil chair corner yellow basket lamp kettle "
    "carpet ladder button drawer blanket hammer bottle ticket garden wheel string "
    "pocket mirror shelf spoon fence gravel velvet copper engine barrel saddle ribbon "
    "parcel puddle marble whistle candle"
)
_HEBREW = (
    "דוגמה מילוי נייר שולחן חלון עיפרון כיסא פינה צהוב סלסלה מנורה קומקום "
    "שטיח סולם כפתור מגירה שמיכה פטיש בקבוק כרטיס גינה גלגל חוט "
    "כיס מראה מדף כף גדר חצץ קטיפה נחושת מנוע חבית אוכף סרט "
    "חבילה שלולית גולה משרוקית נר"
)


def _joined(words):
    """The words, then each two of them as one: what is middling, and what is rare."""
    return [*words, *(f"{one}{other}" for one in words for other in words)]


_WORDS = {"en": _joined(_ENGLISH.split()), "he": _joined(_HEBREW.split())}


def _zipf(words):
    """Cumulative weights: the second word half as often as the first, and so on."""
    return list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


_WEIGHTS = {language: _zipf(words) for language, words in _WORDS.items()}


class Filler:
    """Filler drawn from one `random.Random`: the same seed gives the same words."""

    def __init__(self, chance):
        self.chance = chance

    def words(self, count, language="en"):
        """So many words of "en" or "he", the first of the list most often."""
        cumulative = _WEIGHTS[language]
        drawn = self.chance.choices(_WORDS[language], cum_weights=cumulative, k=count)
        return " ".join(drawn)

    def sentence(self, fewest, most):
        """An English sentence of so many words."""
        words = self.words(self.chance.randint(fewest, most))
        return f"{words[0].upper()}{words[1:]}."

    def lines(self, count, language):
        """So many lines of words, divided by LF."""
        lengths = [self.chance.randint(6, 18) for _ in range(count)]
        return "\n".join(self.words(length, language) for length in lengths)
