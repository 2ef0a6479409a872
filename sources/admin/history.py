"""What became of a record: each of its states, how they differ, and the way back."""

from itertools import pairwise

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from sources import proposals
from sources.admin import differences
from sources.admin.saving import read_version, read_why, said_by_database
from sources.changes import Stale
from sources.kept import kept_state
from sources.models import Change, State
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.restoring import restore, with_what_stays
from sources.review import TakesTwo

ON_A_PAGE = 20
CONFLICT = 409
UNPROCESSABLE = 422


class HistoryOfRecord:
    """For a ModelAdmin: a record's history is read from its Changes, and no other log.

    Each former state has a page of its own, on which it can be restored.
    """

    def get_urls(self):
        kind = self.opts.model_name
        at = path(
            "<path:object_id>/history/<int:number>/",
            self.admin_site.admin_view(self.history_at_view),
            name=f"{self.opts.app_label}_{kind}_history_at",
        )
        return [at, *super().get_urls()]

    def log_addition(self, request, obj, message):
        """The Changes are the log: Django's own would be a second one."""

    def log_change(self, request, obj, message):
        """The Changes are the log: Django's own would be a second one."""

    def log_deletions(self, request, queryset):
        """Nothing is deleted; and the Changes are the log."""

    def history_view(self, request, object_id, extra_context=None):
        """Every state of a record, the newest first, each with what it changed."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._refuse_stranger(request, record)
        changes = Change.objects.of(self.opts.model_name, record.pk)
        try:
            pages = Numbered(page_number(request), changes.count(), ON_A_PAGE)
        except NoSuchPage as problem:
            raise Http404(str(problem)) from problem
        title = gettext("History of %(record)s") % {"record": record}
        context = {
            **self._context_of(request, record, title),
            "states": _with_differences(self.model, changes, pages),
            "pages": pages,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/sources/history.html", context)

    def history_at_view(self, request, object_id, number):
        """One state of a record in full; by POST the record is brought back to it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._refuse_stranger(request, record)
        changes = Change.objects.of(self.opts.model_name, record.pk)
        kept = changes.select_related("editor").filter(number=number).first()
        if kept is None:
            raise Http404(gettext("This record has no such version."))
        if request.method == "POST":
            return self._answer_to_restore(request, record, kept)
        return self._state_page(request, record, kept)

    def _refuse_stranger(self, request, record):
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied

    def _context_of(self, request, record, title):
        request.current_app = self.admin_site.name
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": None,
            "record": record,
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "history_at": f"admin:{name}_history_at",
            "may_change": self.has_change_permission(request, record),
            "media": self.media,
        }

    def _state_page(self, request, record, kept, refusal=None, status=200):
        present = kept_state(record)
        reached = with_what_stays(kept.record, present)
        whole, restoring = differences.of_states(
            self.model, (None, kept.record), (present, reached)
        )
        title = gettext("%(record)s, version %(number)s") % {
            "record": record,
            "number": kept.number,
        }
        was_public = kept.record.get("state") == State.PUBLISHED
        context = {
            **self._context_of(request, record, title),
            "kept": kept,
            "whole": whole,
            "restoring": restoring,
            "refusal": refusal,
            "why": request.POST.get("why", ""),
            "offers_draft": was_public and present["state"] != State.PUBLISHED,
            "stands_so": not restoring,
        }
        name = "admin/sources/history_at.html"
        return TemplateResponse(request, name, context, status=status)

    def _answer_to_restore(self, request, record, kept):
        """Restore, or say on the same page why it is refused."""
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            said = self._restore(request, kept)
        except TakesTwo as refused:
            return self._propose(request, record, kept, refused)
        except Stale:
            reason = gettext("Someone has saved the record since. Read it once more.")
            return self._refused(request, kept, reason, CONFLICT)
        except ValidationError as error:
            return self._refused(request, kept, " ".join(error.messages))
        except (DataError, IntegrityError) as error:
            reason = " ".join(said_by_database(error).messages)
            return self._refused(request, kept, reason)
        self.message_user(
            request,
            gettext("“%(record)s” stands again as in version %(number)s.")
            % {"record": record, "number": kept.number},
        )
        for sentence in dict.fromkeys(said):
            self.message_user(request, sentence, messages.WARNING)
        return self._to_history(record)

    def _restore(self, request, kept):
        why, opened = read_why(request), read_version(request.POST.get("opened", ""))
        if not why:
            raise ValidationError(gettext("Say why: the history keeps the reason."))
        if opened is None:
            raise ValidationError(gettext("Open this page again, then restore."))
        return restore(
            kept,
            opened=opened,
            editor=request.user,
            why=gettext("Restored version %(number)s: %(why)s")
            % {"number": kept.number, "why": why},
            as_draft=request.POST.get("as") == "draft",
        )

    def _propose(self, request, record, kept, refused):
        """What takes two editors waits, as a proposal, for the second one."""
        proposals.propose(
            record,
            refused.before,
            refused.after,
            by=request.user,
            why=f"Version {kept.number}: {read_why(request)}",
        )
        said = gettext(
            "This is public: your restoring waits, as a proposal, for another editor."
        )
        self.message_user(request, said, messages.WARNING)
        return self._to_history(record)

    def _refused(self, request, kept, reason, status=UNPROCESSABLE):
        # Read anew: a refused restoring has set values on what it held.
        record = self.model._base_manager.get(pk=kept.record_id)
        return self._state_page(request, record, kept, reason, status)

    def _to_history(self, record):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[record.pk]))


def _with_differences(model, changes, pages):
    """The Changes of one page, each with what it changed of the one before it."""
    newest_first = changes.select_related("editor").order_by("-number")
    start, stop = pages.slice.start, pages.slice.stop
    rows = list(newest_first[start : stop + 1])
    shown = rows[: stop - start]
    pairs = [*pairwise(rows), *([(rows[-1], None)] if rows else [])][: len(shown)]
    states = [(before and before.record, after.record) for after, before in pairs]
    return list(zip(shown, differences.of_states(model, *states), strict=True))
