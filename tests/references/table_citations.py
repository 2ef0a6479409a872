"""All the hand-written rows of citations, by scheme and language.

Each row: the text, the places in it as "work-slug/address", and the printed habit.
"""

from . import table_context, table_folios, table_numbers, table_verses

BY_SCHEME = {
    ("verse", "en"): table_verses.ENGLISH,
    ("verse", "he"): table_verses.HEBREW,
    ("daf", "en"): table_folios.ENGLISH,
    ("daf", "he"): table_folios.HEBREW,
    ("zohar", "en"): table_folios.ZOHAR_ENGLISH,
    ("zohar", "he"): table_folios.ZOHAR_HEBREW,
    ("section", "en"): table_numbers.SECTION_ENGLISH,
    ("section", "he"): table_numbers.SECTION_HEBREW,
    ("chapter", "en"): table_numbers.CHAPTER_ENGLISH,
    ("chapter", "he"): table_numbers.CHAPTER_HEBREW,
    ("named", "en"): table_numbers.NAMED_ENGLISH,
    ("named", "he"): table_numbers.NAMED_HEBREW,
    ("whole", "en"): table_numbers.WHOLE_ENGLISH,
    ("whole", "he"): table_numbers.WHOLE_HEBREW,
}
LEANING = [
    *table_context.ENGLISH,
    *table_context.HEBREW,
    *table_context.COLLISIONS,
]
ALL = [row for rows in BY_SCHEME.values() for row in rows] + LEANING
