"""All notes on a source that a reader may see, in the order of its lines."""

from uuid import UUID

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sources.errors import refuse
from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from studyhall.annotations import choosing, shown
from studyhall.annotations.about import about_of
from studyhall.annotations.models import Annotation

ON_A_PAGE = 50


@require_safe
def source_notes(request, work, place):
    """The notes on a source; `?line=` those beside one line, `?thread=` one note with
    the replies to it."""
    try:
        about = about_of(request, work, place)
    except LedElsewhere as answer:
        return answer.response
    notes = Annotation.objects.visible_to(request.user).on(about.source)
    thread = request.GET.get("thread", "")
    if about.line is not None:
        notes = choosing.on_line(notes, about.line, request.user)
    if thread:
        notes = notes.filter(_of_thread(thread))
    try:
        pages = Numbered(
            page_number(request), notes.count(), ON_A_PAGE, _terms(about, thread)
        )
    except NoSuchPage as problem:
        return refuse(request, str(problem), 404)
    listed = shown.for_page(choosing.in_order(notes, request.user))
    context = {
        "source": about.source,
        "line": about.line,
        "thread": thread,
        "notes": listed[pages.slice],
        "pages": pages,
        "crumbs": crumbs.of_source(about.source, gettext("Notes")),
    }
    return render(request, "notes/of_source.html", context)


def _of_thread(name):
    """The note of this uuid and the replies to it; none for what is no uuid."""
    try:
        uuid = UUID(name)
    except ValueError:
        return Q(pk__in=())
    return Q(uuid=uuid) | Q(parent__uuid=uuid)


def _terms(about, thread):
    """What the addresses of the other pages ask too."""
    line = str(about.line) if about.line else ""
    return tuple(each for each in (("line", line), ("thread", thread)) if each[1])
