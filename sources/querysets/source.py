"""Every way of reading sources and their texts."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from sources.querysets.access import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    StatedQuerySet,
    generation,
    may_see_drafts,
    nameable,
)


class SourceQuerySet(StatedQuerySet):
    def in_order(self):
        """By generation, then by place in the work."""
        return self.order_by(
            *generation("work__"),
            "work_id",
            "sort_key",
            "pk",
        )

    def with_work(self):
        return self.select_related("work", "work__author")

    def to_name(self, user):
        """Sources that may be named to this user: what is published, and what of
        the curated library is a draft still, as in `CitationQuerySet.to_name`.
        """
        if may_see_drafts(user):
            return self.visible_to(user)
        return self.filter(nameable())

    def taking_a_side(self):
        """Sources with a published bearing on any position."""
        return self.filter(
            Exists(
                self._bearings()
                .published()
                .filter(source=OuterRef("pk"), position__isnull=False)
            )
        )

    def contested(self):
        return self.filter(is_contested=True)

    def linked_for(self, user):
        """Only sources with a link to or from another, both seen by this user."""
        links = self.model._meta.get_field("citations_made").related_model.objects
        seen = links.visible_to(user)
        return self.filter(
            Exists(seen.filter(citing=OuterRef("pk")))
            | Exists(seen.filter(cited=OuterRef("pk")))
        )

    def at_places(self, pairs, and_keys=()):
        """Sources at any of these (work's slug, address or place in the address)."""
        works, places = {work for work, _ in pairs}, {place for _, place in pairs}
        here = Q(address__in=places) | Q(place_in_url__in=places)
        return self.filter(Q(here, work__slug__in=works) | Q(pk__in=and_keys))

    def unverified(self):
        """Drafts of the curated library for which no text was found: named to all.

        Their references alone: what is drafted of them is the editors' to read.
        """
        return self.filter(
            state=DRAFT, library_name__isnull=False, verified_against=""
        ).defer("summary", "notes")

    def for_page(self, user):
        """All that a source's own page shows, in a fixed number of queries."""
        return self.with_work().prefetch_related(
            "texts",
            Prefetch("bearings", self._bearings().visible_to(user).for_page()),
            Prefetch("topic_links", self._links().visible_to(user).for_page()),
        )

    def for_list(self, user):
        """All that a row of a list shows."""
        return self.with_work().prefetch_related(
            Prefetch("bearings", self._bearings().visible_to(user).for_page())
        )

    def _bearings(self):
        return self.model._meta.get_field("bearings").related_model.objects

    def _links(self):
        return self.model._meta.get_field("topic_links").related_model.objects


class TextQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(source__state=WITHDRAWN)
        return self.filter(source__state=PUBLISHED)
