"""Where an address ends in running text: the tokens that one work's scheme may read.

What a scheme reads is the schemes' own matter; here is only how far to read. Each
step moves forward by a token, and an address has a bounded number of parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from . import hebrew_addresses, latin_addresses
from .extents import LABELS, LONGEST_LIST, Extent, Lead
from .folding import JOINERS
from .portions import VOLUMES
from .portions import WORDS as PORTION_WORDS
from .schemes import SCHEMES
from .schemes.numbered import Numbered
from .tokens import Tokens
from .work import Work

_LONGEST_LEAD = 5
_LONGEST_NAME = 6
_LONGEST_PART = 12
_PORTION_SHORT = frozenset({"פ"})
Reader = Callable[[Tokens, Lead], Iterator[Extent]]
_VOLUME_WORDS = frozenset({"vol", "volume", "part", "chelek", "חלק"})
_VOLUMES = frozenset({"i", "ii", "iii", "1", "2", "3", "חא", "חב", "חג"})
_HEBREW_VOLUMES = frozenset("אבג")


class Address(NamedTuple):
    """One way to read on after a title: what to read, and where it ends.

    `line` is for `read_latin` if `is_figures`, else for the scheme's `read`.
    `strong`: nothing but an address looks so (two numbers, a side, a label).
    """

    line: str
    end: int
    stop: int
    is_figures: bool
    strong: bool
    is_labelled: bool
    is_bracketed: bool
    is_far: bool


def addresses(tokens: Tokens, at: int, work: Work, depth: int = 0) -> list[Address]:
    """What may be an address at a token, longest first.

    `depth` is how many brackets the title has left open.
    """
    lead = _lead(tokens, at, depth)
    if lead is None:
        return []
    if not (tokens.key(lead.at)[:1].isalnum() and lead.at < tokens.count):
        return []
    found = list(_extents(tokens, lead, work))
    return [_address(tokens, lead, extent) for extent in found[:-5:-1]]


def may_follow(tokens: Tokens, at: int) -> bool:
    """Whether figures or Hebrew letters follow, signs and labels aside."""
    lead = _lead(tokens, at, 0)
    if lead is None or lead.at >= tokens.count:
        return False
    return tokens.keys[lead.at][:1].isdecimal() or tokens.is_hebrew(lead.at)


def _lead(tokens: Tokens, at: int, depth: int) -> Lead | None:
    """What stands between a title and its address: signs, brackets, labels."""
    lead = Lead(at, depth=depth)
    if tokens.key(at)[:1].isdecimal():
        return lead
    while lead.at < min(at + _LONGEST_LEAD, tokens.count):
        key = tokens.keys[lead.at]
        if tokens.breaks(lead.at) and not key.isalnum():
            return None
        if key in "([" and key:
            lead = lead._replace(depth=lead.depth + 1)
        elif key == ")" and lead.depth:
            lead = lead._replace(depth=lead.depth - 1)
        elif key in LABELS:
            lead = lead._replace(is_labelled=True)
        elif key == "." and tokens.is_spaced(lead.at) and not lead.is_labelled:
            lead = lead._replace(is_far=True)
        elif key not in (".", ",", ":", "-") and key not in JOINERS:
            break
        lead = lead._replace(at=lead.at + 1)
    return lead


def _extents(tokens: Tokens, lead: Lead, work: Work) -> Iterator[Extent]:
    if work.scheme == "zohar":
        yield from _listed(tokens, lead, _zohar)
    elif work.scheme == "named":
        yield from _listed(tokens, lead, partial(_named, work.parts))
    elif work.scheme != "whole":
        yield from numbers(tokens, lead, work)


def numbers(tokens: Tokens, lead: Lead, work: Work) -> Iterator[Extent]:
    """Addresses of figures or Hebrew numerals, each item making one more."""
    scheme = SCHEMES[work.scheme]
    levels = scheme.levels(work.bounds) if isinstance(scheme, Numbered) else 0
    of_script = hebrew_addresses if tokens.is_hebrew(lead.at) else latin_addresses
    yield from of_script.extents(tokens, lead, levels)


def _listed(tokens: Tokens, lead: Lead, one: Reader) -> Iterator[Extent]:
    """Addresses that each name a volume or a part, in a list with commas."""
    at, start = lead.at, 0
    for _ in range(LONGEST_LIST):
        found = list(one(tokens, lead._replace(at=at)))
        start = start or (found[0].start if found else at)
        for extent in found:
            yield extent._replace(line="", start=start)
        if not found or tokens.key(found[-1].end) not in (",", ";"):
            return
        at = found[-1].end + 1
        lead = lead._replace(depth=max(lead.depth, found[-1].depth))


def _zohar(tokens: Tokens, lead: Lead) -> Iterator[Extent]:
    """A volume or a portion, and a folio."""
    at, is_labelled = _past(tokens, lead.at, _VOLUME_WORDS)
    if tokens.key(at) in _PORTION_SHORT:
        at += 1
    after = named(tokens, at, VOLUMES, _LONGEST_NAME)
    if not after and _is_volume(tokens, at, is_labelled):
        after = at + 1
    inner = _lead(tokens, after, lead.depth) if after else None
    if inner is None:
        return
    script = hebrew_addresses if tokens.is_hebrew(inner.at) else latin_addresses
    for extent in script.extents(tokens, inner, 0):
        yield extent._replace(start=at, depth=inner.depth)
        if tokens.key(extent.end) in (",", ";") and _opens(tokens, extent.end + 1):
            return


def _past(tokens: Tokens, at: int, words: frozenset[str]) -> tuple[int, bool]:
    """The token after portion words and these, and whether any of these stood."""
    first = at
    while tokens.key(at) in PORTION_WORDS or tokens.key(at) in words:
        at += 2 if tokens.key(at + 1) == "." else 1
    tokens.reached(at)
    return at, at > first


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a volume, and no folio, stands here."""
    is_figure = tokens.key(at).isdecimal()
    if not is_figure and named(tokens, at, VOLUMES, _LONGEST_NAME):
        return True
    return tokens.key(at) in _VOLUMES and (not is_figure or tokens.key(at + 1) == ":")


def _is_volume(tokens: Tokens, at: int, is_labelled: bool) -> bool:
    key = tokens.key(at)
    return key in _VOLUMES or (is_labelled and key in _HEBREW_VOLUMES)


def _named(parts: dict[str, int], tokens: Tokens, lead: Lead) -> Iterator[Extent]:
    """A part's name, alone or with numbers."""
    at, _ = _past(tokens, lead.at, _PORTION_SHORT)
    after = named(tokens, at, parts, _LONGEST_PART)
    if not after:
        return
    yield Extent(at, after, strong=True)
    inner = _lead(tokens, after, lead.depth)
    if inner is None or inner.is_far:
        return
    script = hebrew_addresses if tokens.is_hebrew(inner.at) else latin_addresses
    for extent in script.extents(tokens, inner, 1):
        yield extent._replace(start=at, depth=inner.depth, strong=True)
        is_listed = tokens.key(extent.end) in (",", ";")
        if is_listed and named(tokens, extent.end + 1, parts, _LONGEST_PART):
            return


def named(tokens: Tokens, at: int, names: dict[str, int], longest: int) -> int:
    """The token after the longest of these names that stands here, or 0."""
    key, found, index = "", 0, at
    for index in range(at, min(at + longest * 2, tokens.count)):
        word = tokens.keys[index]
        if index > at and word in ("-", ","):
            continue
        if not word[:1].isalnum():
            break
        key += "" if word in JOINERS else word
        if key in names:
            found = index + 1
    tokens.reached(index)
    return found


def _address(tokens: Tokens, lead: Lead, extent: Extent) -> Address:
    depth = extent.depth or lead.depth
    end = extent.end
    stop = extent.stop or tokens.end(end - 1)
    if depth and tokens.key(end) in (")", "]") and tokens.key(end):
        stop = tokens.end(end)
        end += 1
    return Address(
        line=extent.line or tokens.text[tokens.starts[extent.start] : stop],
        end=end,
        stop=stop,
        is_figures=bool(extent.line),
        strong=extent.strong or lead.is_labelled,
        is_labelled=lead.is_labelled,
        is_bracketed=depth > 0,
        is_far=lead.is_far,
    )
