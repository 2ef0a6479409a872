"""Citations that open with a title: with an address, or of a whole work."""

from __future__ import annotations

from . import collisions, plausible
from .addresses import Address, addresses
from .choices import Choice
from .context import moved
from .folding import JOINERS, has_hebrew
from .names import ORDINARY_PHRASES, Name
from .problems import Backwards, OutOfBounds
from .reference import Reference
from .schemes import SCHEMES
from .walk import Match, Walk
from .work import Work

_NOISE_BEFORE_WORDS = (
    "maseches masechet masseches masechta tractate sefer gemara parshas מסכת במסכת "
    "ספר בספר גמרא בגמרא"
)
_NOISE_BEFORE = frozenset(_NOISE_BEFORE_WORDS.split())
_WHOLE_SCHEMES = frozenset({"whole", "section", "chapter", "named", "zohar"})
_SHORTEST_WHOLE = 8
_LEADING_ON = JOINERS | {","}
_EXPLAINED = frozenset({"verse", "daf"})
_ENDS = frozenset({"", ".", ",", ";", ":", ")", "]", "-", "!", "?", "s", "דה", '"'})


class Reading:
    """The reading of one word of a text as the first of a title."""

    def __init__(self, walk: Walk, at: int) -> None:
        self.walk = walk
        self.at = at
        self.problem: tuple[int, int, str] | None = None

    def title(self, match: Match) -> bool:
        """Keep the citation that opens with this title, if an address follows."""
        tokens, name = self.walk.tokens, match.name
        if name is None or collisions.is_no_title(
            tokens, self.at, match.end, match.key
        ):
            return False
        if tokens.keys[match.end - 1].isdecimal() and tokens.key(match.end) == ":":
            return False
        found = []
        for work in name.written(tokens.raws[self.at]):
            if plausible.may_be_work(tokens, self.at, work.scheme):
                found += self._places(work, name, match)
        if name.is_loose and len(found) > 1:  # Melachim without Hilchos is Kings
            kings = [one for one in found if one[0].work.scheme == "verse"]
            found = kings or found
        return bool(found) and self._keep(found, match)

    def _places(
        self, work: Work, name: Name, match: Match
    ) -> list[tuple[Reference, Address]]:
        """What the work has at the address that follows, if it is one."""
        tokens = self.walk.tokens
        for address in addresses(tokens, match.end, work, match.depth):
            if not plausible.is_meant(tokens, self.at, name, address):
                continue
            if self.walk.is_code(self.at, address.stop):
                return []
            if name.is_marked and work.scheme == "section":
                address = address._replace(line=_labelled(address.line))
            place = self.walk.read(work, address)
            if isinstance(place, Reference):
                return [(place, address)] if place.spans else []
            is_problem = isinstance(place, OutOfBounds | Backwards)
            if is_problem and not (self.problem or plausible.is_clock(name, address)):
                self.problem = (address.end, address.stop, place.reason)
        return []

    def _keep(self, found: list[tuple[Reference, Address]], match: Match) -> bool:
        walk, at = self.walk, self.at
        reference, address = max(found, key=lambda one: one[1].stop)
        start = walk.tokens.starts[self._with_noise()]
        span = (start, address.stop)
        if len(found) > 1:
            return walk.record(span, address.end, None, "", _choices(found))
        if collisions.is_open_rif(walk.tokens, at, match.key):
            choices = collisions.rif_choices(reference)
            return walk.record(span, address.end, None, "", choices)
        if self._commentary_to(reference, address):
            return True
        if self._of_a_missing_work(reference, address):
            return True
        later = self._postposed(address, reference)
        if later:
            return walk.record((start, later[1]), later[2], later[0])
        rule = collisions.rule(match.key, reference)
        if collisions.is_rif_pinto(walk.tokens, at, walk.tokens.keys[at]):
            rule = collisions.RIF_PINTO
        walk.record(span, address.end, reference, rule)
        share(walk, at, reference)
        return True

    def _with_noise(self) -> int:
        """The first token of the citation, "Maseches" before a title with it."""
        before = self.walk.tokens.key(self.at - 1)
        return self.at - (before in _NOISE_BEFORE and self.at - 1 >= self.walk.at)

    def _of_a_missing_work(self, base: Reference, address: Address) -> bool:
        """Reject "Tosafos on Megillah 17b" where there is no such commentary here."""
        walk, tokens = self.walk, self.walk.tokens
        waiting = walk.waiting[-1] if walk.waiting else None
        if waiting is None or walk.memory.commentary(waiting.key, base.work):
            return False
        is_letters = waiting.key in walk.names.marked_commentators  # עי׳ is "see" too
        is_apart = tokens.breaks(waiting.end - 1)
        if is_letters or is_apart or not tokens.is_capital(waiting.at):
            return False
        between = tokens.keys[waiting.end : self._with_noise()]
        if between[:1] == ["."] and between[1:]:
            del between[0]
        is_leading = _LEADING_ON.issuperset(between)
        if not is_leading or not _explains(walk, waiting.key, base.work, between):
            return False
        why = walk.missing(*waiting, base.work)
        walk.reject(waiting.at, address.end, address.stop, why)
        walk.memory.last = None
        return True

    def _commentary_to(self, base: Reference, address: Address) -> bool:
        """Read "commentary to Ruth 4:6" as the commentator's who is named before."""
        walk, at = self.walk, self.at
        if walk.tokens.key(at - 1) not in ("to", "on"):
            return False
        if walk.tokens.key(at - 2) != "commentary":
            return False
        span = (walk.tokens.starts[at - 2], address.stop)
        named = walk.memory.commentary(walk.memory.commentator, base.work)
        reference = moved(base, named)
        if reference:
            return walk.record(span, address.end, reference, collisions.COMMENTARY)
        if walk.waiting and walk.waiting[-1].end in (at - 2, at - 3):
            return False
        works = {
            work.slug: work
            for by_base in walk.names.commentators.values()
            if (work := by_base.get(base.work.slug)) is not None
        }
        choices = [
            Choice(reference, f"{work.title} is a commentary on it.")
            for work in works.values()
            if (reference := moved(base, work)) is not None
        ]
        if not choices:
            return False
        choices.append(Choice(base, "No commentator is named; this is the place."))
        return walk.record(span, address.end, None, "", tuple(choices))

    def _postposed(
        self, address: Address, base: Reference
    ) -> tuple[Reference, int, int] | None:
        """A commentator after the place: "Megillah 17b, Rashi"."""
        walk = self.walk
        at = address.end + (walk.tokens.key(address.end) == ",")
        if walk.tokens.key(at) not in walk.names.firsts:
            return None
        for match in reversed(walk.matches(at, walk.tokens.key(at))):
            if match.key not in walk.names.commentators:
                continue
            work = walk.memory.commentary(match.key, base.work)
            reference = moved(base, work)
            if reference and walk.tokens.key(match.end) in _ENDS:
                walk.memory.commentator = match.key
                return reference, walk.tokens.end(match.end - 1), match.end
        return None


def _explains(walk: Walk, name: str, work: Work, between: list[str]) -> bool:
    """Whether a commentator before a title means his words on it, and no other book.

    "Rambam, Laws of Kings" is a book of his own; and who has nothing here on a work
    of this kind may only stand in a list before it.
    """
    his = walk.names.commentators[name].values()
    ways = tuple(way.text for one in his for way in one.commentator)
    if work.title.startswith(ways):
        return False
    if not JOINERS.isdisjoint(between):
        return True
    is_like = any(one.scheme == work.scheme for one in his)
    return work.scheme in _EXPLAINED and (is_like or "," not in between)


def _labelled(line: str) -> str:
    """After initials such as ב״ר, פ״א is chapter 1 and not 81."""
    is_chapter = line[:1] == "פ" and len(line) > 2 and not line[1].isalpha()
    return f"פרק {line[2:]}" if is_chapter else line


def share(walk: Walk, at: int, reference: Reference) -> None:
    """Give the commentators who wait just before a token the same place."""
    base = reference.work.explains
    end = at
    while walk.waiting and base:
        waiting = walk.waiting.pop()
        work = walk.names.commentators.get(waiting.key, {}).get(base)
        shared = moved(reference, work)
        if not walk.are_neighbours(waiting.end, end):
            break
        if shared:
            is_rif = collisions.is_rif_pinto(walk.tokens, waiting.at, waiting.key)
            rule = collisions.RIF_PINTO if is_rif else collisions.NEIGHBOURS
            start = walk.tokens.starts[waiting.at]
            walk.aside(start, walk.tokens.end(waiting.end - 1), shared, rule)
        end = waiting.at
    walk.waiting.clear()


def whole(walk: Walk, at: int, match: Match, prefixed: bool) -> bool:
    """Keep the citation of a whole work, where its title is not to be mistaken."""
    tokens, name = walk.tokens, match.name
    if name is None or len(name.works) != 1 or name.is_loose or name.is_short:
        return False
    work = name.works[0]
    if work.scheme not in _WHOLE_SCHEMES or match.key in ORDINARY_PHRASES:
        return False
    is_one_word = match.end - at < 2
    if is_one_word or len(match.key) < _SHORTEST_WHOLE or name.is_marked:
        return False
    is_careful = has_hebrew(match.key) or not tokens.is_capital(at)
    if (is_careful or prefixed) and work.scheme != "whole":
        return False
    if match.depth and tokens.key(match.end) == ")":
        match = Match(match.end + 1, 0, match.key, name)
    stop = tokens.end(match.end - 1)
    if walk.is_code(at, stop):
        return False
    return walk.record((tokens.starts[at], stop), match.end, Reference(work))


def _choices(found: list[tuple[Reference, Address]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(place, f"{place.work.title} has {_place_of(place)}.")
        for place, _ in found
    )


def _place_of(reference: Reference) -> str:
    work = reference.work
    return SCHEMES[work.scheme].english(reference.spans, work.bounds)
