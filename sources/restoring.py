"""Bringing a record, with all that is edited with it, back to a former state.

A restore is a change like any other: it goes through the gate, obeys its rules and
makes a new version.
"""

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from sources import changes
from sources.kept import kept_state
from sources.models import Bearing, Change, Revision, State, Text

# Rows that others hold on to: they keep their place in the database while their
# values move, and are never taken out, whether or not anyone does: a refusal would tell
# of a reader's private note. What is unique of them is set aside first, so that two can
# change over.
SET_ASIDE = {
    Text: {"role": Text.Role.TRANSLATION, "translator": "restoring {}"},
    Bearing: {"read_by": "restoring {}"},
}
SIGNATURE = ("reviewed_by_id", "reviewed_at")


def restore(kept, *, opened, editor=None, why="", as_draft=False):
    """Bring the record of a Change back to the state that this Change keeps.

    `opened` is the version at which the editor saw the record. Rows that were taken
    out since come back under their ids where these are free; rows added since go out,
    but for what `with_what_stays` keeps. `as_draft` brings back as a draft what was
    published then and is not now. Returns sentences that say what could not be brought
    back. Raises what the gate raises, and ValidationError where the state names what is
    no longer there.
    """
    record = kept.record_kept()
    present, said = kept_state(record), []
    wanted = _as_draft(kept.record, present) if as_draft else kept.record
    if editor is not None:
        wanted = _unsigned(wanted, present, said)
    wanted = with_what_stays(wanted, present, said)
    with changes.change(record, opened=opened, editor=editor, why=why):
        _restore_fields(record, wanted, said)
        for name in record.parts:
            rows = wanted.get(name, present[name])
            _Rows(record, name, present[name], said).become(rows)
    return said


def with_what_stays(state, present, said=None):
    """A former state with the texts and bearings that were added since.

    They stay where they are, as nobody takes them out by hand either: a text as it
    is, a bearing withdrawn. Sentences that tell of it are added to `said`.
    """
    said, state = [] if said is None else said, dict(state)
    for name in ("texts", "bearings"):
        then = state.get(name)
        if then is None or name not in present:
            continue
        ids = {row["id"] for row in then}
        added = [row for row in present[name] if row["id"] not in ids]
        if added and name == "texts":
            said.append("A text was added since: it stays.")
        elif any(row["state"] != State.WITHDRAWN for row in added):
            added = [{**row, "state": State.WITHDRAWN.value} for row in added]
            said.append("A bearing was added since: it is withdrawn.")
        state[name] = [*then, *added]
    return state


def fill(row, values):
    """Set kept values on a row, which it returns; names it does not know are left.

    What is worked out from other fields stays as it is.
    """
    derived = getattr(row, "derived", ())
    for field in row._meta.concrete_fields:
        if field.attname in values and field.name not in derived:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    return row


def _as_draft(state, present):
    """The state with drafts for whatever was published in it and is not now."""
    was = {row["id"]: row["state"] for row in present.get("bearings", ())}
    drafted = {**state, "state": _drafted(state["state"], present["state"])}
    if "bearings" in state:
        drafted["bearings"] = [
            {**row, "state": _drafted(row["state"], was.get(row["id"]))}
            for row in state["bearings"]
        ]
    return drafted


def _drafted(then, now):
    if then == State.PUBLISHED != now:
        return State.DRAFT.value
    return then


def _unsigned(state, present, said):
    """The state without reviews that another made: a review is said by its maker."""
    if "bearings" not in state:
        return state
    now = {row["id"]: row for row in present["bearings"]}
    rows = []
    for row in state["bearings"]:
        stands = now.get(row["id"], dict.fromkeys(SIGNATURE))
        if row["reviewed_by_id"] not in (None, stands["reviewed_by_id"]):
            said.append("A bearing's review is not brought back: review it again.")
        rows.append({**row, **{name: stands[name] for name in SIGNATURE}})
    return {**state, "bearings": rows}


def _restore_fields(record, state, said):
    values = _with_what_is_there(record, state, said)
    if values is None:
        raise ValidationError(" ".join(said))
    fill(record, values).save()
    for field in record._meta.many_to_many:
        if field.name in state and field.name not in record.parts:
            _restore_links(record, field, state[field.name], said)


def _restore_links(record, field, keys, said):
    there = field.related_model._base_manager.filter(pk__in=keys)
    if len(there) < len(keys):
        said.append(f"Some of “{field.verbose_name}” are no longer there.")
    getattr(record, field.name).set(there)


def _with_what_is_there(row, values, said):
    """The values without references to what is gone; None if the row needs one."""
    found = dict(values)
    for field in row._meta.concrete_fields:
        value = values.get(field.attname)
        if not isinstance(field, ForeignKey) or value is None:
            continue
        if field.related_model._base_manager.filter(pk=value).exists():
            continue
        name = f"the {field.verbose_name} of a {row._meta.verbose_name}"
        if not field.null:
            said.append(f"Left out: {name} (number {value}) is no longer there.")
            return None
        said.append(f"Now empty: {name} (number {value}) is no longer there.")
        found[field.attname] = None
    return found


class _Rows:
    """The rows of one part of a record, on their way to a former state."""

    def __init__(self, record, name, present, said):
        self.record, self.said = record, said
        self.there = {row["id"]: row for row in present}
        relation = record._meta.get_field(name)
        self.model, self.parent = relation.related_model, relation.field.attname
        self.rows = self.model._base_manager.filter(**{self.parent: record.pk})

    def become(self, wanted):
        """Take out, set aside, and save, so that no two rows meet on the way."""
        wanted = {values["id"]: values for values in wanted}
        changed = {
            key
            for key, values in wanted.items()
            if key in self.there and self.there[key] != self.there[key] | values
        }
        gone = self.there.keys() - wanted.keys()
        aside = SET_ASIDE.get(self.model)
        if aside is None:
            gone |= changed
        changes.remove(self.rows.filter(pk__in=gone))
        stay = {row.pk: row for row in self.rows.filter(pk__in=changed - gone)}
        for row in stay.values():
            for name, value in aside.items():
                setattr(row, name, value.format(row.pk))
            row.save()
        for key in wanted.keys() - (self.there.keys() - changed):
            self._save(stay.get(key), wanted[key])

    def _save(self, row, values):
        values = {**values, self.parent: self.record.pk}
        values = _with_what_is_there(row or self.model(), values, self.said)
        if row is not None:
            fill(row, self.there[row.pk] if values is None else values).save()
        elif values is not None:
            self._add(values)

    def _add(self, values):
        """A row that was taken out, or one of those that nothing holds on to."""
        row = fill(self.model(), values)
        if self.model._base_manager.filter(pk=row.pk).exists():
            row.pk = None
        row.save(force_insert=True)
        if self.model is Text:
            _bring_back_revisions(row, values["id"])


def _bring_back_revisions(text, key):
    """The revisions that a text had before it was taken out, from the Changes."""
    kept = Change.objects.of("source", text.source_id)
    words = None
    for at, state in kept.values_list("at", "record").iterator():
        row = next((row for row in state["texts"] if row["id"] == key), None)
        if row is None or row["words"] == words:
            continue
        words, text.number = row["words"], text.number + 1
        Revision.objects.create(text=text, number=text.number, words=words, at=at)
    text.save(update_fields=["number"])
