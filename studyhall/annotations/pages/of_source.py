"""All notes on a source that a reader may see, in the order of its lines.

Of very many, those of one stretch of time after another: each in that order.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sources.errors import refuse
from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from studyhall.annotations import choosing, listing, shown
from studyhall.annotations.about import about_of
from studyhall.annotations.models import Annotation

ON_A_PAGE = 50


@require_safe
def source_notes(request, work, place):
    """The notes on a source; `?line=` those beside one line, `?thread=` one note with
    the replies to it, `?after=` those that are later."""
    try:
        about = about_of(request, work, place)
    except LedElsewhere as answer:
        return answer.response
    terms = _terms(about, request.GET.get("thread", ""))
    only = _of_thread(terms["thread"]) if "thread" in terms else Q()
    after = request.GET.get("after", "")
    try:
        read_on = listing.read_on(after) if after else ()
        spots, last = choosing.in_order(
            about.source, request.user, only, about.line, read_on
        )
        kept = terms | ({"after": after} if after else {})
        number = page_number(request)
        pages = Numbered(number, len(spots), ON_A_PAGE, tuple(kept.items()))
    except (NoSuchPage, listing.NoSuchPage) as problem:
        return refuse(request, str(problem), 404)
    context = {
        "source": about.source,
        "line": about.line,
        "thread": terms.get("thread", ""),
        "notes": _listed(spots[pages.slice], request.user),
        "pages": pages,
        "is_later": bool(after),
        "later": _later(terms, last),
        "crumbs": crumbs.of_source(about.source, gettext("Notes")),
    }
    return render(request, "notes/of_source.html", context)


def _later(terms, last):
    """The query of the list that reads on from the last note of this; "" at the end."""
    if last is None:
        return ""
    return f"?{urlencode(terms | {'after': listing.name_of(last)})}"


def _listed(spots, user):
    """The notes of these Spots, each with the line that it stands `beside`."""
    beside = {spot.pk: spot.beside for spot in spots}
    notes = shown.for_page(Annotation.objects.visible_to(user).filter(pk__in=beside))
    found = notes.in_bulk()
    for key, note in found.items():
        note.beside = beside[key]
    return [found[key] for key in beside if key in found]


def _of_thread(name):
    """The note of this uuid and the replies to it; none for what is no uuid."""
    try:
        uuid = UUID(name)
    except ValueError:
        return Q(pk__in=())
    found = Annotation.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    if found is None:
        return Q(pk__in=())
    return Q(pk=found) | Q(parent=found)


def _terms(about, thread):
    """What the addresses of the other pages ask too."""
    terms = {"line": str(about.line or ""), "thread": thread}
    return {name: value for name, value in terms.items() if value}
