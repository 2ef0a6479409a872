"""The words of the picture, in English and, for the mirrored drawing, in Hebrew.

All that is returned here is plain text; whoever draws it escapes it.
"""

from django.utils.translation import gettext, ngettext

NARROW_LETTERS = " .,:;'il"
SLIM_LETTERS = "jtfrI-"
WIDE_LETTERS = "mwMW…"
ISOLATE, POP_ISOLATE = "\u2067", "\u2069"


def isolated(text):
    """Hebrew that keeps its own order inside a drawing that runs left to right."""
    return f"{ISOLATE}{text}{POP_ISOLATE}"


def letter_width(letter):
    """A letter's share of the font size, roughly, in a book face."""
    if letter in NARROW_LETTERS:
        return 0.29
    if letter in SLIM_LETTERS:
        return 0.36
    if letter in WIDE_LETTERS:
        return 0.85
    return 0.68 if letter.isupper() else 0.54


def text_width(text, size, *, bold=False):
    """How wide a label is, roughly, in units of the drawing."""
    width = sum(map(letter_width, text)) * size
    return width * 1.09 if bold else width


def fitted(label, short, room, size, *, bold=False):
    """The label, or its short form, or as much of that as the room holds."""
    for text in (label, short or label):
        if text_width(text, size, bold=bold) <= room:
            return text
    while text and text_width(f"{text}…", size, bold=bold) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


class English:
    """What the drawing says to a reader of English."""

    language = "en"

    def label(self, mark):
        return mark.label

    def short(self, mark):
        return mark.short

    def shown(self, text):
        return text

    def band(self, band):
        return band.name

    def years(self, band):
        return band.years

    def column(self, column, *, narrow=False):
        return column.short_name if narrow else column.name

    def sources(self, count):
        return ngettext("%d source", "%d sources", count) % count

    def bearing(self, count):
        words = ngettext("%d source bears on it", "%d sources bear on it", count)
        return words % count

    def background(self, count):
        words = ngettext(
            "and %d that gives background", "and %d that give background", count
        )
        return words % count

    def more(self, count):
        return gettext("+%d more") % count

    def basis(self, mark):
        return {
            "explicit": gettext("says so outright"),
            "implied": gettext("implies it"),
            "inferred": gettext("is read so by others"),
        }[mark.basis]

    def direction(self, mark):
        return {
            "supports": gettext("supports it"),
            "disputes": gettext("weighs against it"),
            "qualifies": gettext("qualifies it"),
        }[mark.direction]


class Hebrew(English):
    """What the mirrored drawing says: Hebrew labels, falling back on English."""

    language = "he"

    def label(self, mark):
        return mark.label_he or mark.label

    def short(self, mark):
        return mark.short_he or mark.label_he or mark.short

    def shown(self, text):
        return isolated(text)

    def band(self, band):
        return band.name_he or band.name

    def years(self, band):
        return ""

    def column(self, column, *, narrow=False):
        return column.name_he or column.name

    def sources(self, count):
        return "מקור אחד" if count == 1 else f"{count} מקורות"

    def bearing(self, count):
        return self.sources(count)

    def background(self, count):
        return "ועוד אחד לרקע" if count == 1 else f"ועוד {count} לרקע"

    def more(self, count):
        return f"ועוד {count}"

    def basis(self, mark):
        return {
            "explicit": "אומר זאת בפירוש",
            "implied": "משתמע ממנו",
            "inferred": "נלמד ממנו",
        }[mark.basis]

    def direction(self, mark):
        return {"supports": "תומך", "disputes": "חולק", "qualifies": "מסייג"}[
            mark.direction
        ]


def name_of(words, mark, shown, column):
    """What a mark's link is called; it begins with the words that are seen.

    `shown` is the label as drawn, perhaps shortened; `column` the position's name.
    """
    whole = words.label(mark)
    reference = shown if shown == whole else f"{shown} ({whole})"
    return (
        f"{reference}: {words.basis(mark)}; {words.direction(mark)} ({column.lower()})"
    )
