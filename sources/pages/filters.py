"""The filters of the list of sources: what an address asks for, and its links.

Position, direction and basis are asked of one bearing: "disputes" and "after"
finds the sources of which one bearing disputes *after*.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from sources.models import Author, Bearing, Position, Source, Topic, TopicLink, Work

LONGEST = 100  # code points of a value
OF_A_BEARING = ("position", "direction", "basis")
TITLES = {
    "era": "Era",
    "work": "Work",
    "author": "Author",
    "position": "Position",
    "direction": "How it stands",
    "basis": "How plainly",
    "topic": "Topic",
    "contested": "Contested",
}
NONE = "none"  # in place of a position's slug: takes no side
ERAS = {era.name.lower(): era for era in Work.Era}


class NoSuchFilter(ValueError):
    """An address asks for what is none; the message is a sentence for a person."""


@dataclass(frozen=True)
class Chosen:
    """One filter that is on: its name and value in the address, its words here."""

    name: str
    value: str
    label: str

    @property
    def title(self):
        return TITLES[self.name]


class Filters:
    """The filters of one request, each checked, in the order of TITLES."""

    def __init__(self, chosen):
        self.chosen = tuple(chosen)
        self.values = {each.name: each.value for each in self.chosen}

    @classmethod
    def from_request(cls, request, names=tuple(TITLES)):
        """What the address asks for, by the filters of these names.

        Raises NoSuchFilter. Costs at most one query for each of position, work,
        author and topic.
        """
        return cls(
            Chosen(name, value, _label(name, value, request.user))
            for name in names
            if (value := request.GET.get(name, "").strip())
        )

    def sources(self, user):
        """The sources that this user may see and that pass every filter."""
        sources = Source.objects.visible_to(user)
        if "era" in self.values:
            sources = sources.filter(work__era=ERAS[self.values["era"]])
        if "work" in self.values:
            sources = sources.filter(work__slug=self.values["work"])
        if "author" in self.values:
            sources = sources.filter(work__author__slug=self.values["author"])
        if "topic" in self.values:
            links = TopicLink.objects.visible_to(user)
            links = links.filter(tag__slug=self.values["topic"])
            sources = sources.filter(pk__in=links.values("content_object"))
        if "contested" in self.values:
            sources = sources.contested()
        if self.values.get("position") == NONE:
            sided = Bearing.objects.visible_to(user).taking_a_side()
            sources = sources.exclude(Exists(sided.filter(source=OuterRef("pk"))))
        if any(name in self._terms_of_a_bearing() for name in OF_A_BEARING):
            one = self.bearings(user).filter(source=OuterRef("pk"))
            sources = sources.filter(Exists(one))
        return sources

    def bearings(self, user):
        """The visible bearings that are as position, direction and basis ask.

        How plainly is asked of those that take a side, unless background is asked
        for by name.
        """
        terms = self._terms_of_a_bearing()
        if "position" in terms:
            terms["position__slug"] = terms.pop("position")
        bearings = Bearing.objects.visible_to(user).filter(**terms)
        if "basis" in terms and "direction" not in terms:
            return bearings.taking_a_side()
        return bearings

    def _terms_of_a_bearing(self):
        """What is asked of one bearing; `none` asks that there be no such bearing."""
        return {
            name: self.values[name]
            for name in OF_A_BEARING
            if name in self.values and (name, self.values[name]) != ("position", NONE)
        }

    def terms_with(self, name, value):
        """The terms of the address that sets one filter more, in a fixed order."""
        values = {**self.values, name: value}
        return [(each, values[each]) for each in TITLES if each in values]

    def terms_without(self, name):
        """The terms of the address that leaves one filter out."""
        return [(each.name, each.value) for each in self.chosen if each.name != name]

    @property
    def terms(self):
        return tuple((each.name, each.value) for each in self.chosen)

    def to_remove(self):
        """(Chosen, address without it) for each filter that is on."""
        return [
            (each, f"?{urlencode(self.terms_without(each.name))}")
            for each in self.chosen
        ]


def _label(name, value, user):
    """What a value is called. Raises NoSuchFilter where there is none such."""
    if len(value) <= LONGEST and "\0" not in value:
        label = _LABELS[name](value, user)
        if label:
            return str(label)
    raise NoSuchFilter(f"The list of sources has no {TITLES[name].lower()} so called.")


def _position(value, user):
    return "No side taken" if value == NONE else _named(Position, "name")(value, user)


def _choice(choices):
    return lambda value, user: choices.get(value)


def _named(model, field):
    """Looks a record up by its slug, among those that the user may see."""

    def label(value, user):
        readable = model.objects.visible_to(user).filter(slug=value)
        return readable.values_list(field, flat=True).first()

    return label


_LABELS = {
    "era": _choice({slug: era.label for slug, era in ERAS.items()}),
    "work": _named(Work, "title"),
    "author": _named(Author, "name"),
    "position": _position,
    "direction": _choice(dict(Bearing.Direction.choices)),
    "basis": _choice(dict(Bearing.Basis.choices)),
    "topic": _named(Topic, "name"),
    "contested": _choice({"1": "contested"}),
}
