"""Notes carried from one Revision of a text to another, all of them in one go.

No reader has edited anything: no version of a note is made. What a note was made on
never changes; where it holds does, and every carrying leaves an AnchorEvent. A note
that loses its place keeps the last one that it had, and is tried from there again.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from sources.models import Revision
from sources.text import skeleton
from studyhall.annotations import notices
from studyhall.annotations.anchoring import Carried, Difference, State
from studyhall.annotations.models import AnchorEvent, Annotation
from studyhall.annotations.pairing import TooRepetitive

PIECE = 500  # notes that are read and written at once
COMPARED = 400_000  # code points of former Revisions that one carrying compares again
LOST = Carried(State.ORPHANED, None, None)
READ = ("reader", "text", "holds_on", "start", "end", "line", "anchor", "exact")
PLACE = ("start", "end", "line")


@dataclass(frozen=True)
class Outcome:
    """What became of one note: `held` are the words that it held, in full."""

    note: Annotation
    carried: Carried
    held: str
    method: str


@lru_cache(maxsize=2)
def difference(old, new):
    """From one text to another, kept for when the edit that was foreseen is saved.

    Raises TooRepetitive.
    """
    return Difference(old, new)


def same_words(one, other):
    """Whether two quotations have the same letters, or the same signs without any."""
    letters = skeleton(one)
    return letters == skeleton(other) if letters else one == other


class Carrying:
    """Notes on their way from the Revision `old` to `new`, of this text or another.

    Raises TooRepetitive, before anything is read or written.
    """

    def __init__(self, old, new, *, method="edit"):
        self.old, self.new, self.method = old, new, method
        self.difference = difference(old.words, new.words)
        self.line_ends = [at for at, sign in enumerate(new.words) if sign == "\n"]
        self.now = timezone.now()

    def carry(self, notes):
        """Carry all these notes: first those without a place, then those with one."""
        holds = Q(anchor=State.ANCHORED.value, holds_on=self.old)
        self._try_again(notes.exclude(holds).exclude(holds_on=self.new))
        for piece in pieces(notes.filter(holds)):
            places = self.difference.carry([(note.start, note.end) for note in piece])
            self._keep(
                Outcome(note, place, self.old.words[note.start : note.end], self.method)
                for note, place in zip(piece, places, strict=True)
            )

    def _try_again(self, notes):
        """Carry notes without a place from where each held last."""
        former = self._former(notes)
        for piece in pieces(notes.exclude(holds_on__in=former)):
            self._keep(self._replaced(piece, None, ""))
        for key in former:
            words = Revision.objects.values_list("words", flat=True).get(pk=key)
            try:
                again = Difference(words, self.new.words)
            except TooRepetitive:
                again = None
            for piece in pieces(notes.filter(holds_on=key)):
                self._keep(self._replaced(piece, again, words))

    def _former(self, notes):
        """The Revisions from which notes are tried again: those with these very words,
        then the newest, as many as may be compared."""
        keys = set(notes.order_by().values_list("holds_on", flat=True).distinct())
        there = Revision.objects.filter(pk__in=keys).order_by("-pk")
        same = list(there.filter(words=self.new.words).values_list("pk", flat=True))
        chosen, compared = same, 0
        sizes = there.exclude(pk__in=same).annotate(size=Length("words"))
        for key, size in sizes.values_list("pk", "size"):
            compared += size + len(self.new.words)
            if compared > COMPARED:
                break
            chosen.append(key)
        return chosen

    def _replaced(self, piece, again, words):
        """What becomes of notes without a place, by the difference from where they
        held; else what was proposed for them follows the text."""
        proposed = _proposed(piece, self.old)
        for note in piece:
            held = words[note.start : note.end] if words else note.exact
            found = again.carry([(note.start, note.end)])[0] if again else LOST
            if found.state != State.ANCHORED and note.pk in proposed:
                [there] = self.difference.carry([proposed[note.pk]])
                if there.state == State.ANCHORED:
                    found = replace(there, state=State.PROPOSED)
            yield Outcome(note, found, held, "again")

    def _keep(self, outcomes):
        """Write what became of some notes, and tell those whose words changed."""
        notes, moved, events, told = [], [], [], []
        for each in outcomes:
            if self._is_news(each):
                told.append((each.note, each.held))
            if each.carried.state.value != Annotation.Anchor.ORPHANED or (
                each.note.anchor != Annotation.Anchor.ORPHANED
            ):
                events.append(self._event(each))
            if self._settle(each.note, each.carried):
                moved.append(each.note)
            notes.append(each.note)
        self._write(notes, moved)
        AnchorEvent.objects.bulk_create(events)
        notices.tell_moved(told, self.now)

    def _is_news(self, outcome):
        """Whether the writer must be told: a place won or lost, or other words."""
        carried = outcome.carried
        if outcome.note.anchor != carried.state.value:
            return True
        if carried.state != State.ANCHORED:
            return False
        words = self.new.words[carried.start : carried.end]
        return not same_words(outcome.held, words)

    def _event(self, outcome):
        return AnchorEvent(
            note=outcome.note,
            old_id=outcome.note.holds_on_id,
            new=self.new,
            state=outcome.carried.state.value,
            start=outcome.carried.start,
            end=outcome.carried.end,
            method=outcome.method,
            at=self.now,
        )

    def _settle(self, note, carried):
        """Set a note's state and place, which is the last one that it had where it has
        none; whether the place is another."""
        note.anchor = carried.state.value
        if carried.state != State.ANCHORED:
            return False
        before = [getattr(note, name) for name in PLACE]
        note.start, note.end = carried.start, carried.end
        note.line = 1 + bisect_left(self.line_ends, carried.start)
        return before != [getattr(note, name) for name in PLACE]

    def _write(self, notes, moved):
        """What these notes have in common at once, and each place that is another."""
        for state in Annotation.Anchor:
            common = {"text": self.new.text_id, "anchor": state}
            if state == Annotation.Anchor.ANCHORED:
                common["holds_on"] = self.new
            keys = [note.pk for note in notes if note.anchor == state]
            if keys:
                Annotation.objects.filter(pk__in=keys).update(**common)
        Annotation.objects.bulk_update(moved, PLACE)


def pieces(notes):
    """The notes, so many at a time, each held until the transaction ends."""
    last = 0
    while True:
        rows = notes.filter(pk__gt=last).only(*READ, "deleted_at").order_by("pk")
        piece = list(rows.select_for_update(no_key=True)[:PIECE])
        if not piece:
            return
        yield piece
        last = piece[-1].pk


def _proposed(piece, revision):
    """(start, end) in this Revision of what was proposed, by the note's key."""
    waiting = [note for note in piece if note.anchor == Annotation.Anchor.PROPOSED]
    events = AnchorEvent.objects.filter(
        note__in=waiting, new=revision, state=Annotation.Anchor.PROPOSED
    )
    return {event.note_id: (event.start, event.end) for event in events}
