"""What follows for notes when the library changes: named in LIBRARY_FOLLOWERS."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from sources.models import Bearing, Revision
from studyhall.annotations import carrying, corrections, notices
from studyhall.annotations.anchoring import Carried, State, refusal
from studyhall.annotations.models import AnchorEvent, Annotation
from studyhall.annotations.pairing import TooRepetitive

NAMED = 50  # notes that an editor is shown by name before a save


@dataclass(frozen=True)
class Touched:
    """A public note that an edit would move or change, and its words before and after.

    `now` is "" for one that loses its words.
    """

    note: Annotation
    carried: Carried
    was: str
    now: str

    @property
    def is_changed(self):
        return not carrying.same_words(self.was, self.now)


def text_changed(old, new):
    """Carry all notes of a text to its new Revision.

    Raises ValidationError with advice, whether or not there are notes, where the two
    cannot be compared in reasonable time.
    """
    try:
        carried = carrying.Carrying(old, new)
    except TooRepetitive as error:
        raise ValidationError(refusal(old.words, new.words)) from error
    carried.carry(Annotation.objects.filter(text=new.text, source=new.text.source_id))


def foresee(text, body):
    """What saving `body` as the words of a text will do to public notes: sentences.

    The first counts them, each of the others names one by a link. Private notes are
    neither counted nor told. Raises ValidationError as `text_changed` does.
    """
    try:
        change = carrying.difference(text.words, body)
    except TooRepetitive as error:
        raise ValidationError(refusal(text.words, body)) from error
    notes = Annotation.objects.shown().filter(
        text=text,
        anchor=Annotation.Anchor.ANCHORED,
        holds_on__text=text,
        holds_on__number=text.number,
    )
    notes = list(notes.select_related("text", "reader").order_by("start", "pk"))
    places = change.carry([(note.start, note.end) for note in notes])
    touched = [
        _touched(note, place, text.words, body)
        for note, place in zip(notes, places, strict=True)
        if place.state != State.ANCHORED
        or (place.start, place.end) != (note.start, note.end)
        or text.words[note.start : note.end] != body[place.start : place.end]
    ]
    return _sentences(touched) if touched else []


def _touched(note, place, old, new):
    now = "" if place.start is None else new[place.start : place.end]
    return Touched(note, place, old[note.start : note.end], now)


def _sentences(touched):
    """How many notes an edit touches, and each by name: the ones in need first."""
    states = [each.carried.state for each in touched]
    follow, look, lose = (states.count(state) for state in State)
    parts = (
        (follow, ngettext("%d follows", "%d follow", follow)),
        (look, ngettext("%d needs a look", "%d need a look", look)),
        (lose, ngettext("%d loses its words", "%d lose their words", lose)),
    )
    said = ngettext(
        "This edit touches %(count)d public note: %(parts)s.",
        "This edit touches %(count)d public notes: %(parts)s.",
        len(touched),
    ) % {
        "count": len(touched),
        "parts": ", ".join(part % count for count, part in parts if count),
    }
    order = list(State)[::-1]
    named = sorted(touched, key=lambda each: order.index(each.carried.state))
    names = [
        render_to_string("notes/_foreseen.html", {"touched": each})
        for each in named[:NAMED]
    ]
    more = len(touched) - NAMED
    rest = [gettext("And %d more notes.") % more] if more > 0 else []
    return [said, *names, *rest]


def sources_merged(kept, gone):
    """Notes on the source that goes stand at the one that stays.

    On its text of the same role and language, as far as their words are in it; else
    without a place, with the words that they were on. Notes on a bearing stand on the
    one that says the same of the same reading. Corrections follow too.
    """
    notes = Annotation.objects.filter(source=gone)
    for text in gone.texts.all():
        _follow_text(notes.filter(text=text), text, _counterpart(kept, text))
    _follow_bearings(notes, kept, gone)
    notes.update(source=kept)
    corrections.sources_merged(kept, gone)


def _counterpart(source, text):
    """The source's text that says what this one says, the same translator's first."""
    texts = source.texts.filter(role=text.role, language=text.language)
    wanted = text.translator
    return min(texts, key=lambda one: (one.translator != wanted, one.pk), default=None)


def _follow_text(notes, text, there):
    old = text.revisions.order_by("-number").first()
    new = there.revisions.order_by("-number").first() if there else None
    if new is not None:
        try:
            carrying.Carrying(old, new, method="merge").carry(notes)
        except TooRepetitive:
            new = None
    if new is None:
        _lose(notes.exclude(anchor=Annotation.Anchor.ORPHANED), old)


def _lose(notes, revision):
    """The words of these notes are nowhere; each is shown where it held last."""
    now, orphaned = timezone.now(), Annotation.Anchor.ORPHANED
    for piece in carrying.pieces(notes):
        held = Revision.objects.in_bulk({note.holds_on_id for note in piece})
        for note in piece:
            AnchorEvent.objects.create(
                note=note,
                old_id=note.holds_on_id,
                new=revision,
                state=orphaned,
                method="merge",
                at=now,
            )
            note.anchor = orphaned
            note.save(update_fields=["anchor"])
            words = held[note.holds_on_id].words[note.start : note.end]
            notices.tell_moved([(note, words)], now)


def _follow_bearings(notes, kept, gone):
    """To the bearings with the same reading; one on none of them stays as it was."""
    there = {_reading(bearing): bearing for bearing in kept.bearings.all()}
    for bearing in Bearing.objects.filter(source=gone):
        same = there.get(_reading(bearing))
        if same is not None:
            notes.filter(bearing=bearing).update(bearing=same)


def _reading(bearing):
    author, position = bearing.according_to_id, bearing.position_id
    return bearing.question_id, position, author, bearing.read_by
