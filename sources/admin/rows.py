"""The rows of a form that was opened before someone else changed the record's rows.

A formset pairs posted rows with stored ones by their order. Where another editor has
added or taken out a row since, what was typed would slip to another row or be lost;
so the posted rows are put beside the rows that are stored now.
"""

from django import forms


def is_row(number):
    """Whether a part of a field's name is a row's number, of a size that rows have."""
    return number.isdecimal() and len(number) < 6


def aligned(data, formset):
    """The posted QueryDict with this formset's rows in the order of the stored ones.

    `formset` is unbound, of the stored rows. A row that is gone becomes a new one, a
    row that the form did not know is shown as it is stored.
    """
    prefix, pk = formset.prefix, formset.model._meta.pk.name
    posted = posted_rows(data, prefix)
    by_key = {row[pk][0]: row for row in posted if row.get(pk, [""])[0]}
    known = []
    for form in formset.initial_forms:
        row = by_key.pop(str(form.instance.pk), None)
        known.append(row or as_posted(form))
    gone = [row | {pk: [""]} for row in by_key.values() if "DELETE" not in row]
    new = [row for row in posted if not row.get(pk, [""])[0]]
    return with_rows(data, prefix, known, gone + new)


def posted_rows(data, prefix):
    """The posted rows, each a dict of a field's name to its values."""
    rows = {}
    for key in data:
        number, dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and dash and is_row(number):
            rows.setdefault(int(number), {})[name] = data.getlist(key)
    return [rows[number] for number in sorted(rows)]


def as_posted(form):
    """What a browser would post for an unchanged form: field names to values."""
    row = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if isinstance(field, forms.BooleanField):
            row |= {name: ["on"]} if value else {}
        elif isinstance(field, forms.ModelMultipleChoiceField):
            row[name] = [str(each) for each in value or ()]
        else:
            row[name] = ["" if value is None else str(value)]
    return row | {form.instance._meta.pk.name: [str(form.instance.pk)]}


def with_rows(data, prefix, known, new):
    """The QueryDict with these rows in place of the posted ones: stored, then new."""
    merged = data.copy()
    for key in data:
        number, dash, _ = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and dash and is_row(number):
            del merged[key]
    for number, row in enumerate(known + new):
        for name, values in row.items():
            merged.setlist(f"{prefix}-{number}-{name}", values)
    merged[f"{prefix}-INITIAL_FORMS"] = str(len(known))
    merged[f"{prefix}-TOTAL_FORMS"] = str(len(known) + len(new))
    return merged
