"""What takes two editors: to publish, and to change what is public.

A record, and each bearing of a source, goes draft, in review, published, withdrawn.
It is published out of review, by someone who may publish and did not send it there;
and what readers see already changes only if one editor wrote it and another keeps it.
`settings.LIBRARY_ONE_EDITOR` lifts what asks for a second person, and nothing else.
The gate asks `check` of every change that an editor makes; what the loader and the
commands write (no editor) is not asked.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError

from sources import proposals
from sources.models import Bearing, Change, Source, State

# Fields of a record, or of its rows, that no page shows to a reader.
NOT_PUBLIC = frozenset({"notes", "library_name", "creation_key", "state"})
# Who has reviewed a bearing: said by the second editor, not by the one who wrote it.
BY_THE_SECOND = frozenset({"reviewed_by_id", "reviewed_at"})


class TakesTwo(ValidationError):
    """What is public would change by one editor's word alone.

    `before` and `after` are the kept states, so that a proposal can be made of them.
    """

    def __init__(self, before, after):
        super().__init__(
            "This is public, and what is public takes two editors: one who writes "
            "it and another who keeps it."
        )
        self.before, self.after = before, after


@dataclass(frozen=True)
class Save:
    """One change as it is about to be kept: who makes it, of what, and who wrote it.

    `before` and `after` are kept states (`before` is empty for a new record);
    `proposal` is the Proposal that is kept by it, if it is one.
    """

    record: object
    before: dict
    after: dict
    editor: object
    why: str = ""
    written_by: object = None
    proposal: object = None

    @property
    def by_two(self):
        """Whether another wrote all of it that is public, and this editor keeps it."""
        if self.proposal is not None:
            return self.proposed is not None
        return self.written_by not in (None, self.editor)

    @cached_property
    def proposed(self):
        """What another's proposal says of each row, by part and id.

        None where there is none, or where what is to be kept is not what it says; nor
        where nobody knows who wrote it, which may be this editor.
        """
        if self.proposal is None or self.proposal.by in (None, self.editor):
            return None
        states, said = (self.before, self.after), self.proposal.changes
        return proposals.kept_as_proposed(*states, said, NOT_PUBLIC | BY_THE_SECOND)

    def may_publish(self):
        return may_publish(self.editor, type(self.record))


def may_publish(user, model):
    """Whether a user may publish records of this model that another wrote."""
    return user.has_perm(f"sources.publish_{model._meta.model_name}")


def one_editor():
    """Whether this site has told us that one person may write and publish."""
    return settings.LIBRARY_ONE_EDITOR


def check(save):
    """Refuse what takes a second editor, or an editor who may publish.

    Raises TakesTwo where the change could be a proposal, else ValidationError.
    """
    if save.editor is None:
        return
    if "state" not in save.after:
        _check_stateless(save)
        return
    name = save.record._meta.verbose_name
    _check_state(save, f"this {name}", save.before, save.after, lambda state: state)
    _check_bearings(save)
    if not _is_public(save.before) or not _is_public(save.after):
        return
    if public(save.before, save.after) == public(save.after, save.before):
        return
    if not (save.may_publish() and (save.by_two or one_editor())):
        raise TakesTwo(save.before, save.after)


def _check_stateless(save):
    """A work and its author have no state: they are as public as their sources."""
    changed = public(save.before, save.after) != public(save.after, save.before)
    if not save.before or not changed or may_publish(save.editor, Source):
        return
    if _sources_of(save.record).published().exists():
        name = save.record._meta.verbose_name
        raise ValidationError(
            f"Published sources stand under this {name}, so a reviewer must change "
            "it. Tell one what should stand here."
        )


def _sources_of(record):
    ways = {"work": "work", "author": "work__author"}
    way = ways.get(record._meta.model_name)
    return Source.objects.filter(**{way: record.pk}) if way else Source.objects.none()


def _is_public(state):
    return state.get("state") == State.PUBLISHED


def _check_bearings(save):
    old = {row["id"]: row for row in save.before.get("bearings", ())}
    for row in save.after.get("bearings", ()):
        before = old.pop(row["id"], {})
        _check_state(save, _bearing_named(row), before, row, _finder(row["id"]))
        _check_grounds(before, row)
        _check_signature(save, before, row)
    for before in old.values():  # taken out, as by restoring an older state
        gone = {**before, "state": State.WITHDRAWN}
        _check_state(save, _bearing_named(before), before, gone, _finder(gone["id"]))


def _finder(key):
    """The bearing of this id in a kept state; {} where it has none."""

    def row_of(state):
        rows = state.get("bearings", ())
        return next((row for row in rows if row["id"] == key), {})

    return row_of


def _check_state(save, name, before, after, row_of):
    """Refuse a step to published, or away from it, that this editor may not take.

    `row_of` finds what takes the step in a kept state: the record, or a bearing.
    """
    old, new = before.get("state"), after["state"]
    if old == new or State.PUBLISHED not in (old, new):
        return
    if not save.may_publish():
        what = "withdraw" if old == State.PUBLISHED else "publish"
        raise ValidationError(
            f"A reviewer must {what} {name}: you may write it and send it to review."
        )
    if old == State.PUBLISHED:
        if not save.why:
            raise ValidationError(f"Say why {name} is no longer to be published.")
    elif not one_editor():
        _refuse_first_editor(save, name, old, row_of)


def _refuse_first_editor(save, name, old, row_of):
    if save.by_two and (save.proposal is None or _is_sent_by_it(save, old, row_of)):
        return
    if old != State.IN_REVIEW:
        raise ValidationError(f"Send {name} to review first: another editor reads it.")
    sender, writer = _in_review(save, row_of)
    if sender == save.editor.pk:
        raise ValidationError(
            f"You sent {name} to review: another editor must publish it."
        )
    if writer == save.editor.pk:
        raise ValidationError(
            f"You changed {name} while it was in review: another editor must publish "
            "it."
        )


def _is_sent_by_it(save, old, row_of):
    """Whether the proposal that is kept sends this bearing to review."""
    key = row_of(save.after)["id"]
    proposed = save.proposed.get("bearings", {}).get(key, {})
    is_new = old in (None, State.DRAFT) and row_of(save.after) is not save.after
    return is_new and proposed.get("state") == State.IN_REVIEW


def _in_review(save, row_of):
    """The ids of who sent it to review, and of who wrote what it says now.

    The first made the oldest of the latest changes that all left it in review, the
    second the oldest of those that left it saying what it says.
    """
    kind = save.record._meta.model_name
    changes = Change.objects.of(kind, save.record.pk).order_by("-number")
    sender, writer = None, save.editor.pk
    said, is_same = _said(row_of(save.after)), True
    for editor, record in changes.values_list("editor_id", "record").iterator():
        row = row_of(record)
        if row.get("state") != State.IN_REVIEW:
            break
        # What a later version of the site has added is not asked of an older state.
        is_same &= all(said.get(name) == value for name, value in _said(row).items())
        sender, writer = editor, editor if is_same else writer
    return sender, writer


def _said(row):
    """What a reader would read of a record without its bearings, or of a bearing."""
    passed = NOT_PUBLIC | BY_THE_SECOND | {"bearings"}
    return {name: value for name, value in row.items() if name not in passed}


def _check_grounds(before, row):
    """A bearing that is published, or changed while it is, says on what it rests.

    One that was loaded without its words stands until someone changes it.
    """
    if row["state"] != State.PUBLISHED or _told(before) == _told(row):
        return
    name = _bearing_named(row)
    if not row["reasoning"].strip():
        raise ValidationError(f"Give a reason for {name} before it is published.")
    needs_words = row["basis"] != Bearing.Basis.INFERRED
    had_none = before.get("state") == State.PUBLISHED and not before["words"]
    if needs_words and not row["words"].strip() and not had_none:
        raise ValidationError(
            f"Give the exact words on which {name} rests, as they stand in the text. "
            "Only what “is read so by others” can do without."
        )


def signatures(save):
    """The bearings whose review this change decides: their ids, and whether it did.

    True where the editor is the second on what is published now; False where what was
    reviewed is no longer what stands there.
    """
    if "bearings" not in save.after:
        return {}
    old = {row["id"]: row for row in save.before.get("bearings", ())}
    found = {}
    for row in save.after["bearings"]:
        before = old.get(row["id"], {})
        if _is_public(row) and _told(before) != _told(row):
            found[row["id"]] = save.by_two or _is_second(save, before, row["id"])
    return found


def _is_second(save, before, key):
    if _is_public(before):
        return False
    sender, writer = _in_review(save, _finder(key))
    return sender is not None and save.editor.pk not in (sender, writer)


def _check_signature(save, before, row):
    """A review is said by the one who made it, and never of one's own words."""
    name = _bearing_named(row)
    if row["reviewed_by_id"] in (None, before.get("reviewed_by_id")):
        return
    if row["reviewed_by_id"] != save.editor.pk or not save.may_publish():
        raise ValidationError(f"Only a reviewer can say that they reviewed {name}.")
    if not one_editor() and _last_writer(save, row["id"]) == save.editor.pk:
        raise ValidationError(f"You wrote {name}: another editor must review it.")


def _last_writer(save, key):
    """The id of the editor who last changed this bearing's words."""
    kind = save.record._meta.model_name
    changes = Change.objects.of(kind, save.record.pk)
    writer, told = None, None
    for editor, record in changes.values_list("editor_id", "record").iterator():
        row = next((r for r in record.get("bearings", ()) if r["id"] == key), None)
        if row is not None and _told(row) != told:
            writer, told = editor, _told(row)
    return writer


def _told(row):
    return {name: value for name, value in row.items() if name not in BY_THE_SECOND}


def _bearing_named(row):
    """How a sentence names a bearing: by what its form shows."""
    direction = Bearing.Direction(row["direction"]).label
    basis = Bearing.Basis(row["basis"]).label
    return f"the bearing that {direction} ({basis})"


def public(state, other):
    """What readers see of a kept state, but for bearings not public in `other` too.

    A bearing that is being published or withdrawn has its own rule.
    """
    seen = {name: value for name, value in state.items() if name not in NOT_PUBLIC}
    if "bearings" in seen:
        others = {row["id"] for row in other.get("bearings", ()) if _is_public(row)}
        rows = [row for row in seen["bearings"] if row["id"] in others]
        seen["bearings"] = [_told(row) for row in rows if _is_public(row)]
    return seen
