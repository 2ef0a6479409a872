"""Every way of reading questions and their positions."""

from django.db.models import Count, Q

from sources.querysets.access import PUBLISHED, EverySeenQuerySet


class QuestionQuerySet(EverySeenQuerySet):
    def first_question(self):
        """The site's question, or None in an empty library."""
        return self.order_by("pk").first()


class PositionQuerySet(EverySeenQuerySet):
    def with_supporters(self):
        """Each with the published sources that support it, and those outright."""
        supports = Q(
            bearings__direction="supports",
            bearings__state=PUBLISHED,
            bearings__source__state=PUBLISHED,
        )
        outright = supports & Q(bearings__basis="explicit")
        return self.annotate(
            supporting=Count("bearings__source", filter=supports, distinct=True),
            outright=Count("bearings__source", filter=outright, distinct=True),
        )

    def in_order(self):
        return self.order_by("order", "pk")
