"""Mistakes that readers name and readings that they offer, on their way to an editor.

A correction that says what should stand where is kept as a Proposal at once; for any
other, and for a note, the editor's page makes one when the source's form is opened.
What becomes of the Proposal becomes of the correction.
"""

from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from sources import proposals
from sources.models import Proposal, Question
from studyhall.annotations.models import Annotation, Correction, Notice
from studyhall.annotations.quoting import Span, places_in
from studyhall.keeping.marks import raise_mark

RIGHT = "sources.change_source"
AS_IT_STANDS = "That is what stands there: say what should stand instead."
Outcome, Motivation = Correction.Outcome, Annotation.Motivation


class Answered(Exception):
    """Another editor has answered it; `correction` is as it stands now."""

    def __init__(self, correction):
        super().__init__("This has been answered since you opened it.")
        self.correction = correction


def send(source, *, key, spans=(), by=None, **fields):
    """Keep a correction: a new one, or the one that was made with this key.

    `spans` are the texts, or the line in each, in which its words are looked for.
    """
    try:
        with transaction.atomic():
            correction = Correction.objects.create(
                creation_key=key, source=source, by=by, at=timezone.now(), **fields
            )
            _propose(correction, spans)
    except IntegrityError:
        made = Correction.objects.filter(creation_key=key).first()
        if made is None:
            raise
        return made
    return correction


def notes_waiting():
    """Public notes that name a mistake or read a source otherwise, not yet answered."""
    kinds = (Motivation.EDITING, Motivation.ASSESSING)
    is_open = Q(correction__isnull=True) | Q(correction__outcome="")
    notes = Annotation.objects.shown().filter(is_open, motivation__in=kinds)
    return notes.order_by("pk")


def of_note(note):
    """The row in which the answer to a note is kept."""
    made, _is_new = Correction.objects.get_or_create(
        note=note,
        defaults={
            "source": note.source,
            "by": note.reader,
            "line": note.line,
            "at": timezone.now(),
        },
    )
    return made


def places_of(spans, words):
    """Every place in these spans at which the words stand."""
    return [place for span in spans for place in places_in(span, words)]


def stands(instead, places):
    """Whether the words stand so already, letter for letter and point for point."""
    wanted = normalize("NFC", instead)
    return len(places) == 1 and normalize("NFC", places[0].words) == wanted


def spans_of(source):
    """The texts of a source as a whole, to look for words in."""
    return [Span(text, 0, len(text.words)) for text in source.texts.all()]


def take_up(correction, *, words="", instead=""):
    """The Proposal of what is asked, made as the text stands now; None for no words.

    Raises ValidationError where the words stand nowhere, or in several places, or the
    note is no longer everyone's, and Answered. Inside a transaction.
    """
    if correction.outcome:
        raise Answered(correction)
    note = correction.note
    if note is not None and not _hold(note).is_shown:
        raise ValidationError(gettext("This note is not public now."))
    if note is not None and note.motivation == Motivation.ASSESSING:
        changes = {"bearings": [_bearing_of(note)]}
    elif instead:
        changes = _changes(spans_of(correction.source), words, instead)
    else:
        return None
    if correction.proposal is not None and not correction.proposal.outcome:
        correction.proposal.changes = changes
        correction.proposal.opened = correction.source.version
        correction.proposal.save(update_fields=["changes", "opened"])
    else:
        _keep_proposal(correction, changes)
    return correction.proposal


@transaction.atomic
def answer(correction, outcome, *, by, reply=""):
    """Say that it is taken up, or that the source is kept as it is.

    A Proposal that waits is closed with it. Raises Answered.
    """
    _close(correction, outcome, by=by, reply=reply)
    proposal = correction.proposal
    if proposal is not None and not proposal.outcome:
        is_kept = outcome == Outcome.KEPT
        closed = Proposal.Outcome.DECLINED if is_kept else Proposal.Outcome.SUPERSEDED
        proposals.decide(proposal, closed, by=by, reply=reply)


def proposal_decided(proposal):
    """What follows for the correction of a Proposal: named in LIBRARY_FOLLOWERS.

    One that the editor who took it up takes back waits again; of a note, it keeps no
    words then, for nothing leads from the note to it any more.
    """
    asked = Correction.objects.filter(proposal=proposal, outcome="")
    correction = asked.select_related("note").first()
    if correction is None:
        return
    is_own = proposal.by_id == proposal.decided_by_id
    if proposal.outcome == Proposal.Outcome.ACCEPTED:
        outcome = Outcome.ACCEPTED
    elif proposal.outcome == Proposal.Outcome.DECLINED and not is_own:
        outcome = Outcome.KEPT
    else:
        asked.update(proposal=None)
        if correction.note is not None:
            proposals.take_back(proposal.pk, proposal.reply)
        return
    _close(correction, outcome, by=proposal.decided_by, reply=proposal.reply)


def take_back(note):
    """A note is no longer everyone's: what was made of it keeps none of its words."""
    reply = gettext("It was made of a note that is not public now.")
    for key in _proposals_of(note):
        proposals.take_back(key, reply)


def disown(note):
    """The writer of a note has left, and the note stays: it names a former reader."""
    proposals.disown(_proposals_of(note), gettext("A former reader"))


def sources_merged(kept, gone):
    """Corrections of the source that goes ask the same of the one that stays.

    A Proposal that waits was of texts that go: whoever takes its correction up makes
    another. Lines are numbered as they were only where the texts are the same.
    """
    asked = Correction.objects.filter(source=gone)
    reply = gettext("Its source has been merged into another.")
    superseded = Proposal.Outcome.SUPERSEDED
    for row in asked.filter(outcome="", proposal__outcome=""):
        proposals.decide(row.proposal, superseded, by=None, reply=reply)
    words = [set(one.texts.values_list("words", flat=True)) for one in (gone, kept)]
    if not words[0] <= words[1]:
        asked.update(line=None)
    asked.update(source=kept)


def _hold(note):
    """The note as it is stored: while it is held, its writer does not take it back."""
    return Annotation.objects.select_for_update(no_key=True).get(pk=note.pk)


def _proposals_of(note):
    made = Correction.objects.filter(note=note, proposal__isnull=False)
    return list(made.values_list("proposal", flat=True))


def _close(correction, outcome, *, by, reply):
    """Answer it once, and tell whoever sent it. Raises Answered."""
    now = timezone.now()
    closed = Correction.objects.filter(pk=correction.pk, outcome="").update(
        outcome=outcome, decided_by=by, decided_at=now, reply=reply
    )
    correction.refresh_from_db(fields=["outcome", "decided_by", "decided_at", "reply"])
    if not closed:
        raise Answered(correction)
    raise_mark("corrections")  # its page says what became of it
    sender = correction.note.reader if correction.note else correction.by
    if sender is not None and sender != by:
        said = correction.get_outcome_display().capitalize()
        Notice.objects.create(
            reader=sender,
            note=correction.note,
            correction=correction,
            kind=Notice.Kind.DECISION,
            words=f"{said}: {reply}" if reply else f"{said}.",
            at=now,
        )


def _propose(correction, spans):
    """Make the Proposal of a correction that says what should stand where."""
    if correction.instead:
        changes = _changes(spans, correction.words, correction.instead)
        _keep_proposal(correction, changes)


def _keep_proposal(correction, changes):
    note = correction.note
    said = note.body if note else correction.what
    credit = note.reader.display_name if note and note.reader else correction.name
    correction.proposal = proposals.suggest(
        correction.source,
        changes,
        by=note.reader if note else correction.by,
        why=f"{_name(correction)}: {said}" if said else _name(correction),
        credit=credit,
    )
    correction.save(update_fields=["proposal"])


def _name(correction):
    if correction.note is not None:
        return gettext("A reader’s note")
    return gettext("Correction %(number)s") % {"number": correction.pk}


def _changes(spans, words, instead):
    """The one text with other words in that place, as a Proposal keeps it."""
    places = places_of(spans, words) if words else []
    if not places:
        raise ValidationError(gettext("These words do not stand in the text as it is."))
    if len(places) > 1:
        raise ValidationError(
            gettext("These words stand in several places: name more words around them.")
        )
    [place] = places
    if stands(instead, places):
        raise ValidationError(gettext(AS_IT_STANDS))
    whole = place.text.words
    changed = whole[: place.start] + instead + whole[place.end :]
    return {"texts": [{"id": place.text.pk, "words": changed}]}


def _bearing_of(note):
    """A reading as a new bearing: a draft in which its reader is named."""
    reader = note.reader.display_name if note.reader else gettext("A reader")
    position = note.position
    question = position.question if position else Question.objects.first_question()
    is_anchored = note.anchor == Annotation.Anchor.ANCHORED
    return {
        "question_id": question.pk if question else None,
        "position_id": note.position_id,
        "direction": note.direction,
        "basis": note.basis,
        "read_by": reader,
        "words": note.exact if is_anchored else "",
        "reasoning": note.body,
        "credit": reader,
        "state": "draft",
    }
