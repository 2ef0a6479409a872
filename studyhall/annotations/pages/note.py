"""A note's own address, for ever: it leads to the words in their line."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from sources.pages import crumbs
from studyhall.annotations import finding, versions
from studyhall.annotations.models import Annotation

GONE = 410
MOST = 50  # replies on a page; all are on the source's list


def note(request, uuid):
    """On to the source's page; a page of its own for a note without a place there."""
    found = Annotation.objects.visible_to(request.user).select_related(*finding.READ)
    note = found.filter(uuid=uuid).first()
    if note is None:
        return _deleted(request, uuid)
    where = finding.where(note, request.user)
    if where != note.get_absolute_url():
        return redirect(where)
    context = context_of(request, note)
    kept = versions.readable(note, is_own=context["is_own"])
    return render(request, "notes/note.html", context | {"has_history": len(kept) > 1})


def context_of(request, note, *below):
    """What the pages of one note show."""
    replies = Annotation.objects.visible_to(request.user).filter(parent=note)
    way = crumbs.of_source(note.source, gettext("A note"))
    if below:
        way = [*way[:-1], (gettext("A note"), note.get_absolute_url())]
        way += [(name, "") for name in below]
    return {
        "note": note,
        "source": note.source,
        "as_it_was": finding.as_it_was(note, request.user),
        "is_own": finding.is_own(note, request.user),
        "replies": replies.select_related("reader").order_by("created_at")[:MOST],
        "most": MOST,
        "crumbs": way,
    }


def _deleted(request, uuid):
    """One's own with the way back; 410 for what everyone once read; else 404."""
    if request.user.is_authenticated:
        own = Annotation.objects.filter(reader=request.user, uuid=uuid)
        note = own.select_related(*finding.READ).first()
        if note is not None:
            context = context_of(request, note) | {"is_deleted": True}
            return render(request, "notes/note.html", context, status=GONE)
    if finding.deleted_in_public(uuid):
        return render(request, "notes/gone.html", status=GONE)
    raise Http404
