"""A reply to a note; one to a reply stands beside it, under the same note."""

from django.shortcuts import render
from django.utils.translation import gettext

from studyhall.annotations import drafts, finding, newcomers, replying, saving
from studyhall.annotations.forms import ReplyForm
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.annotate import UNPROCESSABLE, back_at
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.returning import gives_back


@gives_back
def note_reply(request, uuid):
    """The form of a reply to a note that one may read; POST saves it."""
    note = finding.readable(request.user, uuid)
    if request.method != "POST":
        typed = drafts.of(request)
        return shown(request, note, ReplyForm(initial=typed), kept=bool(typed))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return shown(request, note, form, UNPROCESSABLE)
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    parent = note.parent or note
    if not (replying.check(form, parent) and newcomers.check(form, request.user)):
        return shown(request, note, form, UNPROCESSABLE)
    reply = saving.create(
        request.user,
        note.source,
        key=form.cleaned_data["creation_key"],
        parent=parent,
        motivation=Annotation.Motivation.REPLYING,
        body=form.cleaned_data["body"],
        visibility=form.cleaned_data["visibility"],
    )
    drafts.forget(request)
    return back_at(request, reply, gettext("Your reply is saved."))


def shown(request, note, form, status=200, kept=False):
    """The form's page, under the note that is replied to."""
    context = context_of(request, note, gettext("Reply")) | {"form": form, "kept": kept}
    return render(request, "notes/reply.html", context, status=status)
