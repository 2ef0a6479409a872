"""The lists of records: bounded counts, last changes, and what both show."""

from functools import cached_property

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join

from sources.models import Change
from sources.picture import mark_glyph
from sources.templatetags.sources import he, mixed, stance

MOST = 10_000  # records of one list that pages lead to; filters and search the rest


class BoundedPaginator(Paginator):
    """Pages that count no further than MOST, so that a list costs no more.

    `is_more` says that the list goes on.
    """

    @cached_property
    def _counted(self):
        found = self.object_list.order_by().values("pk")
        return found[: MOST + 1].count()

    @cached_property
    def count(self):
        return min(self._counted, MOST)

    @property
    def is_more(self):
        return self._counted > MOST


class RecordList(ChangeList):
    """A page of records, each with its `last_change` (None if it has none)."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.with_shown(
            super().get_queryset(request, exclude_parameters)
        )

    def get_results(self, request):
        super().get_results(request)
        records = list(self.result_list)
        last = Change.objects.last_of(records)
        for record in records:
            record.last_change = last.get(record.pk)
        self.result_list = records


class Listed:
    """For a RecordAdmin: a list that costs the same in a library of any size."""

    hebrew_name = "title_he"  # the field of a record's name in Hebrew
    paginator = BoundedPaginator
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs):
        return RecordList

    def with_shown(self, records):
        """The records with all that a row shows, in a fixed number of queries."""
        return records

    @admin.display(description="in Hebrew")
    def in_hebrew(self, record):
        return he(getattr(record, self.hebrew_name)) or "–"

    @admin.display(description="last change")
    def last_change(self, record):
        """When it was saved last, and by whom."""
        change = getattr(record, "last_change", None)
        if change is None:
            return "–"
        at = formats.date_format(timezone.localtime(change.at), "j M Y, H:i")
        who = change.editor or "the library’s files"
        return format_html('{}, <bdi dir="auto">{}</bdi>', at, who)


def reference_shown(words):
    return format_html('<bdi lang="en" dir="ltr">{}</bdi>', mixed(words))


def bearings_shown(bearings):
    """Each bearing as its sign in the picture, its position and its stance."""
    rows = [
        (
            mark_glyph(
                bearing.position.sign if bearing.position else "",
                bearing.direction,
                bearing.basis,
            ),
            _said(bearing),
        )
        for bearing in bearings
    ]
    if not rows:
        return "not said yet"
    return format_html(
        '<ul class="bearing-signs">{}</ul>',
        format_html_join("", "<li>{} {}</li>", rows),
    )


def _said(bearing):
    words = stance(bearing)
    said = f"{bearing.position.name}: {words.lower()}" if bearing.position else words
    return said if bearing.is_published else f"{said} ({bearing.get_state_display()})"
