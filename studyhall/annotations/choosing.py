"""Which notes of a source its page shows: few beside each line, one's own first.

The others stand on a list of their own; the page says how many there are, and leads
there. Of a source with very many notes no more than `MOST` are looked at at a time,
in the order of time, so that no page costs more the more there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from studyhall.annotations.models import Annotation

ON_A_LINE = 5  # threads; as many beside no line
ON_A_PAGE = 50  # threads
REPLIES = 5  # to one note
MOST = 500  # notes that are looked at; as many of one's own besides
ANCHORED = Annotation.Anchor.ANCHORED


class Spot(NamedTuple):
    """Where a note stands: all that must be known of it to choose and to order."""

    pk: int
    uuid: UUID
    parent: int | None
    reader: int | None
    created_at: datetime
    anchor: str
    line: int | None
    start: int | None
    first_anchor: str | None  # `first_…` is of the note that it answers
    first_line: int | None
    first_start: int | None
    first_created_at: datetime | None
    is_beneath: bool = False  # whether it answers a note that this user may read

    @property
    def beside(self):
        """The line of the note, or of the one that it answers; None where none is."""
        if self.parent is None:
            return self.line if self.anchor == ANCHORED else None
        is_placed = self.is_beneath and self.first_anchor == ANCHORED
        return self.first_line if is_placed else None

    @property
    def is_lone(self):
        """Whether it answers a note that this user may not read."""
        return self.parent is not None and not self.is_beneath

    @property
    def place(self):
        """What it is ordered by: lines, each reply after its note.

        One to a note that this user may not read has a place of its own: by nothing
        that its writer does with that note.
        """
        start = self.first_start if self.is_beneath else self.start
        first = self.first_created_at if self.is_beneath else self.created_at
        return (
            *_none_last(self.beside),
            *_none_last(start),
            *(first, self.parent or self.pk, self.parent is not None),
            *(self.created_at, self.pk),
        )


IN_TIME = ("source_id", "created_at", "uuid")
COLUMNS = ("pk", "uuid", "parent", "reader", "created_at", "anchor", "line", "start")
COLUMNS += ("parent__anchor", "parent__line", "parent__start", "parent__created_at")


@dataclass(frozen=True)
class Chosen:
    """The keys of the notes that a page shows, and how many notes there are.

    `totals` counts notes by the number of their line, replies with what they answer,
    under None those beside no line; `replies` counts those to each note. Unless
    `is_all`, there are more notes than were looked at, and the counts are of these.
    """

    totals: dict[int | None, int] = field(default_factory=dict)
    keys: frozenset[int] = frozenset()
    replies: dict[int, int] = field(default_factory=dict)
    is_all: bool = True


def chosen(source, user):
    """What the page of a source shows to this user, in two queries, one for no notes;
    for a reader in one more."""
    looked_at = [_spots(*way) for way in _ways(_on(source), user)]
    spots = _beneath([spot for found in looked_at for spot in found[:MOST]], user)
    own, others = _parted(spots, user)
    threads = _threads(own, others)
    replies, counts = _replies([*own, *others], threads)
    return Chosen(
        dict(Counter(spot.beside for spot in spots)),
        frozenset(threads) | frozenset(replies),
        counts,
        is_all=all(len(found) <= MOST for found in looked_at),
    )


def in_order(source, user, only, line=None, after=()):
    """(the Spots in the order of their place, the last of them in time or None).

    `only` is a Q of some notes on the source. The last is None unless there are later
    notes, which were not looked at; then `after`, its time and uuid, reads on from
    there. Costs as many queries as `chosen`.
    """
    notes = _on(source).filter(only)
    if after:
        at, uuid = after
        same = Q(created_at=at, uuid__gt=uuid)
        notes = notes.filter(Q(created_at__gte=at), Q(created_at__gt=at) | same)
    found = [_spots(way, IN_TIME) for way, _ in _ways(notes, user)]
    spots = _beneath([spot for some in found for spot in some], user)
    spots.sort(key=lambda spot: (spot.created_at, spot.uuid))
    last = spots[MOST - 1] if len(spots) > MOST else None
    in_place = sorted(spots[:MOST], key=lambda spot: spot.place)
    if line is not None:
        in_place = [spot for spot in in_place if spot.beside == line]
    return in_place, last


def _on(source):
    """The notes on a source, so asked for that the index of a source's notes is read.

    Where PostgreSQL knows that there is one source, the index of all notes by time
    has the order too, and it passes over those of all others. There is no source 0.
    """
    return Annotation.objects.filter(source__in=(source.pk, 0))


def _ways(notes, user):
    """(some of the notes that this user may read, their order), each by an index."""
    yield notes.shown(), IN_TIME
    if user is not None and user.is_authenticated:
        yield notes.of(user), [f"-{column}" for column in IN_TIME]


def _spots(notes, order):
    """A Spot for each of the first notes: for one more than `MOST`, if there is."""
    rows = notes.order_by(*order).values_list(*COLUMNS)
    return [Spot(*row) for row in rows[: MOST + 1]]


def _beneath(spots, user):
    """Each of them once, with whether it stands beneath what this user may read."""
    if not spots:
        return []
    answered = {spot.parent or 0 for spot in spots}  # 0 is none's, and asked for too
    notes = Annotation.objects.visible_to(user).filter(pk__in=answered)
    readable = {*notes.values_list("pk", flat=True)}
    return [
        spot._replace(is_beneath=spot.parent in readable)
        for spot in {spot.pk: spot for spot in spots}.values()
    ]


def _parted(spots, user):
    """(one's own notes, the newest first; others' in the order of time)."""
    spots = sorted(spots, key=lambda spot: (spot.created_at, spot.pk))
    if user is None or not user.is_authenticated:
        return [], spots
    own = [spot for spot in spots if spot.reader == user.pk]
    own.sort(key=lambda spot: spot.created_at, reverse=True)
    return own, [spot for spot in spots if spot.reader != user.pk]


def _threads(own, others):
    """The keys of the notes that are no replies and are shown: one's own, then of
    others' one from each line before the second of any."""
    taken = Counter()

    def few(spots):
        for spot in spots:
            if spot.parent is None and taken[spot.beside] < ON_A_LINE:
                taken[spot.beside] += 1
                yield taken[spot.beside], *_none_last(spot.beside), spot

    shown = [*few(own), *sorted(few(others), key=lambda ranked: ranked[:-1])]
    return [spot.pk for *_, spot in shown[:ON_A_PAGE]]


def _replies(spots, threads):
    """(the keys of the replies that are shown, how many there are to each note).

    Those to shown notes come first, then those to notes that this user may not read.
    """
    answering, shown = defaultdict(list), {*threads}
    for spot in spots:
        if spot.parent in shown or spot.is_lone:
            answering[spot.is_lone, spot.parent].append(spot.pk)
    keys = [key for _, found in sorted(answering.items()) for key in found[:REPLIES]]
    counts = {parent: len(found) for (_, parent), found in answering.items()}
    return keys[: ON_A_PAGE * REPLIES], counts


def _none_last(number):
    return (number is None, number or 0)
