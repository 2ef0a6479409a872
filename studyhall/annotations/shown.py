"""The notes on a source's page: each beside its line, or under the passage.

`choosing` says which; of the others the page says how many there are.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from django.db.models import IntegerField, OuterRef, Prefetch, Subquery

from sources.models import Bearing, Source
from sources.text import skeleton, without_points
from studyhall.annotations.choosing import chosen
from studyhall.annotations.models import Annotation, TaggedNote
from studyhall.annotations.versions import was_edited

ANCHORED = Annotation.Anchor.ANCHORED
COUNTED = 100  # notes on one source of a list


@dataclass(frozen=True)
class Place:
    """Where on the page a note's words stand, in code points of what is shown.

    `start` and `end` count from the beginning of line `number`; what runs on into
    other lines is in `rest`, as "6:0-12 7:0-4". `side` is "" where the words
    themselves are not shown: in another language, or another translation.
    """

    number: int
    start: int
    end: int
    side: str = ""
    rest: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Thread:
    """A note as this reader sees it, or None for one that is not shown; its replies.

    `has_changed` says that its words are not letter for letter those it was made on;
    `more` is how many replies are not shown.
    """

    note: Annotation | None
    replies: tuple[Annotation, ...] = ()
    place: Place | None = None
    has_changed: bool = False
    reads: Bearing | None = None
    more: int = 0

    @property
    def is_lost(self):
        """Whether its words are gone, or may have moved."""
        return self.note is not None and self.note.anchor != ANCHORED

    @property
    def quote(self):
        """The words that it was written on, where that is not a whole line or more."""
        if self.note is None:
            return ""
        is_plain = self.place and self.place.is_whole and not self.has_changed
        return "" if is_plain else self.note.exact

    @property
    def notes(self):
        """How many notes are shown here."""
        return len(self.replies) + (self.note is not None)


@dataclass(frozen=True)
class OnSource:
    """What one reader sees on one source's page.

    `totals` counts all notes, replies too, by the number of their line; under None
    those that stand beside no line of the page. Unless `is_all`, they are fewer than
    there are.
    """

    lines: dict[int, list[Thread]] = field(default_factory=dict)
    below: list[Thread] = field(default_factory=list)
    totals: dict[int | None, int] = field(default_factory=dict)
    is_all: bool = True

    @property
    def count(self):
        """How many notes there are, replies too, whether or not they are shown."""
        return sum(self.totals.values())

    @property
    def beside(self):
        """The numbers of the lines that have notes, in order."""
        return sorted(number for number in self.totals if number)

    def total(self, number):
        """How many notes there are beside a line, replies too."""
        return self.totals.get(number, 0)

    def more(self, number):
        """How many of them are not shown; for None, of those beside no line."""
        threads = self.lines.get(number, ()) if number else self.below
        return max(0, self.total(number) - sum(one.notes for one in threads))

    @property
    def more_below(self):
        return self.more(None)


def for_page(notes):
    """The notes with all that is shown of each: two queries."""
    tags = TaggedNote.objects.select_related("tag").order_by("pk")
    read = notes.select_related("reader", "position", "text", "edit__position")
    read = read.prefetch_related(Prefetch("tagged", tags))
    read = read.annotate(was_edited=was_edited())
    return read.defer("body", "prefix", "suffix", "text__words")


def on_source(source, user, passage, *, bare=False, bearings=()):
    """The notes on a source that a user may see, as many as its page shows.

    `passage` is what the page shows of its words, `bare` whether without points,
    `bearings` those that the page shows. Costs four queries, whatever there is, one
    for a source without notes; for a reader one more.
    """
    choice = chosen(source, user)
    if not choice.totals:
        return OnSource()
    notes = for_page(Annotation.objects.filter(pk__in=choice.keys))
    found = list(notes.order_by("created_at", "pk"))
    replies = {}
    for note in found:
        if note.parent_id:
            replies.setdefault(note.parent_id, []).append(note)
    writer = _Placing(source, passage, bare)
    reads = {bearing.pk: bearing for bearing in bearings}
    shown = OnSource(totals=writer.totals(choice.totals), is_all=choice.is_all)
    for note in found:
        if note.parent_id is None:
            own = tuple(replies.pop(note.pk, ()))
            place, text = writer.place(note)
            thread = Thread(
                note,
                own,
                place,
                has_changed=_has_changed(note, text),
                reads=reads.get(note.bearing_id),
                more=choice.replies.get(note.pk, 0) - len(own),
            )
            beside = shown.lines.setdefault(place.number, []) if place else shown.below
            beside.append(thread)
    for threads in shown.lines.values():
        threads.sort(key=lambda thread: thread.place.start)
    shown.below.extend(Thread(None, tuple(own)) for own in replies.values())
    return shown


def _has_changed(note, text):
    """Whether the words under a note that is carried are not as they were."""
    if text is None or note.anchor != ANCHORED or note.start is None:
        return False
    now = text.words[note.start : note.end]
    return now != note.exact and skeleton(now) != skeleton(note.exact)


class _Placing:
    """Says where notes stand among the rows of one passage."""

    def __init__(self, source, passage, bare):
        self.texts = {text.pk: text for text in source.texts.all()}
        self.sides = {
            text.pk: side
            for side in ("original", "translation")
            if (text := getattr(passage, side)) is not None
        }
        self.rows = len(passage.rows)
        self.bare = bare
        self.lines = {}

    def totals(self, counted):
        """The counts by line, where what stands beside no row is under None."""
        totals = {}
        for number, count in counted.items():
            row = number if number and number <= self.rows else None
            totals[row] = totals.get(row, 0) + count
        return totals

    def place(self, note):
        """(the Place of a note or None, the text that it is on or None)."""
        text = self.texts.get(note.text_id)
        if text is None or note.start is None or note.anchor != ANCHORED:
            return None, text
        if text.pk not in self.lines:
            lines = text.lines()
            self.lines[text.pk] = lines, [line.start for line in lines]
        lines, starts = self.lines[text.pk]
        at = bisect_right(starts, note.start) - 1
        if not 0 <= at < self.rows or note.start > lines[at].end:
            return None, text
        return self._in(lines[at:], note, self.sides.get(text.pk, "")), text

    def _in(self, lines, note, side):
        """The Place of a note that begins in the first of these lines."""
        bare = self.bare and side == "original"
        spans = []
        for line in lines:
            if line.start >= note.end:
                break
            start, end = max(note.start, line.start), min(note.end, line.end)
            words = line.words
            span = [start - line.start, max(end, start) - line.start]
            if bare:
                span = [len(without_points(words[:point])) for point in span]
            spans.append((line.number, *span))
        (number, start, end), *rest = spans
        return Place(
            number,
            start,
            end,
            side,
            rest=" ".join(f"{line}:{first}-{last}" for line, first, last in rest),
            is_whole=note.start == lines[0].start and note.end >= lines[0].end,
        )


class Capped(Subquery):
    """How many rows a sliced query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()


def counted(sources):
    """How many notes everyone may read on each of these sources, by key: one query.

    No further than to one more than `COUNTED`.
    """
    keys = [source.pk for source in sources]
    shown = Annotation.objects.shown().filter(source=OuterRef("pk")).values("source")
    found = Source.objects.filter(pk__in=keys).order_by()
    few = found.annotate(count=Capped(shown.order_by()[: COUNTED + 1]))
    return dict(few.values_list("pk", "count"))
