"""What is done with the records chosen in a list: shown first, then one by one.

The page before it has tried each record, and undone it: so it says what will change,
and what would be refused and why.
"""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources import review
from sources.admin.acts import (
    ADD_TOPIC,
    DRAFT,
    PUBLISH,
    REVIEW,
    SET_ERA,
    WITHDRAW,
    perform,
    tried,
)
from sources.admin.forms import CleanCharField
from sources.admin.merge import Merges
from sources.admin.saving import LONGEST_WHY

MOST = 300  # records at once: each is tried before it is changed
UNPROCESSABLE = 422


def form_of(act, data=None):
    """The form of an act: what it asks, and why it is done."""
    form = forms.Form(data, prefix="act")
    for name, make in act.fields.items():
        form.fields[name] = make()
    form.fields["why"] = CleanCharField(
        label="Why",
        required=act.wants_why,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"}),
    )
    return form


class ListActions:
    """For a ModelAdmin: acts on a list, each confirmed on a page of its own."""

    def act(self, request, queryset, name, act):
        """The page that shows what would change, or, confirmed, the change."""
        records = list(queryset.order_by("pk")[: MOST + 1])
        if len(records) > MOST:
            many = _("Choose %(most)s records at most: each is tried first.")
            return self.message_user(request, many % {"most": MOST}, messages.ERROR)
        is_sent = "confirmed" in request.POST
        form = form_of(act, request.POST if is_sent else None)
        if is_sent and form.is_valid():
            seen = _seen(request.POST.get("seen", ""))
            given = form.cleaned_data
            return self._say_outcome(
                request, perform(act, records, request.user, given, seen)
            )
        outcome = self._try_act(act, records, request.user, form)
        context = {"act": act, "name": name, "form": form, "records": records}
        return self._act_page(request, outcome, context, is_sent)

    def _try_act(self, act, records, user, form):
        """What would come of it, where it does not wait for a choice."""
        given = getattr(form, "cleaned_data", {})
        keys = [record.pk for record in records]  # tried on copies: it changes them
        records = list(self.model._base_manager.filter(pk__in=keys).order_by("pk"))
        if any(field not in given for field in act.fields):
            return None
        said = given.get("why") or _("To see what would change.")
        return tried(act, records, user, given | {"why": said})

    def _act_page(self, request, outcome, context, is_sent):
        versions = [f"{record.pk}:{record.version}" for record in context["records"]]
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "outcome": outcome, "seen": " ".join(versions)}
        context["title"] = f"{context['act'].label}: {self.opts.verbose_name_plural}"
        context["across"] = request.POST.get("select_across") == "1"
        status = UNPROCESSABLE if is_sent else 200
        page = "admin/sources/action.html"
        return TemplateResponse(request, page, context, status=status)

    def _say_outcome(self, request, outcome):
        """How many were changed; which were not, and why."""
        done, proposed = len(outcome.done), len(outcome.proposed)
        said = ngettext("%(n)s record changed.", "%(n)s records changed.", done)
        level = messages.SUCCESS if done else messages.WARNING
        self.message_user(request, said % {"n": done}, level)
        if proposed:
            said = ngettext(
                "%(n)s is public: it waits as a proposal for another editor.",
                "%(n)s are public: they wait as proposals for another editor.",
                proposed,
            )
            self.message_user(request, said % {"n": proposed}, messages.WARNING)
        for record, reason in outcome.refused:
            said = _("%(record)s stays as it was: %(reason)s")
            words = {"record": record, "reason": reason}
            self.message_user(request, said % words, messages.ERROR)

    def has_publish_permission(self, request):
        return review.may_publish(request.user, self.model)


def _seen(written):
    """Versions by key, from the confirmed page; what is damaged is left out."""
    pairs = (pair.partition(":") for pair in written.split()[:MOST])
    return {
        int(key): int(version)
        for key, _colon, version in pairs
        if key.isdecimal() and version.isdecimal() and len(key + version) < 25
    }


class StateActions(ListActions):
    """The deeds of a record that has a state, for a list."""

    actions = ["send_to_review", "publish", "back_to_draft", "withdraw"]

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request, queryset):
        return self.act(request, queryset, "send_to_review", REVIEW)

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        return self.act(request, queryset, "publish", PUBLISH)

    @admin.action(description="Back to draft", permissions=["change"])
    def back_to_draft(self, request, queryset):
        return self.act(request, queryset, "back_to_draft", DRAFT)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request, queryset):
        return self.act(request, queryset, "withdraw", WITHDRAW)


class SourceActions(Merges, StateActions):
    """What is done with sources, beside their states."""

    actions = [*StateActions.actions, "add_topic", "merge"]

    @admin.action(description="Add a topic", permissions=["change"])
    def add_topic(self, request, queryset):
        return self.act(request, queryset, "add_topic", ADD_TOPIC)


class TopicActions(Merges, StateActions):
    """What is done with topics, beside their states."""

    actions = [*StateActions.actions, "merge"]


class WorkActions(ListActions):
    """What is done with works."""

    actions = ["set_era"]

    @admin.action(description="Set the era", permissions=["change"])
    def set_era(self, request, queryset):
        return self.act(request, queryset, "set_era", SET_ERA)
