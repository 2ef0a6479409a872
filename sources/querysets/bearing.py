"""Every way of reading bearings and citations."""

from django.db import models
from django.db.models import Q

from sources.querysets.access import (
    PUBLISHED,
    WITHDRAWN,
    StatedQuerySet,
    generation,
    may_see_drafts,
    nameable,
)


class BearingQuerySet(StatedQuerySet):
    def published(self):
        """Published, and its source is too."""
        return self.filter(state=PUBLISHED, source__state=PUBLISHED)

    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        return self.published()

    def taking_a_side(self):
        return self.filter(position__isnull=False)

    def for_page(self):
        return self.select_related("position", "according_to").order_by("order", "pk")

    def by_generation(self):
        return self.order_by(
            *generation("source__work__"),
            "source__work_id",
            "source__sort_key",
            "order",
            "pk",
        )


class CitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A link is seen only if both its ends are."""
        if may_see_drafts(user):
            return self.exclude(citing__state=WITHDRAWN).exclude(cited__state=WITHDRAWN)
        return self.filter(citing__state=PUBLISHED, cited__state=PUBLISHED)

    def to_name(self, user):
        """Links whose ends may be named to this user, as `nameable` says."""
        if may_see_drafts(user):
            return self.visible_to(user)
        return self.filter(nameable("citing__"), nameable("cited__"))

    def of(self, source):
        """Links from or to this source."""
        return self.filter(Q(citing=source) | Q(cited=source))

    def for_page(self):
        return self.select_related("citing__work", "cited__work").order_by(
            *generation("citing__work__"),
            "order",
            "pk",
        )
