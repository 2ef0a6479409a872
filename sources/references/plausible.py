"""Whether words that could be a title and an address are meant as a citation."""

from __future__ import annotations

import re

from .addresses import Address
from .names import Name
from .tokens import Tokens

_CUE_WORDS = (
    "see cf maseches masechet masseches masechta tractate sefer gemara talmud bavli "
    "parshas ( ["
)
_CUES = frozenset(_CUE_WORDS.split())
_OTHER_TALMUD_WORDS = (
    "yerushalmi jerushalmi tosefta tosephta mishnah mishna mishnayos mishnayot "
    "ירושלמי תוספתא משנה במשנה בירושלמי בתוספתא"
)
_OTHER_TALMUDS = frozenset(_OTHER_TALMUD_WORDS.split())
_NEVER_BARE = frozenset({"ex", "no", "am", "men", "mic"})
_HILCHOS = frozenset({"hilchos", "הלכות", "laws", "בהלכות"})
_ORDINARY_HEBREW = frozenset(
    {"שבת", "ביצה", "סוכה", "יומא", "תמיד", "נזיר", "נדה", "שקלימ", "מכות", "ברכות"}
)
_INITIALS = frozenset({"y", "p", "t"})
_CLOCK = re.compile(r"(?:1?[0-9]|2[0-3]):[0-5][0-9]\Z")
_LOOK_BEHIND = 200


def is_meant(tokens: Tokens, at: int, name: Name, address: Address) -> bool:
    """Whether a name with this address is a citation and no accident."""
    is_bare = not address.strong and not address.is_bracketed
    is_latin = not tokens.is_hebrew(at)
    if name.key in _ORDINARY_HEBREW and tokens.is_hebrew(address.end):
        is_alone = address.line.rstrip("'׳’").isalnum() and not address.is_labelled
        if is_alone and not address.is_bracketed:
            return False
    if address.is_far and not name.is_short and is_bare:
        return False
    if is_latin and not tokens.is_capital(at) and (is_bare or name.is_short):
        return False
    if is_latin and name.is_ordinary and not tokens.is_capital(at):
        return False
    if is_bare and is_latin and name.is_short and not _is_apart(tokens, at, address):
        return False
    raw = tokens.raws[at].rstrip()
    is_initials = len(raw) > 2 and raw.isupper()
    if is_bare and name.is_ordinary and is_latin and not is_initials:
        return before(tokens, at) in _CUES or (
            name.is_short and address.is_far and name.key not in _NEVER_BARE
        )
    return True


def _is_apart(tokens: Tokens, at: int, address: Address) -> bool:
    """Whether an abbreviation is no part of a name, as in "USB Gen 2"."""
    word = tokens.key(at - 1)
    is_name = word.isalpha() and tokens.is_capital(at - 1) and word not in _CUES
    return address.is_far or not is_name


def may_be_work(tokens: Tokens, at: int, scheme: str) -> bool:
    """Whether the word before allows a work of this scheme: no Tosefta, no Hilchos."""
    word = before(tokens, at)
    if word in _INITIALS and tokens.key(at - 1) == ".":
        return scheme not in ("daf", "verse")
    if word in _OTHER_TALMUDS:
        return scheme != "daf"
    return word not in _HILCHOS or scheme == "section"


def before(tokens: Tokens, at: int) -> str:
    """The key of the last word or bracket before a token."""
    word = tokens.key(at - 1)
    return tokens.key(at - 2) if word in (".", ",", '"', "“") else word


def is_clock(name: Name, address: Address) -> bool:
    """Whether a person's name and a time of the day stand here."""
    return name.is_ordinary and _CLOCK.match(address.line) is not None


def is_code(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether a name is part of a web address, a path or a line of code."""
    start, text = tokens.starts[at], tokens.text
    last = text[start - 1 : start]
    if text[stop : stop + 1] in ("@", "_") and text[stop : stop + 1]:
        return True
    if not last or last.isspace():
        return False
    if last in "_@=#`\\<":
        return True
    chunk = text[max(0, start - _LOOK_BEHIND) : start].split()[-1]
    return "://" in chunk or chunk.startswith(("www.", "/", "~/")) or "@" in chunk
