"""The admin of a record: one form, one version, one gate; and no delete anywhere."""

import uuid

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpResponseRedirect
from django.urls import reverse

from sources.admin import names, rows
from sources.admin.forms import LibraryFields, RecordForm
from sources.admin.saving import (
    AlreadyMade,
    NotSaved,
    Saved,
    Saving,
    said_by_database,
)
from sources.changes import Stale, change
from sources.models import State

CONFLICT = 409
UNPROCESSABLE = 422


class RecordAdmin(LibraryFields, admin.ModelAdmin):
    """Saves a record, and all that is edited with it, through the gate.

    Django's own form does its work inside the gate's transaction: the record is
    claimed first, and a form that turns out to hold an error undoes the claim.
    """

    form = RecordForm
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_changeform_initial_data(self, request):
        """Nothing is filled in from the address: a hostile one breaks widgets."""
        return {}

    def has_delete_permission(self, request, obj=None):
        """Nothing of the library is destroyed: it is withdrawn."""
        return False

    def view_on_site(self, record):
        return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""

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
        arguments = (request, object_id, form_url, extra_context)
        return self._answer_to_form(view, arguments)

    def _answer_to_form(self, view, arguments):
        """Save the posted form, or show it again with what stands against it."""
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
            saving.refuse_as_stale(stale.stored)
            self._align_rows(request, stale.stored)
        except ValidationError as error:
            saving.refuse(error)
        except (DataError, IntegrityError) as error:
            saving.refuse(said_by_database(error))
        else:
            return self._answer_to_saved(request, is_new=stored is None)
        return _with_status(view(*arguments), status)

    def _save(self, view, arguments, stored):
        """Django's own saving, between the gate's claim and what it keeps."""
        request, saving = arguments[0], arguments[0].saving
        if stored is not None and saving.opened is None:
            raise Stale(stored)
        gate = change(
            self.model() if stored is None else stored,
            opened=saving.opened if stored is not None else 0,
            editor=request.user,
            why=saving.why,
        )
        with gate as saving.claim:
            if stored is None:
                self._refuse_second_post(saving.key)
            response = view(*arguments)
            if not isinstance(response, Saved):
                raise NotSaved(response)

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
        if is_new:
            return super().response_add(request, record)
        return super().response_change(request, record)

    def response_add(self, request, obj, post_url_continue=None):
        return Saved()

    def response_change(self, request, obj):
        return Saved()

    def _align_rows(self, request, stored):
        """Put what was typed in each row beside the row as it is stored now."""
        data = request.POST
        for formset_class, inline in self.get_formsets_with_inlines(request, stored):
            formset = formset_class(
                instance=stored,
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            data = rows.aligned(data, formset)
        request.POST = data

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if hasattr(request, "saving"):
            form.refusal = request.saving.refusal
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.creation_key = request.saving.key
        super().save_model(request, obj, form, change)
        request.saving.claim.record = request.saving.record = obj

    def render_change_form(self, request, context, **kwargs):
        """Beside Django's form: the version it was opened at, its key, and why."""
        saving, record = getattr(request, "saving", None), kwargs.get("obj")
        context["saving"] = saving
        context["creation_key"] = saving.key if saving else uuid.uuid4()
        if record is not None:
            context["opened"] = saving.opened if saving else record.version
        return super().render_change_form(request, context, **kwargs)


def _with_status(response, status):
    """A form that is shown again says by its status that nothing was saved."""
    if response.status_code == 200:
        response.status_code = status
    return response


class StatedAdmin(RecordAdmin):
    """A record that is drafted, published and perhaps withdrawn."""

    actions = ["publish", "withdraw"]

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        self._bring_to(request, queryset, State.PUBLISHED)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request, queryset):
        self._bring_to(request, queryset, State.WITHDRAWN)

    def _bring_to(self, request, queryset, state):
        """Each record through the gate for itself; say how many, and which not."""
        done = 0
        for record in queryset.exclude(state=state):
            try:
                _set_state(record, state, request.user)
            except Stale:
                reason = "someone else is saving it"
                self._say_refused(request, record, reason)
            except ValidationError as error:
                self._say_refused(request, record, " ".join(error.messages))
            else:
                done += 1
        self.message_user(request, f"{state.label.capitalize()}: {done}.")

    def _say_refused(self, request, record, reason):
        self.message_user(
            request, f"{record} stays as it was: {reason}", messages.ERROR
        )


def _set_state(record, state, editor):
    why = f"{state.label} from the list"
    with change(record, opened=record.version, editor=editor, why=why):
        record.state = state
        record.save(update_fields=["state"])


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
