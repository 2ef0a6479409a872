"""Records that are edited by form alone, as rows of a file: to be read elsewhere."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import ForeignKey

ENCODER = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True)
KEPT_APART = ("rendered_with", "creation_key")


class PlainRows:
    """Every field of a model that a person writes, a record named by its slug."""

    kind = "records"
    prefetched = ()

    def __init__(self, model):
        self.title = str(model._meta.verbose_name_plural).capitalize()
        self.fields = [
            field for field in model._meta.concrete_fields if _is_told(field)
        ]

    def head(self):
        return [field.name for field in self.fields]

    def exported(self, records):
        for record in records:
            yield [_cell(field, record) for field in self.fields]


def _is_told(field):
    """Whether a field says something: what is worked out from others does not."""
    derived = (*getattr(field.model, "derived", ()), *KEPT_APART)
    return not field.name.endswith("_html") and field.name not in derived


def _cell(field, record):
    value = getattr(record, field.name)
    if value is None:
        return ""
    if isinstance(field, ForeignKey):
        return getattr(value, "slug", None) or str(value)
    if isinstance(field, models.JSONField):
        return ENCODER.encode(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return str(value)
