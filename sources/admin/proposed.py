"""A record's form opened on a proposal: filled with it, and closing it when saved."""

from sources import proposals
from sources.admin import differences
from sources.kept import kept_state
from sources.keys import is_key
from sources.models import Proposal


def asked(request, model, object_id):
    """The waiting proposal for this record that the request names, or None."""
    written = request.POST.get("proposal") or request.GET.get("proposal", "")
    if not (is_key(written) and is_key(object_id)):
        return None
    waiting = Proposal.objects.of(model._meta.model_name, int(object_id)).waiting()
    return waiting.select_related("by").filter(pk=int(written)).first()


def differences_of(record, proposal):
    """In what the record would differ, in an editor's words."""
    before = kept_state(type(record)._base_manager.get(pk=record.pk))
    after = proposals.overlaid(before, proposal.changes)
    return differences.between(type(record), before, after)


def fill(record, proposal):
    """Lay the proposal's own fields over a record that its form is made of."""
    for name, value in proposals.fields_of(type(record), proposal.changes).items():
        field = record._meta.get_field(name)
        setattr(record, field.attname, value)
    return record


def fill_rows(formset, proposal):
    """Lay the proposal's rows over a formset that is not bound and has no forms yet."""
    rows = _rows_for(formset, proposal)
    by_id = {row["id"]: row for row in rows if row.get("id") is not None}
    for instance in formset.get_queryset():
        row = by_id.get(instance.pk, {})
        for name, value in proposals.fields_of(formset.model, row).items():
            field = instance._meta.get_field(name)
            setattr(instance, field.attname, value)
    new = [row for row in rows if row.get("id") is None]
    formset.initial_extra = [proposals.fields_of(formset.model, row) for row in new]
    formset.extra = max(formset.extra, len(new))
    for form in formset.initial_forms:
        if by_id.get(form.instance.pk, {}).get("gone") and "DELETE" in form.fields:
            form.initial["DELETE"] = True


def _rows_for(formset, proposal):
    relation = formset.fk.remote_field.related_name
    rows = proposal.changes.get(relation)
    return rows if isinstance(rows, list) else []
