"""Every way of reading the stamp and the changes."""

from django.db import models
from django.db.models import Max

from sources.querysets.access import PUBLISHED, may_see_drafts


class StampQuerySet(models.QuerySet):
    def current(self):
        """The stamp's number: 0 in a library that nothing has written yet."""
        return self.values_list("number", flat=True).filter(pk=1).first() or 0


class ChangeQuerySet(models.QuerySet):
    def of(self, kind, record_id):
        return self.filter(kind=kind, record_id=record_id).order_by("number")

    def times_published(self, kind, record_id):
        """When saves left this record published, in order."""
        saved = self.of(kind, record_id).filter(record__state=PUBLISHED)
        return saved.values_list("at", flat=True)

    def days_of(self, kind):
        """The day on which each record of a kind was last saved, by its key."""
        last = self.filter(kind=kind).order_by().values("record_id")
        last = last.annotate(last=Max("at")).values_list("record_id", "last")
        return {record_id: at.date() for record_id, at in last}

    def visible_to(self, user):
        """The history's working side is the editors'."""
        return self.all() if may_see_drafts(user) else self.none()
