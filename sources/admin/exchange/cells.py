"""One cell: what a spreadsheet would run is kept from running, and back again."""

import re

# A spreadsheet takes what begins so for a formula, in full width too.
_SIGNS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = re.compile(f"[{_SIGNS}]")
_QUOTED = re.compile(f"'+[{_SIGNS}]")
_TO_QUOTE = re.compile(f"'*[{_SIGNS}]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def safe(value):
    """The value as a cell may hold it: text that begins as a formula gets a quote."""
    if isinstance(value, str) and _TO_QUOTE.match(value):
        return f"'{value}"
    return value


def plain(text):
    """The text that a cell stands for: the quote that `safe` set is taken off."""
    return text[1:] if _QUOTED.match(text) else text


def is_formula(text):
    """Whether a spreadsheet might run the text; a number is none, whatever its sign."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text.strip())
