"""How a record's form would show a kept state, and what its values are in words."""

from copy import copy

from django import forms
from django.utils.translation import gettext

from sources.admin import rows
from sources.restoring import fill

# Fields of which a browser posts nothing where they are empty.
SILENT = (
    forms.BooleanField,
    forms.MultipleChoiceField,
    forms.ModelMultipleChoiceField,
)


class Shown:
    """The form of a record as it would show a kept state: what it posts, by field."""

    def __init__(self, admin, request, stored, state):
        record = fill(copy(stored), state)
        links = {f.name: state.get(f.name, []) for f in record._meta.many_to_many}
        self.form = admin.get_form(request, stored, change=True)(
            instance=record, initial=links
        )
        self.rows = {}
        for formset_class, _ in admin.get_formsets_with_inlines(request, stored):
            prefix = formset_class.get_default_prefix()
            formset = formset_class(instance=stored, prefix=prefix)
            self.rows[prefix] = {
                str(values["id"]): _row_form(formset, values)
                for values in state.get(prefix, [])
            }


def _row_form(formset, values):
    row = fill(formset.model(), values)
    row._state.adding = False
    return formset.form(instance=row, **formset.get_form_kwargs(0))


def is_left_out(field, name, posted):
    """True where the form did not post this field at all: it was not changed."""
    return not isinstance(field, SILENT) and not posted.get(name)


def plain(values):
    """Posted values as they are compared: line ends and outer spaces are no change."""
    plain = [str(value).replace("\r\n", "\n").strip() for value in values]
    return plain or [""]


def in_words(field, values):
    """Posted values of one field as an editor reads them."""
    values = [value for value in plain(values) if value]
    if isinstance(field, forms.BooleanField):
        return gettext("yes") if values else gettext("no")
    choices = getattr(field, "choices", None)
    if isinstance(field, forms.ModelChoiceField):
        return "\n".join(_named(field, value) for value in values)
    if choices is not None:
        names = {str(key): str(name) for key, name in choices}
        values = [names.get(value, value) for value in values]
    return "\n".join(values)


def _named(field, value):
    found = field.queryset.filter(pk=value).first() if value.isdecimal() else None
    return str(found or value)


def row_in_words(form):
    return typed_in_words(form, rows.as_posted(form))


def typed_in_words(form, row):
    """A whole row: each field that says something, with its label."""
    said = []
    for name, field in form.fields.items():
        words = in_words(field, row.get(name, []))
        if words and name not in ("id", "DELETE"):
            said.append(f"{field.label or name}: {words}")
    return "\n".join(said)
