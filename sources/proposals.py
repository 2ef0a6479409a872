"""Proposals: what of a record would be otherwise, kept until an editor decides.

A proposal's `changes` are partial: fields by their names in the kept state, and of
each part only the rows that differ. Readers' notes make them as the editors' form does.
"""

from django.utils import timezone

from sources.models import Proposal


def propose(record, before, after, *, by, why="", credit=""):
    """Keep the difference of two kept states of a record as a Proposal of `by`.

    An earlier one by the same person that still waits is replaced. Returns the row.
    """
    now = timezone.now()
    kind = record._meta.model_name
    for earlier in Proposal.objects.of(kind, record.pk).waiting().filter(by=by):
        decide(earlier, Proposal.Outcome.SUPERSEDED, by=by, at=now)
    return Proposal.objects.create(
        kind=kind,
        record_id=record.pk,
        opened=record.version,
        changes=changes_between(type(record), before, after),
        why=why,
        by=by,
        credit=credit,
        at=now,
    )


def decide(proposal, outcome, *, by, reply="", at=None):
    """Close a proposal with an outcome of Proposal.Outcome."""
    proposal.outcome = outcome
    proposal.decided_by = by
    proposal.decided_at = at or timezone.now()
    proposal.reply = reply
    proposal.save(update_fields=["outcome", "decided_by", "decided_at", "reply"])


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


def fields_of(model, values):
    """Of a kept row, what an editor writes: values by the names of form fields."""
    names = written(model).items()
    return {name: values[kept] for name, kept in names if kept in values}
