"""What the lists can be narrowed to, beside their own fields."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef

from sources import desk
from sources.keys import is_key
from sources.models import Bearing, Position, State, Topic, TopicLink, Work

TOPICS = 60  # topics that the filter names; every topic's own row leads here too


class Chosen(SimpleListFilter):
    """A filter that refuses what is none of its choices."""

    def queryset(self, request, records):
        value = self.value()
        if value is None:
            return records
        if value not in self.known():
            raise IncorrectLookupParameters(f"There is no {self.title} “{value}”.")
        return self.narrowed(request, records, value)

    def known(self):
        return {str(value) for value, _ in self.lookup_choices}


class EraFilter(Chosen):
    title = "era"
    parameter_name = "era"

    def lookups(self, request, model_admin):
        return [(str(value), label) for value, label in Work.Era.choices]

    def narrowed(self, request, sources, value):
        return sources.filter(work__era=int(value))


class BearingFilter(Chosen):
    """One term of a bearing. Terms chosen together are asked of one bearing."""

    terms = {
        "position": "position__slug",
        "direction": "direction",
        "basis": "basis",
    }

    def narrowed(self, request, sources, value):
        asked = {
            lookup: request.GET[name]
            for name, lookup in self.terms.items()
            if name in request.GET
        }
        bearings = Bearing.objects.exclude(state=State.WITHDRAWN).filter(**asked)
        return sources.filter(Exists(bearings.filter(source=OuterRef("pk"))))


class PositionFilter(BearingFilter):
    title = "position"
    parameter_name = "position"

    def lookups(self, request, model_admin):
        return list(Position.objects.in_order().values_list("slug", "name"))


class DirectionFilter(BearingFilter):
    title = "direction"
    parameter_name = "direction"

    def lookups(self, request, model_admin):
        return Bearing.Direction.choices


class BasisFilter(BearingFilter):
    title = "how plainly"
    parameter_name = "basis"

    def lookups(self, request, model_admin):
        return Bearing.Basis.choices


class TopicFilter(Chosen):
    title = "topic"
    parameter_name = "topic"

    def lookups(self, request, model_admin):
        topics = Topic.objects.exclude(state=State.WITHDRAWN).in_order()
        named = topics.values_list("pk", "name")[:TOPICS]
        return [(str(key), name) for key, name in named]

    def known(self):
        """Any key of a topic: more are reached from the list of topics."""
        value = self.value()
        return {value} if is_key(value) else set()

    def narrowed(self, request, sources, value):
        links = TopicLink.objects.filter(tag=int(value), content_object=OuterRef("pk"))
        return sources.filter(Exists(links))


class VerifiedFilter(Chosen):
    title = "verified"
    parameter_name = "verified"

    def lookups(self, request, model_admin):
        return [("yes", "found in a text"), ("no", "not verified yet")]

    def narrowed(self, request, sources, value):
        if value == "no":
            return sources.filter(verified_against="")
        return sources.exclude(verified_against="")


class WaitingFilter(Chosen):
    """What the desk counts: the list shows exactly those."""

    title = "what waits"
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [
            (kind.name, kind.title)
            for kind in desk.WAITING
            if kind.model is model_admin.model
        ]

    def narrowed(self, request, records, value):
        return desk.among(records, value, request.user)
