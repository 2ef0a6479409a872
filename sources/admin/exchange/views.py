"""The pages on which an editor sends a file in and takes one out."""

import uuid

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.admin.exchange import reading, writing
from sources.admin.exchange.part_rows import BearingRows, CitationRows
from sources.admin.exchange.plain import PlainRows
from sources.admin.exchange.resource import problems, run
from sources.admin.exchange.source_rows import SourceRows
from sources.admin.exchange.work_rows import TitleRows, WorkRows
from sources.models import Source, Work

RESOURCES = {
    Source: [SourceRows, BearingRows, CitationRows],
    Work: [WorkRows, TitleRows],
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT_FOR = 3600  # seconds between a dry run and its confirmation
LONGEST_NAME = 100  # of a file, as a change's reason tells it
UNPROCESSABLE, TOO_LARGE, GONE = 422, 413, 410
AT_ONCE = 200  # records that an export reads at a time


class Exchange:
    """For a ModelAdmin: import and export, beside its list."""

    change_list_template = "admin/sources/export_change_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {"export": self.export_view}
        if self.model in RESOURCES:
            views["import"] = self.import_view
        return [
            path(f"{deed}/", self.admin_site.admin_view(view), name=f"{name}_{deed}")
            for deed, view in views.items()
        ] + super().get_urls()

    def may_import(self, request):
        """Who may make these records, and change them, may send a file of them."""
        may = self.has_add_permission(request) and self.has_change_permission(request)
        return self.model in RESOURCES and may

    def changelist_view(self, request, extra_context=None):
        chosen = request.GET.urlencode()
        tools = {
            "may_import": self.may_import(request),
            "export_query": f"?{chosen}" if chosen else "",
        }
        return super().changelist_view(request, tools | (extra_context or {}))

    def export_view(self, request):
        """What the list shows, as a file; without a kind of file, the choice of one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        terms = request.GET.copy()
        [kind] = terms.pop("rows", [""])[-1:]
        [type_] = terms.pop("file", [""])[-1:]
        resources = self._resources()
        request.GET = terms
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Http404(_("The list has no such filter.")) from error
        if not type_:
            context = {"terms": terms.items(), "count": found.count()}
            return self._exchange_page(
                request, "export", resources=resources, **context
            )
        if type_ not in TYPES or kind not in resources:
            raise Http404(_("There is no such file."))
        return self._exported(request, resources[kind], type_, found)

    def _resources(self):
        made = [each() for each in RESOURCES.get(self.model, ())]
        return {each.kind: each for each in made or [PlainRows(self.model)]}

    def _exported(self, request, rows, type_, found):
        """The file of the records found, read as it is sent."""
        found = found.prefetch_related(None).prefetch_related(*rows.prefetched)
        cells = rows.exported(found.iterator(chunk_size=AT_ONCE))
        try:
            answer = _answer(rows.head(), cells, type_)
        except writing.TooLong as problem:
            return self._exchange_page(
                request, "export", UNPROCESSABLE, problem=problem
            )
        name = f"{rows.kind}.{type_}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def import_view(self, request):
        """A file is read and shown as it would stand; sent again, it is stored."""
        if not self.may_import(request):
            raise PermissionDenied
        resources = {each.kind: each for each in RESOURCES[self.model]}
        given = request.POST if request.method == "POST" else request.GET
        kind = given.get("rows", next(iter(resources)))
        if kind not in resources:
            raise Http404(_("There is no such file."))
        if request.method != "POST":
            if request.GET.get("template") in TYPES:
                return _template(resources[kind](), request.GET["template"])
            return self._import_page(request, resources[kind])
        if "key" in request.POST:
            return self._store_file(request, resources[kind])
        return self._try_file(request, resources[kind])

    def _try_file(self, request, rows):
        """The dry run: what the file would do, and what stands against it."""
        sent = request.FILES.get("file")
        if sent is None:
            problem = _("Choose a file first.")
            return self._import_page(request, rows, UNPROCESSABLE, problem=problem)
        try:
            table = reading.read(sent)
        except reading.Unreadable as problem:
            status = TOO_LARGE if problem.is_too_large else UNPROCESSABLE
            return self._import_page(request, rows, status, problem=problem)
        name = sent.name[:LONGEST_NAME]
        result = run(rows(request.user, name), table, store=False)
        return self._show_rows(request, rows, result, table, name)

    def _show_rows(self, request, rows, result, table, name):
        """The rows as they would stand; the table is kept until it is confirmed."""
        key, found = "", problems(result)
        if not found:
            key = uuid.uuid4()
            kept = (table.headers, list(table), name)
            cache.set(_kept_at(request, key), kept, KEPT_FOR)
        context = {"result": result, "problems": found, "key": key, "name": name}
        status = UNPROCESSABLE if found else 200
        return self._import_page(request, rows, status, **context)

    def _store_file(self, request, rows):
        """Take the file in, if it still does what the editor has seen."""
        place = _kept_at(request, request.POST["key"])
        headers, cells, name = cache.get(place) or (None, (), "")
        if headers is None:
            problem = _("The file is no longer kept: send it again.")
            return self._import_page(request, rows, GONE, problem=problem)
        table = reading.Dataset(*cells, headers=headers)
        resource = rows(request.user, name, request.POST.get("digest", ""))
        result = run(resource, table, store=True)
        if problems(result):
            return self._show_rows(request, rows, result, table, name)
        cache.touch(place, 0)  # it is stored once
        self.message_user(request, _said(result))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return HttpResponseRedirect(reverse(name))

    def _import_page(self, request, rows, status=200, **context):
        resources = {each.kind: each.title for each in RESOURCES[self.model]}
        columns = rows().columns.values()
        context |= {"resources": resources, "columns": columns, "kind": rows.kind}
        context |= {"most_rows": reading.ROWS, "most_bytes": reading.BYTES}
        return self._exchange_page(request, "import", status, **context)

    def _exchange_page(self, request, deed, status=200, **context):
        verb = _("Import") if deed == "import" else _("Export")
        context |= self.admin_site.each_context(request)
        context |= {
            "opts": self.opts,
            "title": f"{verb}: {self.opts.verbose_name_plural}",
        }
        return render(request, f"admin/sources/{deed}.html", context, status=status)


def _kept_at(request, key):
    """Where a file waits for its editor; nobody else finds it there."""
    return f"import:{request.user.pk}:{str(key)[:40]}"


def _answer(head, rows, type_):
    if type_ == "csv":
        pieces = writing.csv_of(head, rows)
        return StreamingHttpResponse(pieces, content_type=TYPES[type_])
    return FileResponse(writing.xlsx_of(head, rows), content_type=TYPES[type_])


def _template(rows, type_):
    """An empty file with the columns' names."""
    answer = _answer(rows.head(), [], type_)
    name = f"{rows.kind}-template.{type_}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _said(result):
    new, changed, same = (result.totals[name] for name in ("new", "update", "skip"))
    rows = ngettext("%(n)s row", "%(n)s rows", result.total_rows) % {
        "n": result.total_rows
    }
    return _("%(rows)s read: %(new)s new, %(changed)s changed, %(same)s as before.") % {
        "rows": rows,
        "new": new,
        "changed": changed,
        "same": same,
    }
