"""Citations whose work stands elsewhere: ibid., there, a commentator, a portion."""

from __future__ import annotations

from . import collisions, context
from .addresses import Address, addresses, may_follow, named
from .choices import Choice
from .portions import VOLUMES, book
from .portions import WORDS as PORTION_WORDS
from .problems import OutOfBounds
from .reference import Reference
from .titled import share
from .walk import Match, Walk
from .work import Work

_ANDS = frozenset({"and", "&", "or", "+", ";"})
_OPEN = frozenset("([;,+&-")
_LONGEST_NAME = 5


def there(walk: Walk, at: int) -> bool:
    """Keep what "ibid." and its like cite, if anything is cited before."""
    last, tokens = walk.memory.last, walk.tokens
    end = context.there(tokens, at)
    if last is None:
        return False
    start = tokens.starts[at]
    side = context.side_of(tokens, end, last)
    if side and tokens.key(end + 1) not in context.SIDES:
        return walk.record((start, tokens.end(end)), end + 1, side, collisions.IBID)
    for place, address in _moves(walk, at, end, last):
        if isinstance(place, OutOfBounds):
            return walk.reject(at, address.end, address.stop, place.reason)
        choices = _or_verse(walk, end, place, address, last)
        span = (start, address.stop)
        if len(choices) == 1:
            return walk.record(span, address.end, choices[0].reference, collisions.IBID)
        return walk.record(span, address.end, None, "", choices)
    if _by_commentator(walk, at, end):
        return True
    is_alone = _is_alone(walk, at, end)
    return is_alone and walk.record(
        (start, tokens.end(end - 1)), end, last, collisions.IBID
    )


def _moves(
    walk: Walk, at: int, end: int, last: Reference
) -> list[tuple[Reference | OutOfBounds, Address]]:
    """The last work's place at the address that follows: one, or none."""
    sure = context.is_ibid(walk.tokens.keys[at])
    is_cued = walk.tokens.key(at - 1) in context.CUES | _OPEN
    wrong: list[tuple[Reference | OutOfBounds, Address]] = []
    for address in addresses(walk.tokens, end, last.work):
        is_meant = sure or address.is_bracketed
        if not is_meant and walk.tokens.is_hebrew(at):
            is_meant = address.strong or is_cued
        if not is_meant and not (address.strong and is_cued):
            continue
        place = walk.read(last.work, address)
        if isinstance(place, Reference) and place.spans:
            return [(place, address)]
        if isinstance(place, OutOfBounds):
            wrong = wrong or [(place, address)]
    return wrong


def _or_verse(
    walk: Walk, end: int, place: Reference, address: Address, last: Reference
) -> tuple[Choice, ...]:
    """The meanings of "ibid. 12": a chapter, or a verse of the last chapter."""
    chapter = Choice(place, f"It may be {place.english} of the same work.")
    spans = place.spans
    is_one = (
        len(spans) == 1 and len(spans[0].start) == 1 and spans[0].start == spans[0].end
    )
    verse = context.verse_of(last, spans[0].start[0]) if is_one else None
    level = context.level_of(walk.tokens, end, address.end)
    if verse is None or level == "chapter":
        return (chapter,)
    inner = Choice(verse, f"It may be a verse of the chapter of {last.english}.")
    return (inner,) if level == "verse" else (inner, chapter)


def _is_alone(walk: Walk, at: int, end: int) -> bool:
    """Whether "ibid." without an address cites: שם and "there" only in brackets."""
    tokens = walk.tokens
    if context.is_ibid(tokens.keys[at]):
        return True
    is_bracketed = tokens.key(at - 1) in ("(", "[") and tokens.key(end) in (")", "]")
    return is_bracketed and tokens.keys[at] != "there"


def _by_commentator(walk: Walk, at: int, end: int) -> bool:
    """ "Ibid., Rashi" and שם רש״י."""
    tokens, last = walk.tokens, walk.memory.last
    first = end + (tokens.key(end) == ",")
    if last is None or tokens.keys[at] == "there" or tokens.breaks(end - 1):
        return False
    for match in reversed(walk.matches(first, tokens.key(first))):
        work = walk.memory.commentary(match.key, last.work)
        place = context.moved(last, work)
        if place and not context.there(tokens, match.end):
            span = (tokens.starts[at], tokens.end(match.end - 1))
            walk.memory.commentator = match.key
            return walk.record(span, match.end, place, collisions.THERE)
    return False


def commentator(walk: Walk, at: int, match: Match) -> bool:
    """Keep what a commentator's name without a title cites."""
    by_base = walk.names.commentators.get(match.key)
    tokens = walk.tokens
    if not by_base:
        return False
    if match.key in walk.names.marked_commentators and not tokens.is_marked(at):
        return False
    walk.memory.commentator = match.key
    if _on_the_same(walk, at, match):
        return True
    if _with_an_address(walk, at, match, by_base) or _own_place(walk, at, match):
        return True
    walk.wait(at, match.end, match.key)
    return False


def _on_the_same(walk: Walk, at: int, match: Match) -> bool:
    """ "Rashi there", with another address or without."""
    tokens, last = walk.tokens, walk.memory.last
    word = match.end + (tokens.key(match.end) in (",", "("))
    end = context.there(tokens, word)
    if not end or last is None:
        return False
    work = walk.memory.commentary(match.key, last.work)
    start = tokens.starts[at]
    if work is None:
        why = walk.missing(at, match.end, match.key, last.work)
        return walk.reject(at, end, tokens.end(end - 1), why)
    for address in addresses(tokens, end, work):
        place = walk.read(work, address)
        if address.strong and isinstance(place, Reference) and place.spans:
            span = (start, address.stop)
            return walk.record(span, address.end, place, collisions.THERE)
    same = context.moved(last, work)
    if same is None:
        return False
    if walk.tokens.key(end) == ")" and word > match.end:
        end += 1
    span = (start, tokens.end(end - 1))
    walk.record(span, end, same, collisions.THERE)
    share(walk, at, same)
    return True


def _with_an_address(
    walk: Walk, at: int, match: Match, by_base: dict[str, Work]
) -> bool:
    """ "Rashi 17b": on the work that is cited before, or open between several."""
    tokens, last = walk.tokens, walk.memory.last
    found = _places(walk, match, by_base) if may_follow(tokens, match.end) else []
    if not found:
        return False
    span = (tokens.starts[at], found[0][1].stop)
    end = found[0][1].end
    if collisions.is_open_rif(tokens, at, match.key):
        choices = collisions.rif_choices(found[0][0])
        return walk.record(span, end, None, "", choices)
    known = walk.memory.commentary(match.key, last.work) if last else None
    for place, address in found:
        if place.work == known:
            span = (tokens.starts[at], address.stop)
            return walk.record(span, address.end, place, collisions.THERE)
    if len(found) < 2:
        return False
    choices = tuple(
        Choice(place, f"{place.work.title} has such a place.") for place, _ in found
    )
    return walk.record(span, end, None, "", choices)


def _places(
    walk: Walk, match: Match, by_base: dict[str, Work]
) -> list[tuple[Reference, Address]]:
    """The place that follows a commentator's name, in each work of his that has it."""
    found = []
    for work in by_base.values():
        for address in addresses(walk.tokens, match.end, work, match.depth):
            place = walk.read(work, address)
            is_meant = address.strong and not address.is_far
            if is_meant and isinstance(place, Reference) and place.spans:
                found.append((place, address))
                break
    return found


def _own_place(walk: Walk, at: int, match: Match) -> bool:
    """ "Matok MiDvash" alone: a commentary that bears its name for a title."""
    last, name = walk.memory.last, match.name
    if last is None or name is None or not walk.tokens.is_capital(at):
        return False
    work = walk.memory.commentary(match.key, last.work)
    if work is None or work not in name.works or match.end - at < 2:
        return False
    place = context.moved(last, work)
    span = (walk.tokens.starts[at], walk.tokens.end(match.end - 1))
    return place is not None and walk.record(
        span, match.end, place, collisions.OWN_PLACE
    )


def portion(walk: Walk, at: int, word: str) -> bool:
    """Keep a portion with a folio of the Zohar, or with chapter and verse."""
    tokens = walk.tokens
    first = at + 1 if word in PORTION_WORDS else at
    if tokens.key(first) == "-":
        first += 1
    has_label = first > at
    end = named(tokens, first, VOLUMES, _LONGEST_NAME)
    if not end or (not has_label and not _may_be_bare(walk, at)):
        return False
    key = "".join(k for k in tokens.keys[first:end] if k.isalnum())
    for work in walk.names.with_portions:
        if _keep_portion(walk, at, work, first, collisions.PORTION_FOLIO):
            return True
    of_book = walk.names.names.get(book(key)) if key in VOLUMES else None
    verses = (
        [work for work in of_book.works if work.scheme == "verse"] if of_book else []
    )
    return any(
        _keep_portion(walk, at, work, end, collisions.PORTION_VERSE) for work in verses
    )


def _may_be_bare(walk: Walk, at: int) -> bool:
    """Whether a portion's name needs no "Parshas" before it here."""
    last = walk.memory.last
    if walk.tokens.is_hebrew(at):
        return last is not None and last.work.scheme == "zohar"
    return walk.tokens.is_capital(at)


def _keep_portion(walk: Walk, at: int, work: Work, first: int, rule: str) -> bool:
    for address in addresses(walk.tokens, first, work):
        if not address.strong or address.is_far:
            continue
        place = walk.read(work, address)
        if isinstance(place, Reference) and place.spans:
            start = walk.tokens.starts[at]
            return walk.record((start, address.stop), address.end, place, rule)
        if isinstance(place, OutOfBounds):
            return walk.reject(at, address.end, address.stop, place.reason)
    return False


def elided(walk: Walk) -> bool:
    """Keep "18a" after "Megillah 17b and": the same work, not named again."""
    at, tokens = walk.at, walk.tokens
    if tokens.key(at) not in _ANDS:
        return False
    last = walk.memory.last
    if last is None or not last.spans:
        return False
    if at == 0 or tokens.breaks(at - 1) or tokens.breaks(at):
        return False
    if not tokens.key(at + 1)[:1].isdecimal():
        return False
    for address in addresses(tokens, at + 1, last.work):
        place = walk.read(last.work, address)
        if address.strong and isinstance(place, Reference) and place.spans:
            span = (tokens.starts[at + 1], address.stop)
            return walk.record(span, address.end, place)
    return False
