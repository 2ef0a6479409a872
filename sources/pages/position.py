"""A position: the case for it, what weighs against it, how the others answer."""

from collections import Counter
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from sources.models import Bearing, Position
from sources.pages import crumbs, linked_data
from sources.pages.gathering import UNDATED, era_name, era_slug


@dataclass(frozen=True)
class Group:
    """Some of a position's bearings under one heading."""

    heading: str
    bearings: list


@dataclass(frozen=True)
class Answer:
    """Another position, and those who hold it outright."""

    position: Position
    bearings: list

    def reconciles(self):
        return self.position.kind == Position.Kind.RECONCILIATION


def position(request, slug):
    """The page of one position; `?era=` keeps the sources of one era."""
    shown = get_object_or_404(Position, slug=slug)
    bearings = bearings_on(shown, request.user)
    eras = Counter(era_of(bearing) for bearing in bearings)
    era = asked_era(request, eras)
    if era is not None:
        bearings = [bearing for bearing in bearings if era_of(bearing) == era]
    context = {
        "position": shown,
        "count": len({bearing.source_id for bearing in bearings}),
        "total": sum(eras.values()),
        "eras": [(era_slug(key), era_name(key), eras[key]) for key in sorted(eras)],
        "era": era_slug(era) if era is not None else "",
        "groups": groups_for(bearings),
        "against": Group("What weighs against it", of(bearings, "disputes")),
        "qualifying": Group("What qualifies it", of(bearings, "qualifies")),
        "answers": answers_to(shown, request.user),
        "crumbs": crumbs.from_question(shown.name),
        "linked_data": [linked_data.claim(shown, supporters(bearings))],
    }
    return render(request, "sources/position.html", context)


def bearings_on(shown, user):
    """The position's bearings that this user may see, by generation."""
    return list(
        shown.bearings.visible_to(user)
        .select_related("source__work__author", "position")
        .prefetch_related("source__texts")
        .by_generation()
    )


def supporters(bearings):
    """The sources of the supporting bearings, each once."""
    supporting = [one for one in bearings if one.direction == "supports"]
    return list({one.source_id: one.source for one in supporting}.values())


def asked_era(request, eras):
    """The era that the address asks for, or None for all.

    Raises Http404 for a word that is no era, or an era without a source here.
    """
    word = request.GET.get("era", "")
    if not word:
        return None
    for era in eras:
        if era_slug(era) == word:
            return era
    raise Http404("No source of such an era bears on this position.")


def era_of(bearing):
    return bearing.source.work.era or UNDATED


def of(bearings, direction, basis=None):
    """Those of one direction, and perhaps one plainness; the plainest first."""
    plainness = [value for value, _ in Bearing.Basis.choices]
    found = [
        bearing
        for bearing in bearings
        if bearing.direction == direction and basis in (None, bearing.basis)
    ]
    return sorted(found, key=lambda bearing: plainness.index(bearing.basis))


def groups_for(bearings):
    """The supporting bearings, grouped from the plainest to the least plain."""
    groups = [
        Group(label.capitalize(), of(bearings, "supports", basis))
        for basis, label in Bearing.Basis.choices
    ]
    return [group for group in groups if group.bearings]


def answers_to(shown, user):
    """The question's other positions, each with those who hold it outright."""
    explicit = (
        Bearing.objects.visible_to(user)
        .filter(
            question=shown.question_id,
            direction=Bearing.Direction.SUPPORTS,
            basis=Bearing.Basis.EXPLICIT,
        )
        .exclude(position=shown)
        .select_related("source__work")
        .by_generation()
    )
    held = list(explicit)
    others = Position.objects.filter(question=shown.question_id).exclude(pk=shown.pk)
    return [
        Answer(other, [one for one in held if one.position_id == other.pk])
        for other in others.in_order()
    ]
