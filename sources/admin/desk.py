"""The desk's own pages: what was found by reading, and the proposals that wait."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format

from sources import desk
from sources.desk.worklist import proposals_for

PER_PAGE = 100


class DeskPages:
    """For the admin of sources: the pages to which the desk leads beside the lists."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.desk_page)
        return [
            path("desk/<slug:name>/", view, name="sources_desk"),
            *super().get_urls(),
        ]

    def desk_page(self, request, name):
        """One kind of finding, each with its records; a hundred on a page."""
        if name == "proposals":
            title, says, unread = "Proposals waiting", "The oldest first.", 0
            rows = proposals_for(request.user).select_related("by")
            if not self.has_view_permission(request):
                raise PermissionDenied
        else:
            kind = desk.LOOKS.get(name)
            if kind is None:
                raise Http404("The desk has no such list.")
            if not request.user.has_perm(kind.right):
                raise PermissionDenied
            look = kind.find()
            title, says, unread = kind.title.capitalize(), kind.says, look.unread
            rows = look.found
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        told = _of_proposals(page) if name == "proposals" else _of_findings(page)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "says": says,
            "unread": unread,
            "page": page,
            "told": told,
        }
        return render(request, "admin/sources/desk.html", context)


def _form(kind, key):
    return reverse(f"admin:sources_{kind}_change", args=[key])


def _of_findings(page):
    """(sentence, [(name, address of its form)]) of each finding on a page."""
    return [
        (row.sentence, [(name, _form(kind, key)) for kind, key, name in row.records])
        for row in page
    ]


def _of_proposals(page):
    """(sentence, [(its record, the proposal's page)]) of each proposal on a page."""
    rows = list(page)
    names = _names({(row.kind, row.record_id) for row in rows})
    told = []
    for row in rows:
        record = names.get((row.kind, row.record_id), f"{row.kind} {row.record_id}")
        said = f": {row.why}" if row.why else ""
        when = date_format(row.at, "j F Y")
        by = row.by or row.credit or "someone without an account"
        told.append((f"{when}, {by}{said}", [(record, _form("proposal", row.pk))]))
    return told


def _names(wanted):
    """{(kind, key): name} of these records: a query for each of the kinds."""
    found = {}
    for model in admin.site._registry:
        kind = model._meta.model_name
        keys = [key for each, key in wanted if each == kind]
        if model._meta.app_label == "sources" and keys:
            for record in model.objects.filter(pk__in=keys):
                found[(kind, record.pk)] = str(record)
    return found
