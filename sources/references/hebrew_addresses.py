"""Addresses in Hebrew letters: ס׳, ד׳-ט׳ and י״ז ע״ב and יז: in running text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .extents import LABELS, LONGEST_LIST, Extent, Lead
from .hebrew import thousands, value
from .tokens import Tokens

_STOP_WORDS = (
    "לא לו לה לב יד עד שמ מה רב כה נא פה צד זה הא חי די אז יא אח אד גד בי כד מד נד "
    "סד קב קצ תמ שר שה רע רד קל דק אב גב גג דג זז לד מא נח נט צו קנ קר שד שע תא תו "
    "ד ה ו ב ל מ ש כ א"
)
_STOPS = frozenset(_STOP_WORDS.split())
_SIDES = frozenset({"עא", "עב"})
_GLUED = "פהחסמד"


class _Item(NamedTuple):
    """One item of a list: the token after it, and how plainly it is an address."""

    end: int
    strong: bool
    stop: int = 0
    line: str = ""


def extents(tokens: Tokens, lead: Lead, levels: int) -> Iterator[Extent]:
    """Each item of a list ends one more address. No levels: folios."""
    at, strong = lead.at, False
    is_sure = lead.is_labelled or lead.depth > 0
    for count in range(LONGEST_LIST):
        item = _item(tokens, at, levels, is_sure)
        if item is None:
            return
        strong = strong or item.strong
        if count and not strong:
            return
        if not (strong or is_sure or _is_end(tokens, item.end)):
            return
        line = "" if count else item.line
        yield Extent(lead.at, item.end, line, strong, item.stop)
        at = item.end + 1
        if tokens.key(item.end) not in (",", ";") or tokens.breaks(item.end):
            return


def _item(tokens: Tokens, at: int, levels: int, is_sure: bool) -> _Item | None:
    found = _folio(tokens, at) if not levels else _chapter(tokens, at, levels, is_sure)
    if found is None or tokens.key(found.end) != "-":
        return found
    after = found.end + 1
    is_side = not levels and tokens.key(after) in _SIDES and tokens.is_marked(after)
    if is_side and not (tokens.key(after + 1) in _SIDES or _has_dot(tokens, after)):
        return _Item(after + 1, True)
    last = (
        _folio(tokens, after)
        if not levels
        else _chapter(tokens, after, min(levels, 2), is_sure)
    )
    if last is None:
        return found
    return _Item(last.end, found.strong or last.strong, last.stop)


def _folio(tokens: Tokens, at: int) -> _Item | None:
    """A daf, with or without its side: a dot is the first, a colon the second."""
    at = _past_labels(tokens, at)
    if not _is_numeral(tokens, at):
        return None
    after = at + 1
    if _has_dot(tokens, at):
        return _Item(after + 1, True, tokens.end(after))
    side = after + 1 if tokens.key(after) == "," else after
    if tokens.key(side) in _SIDES and tokens.is_marked(side):
        return _Item(side + 1, True)
    if tokens.key(side) == "עמוד" and tokens.key(side + 1) in ("א", "ב"):
        return _Item(side + 2, True)
    letter = tokens.key(after + 1)
    if tokens.key(after) == "," and letter in ("א", "ב") and _is_end(tokens, after + 2):
        number = value(tokens.keys[at])
        line = f"{number}{'ab'[letter == 'ב']}" if number else ""
        return _Item(after + 2, True, 0, line)
    if tokens.key(after) in ("א", "ב") and _is_end(tokens, after + 1):
        return _Item(after + 1, not _is_stop(tokens, at))
    return _Item(after, tokens.is_marked(at))


def _has_dot(tokens: Tokens, at: int) -> bool:
    """Whether a dot or colon hangs on a numeral and nothing hangs on it."""
    if tokens.is_spaced(at) or tokens.key(at + 1) not in (".", ":"):
        return False
    return tokens.is_spaced(at + 1) or not tokens.key(at + 2).isalnum()


def _chapter(tokens: Tokens, at: int, levels: int, is_sure: bool) -> _Item | None:
    """A chapter, and what follows it within it."""
    first = _past_labels(tokens, at)
    if not _is_numeral(tokens, first):
        return None
    strong = tokens.is_marked(first) or first > at
    is_stop, is_marked = _is_stop(tokens, first), tokens.is_marked(first)
    after = first + 1
    for _ in range(levels - 1):
        word = _next_level(tokens, after, is_marked, is_sure)
        if not word:
            break
        strong = strong or not (is_stop and _is_stop(tokens, word))
        after = word + 1
    return _Item(after, strong)


def _next_level(tokens: Tokens, at: int, is_marked: bool, is_sure: bool) -> int:
    """The token of the next level's numeral, or 0."""
    has_sign = tokens.key(at) in (",", ":") and bool(tokens.key(at))
    word = _past_labels(tokens, at + 1 if has_sign else at)
    is_labelled = word > at + has_sign
    if not _is_numeral(tokens, word) or tokens.breaks(word - 1):
        return 0
    if is_labelled or is_sure or tokens.is_marked(word):
        return word
    if is_marked and not has_sign:
        return 0
    if has_sign and len(tokens.keys[word]) == 1:
        return word
    if _is_stop(tokens, word):
        return word if _is_end(tokens, word + 1) else 0
    return word


def _past_labels(tokens: Tokens, at: int) -> int:
    while tokens.is_hebrew(at) and (tokens.keys[at] in LABELS or _is_part(tokens, at)):
        if not tokens.is_hebrew(at + 1):
            break
        at += 1
    tokens.reached(at)
    return at


def _is_part(tokens: Tokens, at: int) -> bool:
    return tokens.keys[at] == "חלק"


def _is_numeral(tokens: Tokens, at: int) -> bool:
    """Whether a word is a Hebrew numeral, alone or with a label's letter (פי״א)."""
    key = tokens.key(at)
    if not tokens.is_hebrew(at):
        return False
    if value(key) is not None:
        return True
    if not tokens.is_marked(at):
        return False
    if key[0] in _GLUED and value(key[1:]) is not None:
        return True
    return thousands(_marks(tokens.raws[at])) is not None


def _marks(raw: str) -> str:
    """A raw word with every kind of mark made one."""
    return "".join(c if c.isalpha() else '"' for c in raw.strip())


def _is_stop(tokens: Tokens, at: int) -> bool:
    return tokens.key(at) in _STOPS and not tokens.is_marked(at)


def _is_end(tokens: Tokens, at: int) -> bool:
    """Whether no Hebrew word goes on here."""
    return at >= tokens.count or not tokens.is_hebrew(at)
