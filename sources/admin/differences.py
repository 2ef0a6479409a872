"""In what two kept states of one record differ, word by word, for an editor."""

import json
import re
from dataclasses import dataclass

from django.db import models
from django.utils.dateparse import parse_datetime

from sources import differences as by_words
from sources.differences import Run

LONGEST = 3000  # code points shown of one run of words in a list
NOT_SHOWN = {"id", "creation_key", "library_name"}
_HEBREW = re.compile("[\u05d0-\u05ea]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class Difference:
    """One field: how it is called, its runs of words, and how these are written."""

    label: str
    runs: tuple[Run, ...]
    lang: str
    dir: str


def of_states(model, *pairs):
    """The differences of each pair of kept states of a record of this model.

    In: (before, after) pairs; `before` is empty for a record that is new. Out: a list
    of Differences for each pair. One query for each kind of record that is named.
    """
    pairs = [(before or {}, after) for before, after in pairs]
    names = Names(model, [state for pair in pairs for state in pair])
    return [_of_record(model, names, *pair) for pair in pairs]


def between(model, before, after):
    """The Differences of two kept states of a record of this model."""
    return of_states(model, (before, after))[0]


def of_words(label, before, after, language=None):
    """The Difference of two versions of some words."""
    lang, direction = writing_of(before + after, language)
    return Difference(label, tuple(by_words.between(before, after)), lang, direction)


def writing_of(words, language=None):
    """(lang, dir) of some words: as told, or as most of their letters say."""
    if language is None:
        is_hebrew = len(_HEBREW.findall(words)) > len(_LATIN.findall(words))
        language = "he" if is_hebrew else "en"
    return language, "ltr" if language == "en" else "rtl"


class Names:
    """How the records that some kept states point to are called."""

    def __init__(self, model, states):
        keys = {}
        for state in states:
            for owner, row in _rows(model, state):
                for field in _links(owner):
                    keys.setdefault(field.related_model, set()).add(
                        row.get(field.attname)
                    )
        for field in model._meta.many_to_many:
            for state in states:
                keys.setdefault(field.related_model, set()).update(
                    state.get(field.name, ())
                )
        self.found = {
            related: related._base_manager.in_bulk(wanted - {None})
            for related, wanted in keys.items()
        }

    def of(self, related, key):
        found = self.found[related].get(key)
        return str(found) if found else f"number {key}, which is no longer there"

    def shown(self, field, row):
        """A kept value of a row as an editor would read it."""
        value = row.get(field.attname)
        if value in (None, "", [], {}):
            return ""
        if isinstance(field, models.ForeignKey):
            return self.of(field.related_model, value)
        if isinstance(field, models.BooleanField):
            return "yes" if value else "no"
        if isinstance(field, models.DateTimeField):
            return f"{parse_datetime(value):%Y-%m-%d %H:%M} UTC"
        if isinstance(field, models.JSONField):
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        return str(dict(field.flatchoices).get(value, value))


def _parts(model):
    """The model of each part of a record, by the part's name."""
    return {name: model._meta.get_field(name).related_model for name in model.parts}


def _rows(model, state):
    yield model, state
    for name, part in _parts(model).items():
        yield from ((part, row) for row in state.get(name, ()))


def _links(model):
    return [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]


def _of_record(model, names, before, after):
    found = _of_fields(model, names, before, after)
    for field in model._meta.many_to_many:
        old, new = (
            "\n".join(names.of(field.related_model, key) for key in state[field.name])
            if field.name in state
            else ""
            for state in (before, after)
        )
        if old != new:
            found.append(_shortened(of_words(str(field.verbose_name), old, new)))
    for name, part in _parts(model).items():
        found += _of_rows(model, part, names, before.get(name), after.get(name))
    return found


def _of_rows(parent, model, names, before, after):
    """Differences row by row, a row being known by its id."""
    old, new = _by_id(before), _by_id(after)
    noun, found = model._meta.verbose_name, []
    for number, key in enumerate({**old, **new}, 1):
        deed = ""
        if key not in new:
            deed = " (taken out)"
        elif before is not None and key not in old:
            deed = " (added)"
        rows = old.get(key, {}), new.get(key, {})
        prefix = f"{noun} {number}{deed}: "
        found += _of_fields(model, names, *rows, prefix=prefix, parent=parent)
    return found


def _by_id(rows):
    """Rows by their ids; those that have none yet by their places."""
    return {
        row.get("id") or f"new {place}": row for place, row in enumerate(rows or [])
    }


def _of_fields(model, names, before, after, prefix="", parent=None):
    return [
        _of_field(field, names, before, after, prefix)
        for field in model._meta.concrete_fields
        if _is_shown(field, parent)
        and before.get(field.attname) != after.get(field.attname)
        if names.shown(field, before) != names.shown(field, after)
    ]


def _is_shown(field, parent):
    """All that a state keeps, but for its keys and the record that a row is part of."""
    if field.name in NOT_SHOWN or field.name in getattr(field.model, "derived", ()):
        return False
    is_parent = field.is_relation and field.related_model is parent
    return not (is_parent and field.remote_field.get_accessor_name() in parent.parts)


def _of_field(field, names, before, after, prefix):
    old, new = names.shown(field, before), names.shown(field, after)
    language = None
    if field.name == "words":
        language = after.get("language") or before.get("language")
    difference = of_words(f"{prefix}{field.verbose_name}", old, new, language)
    return _shortened(difference)


def _shortened(difference):
    """Runs of a length that a list can show; the record itself has all of them."""
    runs = tuple(
        run if len(run.words) <= LONGEST else Run(run.kind, f"{run.words[:LONGEST]}…")
        for run in difference.runs
    )
    return Difference(difference.label, runs, difference.lang, difference.dir)
