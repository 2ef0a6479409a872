"""The admin of a record: one form, one version, one gate; and no delete anywhere."""

import uuid

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.forms import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from sources import carried, proposals
from sources.admin import conflicts, deeds, faults, names, preview, proposed
from sources.admin.exchange.views import Exchange
from sources.admin.forms import LibraryFields, RecordForm
from sources.admin.history import HistoryOfRecord
from sources.admin.saving import (
    AlreadyMade,
    NotSaved,
    Saved,
    Saving,
    said_by_database,
)
from sources.changes import Stale, change, keep_nothing, rehearsal
from sources.models import Proposal
from sources.review import TakesTwo

CONFLICT = 409
UNPROCESSABLE = 422
PROPOSAL_PAGE = "admin:sources_proposal_change"


class RecordAdmin(HistoryOfRecord, Exchange, LibraryFields, admin.ModelAdmin):
    """Saves a record, and all that is edited with it, through the gate.

    Django's own form does its work inside the gate's transaction: the record is
    claimed first, and a form that turns out to hold an error undoes the claim.
    """

    form = RecordForm
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [
            Script("js/admin/unsaved.js", type="module"),
            Script("js/admin/named.js", type="module"),
        ]

    def get_changeform_initial_data(self, request):
        """Nothing is filled in from the address: a hostile one breaks widgets."""
        return {}

    def has_delete_permission(self, request, obj=None):
        """Nothing of the library is destroyed: it is withdrawn."""
        return False

    def view_on_site(self, record):
        """Where it stands now, whatever a form that is shown again says of it."""
        if not hasattr(record, "get_absolute_url"):
            return ""
        return self.model._base_manager.get(pk=record.pk).get_absolute_url()

    def get_search_results(self, request, queryset, search_term):
        """Points, quotes and case are passed over."""
        if not search_term.strip():
            return queryset, False
        found = names.matching(self.model, self.search_fields, search_term)
        return queryset.filter(pk__in=found), False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form, or save it: see `_answer_to_form`."""
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST:
            object_id = None
        request.saving = Saving.of(request)
        request.saving.proposal = proposed.asked(request, self.model, object_id)
        if "_check" in request.POST:  # looked at without a lock, and shown again
            if request.POST["_check"] == carried.AGAIN:
                said = "You are signed in again. What you typed is here; save it now."
                self.message_user(request, said, messages.WARNING)
            return self._changeform_view(request, object_id, form_url, extra_context)
        arguments = (request, object_id, form_url, extra_context)
        if request.saving.deed is deeds.PREVIEW:
            return self._preview(view, arguments)
        refused = self._try_to_save(view, arguments)
        return refused or self._answer_to_saved(request, is_new=object_id is None)

    def _preview(self, view, arguments):
        """The public page with what the form holds, or the form with what forbids it.

        All is undone before the answer goes out.
        """
        request = arguments[0]
        with rehearsal():
            refused = self._try_to_save(view, arguments)
            if refused:
                return refused
            keep_nothing()
            request.saving.record.refresh_from_db()
            return preview.page_of(request, request.saving.record)

    def _try_to_save(self, view, arguments):
        """Save the posted form; or the form again, with what stands against it."""
        request, object_id, *_ = arguments
        saving, status = request.saving, UNPROCESSABLE
        stored = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and stored is None:
            return view(*arguments)
        try:
            self._save(view, arguments, stored)
        except NotSaved as answer:
            return _with_status(answer.response, status)
        except AlreadyMade as before:
            return self._answer_to_second_post(request, before.record)
        except Stale as stale:
            status = CONFLICT
            conflicts.meet(self, request, stale.stored)
        except TakesTwo as refused:
            return self._answer_by_proposal(request, stored, refused)
        except ValidationError as error:
            saving.refuse(error)
        except (DataError, IntegrityError) as error:
            saving.refuse(said_by_database(error))
        else:
            return None
        return _with_status(view(*arguments), status)

    def _save(self, view, arguments, stored):
        """Django's own saving, between the gate's claim and what it keeps."""
        request, saving = arguments[0], arguments[0].saving
        if stored is not None:
            conflicts.settle(self, request, stored)
        gate = change(
            self.model() if stored is None else stored,
            opened=saving.opened if stored is not None else 0,
            editor=None if saving.deed is deeds.PREVIEW else request.user,
            why=saving.why,
            proposal=saving.proposal,
        )
        with gate as saving.claim:
            if stored is None:
                self._refuse_second_post(saving.key)
            response = view(*arguments)
            if not isinstance(response, Saved):
                raise NotSaved(response)
            if saving.proposal:
                accepted = Proposal.Outcome.ACCEPTED
                proposals.decide(saving.proposal, accepted, by=request.user)

    def _answer_by_proposal(self, request, stored, refused):
        """Keep what takes a second editor as a proposal; what is public stays."""
        why, states = request.saving.why, (refused.before, refused.after)
        said = {"by": request.user, "why": why, "replaced": request.saving.proposal}
        asked = request.saving.proposal
        if asked is not None and (asked.by_id is None or asked.credit):
            made = proposals.take_up(asked, stored, *states, by=request.user, why=why)
        else:
            made = proposals.propose(stored, *states, **said)
        self.message_user(
            request,
            f"“{stored}” is public, and what is public takes two editors. Your change "
            "is kept as a proposal until another editor reads it; readers see what "
            "they saw before.",
            messages.WARNING,
        )
        return HttpResponseRedirect(reverse(PROPOSAL_PAGE, args=[made.pk]))

    def _refuse_second_post(self, key):
        made = self.model._base_manager.filter(creation_key=key).first()
        if made:
            raise AlreadyMade(made)

    def _answer_to_second_post(self, request, record):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        self.message_user(request, f"“{record}” was saved already.", messages.INFO)
        return HttpResponseRedirect(reverse(name, args=[record.pk]))

    def _answer_to_saved(self, request, is_new):
        """What Django answers, said only now that the gate has kept the change."""
        record = request.saving.record
        record.refresh_from_db()
        if request.saving.deed:
            self.message_user(request, request.saving.deed.done)
        if request.saving.proposal:
            self.message_user(request, "The proposal is accepted.")
        if is_new:
            return super().response_add(request, record)
        return super().response_change(request, record)

    def response_add(self, request, obj, post_url_continue=None):
        return Saved()

    def response_change(self, request, obj):
        return Saved()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if hasattr(request, "saving"):
            form.refusal = request.saving.refusal
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.creation_key = request.saving.key
        if hasattr(obj, "state"):
            deeds.bring(obj, request.saving.deed)
        super().save_model(request, obj, form, change)
        request.saving.claim.record = request.saving.record = obj

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        deed = request.saving.deed
        deeds.bring_bearings(form.instance, deed, request.user, timezone.now())

    def render_change_form(self, request, context, **kwargs):
        """Beside Django's form: the version it was opened at, its key, and why."""
        saving, record = getattr(request, "saving", None), kwargs.get("obj")
        context["saving"] = saving
        context["creation_key"] = saving.key if saving else uuid.uuid4()
        context["deeds"] = self._deeds(request, record)
        context["can_preview"] = hasattr(self.model, "get_absolute_url")
        if context.get("errors"):
            inlines = context["inline_admin_formsets"]
            context["faults"] = faults.of_form(context["adminform"], inlines)
        if record is not None:
            context["opened"] = saving.opened if saving else record.version
        return super().render_change_form(request, context, **kwargs)

    def _deeds(self, request, record):
        """The buttons beside Django's own."""
        shown = record or self.model()
        if not hasattr(shown, "state") or not self._may_write(request, record):
            return []
        return deeds.offered(shown, request.user)

    def _may_write(self, request, record):
        if record is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, record)


def _with_status(response, status):
    """A form that is shown again says by its status that nothing was saved."""
    if response.status_code == 200:
        response.status_code = status
    return response


class RowInline(LibraryFields):
    """Rows that are edited with their record: who may edit it may edit them."""

    extra = 0
    can_delete = False

    def _may(self, request, *deeds):
        name = self.parent_model._meta.model_name
        return any(request.user.has_perm(f"sources.{deed}_{name}") for deed in deeds)

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", "change", "add")

    def has_add_permission(self, request, obj):
        return self._may(request, "change", "add")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", "add")

    def has_delete_permission(self, request, obj=None):
        return self.can_delete and self.has_change_permission(request, obj)
