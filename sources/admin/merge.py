"""The page on which two records are made one, which shows first what goes over."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from sources import merging, merging_topics, review
from sources.admin.forms import CleanCharField
from sources.admin.saving import LONGEST_WHY, said_by_database
from sources.changes import Stale, rehearsal
from sources.keys import is_key
from sources.models import Source

UNPROCESSABLE, CONFLICT = 422, 409
TRYING = "To see what would go over."


class MergeForm(forms.Form):
    """Why two records are one; said in the history of each record that changes."""

    why = CleanCharField(
        label="Why",
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"}),
    )


class Merges:
    """For a ModelAdmin: two records chosen in its list are merged."""

    @admin.action(description="Merge two", permissions=["publish"])
    def merge(self, request, queryset):
        """To the page that shows what would go over."""
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            said = _("Choose exactly two to merge.")
            return self.message_user(request, said, messages.ERROR)
        return redirect(f"{self._merging_url()}?kept={chosen[0]}&gone={chosen[1]}")

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", view, name=name), *super().get_urls()]

    def _merging_url(self, deed="merge"):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{deed}"
        return reverse(f"admin:{name}")

    def merge_view(self, request):
        """Show what goes over, and with which choices; sent with a reason, do it."""
        if not review.may_publish(request.user, self.model):
            raise PermissionDenied
        kept = self._chosen_to_merge(request.GET.get("kept", ""))
        gone = self._chosen_to_merge(request.GET.get("gone", ""))
        form = MergeForm(request.POST or None)
        status, problem = 200, ""
        if request.method == "POST":
            status = UNPROCESSABLE
            if request.POST.get("seen") != _versions(kept, gone):
                status = CONFLICT
                problem = _("Someone has saved one of them since you looked.")
            elif form.is_valid():
                problem = self._merge(request, kept, gone, form.cleaned_data["why"])
                if not problem:
                    return redirect(self._merging_url("changelist"))
        return self._show_to_merge(request, (kept.pk, gone.pk), form, problem, status)

    def _chosen_to_merge(self, written):
        if is_key(written):
            for record in self.model._base_manager.filter(pk=int(written)):
                return record
        raise Http404(_("There is no such record to merge."))

    def _merge(self, request, kept, gone, why):
        """Do it and say so; "" or the reason why it was not done."""
        try:
            said = _merged(request, kept, gone, why)
        except merging.Clash as clash:
            return " ".join(clash.messages)
        except Stale:
            return _("Someone has saved one of them since you looked.")
        except ValidationError as error:
            return " ".join(error.messages)
        except (DataError, IntegrityError) as error:
            return " ".join(said_by_database(error).messages)
        self.message_user(request, " ".join(said))
        return ""

    def _show_to_merge(self, request, keys, form, problem, status):
        """The page: both records, what would go over, and what must be chosen."""
        find = self.model._base_manager.get
        # Tried on copies of their own: it changes them.
        said, refused = _tried(request, *(find(pk=key) for key in keys))
        kept, gone = (find(pk=key) for key in keys)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Merge two"),
            "kept": kept,
            "gone": gone,
            "seen": _versions(kept, gone),
            "form": form,
        }
        clashes = merging.clashing(kept, gone) if self.model is Source else []
        taken = _takes(request)
        context["clashes"] = [(*pair, pair[1].pk in taken) for pair in clashes]
        context |= {"said": said, "problem": problem or refused, "refused": refused}
        page = "admin/sources/merge.html"
        return render(request, page, context, status=status)


def _versions(kept, gone):
    return f"{kept.version}-{gone.version}"


def _takes(request):
    """The ids of the gone source's bearings that were chosen over the kept one's."""
    values = (request.POST[name] for name in request.POST if name.startswith("take-"))
    return {int(value) for value in values if value.isdecimal() and len(value) < 19}


def _merged(request, kept, gone, why):
    terms = {"editor": request.user, "why": why}
    if isinstance(kept, Source):
        clashes = merging.clashing(kept, gone)
        is_said = all(f"take-{theirs.pk}" in request.POST for _ours, theirs in clashes)
        takes = _takes(request) if is_said else None
        return merging.merge(kept, gone, takes=takes, **terms)
    return merging_topics.merge(kept, gone, **terms)


def _tried(request, kept, gone):
    """(what would go over, why it cannot be): one of them is empty."""
    terms = {"editor": request.user, "why": TRYING}
    try:
        with rehearsal():
            if isinstance(kept, Source):
                return merging.merge(kept, gone, takes=_takes(request), **terms), ""
            return merging_topics.merge(kept, gone, **terms), ""
    except Stale:
        return [], _("Someone is saving one of them.")
    except ValidationError as error:
        return [], " ".join(error.messages)
    except (DataError, IntegrityError) as error:
        return [], " ".join(said_by_database(error).messages)
