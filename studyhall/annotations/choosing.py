"""Which notes of a source its page shows: few beside each line, one's own first.

All of them stand on a list of their own; the page counts them, and leads there.
"""

from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from studyhall.annotations.models import Annotation

ON_A_LINE = 5  # threads; as many beside no line
ON_A_PAGE = 50  # threads
REPLIES = 5  # to one note
ANCHORED = Annotation.Anchor.ANCHORED


@dataclass(frozen=True)
class Chosen:
    """The keys of the notes that a page shows, and how many notes there are.

    `totals` counts notes by the number of their line, replies with what they answer,
    under None those beside no line; `replies` counts those to each note.
    """

    totals: dict[int | None, int] = field(default_factory=dict)
    keys: frozenset[int] = frozenset()
    replies: dict[int, int] = field(default_factory=dict)


def chosen(source, user):
    """What the page of a source shows to this user: three queries; one for no notes."""
    notes = Annotation.objects.visible_to(user).on(source)
    totals = _totals(notes, user)
    if not totals:
        return Chosen()
    threads = _threads(notes, user)
    replies = _replies(notes, threads, user)
    return Chosen(
        totals,
        frozenset(threads) | {key for key, _, _ in replies},
        {parent: count for _, parent, count in replies},
    )


def in_order(notes, user):
    """The notes in the order of their place: by lines, each reply after its note.

    One to a note that this user may not read has a place of its own: by nothing that
    its writer does with that note.
    """
    is_beneath = _parent_is_read_by(user)
    placed = notes.annotate(
        beside=_beside(user),
        first_start=Case(When(is_beneath, then="parent__start"), default="start"),
        first_at=Case(
            When(is_beneath, then="parent__created_at"), default="created_at"
        ),
        first=Coalesce("parent", "pk"),
    )
    return placed.order_by(
        F("beside").asc(nulls_last=True),
        F("first_start").asc(nulls_last=True),
        *("first_at", "first", F("parent").asc(nulls_first=True), "created_at", "pk"),
    )


def on_line(notes, number, user):
    """Those beside the line of this number, replies too."""
    return notes.annotate(on_line=_beside(user)).filter(on_line=number)


def _beside(user):
    """The line of a note, or of the one that it answers; NULL where none is shown."""
    answered = Q(_parent_is_read_by(user), parent__anchor=ANCHORED)
    return Case(
        When(parent=None, anchor=ANCHORED, then=F("line")),
        When(answered, then=F("parent__line")),
    )


def _parent_is_read_by(user):
    """Whether this user may read what a reply answers: asked of its own row alone."""
    readable = Annotation.objects.visible_to(user)
    return Exists(readable.filter(pk=OuterRef("parent")))


def _totals(notes, user):
    counted = notes.order_by().annotate(beside=_beside(user)).values_list("beside")
    return dict(counted.annotate(Count("pk")))


def _own_first(user):
    """One's own notes, the newest first; then others' in the order of time."""
    of_time = [F("created_at").asc(), F("pk").asc()]
    if user is None or not user.is_authenticated:
        return of_time
    own = Case(When(reader=user, then=F("created_at")))
    return [own.desc(nulls_last=True), *of_time]


def _threads(notes, user):
    """The keys of the notes that are no replies and are shown, one from each line
    before the second of any."""
    order = _own_first(user)
    beside = Case(When(anchor=ANCHORED, then=F("line")))
    ranked = notes.threads().annotate(
        beside=beside,
        rank=Window(RowNumber(), partition_by=beside, order_by=order),
    )
    shown = ranked.filter(rank__lte=ON_A_LINE)
    own, rest = order[:-2], order[-2:]
    shown = shown.order_by(*own, "rank", F("beside").asc(nulls_last=True), *rest)
    return list(shown.values_list("pk", flat=True)[:ON_A_PAGE])


def _replies(notes, threads, user):
    """(key, key of the note, how many there are to it) for each reply that is shown.

    Those to shown notes come first, then those to notes that this user may not read.
    """
    answers = Q(parent__in=threads)
    ranked = notes.filter(parent__isnull=False)
    ranked = ranked.filter(answers | ~_parent_is_read_by(user)).annotate(
        rank=Window(RowNumber(), partition_by=F("parent"), order_by=_own_first(user)),
        count=Window(Count("pk"), partition_by=F("parent")),
        is_lone=Case(When(answers, then=Value(0)), default=Value(1)),
    )
    shown = ranked.filter(rank__lte=REPLIES).order_by("is_lone", "parent", "rank")
    most = ON_A_PAGE * REPLIES
    return list(shown.values_list("pk", "parent", "count")[:most])
