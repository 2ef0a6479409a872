"""What stands against a posted form, said at its top with a way to each field."""

from dataclasses import dataclass

from django.utils.text import capfirst


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: `anchor` is the id of what to correct."""

    where: str
    anchor: str
    said: str


def of_form(adminform, inlines):
    """The Faults of the admin's form and of its rows, in the order of the page."""
    found = _of_fields(adminform.form)
    for inline in inlines:
        found += _of_rows(inline.formset, inline.opts)
    return found


def _of_rows(formset, inline):
    many, one = capfirst(inline.verbose_name_plural), capfirst(inline.verbose_name)
    group = f"{formset.prefix}-group"
    found = [Fault(many, group, said) for said in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, 1):
        row, anchor = f"{one} #{number}", f"{formset.prefix}-{number - 1}"
        found += [Fault(row, anchor, said) for said in form.non_field_errors()]
        found += _of_fields(form, f"{row}, ")
    return found


def _of_fields(form, row=""):
    found = []
    for field in form:
        where = f"{row}{field.label.lower()}" if row else capfirst(field.label)
        found += [Fault(where, _anchor(field), said) for said in field.errors]
    return found


def _anchor(field):
    """The id of the field, or of the first of its choices."""
    is_group = getattr(field.field.widget, "input_type", "") == "radio"
    return f"{field.auto_id}_0" if is_group else field.auto_id
