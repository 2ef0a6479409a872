"""Every way of reading topics and what stands under them."""

from django.db import models
from django.db.models import Count, Q

from sources.querysets.access import (
    PUBLISHED,
    WITHDRAWN,
    StatedQuerySet,
    may_see_drafts,
)


class TopicQuerySet(StatedQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")

    def with_counts_for(self, user):
        """Each topic with `source_count`, of sources this user may see."""
        states = (
            ~Q(links__content_object__state=WITHDRAWN)
            if may_see_drafts(user)
            else Q(links__content_object__state=PUBLISHED)
        )
        return self.annotate(source_count=Count("links", filter=states))


class TopicLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(tag__state=WITHDRAWN).exclude(
                content_object__state=WITHDRAWN
            )
        return self.filter(tag__state=PUBLISHED, content_object__state=PUBLISHED)

    def for_page(self):
        return self.select_related("tag").order_by("tag__order", "tag_id")
