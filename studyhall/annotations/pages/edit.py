"""A note written anew by its writer; a save in between loses neither text."""

from django.shortcuts import render
from django.utils.translation import gettext

from studyhall.annotations import drafts, edits, finding, newcomers, replying
from studyhall.annotations.forms import EditForm
from studyhall.annotations.gate import Stale
from studyhall.annotations.pages.annotate import UNPROCESSABLE, back_at
from studyhall.annotations.pages.conflict import conflict
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.returning import gives_back


@gives_back
def note_edit(request, uuid):
    """The form of one's own note; POST saves it."""
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    note = finding.own(request.user, uuid)
    if request.method != "POST":
        typed = drafts.of(request)
        form = EditForm(note=note)
        form.initial |= typed
        opened = typed.get("version", note.version)
        return shown(request, note, form, opened=opened, kept=bool(typed))
    form = EditForm(request.POST, note=note)
    if not form.is_valid() or not may_be_kept(form, note):
        opened = request.POST.get("version", "")
        return shown(request, note, form, UNPROCESSABLE, opened)
    try:
        save(note, form, request.POST.get("version", ""))
    except Stale as stale:
        return conflict(request, stale.stored, form)
    drafts.forget(request)
    return back_at(request, note, sentence_of(note))


def sentence_of(note):
    """What is said once a note is saved; an edit that waits is told as such."""
    if edits.waiting(note):
        return gettext(
            "Your edit is saved. Others read it once a moderator has read it, and the "
            "note as it was until then."
        )
    return gettext("Your note is saved.")


def may_be_kept(form, note):
    """Whether the note may say what a valid form says; adds the form's errors."""
    is_reply = note.parent is not None
    if is_reply and not replying.check(form, note.parent):
        return False
    return newcomers.check(form, note.reader)


def save(note, form, opened):
    """Write the note as the form has it. Raises Stale."""
    opened = int(opened) if opened.isdecimal() and len(opened) < 9 else 0
    tags, fields = form.cleaned_data["tags"], form.fields_of_note()
    edits.save(note, opened=opened, tags=tags, **fields)


def shown(request, note, form, status=200, opened=0, kept=False):
    """The form's page; `opened` is the version that is being edited.

    `kept` says that what was typed before signing in is there.
    """
    context = context_of(request, note, gettext("Edit"))
    context |= {"form": form, "opened": opened, "kept": kept}
    return render(request, "notes/edit.html", context, status=status)
