"""Deleting one's own note, which asks first, and bringing it back for 30 days."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sources.pages.settings import SeeOther
from studyhall.annotations import finding
from studyhall.annotations.gate import Stale, writing
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.purging import KEPT


def note_delete(request, uuid):
    """The page that asks; POST deletes, and leads to the page that can undo it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    note = finding.own(request.user, uuid)
    if request.method != "POST":
        context = context_of(request, note, gettext("Delete")) | {"days": KEPT.days}
        return render(request, "notes/delete.html", context)
    _set_deleted(note, timezone.now())
    sentence = gettext("The note is deleted. For %(days)s days you can bring it back.")
    messages.success(request, sentence % {"days": KEPT.days})
    return SeeOther(note.get_absolute_url())


@require_POST
def note_restore(request, uuid):
    """Bring a deleted note back, as it stood."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("note", args=[uuid]))
    note = finding.own(request.user, uuid, deleted=True)
    _set_deleted(note, None)
    messages.success(request, gettext("The note is back."))
    return SeeOther(note.get_absolute_url())


def _set_deleted(note, when):
    """Whoever saved it in between has changed nothing that this depends on."""
    try:
        with writing(note, opened=note.version):
            note.deleted_at = when
    except Stale as stale:
        if stale.stored is None or stale.stored.reader_id != note.reader_id:
            raise Http404 from stale
        with writing(stale.stored, opened=stale.stored.version):
            stale.stored.deleted_at = when
