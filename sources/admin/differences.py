"""In what two kept states of one record differ, in an editor's words."""

from dataclasses import dataclass

from django.db import models

LONGEST = 300  # code points shown of one value


@dataclass(frozen=True)
class Difference:
    """One field: what it was when the form was opened, and what it is now."""

    label: str
    before: str
    after: str


def between(model, before, after):
    """The differences of two states of a record of this model, as Change keeps them."""
    found = _of_fields(model, before, after)
    for name in model.parts:
        relation = model._meta.get_field(name)
        found += _of_rows(relation.related_model, before.get(name), after.get(name))
    return found


def _of_rows(model, before, after):
    """Differences row by row, a row being known by its id."""
    old = {row["id"]: row for row in before or []}
    new = {row["id"]: row for row in after or []}
    noun = model._meta.verbose_name
    found = []
    for number, key in enumerate({**old, **new}, 1):
        prefix = f"{noun} {number}: "
        if key not in new:
            found.append(Difference(f"{noun} {number}", "there", "taken out"))
        else:
            found += _of_fields(model, old.get(key, {}), new[key], prefix)
    return found


def _of_fields(model, before, after, prefix=""):
    return [
        Difference(
            f"{prefix}{field.verbose_name}",
            _shown(field, before.get(field.attname)),
            _shown(field, after.get(field.attname)),
        )
        for field in model._meta.concrete_fields
        if field.editable and before.get(field.attname) != after.get(field.attname)
    ]


def _shown(field, value):
    """A kept value as an editor would read it."""
    if value in (None, ""):
        return "–"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    words = str(dict(field.flatchoices).get(value, value))
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
