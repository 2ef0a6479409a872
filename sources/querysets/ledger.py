"""Every way of reading the stamp and the changes."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Max, Q

from sources.querysets.access import PUBLISHED, may_see_drafts


class StampQuerySet(models.QuerySet):
    def current(self):
        """The stamp's number: 0 in a library that nothing has written yet."""
        return self.values_list("number", flat=True).filter(pk=1).first() or 0


class ProposalQuerySet(models.QuerySet):
    def of(self, kind, record_id):
        return self.filter(kind=kind, record_id=record_id).order_by("pk")

    def waiting(self):
        """Those that no editor has decided on, the oldest first."""
        return self.filter(outcome="").order_by("at", "pk")


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

    def last_of(self, records):
        """{key: the Change that left it so} of records of one kind: one query."""
        records = list(records)
        if not records:
            return {}
        now = [Q(record_id=each.pk, number=each.version) for each in records]
        found = self.filter(reduce(or_, now), kind=records[0]._meta.model_name)
        found = found.select_related("editor").defer("record")
        return {change.record_id: change for change in found}

    def visible_to(self, user):
        """The history's working side is the editors'."""
        return self.all() if may_see_drafts(user) else self.none()
