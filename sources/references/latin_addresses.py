"""Addresses in figures: 60:4-9, 21-22 and 17b-18a, as running text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .extents import LABELS, LONGEST_LIST, Extent, Lead
from .tokens import Tokens

_GLUE = frozenset("/%_@=$#*^~\\")
_UNIT_WORDS = (
    "am pm oclock hours hour minutes minute min years year days day months weeks "
    "people men women times dollars percent euros shekels miles feet km kg pages "
    "copies rabbis students verses chapters st nd rd th january february march "
    "april may june july august september october november december jan feb mar apr "
    "jun jul aug sept sep oct nov dec"
)
_UNITS = frozenset(_UNIT_WORDS.split())
_SIDES = {"a": "a", "b": "b", "alef": "a", "aleph": "a", "beis": "b", "bet": "b"}
_SIDES |= {"1": "a", "2": "b"}
Place = tuple[str, int]
_SIMPLE = re.compile(
    r"([0-9]{1,4})(?:([ab])|:([0-9]{1,4}))?(?=\s\w|[.)\]]?\Z|[,;]\s[^\W\d])"
)
_LONGEST_NUMBER = 4
_WORDED = frozenset({"amud", "side", "f", "ff"})


def extents(tokens: Tokens, lead: Lead, levels: int) -> Iterator[Extent]:
    """Each item of a comma list ends one more address. No levels: folios."""
    line, strong, at = "", False, lead.at
    simple = _simple(tokens, at, levels)
    if simple is not None:
        yield simple
        return
    for _ in range(LONGEST_LIST):
        tokens.reached(at)
        span = _span(tokens, at, levels)
        if span is None or not _may_follow(tokens, span, line, strong):
            return
        before, line = line, line + ("," if line else "") + span[0]
        strong = strong or not span[0].isdecimal()
        is_verse = levels > 1 and before.isdecimal() and ":" not in span[0]
        is_near = is_verse and not tokens.is_spaced(at - 1)
        if not (is_verse and _falls(before, span[0])) or is_near:
            yield Extent(lead.at, span[1], line, strong)
        if is_near or (is_verse and _falls(before, span[0])):
            line = f"{before}:{span[0]}"
            strong = True
            yield Extent(lead.at, span[1], line, strong)
        at = span[1] + 1
        if tokens.key(span[1]) not in (",", ";") or tokens.breaks(span[1]):
            return


def _simple(tokens: Tokens, at: int, levels: int) -> Extent | None:
    """The one place that stands alone before a word or the end: the usual case."""
    start = tokens.starts[at]
    match = _SIMPLE.match(tokens.text, start)
    if match is None or match[1][0] == "0" or bool(match[2]) and levels:
        return None
    if match[3] and levels < 2:
        return None
    end = at + (3 if match[3] else 2 if match[2] else 1)
    key = tokens.key(end)
    if key in (",", ";"):
        key = tokens.key(end + 1)
    if key in _UNITS or key in LABELS or key in _SIDES or key in _WORDED:
        return None
    strong = match.end() > match.end(1)
    return Extent(at, end, match[0], strong)


def _falls(chapter: str, verse: str) -> bool:
    """Whether "147, 2" runs down, and so is a chapter and its verse."""
    return int(verse.split("-")[0][:5]) <= int(chapter[:5])


def _may_follow(tokens: Tokens, span: Place, before: str, strong: bool) -> bool:
    """Whether a span is one of a list, and not the first word of something else."""
    written, end = span
    word = tokens.key(end)
    if word in _UNITS or (word in _SIDES and _is_clock(tokens, end)):
        return False
    if not before or not written.isdecimal():
        return True
    is_glued = not tokens.is_spaced(end - 2)
    if is_glued and len(written) == 3 and len(tokens.keys[end - 1]) == 3:
        return ":" in before
    if before[-1] in "ab":
        return not tokens.raws[end][:1].isalpha() if end < tokens.count else True
    # "…, 2 Samuel 7:3": a number before a capital belongs to the next title
    return not (word[:1].isalpha() and word.isascii() and tokens.is_capital(end))


def _is_clock(tokens: Tokens, at: int) -> bool:
    return tokens.key(at + 1) == "." and tokens.key(at + 2) == "m"


def _span(tokens: Tokens, at: int, levels: int) -> Place | None:
    first = _place(tokens, at, levels)
    if first is None or tokens.key(first[1]) != "-":
        return first
    dash = first[1]
    last = _place(tokens, dash + 1, levels)
    if last is None and not levels and not tokens.is_spaced(dash):
        side = tokens.key(dash + 1)
        if side in ("a", "b") and first[0][-1] in "ab":
            last = (side, dash + 2)
    if last is None:
        return first if tokens.is_spaced(dash) else None
    is_apart = tokens.is_spaced(dash) and last[0].isdecimal()
    if is_apart and tokens.key(last[1])[:1].isalpha():
        return first
    return f"{first[0]}-{last[0]}", last[1]


def _place(tokens: Tokens, at: int, levels: int) -> Place | None:
    """One place, as the schemes read it, and the token after it."""
    digits = tokens.key(at)
    if not digits[:1].isdecimal() or not digits.isascii() or digits[0] == "0":
        return None
    if len(digits) > _LONGEST_NUMBER:
        return None
    found = _folio(tokens, at) if not levels else _chapter(tokens, at, levels)
    return None if _is_glued(tokens, found, levels) else found


def _is_glued(tokens: Tokens, found: Place, levels: int) -> bool:
    """Whether letters or signs hang on a number, as in 17th and 12/5."""
    end = found[1]
    if tokens.is_spaced(end - 1):
        return False
    key = tokens.key(end)
    if key in ("f", "ff"):
        return False
    if key == "." and not tokens.is_spaced(end):
        return tokens.key(end + 1).isdecimal()
    if key == ":" and not tokens.is_spaced(end):
        follows = tokens.key(end + 1)
        return follows == "/" or (
            follows.isdecimal() and found[0].isdecimal() and not levels
        )
    return key[:1].isalpha() or key in _GLUE


def _folio(tokens: Tokens, at: int) -> Place:
    number, after = tokens.keys[at], at + 1
    if tokens.key(after) in ("a", "b") and not tokens.is_spaced(at):
        is_both = tokens.key(after + 1) == "/" and tokens.key(after + 2) == "b"
        if is_both and tokens.keys[after] == "a":
            return f"{number}a-b", after + 3
        return number + tokens.keys[after], after + 1
    word = after + 1 if tokens.key(after) == "," else after
    if tokens.key(word) in ("amud", "side") and tokens.key(word + 1) in _SIDES:
        return number + _SIDES[tokens.keys[word + 1]], word + 2
    return number, after


def _chapter(tokens: Tokens, at: int, levels: int) -> Place:
    written, after = tokens.keys[at], at + 1
    for _ in range(levels - 1):
        following = _next_level(tokens, after)
        if not following:
            break
        written += ":" + tokens.keys[following]
        after = following + 1
    return written, after


def _next_level(tokens: Tokens, at: int) -> int:
    """The token of the next level's number, or 0."""
    sign = tokens.key(at)
    if sign == ":" or (
        sign == "." and not tokens.is_spaced(at) and not tokens.is_spaced(at - 1)
    ):
        return at + 1 if tokens.key(at + 1)[:1].isdecimal() else 0
    word = at + 1 if sign == "," else at
    if tokens.key(word) not in LABELS or tokens.is_hebrew(word):
        return 0
    word += 2 if tokens.key(word + 1) == "." else 1
    return word if tokens.key(word)[:1].isdecimal() else 0
