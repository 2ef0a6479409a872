"""Whether the Changes are whole: none changed, none missing, none put in between.

Each row's digest is of all its fields and of the row before it, so that whoever
changes one row would have to change every later one, and the stamp.
"""

from itertools import islice

from django.apps import apps

from sources.kept import digest_of, kept_state
from sources.models import Change, Record, Stamp

AT_ONCE = 200  # rows that are held at a time


def problems_of_changes(progress):
    """Sentences on what is wrong with the rows, in their order, then by record.

    `progress(done, count)` is called as the walk goes on. Memory is constant.
    """
    yield from _of_chain(progress)
    yield from _of_numbers()


def problems_of_records(progress):
    """Sentences on records that stand otherwise than their last Change says.

    A record of a generated library that no one has saved has no Change, and none is
    asked for.
    """
    models = [m for m in apps.get_app_config("sources").get_models() if _is_record(m)]
    count = sum(model._base_manager.count() for model in models)
    done = 0
    for model in models:
        for record in model._base_manager.order_by("pk").iterator(AT_ONCE):
            yield from _of_record(record)
            done += 1
            progress(done, count)


def never_saved():
    """How many records were never saved by the gate: a generated library's."""
    models = [m for m in apps.get_app_config("sources").get_models() if _is_record(m)]
    return sum(model._base_manager.filter(version=0).count() for model in models)


def _is_record(model):
    return issubclass(model, Record)


def _of_chain(progress):
    """Row by row: its own digest, and the one of the row before it."""
    count, done, before = Change.objects.count(), 0, None
    # In a generated library the first row follows what the generator has stamped.
    last = None if never_saved() else ""
    for key, row in _rows():
        done += 1
        progress(done, count)
        if row is None:
            yield f"Change {key} cannot be read: what it holds was damaged."
            last, before = None, key
            continue
        if last is not None and row.previous_digest != last:
            yield _broken(row, before)
        if not _is_whole(row):
            yield f"Change {row.pk} ({row}) was changed after it was kept."
        last, before = row.digest, row.pk
    yield from _of_stamp(last, before)


def _broken(row, before):
    if before is None:
        return f"Before change {row.pk} ({row}) at least one row is missing."
    return (
        f"Between change {before} and change {row.pk} ({row}) a row is missing, was "
        "put in or was moved."
    )


def _rows():
    """(id, Change) in order; None for a row that cannot be read."""
    keys = Change.objects.order_by("pk").values_list("pk", flat=True).iterator(AT_ONCE)
    while chunk := list(islice(keys, AT_ONCE)):
        rows = Change.objects.filter(pk__in=chunk).order_by("pk")
        try:
            yield from [(row.pk, row) for row in rows]
        except ValueError:  # one of them holds what is no JSON or no time
            yield from ((key, _row(key)) for key in chunk)


def _row(key):
    try:
        return Change.objects.get(pk=key)
    except ValueError:
        return None


def _is_whole(row):
    if row.at is None:
        return False
    return digest_of(row) == row.digest


def _of_stamp(last, before):
    stamp = Stamp.objects.filter(pk=1).values_list("digest", flat=True).first()
    if before is None:
        return
    if stamp is None:
        yield "The library's stamp is missing."
    elif last is not None and stamp != last:
        yield (
            f"The library's stamp does not name change {before}, the last one: rows "
            "after it are missing, or it was changed."
        )


def _of_numbers():
    """Each record's versions follow one another without a gap."""
    rows = Change.objects.order_by("kind", "record_id", "number")
    last = None, None, 0
    for kind, record, number in rows.values_list(
        "kind", "record_id", "number"
    ).iterator(AT_ONCE):
        before = last[2] if last[:2] == (kind, record) else 0
        if number == before + 2:
            yield f"Version {before + 1} of {kind} {record} is missing."
        elif number != before + 1:
            missing = f"{before + 1} to {number - 1}"
            yield f"Versions {missing} of {kind} {record} are missing."
        last = kind, record, number


def _of_record(record):
    kind = record._meta.model_name
    changes = Change.objects.of(kind, record.pk).order_by("-number")
    last = changes.values("number", "record").first()
    name = f"{kind} {record.pk} ({record})"
    if last is None:
        if record.version:
            yield f"{name} is at version {record.version}, and no change of it is kept."
        return
    if last["number"] != record.version:
        yield (
            f"{name} is at version {record.version}, and its last change is version "
            f"{last['number']}."
        )
    elif names := _differing(kept_state(record), last["record"]):
        yield f"{name} stands otherwise than its last change says: {', '.join(names)}."


def _differing(now, then):
    """The names whose values differ, of those that both states know."""
    return [name for name in now if name in then and not _same(now[name], then[name])]


def _same(now, then):
    """True for equal values; rows are compared by the names that both know."""
    if not _are_rows(now) or not _are_rows(then):
        return now == then
    return len(now) == len(then) and not any(
        _differing(row, other) for row, other in zip(now, then, strict=True)
    )


def _are_rows(value):
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
