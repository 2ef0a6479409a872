"""Proposals: what of a record would be otherwise, kept until an editor decides.

A proposal's `changes` are partial: fields by their names in the kept state, and of
each part only the rows that differ. Readers' notes make them as the editors' form does.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sources import followers
from sources.models import Proposal


@transaction.atomic
def propose(record, before, after, *, by, why="", credit="", replaced=None):
    """Keep the difference of two kept states of a record as a Proposal of `by`.

    It replaces the one that it was written on (`replaced`), and an earlier one by the
    same person of which it says all; what else waits, waits on. Returns the row.
    """
    kind = record._meta.model_name
    changes = changes_between(type(record), before, after)
    for earlier in Proposal.objects.of(kind, record.pk).waiting().filter(by=by):
        if earlier == replaced or _says_all(before, earlier.changes, changes):
            decide(earlier, Proposal.Outcome.SUPERSEDED, by=by)
    return suggest(record, changes, by=by, why=why, credit=credit)


def _says_all(before, earlier, later):
    """Whether nothing of the earlier changes would be seen beneath the later ones."""
    beneath = overlaid(overlaid(before, earlier), later)
    return earlier == later or beneath == overlaid(before, later)


def suggest(record, changes, *, by=None, why="", credit=""):
    """Keep changes in a proposal's own form; `by` is None for a visitor's.

    Beside any that wait: each says something of its own. Returns the row.
    """
    return Proposal.objects.create(
        kind=record._meta.model_name,
        record_id=record.pk,
        opened=record.version,
        changes=changes,
        why=why,
        by=by,
        credit=credit,
        at=timezone.now(),
    )


@transaction.atomic
def take_back(key, reply):
    """Take out of a Proposal what is written in it: whoever wrote it takes it back.

    One that waits is closed with this reply. Of one that was accepted the library has
    what was kept, and its credit stays with it.
    """
    proposal = Proposal.objects.select_for_update().get(pk=key)
    if not proposal.outcome:
        decide(proposal, Proposal.Outcome.WITHDRAWN, by=None, reply=reply)
    if proposal.outcome != Proposal.Outcome.ACCEPTED:
        proposal.by, proposal.credit = None, ""
    proposal.changes, proposal.why = {}, ""
    proposal.save(update_fields=["by", "credit", "changes", "why"])


def disown(keys, credit=""):
    """Let the Proposals of these keys be nobody's: their writer has left the site.

    They thank `credit` from now on, and so does who reads in them.
    """
    for proposal in Proposal.objects.filter(pk__in=keys).select_for_update():
        proposal.by, proposal.credit = None, credit
        for row in proposal.changes.get("bearings", ()):
            row.update({name: credit for name in ("read_by", "credit") if name in row})
        proposal.save(update_fields=["by", "credit", "changes"])


def take_up(proposal, record, before, after, *, by, why=""):
    """Let an editor answer for what a reader, or nobody known, has proposed.

    Who that was may be this editor, so it takes another still. Returns the row.
    """
    proposal.opened = record.version
    proposal.changes = changes_between(type(record), before, after)
    proposal.why = why or proposal.why
    proposal.by = by
    proposal.save(update_fields=["opened", "changes", "why", "by"])
    return proposal


@transaction.atomic
def decide(proposal, outcome, *, by, reply=""):
    """Close a proposal with an outcome of Proposal.Outcome; the followers are told.

    Raises ValidationError where someone has closed it since it was read.
    """
    proposal.outcome = outcome
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.reply = reply
    names = ("outcome", "decided_by", "decided_at", "reply")
    values = {name: getattr(proposal, name) for name in names}
    if not Proposal.objects.waiting().filter(pk=proposal.pk).update(**values):
        raise ValidationError(
            "This proposal has been decided since you opened it. Nothing was changed."
        )
    followers.tell("proposal_decided", proposal)


def changes_between(model, before, after):
    """What of `after` is other than in `before`, as a proposal keeps it.

    Only what an editor writes: what the gate works out is worked out again.
    """
    found = _differs(model, before, after)
    for part in model.parts:
        related = model._meta.get_field(part).related_model
        rows = _rows_between(related, before.get(part, []), after.get(part, []))
        if rows:
            found[part] = rows
    return found


def _differs(model, before, after):
    """The fields of one row that an editor wrote otherwise, by their kept names."""
    return {
        name: after[name]
        for name in written(model).values()
        if name in after and before.get(name) != after[name]
    }


def written(model):
    """What an editor writes of a row: the names of form fields with the kept names."""
    return {
        field.name: field.attname
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key
    }


def _rows_between(model, before, after):
    old = {row["id"]: row for row in before}
    found = []
    for row in after:
        was = old.pop(row["id"], None)
        if was is None:
            found.append(_differs(model, {}, row))
        elif differs := _differs(model, was, row):
            found.append({"id": row["id"], **differs})
    return found + [{"id": key, "gone": True} for key in old]


def overlaid(state, changes):
    """A kept state with a proposal's changes laid over it.

    New rows, which have no id yet, get -1, -2 and so on.
    """
    result = {**state}
    for name, value in changes.items():
        if isinstance(value, list) and name in state and _are_rows(state, name, value):
            result[name] = _overlaid_rows(state[name], value)
        else:
            result[name] = value
    return result


def _are_rows(state, name, value):
    return all(isinstance(row, dict) for row in [*state[name], *value])


def _overlaid_rows(rows, changes):
    by_id = {row["id"]: row for row in changes if row.get("id") is not None}
    kept = [
        {**row, **by_id.get(row["id"], {})}
        for row in rows
        if not by_id.get(row["id"], {}).get("gone")
    ]
    new = [row for row in changes if row.get("id") is None]
    return kept + [{**row, "id": -number} for number, row in enumerate(new, 1)]


def kept_as_proposed(before, after, changes, unsaid):
    """What a proposal says of each row of `after`, {part: {id: row}}.

    None where `after` is not what its changes make of `before`; names in `unsaid` are
    not compared.
    """
    wanted, found = overlaid(before, changes), {}
    for name in after.keys() - unsaid:
        value, said = after[name], wanted.get(name)
        if not isinstance(value, list) or not _are_rows(after, name, said or []):
            if value != said:
                return None
            continue
        found[name] = _paired(value, said or [], unsaid | {"id"})
        if found[name] is None:
            return None
    return found


def _paired(rows, wanted, unsaid):
    """Each row's id with the wanted row that it is; None unless each has its one."""
    stored, found = {row["id"] for row in wanted}, {}
    left = list(wanted)
    for row in rows:
        for each in left:
            is_it = row["id"] == each["id"] if row["id"] in stored else each["id"] < 0
            if is_it and _agrees(row, each, unsaid):
                found[row["id"]] = each
                left.remove(each)
                break
    return found if len(found) == len(rows) and not left else None


def _agrees(row, wanted, unsaid):
    return all(row.get(name) == wanted[name] for name in wanted.keys() - unsaid)


def fields_of(model, values):
    """Of a kept row, what an editor writes: values by the names of form fields."""
    names = written(model).items()
    return {name: values[kept] for name, kept in names if kept in values}
