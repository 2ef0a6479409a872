"""What "ibid.", "there" and a commentator's bare name take from what stands before."""

from __future__ import annotations

from collections.abc import Mapping

from .extents import LABELS
from .names import Names
from .places import Span
from .problems import ReferenceProblem
from .reference import Reference, checked
from .tokens import Tokens
from .work import Work

_IBID = frozenset({"ibid", "ibidem"})
_PLACES = frozenset({"שמ", "ושמ"})
_TWO_WORDS = frozenset({("ad", "loc"), ("loc", "cit"), ("op", "cit"), ("ad", "locum")})
LAST, COMMENTATOR = 1, 2
State = tuple[Reference | None, str]
OPENINGS = _IBID | _PLACES | {"there", "ad", "loc", "op"}
SIDES = frozenset({"עא", "עב", "עמוד"})
CUES = frozenset({"see", "cf", "also", "and", "ראה", "ועיינ", "עיינ", "עי", "וראה"})
_VERSES = frozenset({"verse", "verses", "v", "vv", "vs", "pasuk", "פסוק", "פס"})
_CHAPTERS = frozenset({"chapter", "chapters", "ch", "perek", "פרק", "בפרק", "פ"})


class Memory:
    """The last citation before a place in the text, and the last commentator.

    It notes in `asked` and `told` what was read and written of it, so that the same
    words in the same circumstances need not be read again.
    """

    def __init__(self, names: Names, after: Reference | None) -> None:
        self._names = names
        self._last = after
        self._commentator = ""
        self.asked = False
        self.told = 0

    @property
    def last(self) -> Reference | None:
        """What is cited last, or None."""
        self.asked = True
        return self._last

    @last.setter
    def last(self, reference: Reference | None) -> None:
        self.told |= LAST
        self._last = reference

    @property
    def commentator(self) -> str:
        """The key of the commentator who is named last, or ""."""
        self.asked = True
        return self._commentator

    @commentator.setter
    def commentator(self, key: str) -> None:
        self.told |= COMMENTATOR
        self._commentator = key

    @property
    def state(self) -> State:
        """Both, without a note that anyone asked."""
        return self._last, self._commentator

    def commentary(self, name: str, work: Work) -> Work | None:
        """The commentary of a commentator on a work, or on the work it explains."""
        by_base = self._names.commentators.get(name, {})
        return by_base.get(work.explains or work.slug) or by_base.get(work.slug)


def there(tokens: Tokens, at: int) -> int:
    """The token after words that mean "the place cited before", or 0."""
    key = tokens.key(at)
    if key in _IBID or key in _PLACES or key == "there":
        end = at + 1
    else:
        second = at + 2 if tokens.key(at + 1) == "." else at + 1
        if (key, tokens.key(second)) not in _TWO_WORDS:
            return 0
        end = second + 1
    is_short = key != "there" and key not in _PLACES
    return end + 1 if is_short and tokens.key(end) == "." else end


def is_ibid(key: str) -> bool:
    """Whether the words can mean nothing else, unlike "there" and שם."""
    return key != "there" and key not in _PLACES


def moved(reference: Reference, work: Work | None) -> Reference | None:
    """The same place in another work, or None where that work has it not."""
    if work is None:
        return None
    try:
        return checked(work, reference.spans)
    except ReferenceProblem:
        return None


def verse_of(reference: Reference, number: int) -> Reference | None:
    """A verse of the chapter that a reference ends in; None where there is none."""
    if not reference.spans or len(reference.spans[-1].end) < 2:
        return None
    place = (*reference.spans[-1].end[:-1], number)
    try:
        return checked(reference.work, (Span(place, place),))
    except ReferenceProblem:
        return None


def side_of(tokens: Tokens, at: int, reference: Reference) -> Reference | None:
    """The other side of the last folio: ibid. b, שם ע״ב."""
    sides: Mapping[str, int] = {"a": 1, "b": 2}
    if tokens.is_marked(at) if at < tokens.count else False:
        sides = {"עא": 1, "עב": 2}
    side = sides.get(tokens.key(at), 0)
    is_daf = reference.work.scheme in ("daf", "zohar") and reference.spans
    if not side or not is_daf:
        return None
    place = (*reference.spans[-1].start[:-1], side)
    try:
        return checked(reference.work, (Span(place, place),))
    except ReferenceProblem:
        return None


def level_of(tokens: Tokens, first: int, last: int) -> str:
    """What a label says that a number is: "verse", "chapter" or ""."""
    words = set(tokens.keys[first:last]) & LABELS
    if words & _VERSES:
        return "verse"
    return "chapter" if words & _CHAPTERS else ""
