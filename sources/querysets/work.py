"""Every way of reading authors and works."""

from django.db.models import Exists, OuterRef

from sources.querysets.access import EverySeenQuerySet, generation


class AuthorQuerySet(EverySeenQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")

    def with_sources_for(self, user):
        """Only authors of sources, or of readings, that this user may see."""
        works = self._related("works").objects.with_sources_for(user)
        readings = self._related("readings").objects.visible_to(user)
        return self.filter(
            Exists(works.filter(author=OuterRef("pk")))
            | Exists(readings.filter(according_to=OuterRef("pk")))
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model


class WorkQuerySet(EverySeenQuerySet):
    def in_order(self):
        """By generation: era, then first year, then the work's order."""
        return self.order_by(*generation(), "pk")

    def with_sources_for(self, user):
        """Only works that hold a source this user may see."""
        readable = self.model._meta.get_field("sources").related_model.objects
        return self.filter(
            Exists(readable.visible_to(user).filter(work=OuterRef("pk")))
        )
