"""Proposals: what waits for a second editor, and how each was decided."""

from datetime import UTC

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from sources import proposals
from sources.admin import proposed
from sources.admin.ledger import KeptAdmin, NamedRecords
from sources.models import Proposal
from sources.text import clean_text

LONGEST_REPLY = 2000  # code points


@admin.register(Proposal)
class ProposalAdmin(KeptAdmin):
    """Read here; accepted by saving the record's own form, which opens on it."""

    change_form_template = "admin/sources/proposal.html"
    list_display = ["about", "by", "when", "why", "outcome"]
    list_display_links = ["about"]
    list_filter = ["outcome", "kind"]
    list_select_related = ["by"]
    actions = None

    def get_changelist(self, request, **kwargs):
        return NamedRecords

    @admin.display(description="about")
    def about(self, proposal):
        shown = proposal.found or proposal
        return format_html('<bdi lang="en" dir="ltr">{}</bdi>', shown)

    @admin.display(description="when", ordering="pk")
    def when(self, proposal):
        return f"{proposal.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The proposal with its difference; a POST declines it."""
        proposal = self.get_object(request, object_id)
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            return self._decline(request, proposal)
        record, context = record_of(proposal), dict(extra_context or {})
        if record is not None:
            context["record"] = record
            context["title"] = gettext("Proposal about %(record)s") % {"record": record}
            context["subtitle"] = None
            context["differences"] = proposed.differences_of(record, proposal)
            context["form_of_record"] = form_of(proposal)
        context["may_decline"] = self._may_decline(request, proposal)
        context["is_own"] = proposal.by_id == request.user.pk
        return super().change_view(request, object_id, form_url, context)

    def _may_decline(self, request, proposal):
        if proposal.outcome:
            return False
        is_own = proposal.by_id == request.user.pk
        return is_own or request.user.has_perm("sources.change_proposal")

    def _decline(self, request, proposal):
        if not self._may_decline(request, proposal):
            self.message_user(
                request, "This proposal is not yours to decide.", messages.ERROR
            )
        else:
            reply = clean_text(request.POST.get("reply", ""))[:LONGEST_REPLY].strip()
            declined = Proposal.Outcome.DECLINED
            try:
                proposals.decide(proposal, declined, by=request.user, reply=reply)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                said = "The proposal is declined; it stays on record."
                self.message_user(request, said)
        return HttpResponseRedirect(
            reverse("admin:sources_proposal_change", args=[proposal.pk])
        )


def record_of(proposal):
    """The record that a proposal is about, or None."""
    model = apps.get_model("sources", proposal.kind)
    return model._base_manager.filter(pk=proposal.record_id).first()


def form_of(proposal):
    """The address of the record's form, opened on the proposal."""
    name = f"admin:sources_{proposal.kind}_change"
    address = reverse(name, args=[proposal.record_id])
    return address if proposal.outcome else f"{address}?proposal={proposal.pk}"
