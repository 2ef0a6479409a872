"""What a Change keeps of a record: its whole state, and the digest that chains it."""

import hashlib
import json
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder


def kept_state(record):
    """The whole state of a record and its parts, as values that JSON can hold."""
    state = _values(record)
    for field in record._meta.many_to_many:
        if field.name in ("reconciles",):
            state[field.name] = sorted(
                getattr(record, field.name).values_list("pk", flat=True)
            )
    for name in record.parts:
        rows = getattr(record, name).order_by("pk")
        state[name] = [_values(row) for row in rows]
    return json.loads(json.dumps(state, cls=DjangoJSONEncoder))


def _values(row):
    derived = getattr(row, "derived", ())
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in derived
        and field.name != "rendered_with"
        and not field.name.endswith("_html")
    }


def digest_of(row):
    """The digest of a Change: of all its fields and of the row before it."""
    what = [
        row.previous_digest,
        row.kind,
        row.record_id,
        row.number,
        row.editor_id,
        row.at.astimezone(UTC).isoformat(),
        row.why,
        row.loaded,
        row.record,
    ]
    text = json.dumps(what, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
