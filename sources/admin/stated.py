"""The admin of a record that has a state: deeds in place of a field, and proposals."""

from sources.admin import proposed
from sources.admin.actions import StateActions
from sources.admin.base import RecordAdmin
from sources.models import Proposal


class StatedAdmin(StateActions, RecordAdmin):
    """A record that is drafted, published and perhaps withdrawn.

    Its state changes by deeds, not by a field; what is public changes by proposals.
    """

    readonly_fields = ["state"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's form; on `?proposal=` filled with what another has proposed."""
        if request.method == "GET":
            request.proposal = proposed.asked(request, self.model, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        proposal = getattr(request, "proposal", None)
        return proposed.fill(record, proposal) if record and proposal else record

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        if proposal := getattr(request, "proposal", None):
            for formset in formsets:
                proposed.fill_rows(formset, proposal)
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def render_change_form(self, request, context, **kwargs):
        record, saving = kwargs.get("obj"), getattr(request, "saving", None)
        proposal = saving.proposal if saving else getattr(request, "proposal", None)
        if record is not None:
            kind = record._meta.model_name
            waiting = Proposal.objects.of(kind, record.pk).waiting()
            open_one = proposal.pk if proposal else None
            context["waiting"] = waiting.select_related("by").exclude(pk=open_one)
        if proposal:
            context["proposal"] = proposal
            context["proposed"] = proposed.differences_of(record, proposal)
        return super().render_change_form(request, context, **kwargs)
