"""Hebrew numerals: writing them with geresh and gershayim, and reading them."""

GERESH = "\u05f3"
GERSHAYIM = "\u05f4"

_LETTERS = (
    *((400, "ת"), (300, "ש"), (200, "ר"), (100, "ק")),
    *((90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ")),
    *((40, "מ"), (30, "ל"), (20, "כ"), (10, "י")),
    *((9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה")),
    *((4, "ד"), (3, "ג"), (2, "ב"), (1, "א")),
)
_FINALS = str.maketrans("ךםןףץ", "כמנפצ")


def fold_finals(text: str) -> str:
    """The text with final letters written as ordinary ones."""
    return text.translate(_FINALS)


def letters(number: int) -> str:
    """The bare letters of 1 to 999: 15 and 16 avoid the Name."""
    written = ""
    for value, letter in _LETTERS:
        while number >= value:
            if number in (15, 16):
                return written + "ט" + ("ו" if number == 15 else "ז")
            written += letter
            number -= value
    return written


def numeral(number: int) -> str:
    """The number as it is printed: ד׳, י״ז, ת״ק; from 1000 on with its thousands."""
    thousands, rest = divmod(number, 1000)
    head = letters(thousands) + GERESH if thousands else ""
    if not rest:
        return head
    written = letters(rest)
    if len(written) == 1:
        return head + written + GERESH
    return head + written[:-1] + GERSHAYIM + written[-1]


_VALUES = {letters(number): number for number in range(1, 1000)}


def value(written: str) -> int | None:
    """The number that bare letters write, or None; only the usual order counts.

    That פיא is no numeral (91 is צא) is what lets a reader see פ״י״א as
    "chapter 11".
    """
    return _VALUES.get(written) or _VALUES.get(fold_finals(written))


def thousands(token: str) -> int | None:
    """The number of a token such as א"פ"ה (1085), its marks all being quotes.

    None for anything else, and from 3000 on, where ה"י"א is "halachah 11".
    """
    head, mark, tail = token.partition('"')
    rest = value(tail.replace('"', ""))
    if head not in ("א", "ב") or not mark or rest is None or '"' not in tail:
        return None
    return _VALUES[head] * 1000 + rest
