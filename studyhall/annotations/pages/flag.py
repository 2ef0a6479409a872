"""A public note is flagged for moderators, with a reason, once by each reader."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.errors import refuse
from sources.pages.settings import SeeOther
from studyhall.accounts import limits
from studyhall.annotations import drafts, finding, flags
from studyhall.annotations.fields import CleanField, PlainForm
from studyhall.annotations.models import Flag
from studyhall.annotations.pages.annotate import UNPROCESSABLE
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.returning import gives_back


class FlagForm(PlainForm):
    """Why moderators should look at a note."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = CleanField(
        label=_("In your words (optional)"),
        longest=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


@gives_back
def note_flag(request, uuid):
    """The form; POST keeps the flag. One's own note is one's own to mend."""
    note = finding.readable(request.user, uuid)
    if finding.is_own(note, request.user):
        if not note.is_shown:
            raise Http404
        return refuse(request, gettext("This note is your own: edit or delete it."))
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    if request.method != "POST":
        return shown(request, note, FlagForm(initial=drafts.of(request)))
    form = FlagForm(request.POST)
    if not form.is_valid():
        return shown(request, note, form, UNPROCESSABLE)
    if not note.flags.filter(by=request.user).exists():
        limits.flags.check(request, target=f"note {note.pk}")
    if flags.flag(note, request.user, **form.cleaned_data):
        messages.success(request, gettext("Thank you. Moderators will look at it."))
    else:
        messages.info(request, gettext("You have told us of this note already."))
    drafts.forget(request)
    return SeeOther(note.get_absolute_url())


def shown(request, note, form, status=200):
    context = context_of(request, note, gettext("Flag")) | {"form": form}
    return render(request, "notes/flag.html", context, status=status)
