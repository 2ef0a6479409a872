"""All of one's own notes as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources.pages import crumbs
from studyhall.annotations import exporting

FILES = {
    "notes.jsonld": ("application/ld+json", exporting.as_json),
    "notes.md": ("text/markdown; charset=utf-8", exporting.as_markdown),
    "notes.csv": ("text/csv; charset=utf-8", exporting.as_csv),
}


@login_required
def my_export(request):
    """The page that offers the files."""
    way = (gettext("My notes"), reverse("my_notes"))
    context = {"crumbs": crumbs.from_question(gettext("Take my notes away"), way)}
    return render(request, "notes/export.html", context)


@login_required
def my_export_as(request, name):
    """One file, sent as it is written."""
    if name not in FILES:
        raise Http404
    kind, written = FILES[name]
    site = f"{request.scheme}://{request.get_host()}"
    pieces = written(exporting.Taken(request.user, site))
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
