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
from sources.authorship import (
    BY_THE_SECOND,
    NOT_PUBLIC,
    bearing_named,
    finder_of,
    in_review,
    is_public,
    last_writer,
    public,
    told,
)
from sources.models import Bearing, Source, State


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
    if not is_public(save.before) or not is_public(save.after):
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


def _check_bearings(save):
    old = {row["id"]: row for row in save.before.get("bearings", ())}
    for row in save.after.get("bearings", ()):
        before = old.pop(row["id"], {})
        _check_state(save, bearing_named(row), before, row, finder_of(row["id"]))
        _check_grounds(before, row)
        _check_signature(save, before, row)
    for before in old.values():  # taken out, as by restoring an older state
        gone = {**before, "state": State.WITHDRAWN}
        _check_state(save, bearing_named(before), before, gone, finder_of(gone["id"]))


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
    sender, writer = in_review(save, row_of)
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


def _check_grounds(before, row):
    """A bearing that is published, or changed while it is, says on what it rests.

    One that was loaded without its words stands until someone changes it.
    """
    if row["state"] != State.PUBLISHED or told(before) == told(row):
        return
    name = bearing_named(row)
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
        if is_public(row) and told(before) != told(row):
            found[row["id"]] = save.by_two or _is_second(save, before, row["id"])
    return found


def _is_second(save, before, key):
    if is_public(before):
        return False
    sender, writer = in_review(save, finder_of(key))
    return sender is not None and save.editor.pk not in (sender, writer)


def _check_signature(save, before, row):
    """A review is said by the one who made it, and never of one's own words."""
    name = bearing_named(row)
    if row["reviewed_by_id"] in (None, before.get("reviewed_by_id")):
        return
    if row["reviewed_by_id"] != save.editor.pk or not save.may_publish():
        raise ValidationError(f"Only a reviewer can say that they reviewed {name}.")
    if not one_editor() and last_writer(save, row["id"]) == save.editor.pk:
        raise ValidationError(f"You wrote {name}: another editor must review it.")
