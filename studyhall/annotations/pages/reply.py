"""A reply to a note; one to a reply stands beside it, under the same note."""

from django.shortcuts import render
from django.utils.translation import gettext

from studyhall.annotations import drafts, finding, newcomers, replying, saving
from studyhall.annotations.forms import ReplyForm
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.annotate import (
    CHANGED,
    CONFLICT,
    UNPROCESSABLE,
    back_at,
)
from studyhall.annotations.pages.conflict import written_before
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
    try:
        reply = made_of(form, request.user, parent)
    except saving.Written as before:
        return written_before(request, before.note)
    except saving.Moved:
        form.add_error(None, gettext(CHANGED))
        return shown(request, finding.readable(request.user, uuid), form, CONFLICT)
    drafts.forget(request)
    return back_at(request, reply, gettext("Your reply is saved."))


def made_of(form, reader, parent):
    """The reply that a valid form holds. Raises as saving.create does."""
    cleaned = form.cleaned_data
    return saving.create(
        reader,
        parent.source,
        key=cleaned["creation_key"],
        parent=parent,
        motivation=Annotation.Motivation.REPLYING,
        body=cleaned["body"],
        visibility=cleaned["visibility"],
    )


def shown(request, note, form, status=200, kept=False):
    """The form's page, under the note that is replied to."""
    context = context_of(request, note, gettext("Reply")) | {"form": form, "kept": kept}
    return render(request, "notes/reply.html", context, status=status)
