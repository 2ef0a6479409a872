"""Hebrew words as search compares them: without the letters written before them.

ו, ה, ב, כ, ל, מ and ש are written to the word that they stand before. Texts and
queries are both cut to the word itself, so "גאולה", "הגאולה" and "ושבגאולה" are one.
Each cut looks at nothing but the word that is left: two words that meet at one cut
are cut alike from there on, and so a word and the same word with a letter before it
always come to one.
"""

from functools import lru_cache

PREFIXES = frozenset("ובכלמהש")

# Words of two letters that others are cut to; of three letters and more every one is.
_SHORT = frozenset(("קצ", "בנ", "עמ", "הר", "ימ", "יד"))

# Words that begin with such a letter of their own, and whose rest is, or may pass
# for, another word. Folded, as all words here.
_WORDS = """
משיח משיחא משיחימ משיחי מקדש מקדשי מלכות מלכותא מלכותו מלכימ מלכה מלוכה ממלכה
ממלכת ממשלה מגילה מגילת מצוה מצות מצוות מעשר מעשרות מעשה מעשי מלאכ מלאכי מלאכימ
מדבר מזרח מערב מנחה מנחות מנחת מועד מועדימ משנה משניות מכות מצרימ מדרש מאמר
מאמרי מלחמה מלחמות מלחמת מיכה מלבימ מהרשא משלי משפט משפטימ משפחה משפחת משפחות
מקומ מנורה מזבח מטות מסעי משכנ מהרה מצודה מצודות מצודת מעמד מנהג מתוק מזמור
מספר מגדל מדינה מדרגה מדרגות מחנה מקרא מראה מרימ מתנה מוסר מקוה מימ מיד
מנוחה ממזר ממזרימ מעשימ מעילה מציעא מגולה
שמימ שמות שמו שמונה שמואל שמאל שמחה שמיעה שמירה שמיני שמעונ שמשונ שמש שלמה שלומ
שלוש שלושה שלישי שכינה שכחת שופר שופטימ שחרית שבועה שבועות שבוע שביעי שיבת
שבטימ שולחנ שניה שני שנימ שנית שנה שניהמ שעיר שערי שערימ שאול שבעה שירה שקלימ שרימ
הלכה הלכות הושע הוריות הודו הגדה הללויה הדסה המונ הוא היא היה היו היתה
בראשית ברכה ברכות ברכת ברוכ ברית בריאה בשורה בהמה בכור בכורות בתולה בנינ בניינ
ביאה ביאת בית ביתי בבל ברטנורא בונה ביאור בעלי בלעמ
כבוד כוכבימ כוזרי כהנ כהנימ כנסת כנסתימ כפרה כתוב כתובות כתובימ כריתות כנענ כולמ
כולנ לולב לבוש לבנונ לויימ לימוד ואת ולא ועל
"""
_WHOLE = frozenset(_WORDS.split())


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A folded word without the letters written before it; other words as they are."""
    while word[:1] in PREFIXES and word not in _WHOLE and _is_word(word[1:]):
        word = word[1:]
    return word


def _is_word(rest: str) -> bool:
    """Whether what is left may stand alone; figures and Latin letters are no word."""
    return "א" <= rest[:1] <= "ת" and (len(rest) > 2 or rest in _SHORT)
