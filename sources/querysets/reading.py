"""Every way of reading paths and essays."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from sources.querysets.access import (
    PUBLISHED,
    WITHDRAWN,
    StatedQuerySet,
    may_see_drafts,
    nameable,
)


class PathQuerySet(StatedQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")


class PathStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(path__state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        return self.filter(path__state=PUBLISHED, source__state=PUBLISHED)

    def with_place(self, user):
        """Each with `place`: which step it is, from 1, of those this user may see."""
        seen = self.model.objects.visible_to(user).filter(
            path=OuterRef("path"), number__lte=OuterRef("number")
        )
        counted = seen.order_by().values("path").annotate(count=Count("pk"))
        return self.annotate(place=Subquery(counted.values("count")))

    def with_next(self):
        """Each with `next_step`: the key of the one after it, seen or not, or None."""
        later = self.model.objects.filter(
            path=OuterRef("path"), number__gt=OuterRef("number")
        )
        first = later.order_by("number").values("pk")[:1]
        return self.annotate(next_step=Subquery(first))


class EssayQuerySet(StatedQuerySet):
    def citing(self, source):
        """Essays whose body names the source's place; its part, where it has one."""
        mentions = self.model._meta.apps.get_model("sources", "Mention").objects
        here = mentions.filter(
            kind="essay", work=source.work_id, address=source.address
        )
        essays = self.filter(pk__in=here.values("record_id")).defer("body", "body_html")
        if not source.part:
            return essays
        named = Q()
        for place in (source.place_in_url, source.address):
            name = f'data-place="{source.work.slug}/{place}"'
            named |= Q(body_html__contains=name)
        return essays.filter(named)

    def in_order(self):
        return self.order_by("order", "pk")


class EssayClaimQuerySet(models.QuerySet):
    def to_name(self, user):
        """Claims whose essay this user may see and whose source may be named.

        A draft of the curated library is known from the literature, and named.
        """
        if may_see_drafts(user):
            return self.exclude(essay__state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        return self.filter(nameable("source__"), essay__state=PUBLISHED)
