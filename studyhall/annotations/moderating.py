"""What moderators decide on public notes: each decision is an Act, told and undoable.

A decision is on the version that the moderator read. Whoever comes second, after
another moderator or after the writer, is told what stands now.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from studyhall.annotations import edits
from studyhall.annotations.gate import let_stand
from studyhall.annotations.models import Act, Annotation, Flag, NoteEdit, Notice
from studyhall.keeping.marks import raise_mark

RIGHT = "annotations.moderate_annotation"
SPAM = "It advertises."
Deed, Standing = Act.Deed, Annotation.Standing
OF_EDIT = "edited"  # what an Act on an edit names before: the note itself stood
EDITS = {
    Deed.APPROVE: NoteEdit.State.APPLIED,
    Deed.RETURN: NoteEdit.State.RETURNED,
}


@dataclass(frozen=True)
class Rule:
    """From which standings a deed leads, to which, and whether it must say why."""

    before: frozenset
    after: str
    wants_reason: bool = False


RULES = {
    Deed.APPROVE: Rule(
        frozenset({Standing.WAITING, Standing.RETURNED, Standing.HIDDEN}),
        Standing.APPROVED,
    ),
    Deed.RETURN: Rule(
        frozenset({Standing.WAITING, Standing.APPROVED}), Standing.RETURNED, True
    ),
    Deed.HIDE: Rule(
        frozenset({Standing.WAITING, Standing.APPROVED, Standing.RETURNED}),
        Standing.HIDDEN,
        True,
    ),
    Deed.KEEP: Rule(frozenset({Standing.APPROVED}), Standing.APPROVED),
}


class Decided(Exception):
    """The note is not as the moderator read it.

    `note` is as it stands now, None where it is no longer public; `act` is the last
    decision on it, None for none.
    """

    def __init__(self, note):
        super().__init__("This note has changed since you read it.")
        self.note = note
        self.act = last_act(note) if note else None


def last_act(note):
    acts = Act.objects.filter(note=note).select_related("by")
    return acts.order_by("-pk").first()


@transaction.atomic
def decide(note, deed, *, by, opened, reason=""):
    """Decide on a note as it was read at version `opened`. Returns the Act.

    Raises Decided, ValidationError where a reason is wanted, and PermissionDenied
    for an own note.
    """
    rule = RULES[deed]
    _check(note, rule, by, reason)
    stored = _held(note)
    if stored is None or stored.version != opened or stored.standing not in rule.before:
        raise Decided(stored)
    return _done(stored, deed, rule.after, by=by, reason=reason)


@transaction.atomic
def decide_edit(note, deed, *, by, opened, reason=""):
    """Let the edit of a public note stand, or return it: the note stands in both cases.

    Raises as `decide` does. Returns the Act.
    """
    _check(note, RULES[deed], by, reason)
    stored = _held(note)
    edit = edits.waiting(stored) if stored is not None else None
    if edit is None or stored.version != opened:
        raise Decided(stored)
    edit.state = EDITS[deed]
    if deed == Deed.APPROVE:
        edits.apply(stored, edit)
    edit.save()
    return _done(stored, deed, stored.standing, by=by, reason=reason, before=OF_EDIT)


@transaction.atomic
def undo(act, *, by, reason=""):
    """Let the note stand as it did before its last decision. Returns the new Act.

    Raises Decided where it was not the last, or the note stands otherwise now.
    """
    refuse_own(act.note, by)
    stored = _held(act.note)
    is_last = stored is not None and last_act(stored) == act
    if not is_last or stored.standing != act.after or act.deed == Deed.UNDO:
        raise Decided(stored)
    if act.before == OF_EDIT:
        _undo_edit(stored, act)
        return _done(
            stored, Deed.UNDO, stored.standing, by=by, reason=reason, before=OF_EDIT
        )
    undone = _done(stored, Deed.UNDO, act.before, by=by, reason=reason)
    Flag.objects.filter(note=stored, settled_at=act.at).update(settled_at=None)
    return undone


def _undo_edit(stored, act):
    """Let the edit wait again. Raises Decided where its writer has saved another."""
    edit = NoteEdit.objects.filter(note=stored, state=EDITS[act.deed]).first()
    if edit is None:
        raise Decided(stored)
    if act.deed == Deed.APPROVE:
        edits.apply(stored, edit)
        edits.taken_out(stored, edit)
    edit.state = NoteEdit.State.WAITING
    edit.save()


def hide_spam(chosen, *, by):
    """Hide notes as advertising: (note, version read) pairs. Returns how many were.

    Own ones, and those that were decided in between, are passed over.
    """
    hidden = 0
    for note, opened in chosen:
        try:
            decide(note, Deed.HIDE, by=by, opened=opened, reason=SPAM)
        except (Decided, PermissionDenied):
            continue
        hidden += 1
    return hidden


def answer(act, words):
    """Keep the writer's answer to a decision, once. Returns whether it was kept."""
    unanswered = Act.objects.filter(pk=act.pk, answer="")
    return bool(unanswered.update(answer=words))


def refuse_own(note, user):
    """Raise PermissionDenied where this user wrote the note."""
    if note.reader_id == user.pk:
        raise PermissionDenied(
            gettext("This note is your own: another moderator must decide on it.")
        )


def _check(note, rule, by, reason):
    refuse_own(note, by)
    if rule.wants_reason and not reason:
        raise ValidationError(gettext("Say why: its writer is told."))


def _held(note):
    """The note as it is stored, held until the transaction ends; None if not public."""
    notes = Annotation.objects.for_moderators().filter(pk=note.pk)
    return notes.select_for_update(of=("self",), no_key=True).first()


def _done(note, deed, after, *, by, reason, before=None):
    """The decision as it is kept, with all that follows from it.

    `before` is its standing unless something else is said of it.
    """
    now = timezone.now()
    act = Act.objects.create(
        note=note,
        by=by,
        deed=deed,
        reason=reason,
        before=note.standing if before is None else before,
        after=after,
        at=now,
    )
    was_shown, note.standing = note.is_shown, after
    note.version += 1  # a form that the writer has open meets what was decided
    note.save(update_fields=["standing", "version"])
    if note.is_shown and deed != Deed.KEEP:
        let_stand(note)
    if act.before != OF_EDIT:
        Flag.objects.filter(note=note, settled_at=None).update(settled_at=now)
    _tell(note, act, now)
    if was_shown or note.is_shown:
        raise_mark("notes")
    return act


def _tell(note, act, now):
    """Tell the writer; a former reader is told nothing."""
    if note.reader_id is None:
        return
    said = act.get_deed_display().capitalize()
    if act.before == OF_EDIT:
        said = gettext("Your edit: %(deed)s") % {"deed": act.get_deed_display()}
    Notice.objects.create(
        reader_id=note.reader_id,
        note=note,
        kind=Notice.Kind.DECISION,
        words=f"{said}: {act.reason}" if act.reason else f"{said}.",
        at=now,
    )
