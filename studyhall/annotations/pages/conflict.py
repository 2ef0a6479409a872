"""A note that says something else than the form that was sent: both texts are shown."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from sources.differences import between
from studyhall.annotations import edits
from studyhall.annotations.forms import EditForm
from studyhall.annotations.pages.note import context_of

CONFLICT = 409


def conflict(request, stored, form):
    """Both texts and where they differ, and the form to save what is wanted.

    `form` is a valid EditForm; `stored` the note as it is stored, None for none.
    """
    if stored is None or stored.deleted_at or stored.reader_id != request.user.pk:
        raise Http404
    saved = edits.of(stored) or stored
    context = context_of(request, stored, gettext("Edit")) | {
        "form": form,
        "saved": saved,
        "opened": stored.version,
        "runs": list(between(saved.body, form.cleaned_data["body"])),
    }
    return render(request, "notes/conflict.html", context, status=CONFLICT)


def written_before(request, note):
    """For the form of a new note that was changed and sent again, once it was saved."""
    form = EditForm(request.POST, note=note)
    form.full_clean()
    return conflict(request, note, form)
