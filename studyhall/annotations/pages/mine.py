"""One's own notes: what waits, what lost its words, what was deleted."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources import errors
from sources.pages import crumbs
from studyhall.annotations import listing, searching
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.notes import asked_of
from studyhall.annotations.querysets import WAITS

STATES = {
    "private": (_("only you"), Q(visibility="private")),
    "public": (_("public"), Q(standing="approved")),
    "waiting": (_("waiting"), WAITS),
    "returned": (
        _("returned to you"),
        Q(standing="returned") | Q(standing="approved", edit__state="returned"),
    ),
    "hidden": (_("hidden"), Q(standing="hidden")),
    "proposed": (_("words may have moved"), Q(anchor="proposed")),
    "orphaned": (_("words are gone"), Q(anchor="orphaned")),
}
DELETED = "deleted"


@login_required
def my_notes(request):
    """The reader's own notes, narrowed by `?state=`, `?tag=` and `?q=`."""
    state, tag = request.GET.get("state", ""), request.GET.get("tag", "")
    asked = asked_of(request)
    if state not in ("", DELETED, *STATES):
        return errors.refuse(request, "Your notes have no such state.", 404)
    found = _found(request.user, state, tag, asked)
    terms = {"state": state, "tag": tag, "q": asked}
    try:
        listed = listing.page(found, request, **terms)
    except listing.NoSuchPage as problem:
        return errors.refuse(request, str(problem), 404)
    context = {
        "asked": asked,
        "state": state,
        "tag": tag,
        "is_deleted": state == DELETED,
        "states": _states(state),
        "tags": request.user.note_tags.order_by("pk"),
        "listed": listed,
        "crumbs": crumbs.from_question(gettext("My notes")),
    }
    return render(request, "notes/mine.html", context)


def _found(reader, state, tag, asked):
    """The reader's notes in this state, with this tag, that hold these words."""
    if state == DELETED:
        found = Annotation.objects.filter(reader=reader, deleted_at__isnull=False)
    else:
        found = Annotation.objects.of(reader)
    if state in STATES:
        found = found.filter(STATES[state][1])
    if tag:
        found = found.filter(tagged__tag__reader=reader, tagged__tag__name=tag)
    if asked:
        found = searching.find(found, asked)
    return Annotation.objects.none() if found is None else found


def _states(chosen):
    """(words, address, whether it is chosen) for each way to narrow the list."""
    yield gettext("all"), "?", not chosen
    for name, (words, _terms) in STATES.items():
        yield words, f"?{urlencode({'state': name})}", name == chosen
    yield gettext("deleted"), f"?state={DELETED}", chosen == DELETED
