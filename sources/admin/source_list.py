"""The list of sources: what a row shows, and how it is narrowed and searched."""

from django.contrib import admin
from django.db import connections
from django.db.models import Prefetch, Q

from sources import search, search_tables
from sources.admin import filters, names
from sources.admin.lists import (
    Listed,
    bearings_shown,
    reference_shown,
)
from sources.models import Bearing, State, Work


class SourceList(Listed):
    """For the admin of sources: its list."""

    hebrew_name = "reference_he"
    list_display = ["reference", "in_hebrew", "era", "bears", "state", "last_change"]
    list_filter = [
        "state",
        filters.EraFilter,
        filters.PositionFilter,
        filters.DirectionFilter,
        filters.BasisFilter,
        filters.VerifiedFilter,
        filters.WaitingFilter,
        filters.TopicFilter,
    ]
    # The order of an index, so that a large library is listed as fast as a small one.
    ordering = ["work_id", "sort_key", "pk"]
    search_fields = ["reference_en", "reference_he"]

    def with_shown(self, sources):
        bearings = Bearing.objects.exclude(state=State.WITHDRAWN).for_page()
        return sources.select_related("work").prefetch_related(
            Prefetch("bearings", bearings)
        )

    def get_search_results(self, request, queryset, search_term):
        """The site's own search tables, withdrawn sources among them."""
        clauses = search.read(search_term).clauses()
        if not clauses:
            return (queryset.none() if search_term.strip() else queryset), False
        holding = search_tables.matching(connections[queryset.db], clauses)
        # Half a title finds its work's sources, while an editor is still typing it.
        works = names.matching(Work, ["title", "title_he"], search_term)
        found = Q(pk__in=holding) | Q(work__in=works)
        return queryset.filter(found), False

    @admin.display(description="reference", ordering="sort_key")
    def reference(self, source):
        return reference_shown(source.reference_en or str(source))

    @admin.display(description="era", ordering="work__era")
    def era(self, source):
        return source.work.get_era_display()

    @admin.display(description="how it bears")
    def bears(self, source):
        return bearings_shown(source.bearings.all())
