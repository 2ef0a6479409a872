"""Every way of reading bearings and citations."""

from django.db import models
from django.db.models import F, Q

from sources.querysets.access import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    StatedQuerySet,
    may_see_drafts,
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
            F("source__work__era").asc(nulls_last=True),
            F("source__work__year_from").asc(nulls_last=True),
            "source__work__order",
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
        """Links whose ends may be named to this user.

        A draft of the curated library is known from the literature: it is named,
        not linked. What an editor here is drafting is nobody else's to read of.
        """
        if may_see_drafts(user):
            return self.visible_to(user)
        known = {
            end: Q(**{f"{end}__state": PUBLISHED})
            | Q(**{f"{end}__state": DRAFT, f"{end}__library_name__isnull": False})
            for end in ("citing", "cited")
        }
        return self.filter(known["citing"], known["cited"])

    def of(self, source):
        """Links from or to this source."""
        return self.filter(Q(citing=source) | Q(cited=source))

    def for_page(self):
        return self.select_related("citing__work", "cited__work").order_by(
            F("citing__work__era").asc(nulls_last=True),
            F("citing__work__year_from").asc(nulls_last=True),
            "citing__work__order",
            "order",
            "pk",
        )
