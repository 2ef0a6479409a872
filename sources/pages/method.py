"""How the record is made: what its words mean, shown on the library's own examples."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext

from sources.models import Bearing, Position, Source
from sources.pages import crumbs
from sources.pages.quoted import quoted
from sources.stamped import once_a_stamp

EXAMPLES = 2  # for each direction and for each basis
MEANINGS = {
    "supports": "The source, so read, speaks for the position.",
    "disputes": "The source, so read, speaks against the position.",
    "qualifies": "The source, so read, neither carries the position nor denies it: "
    "it sets a condition or a limit, or makes it one case among others.",
    "background": "The source is part of the subject and is cited in it, but it says "
    "nothing on the order. It stands under no position.",
    "explicit": "The words themselves say it. No step of reasoning stands between "
    "the words and the position.",
    "implied": "The words do not say it, but it follows from them: from their order, "
    "or from what they take for granted.",
    "inferred": "It is not in the words. A later reader takes it out of them, and "
    "that reader is named.",
}


@dataclass(frozen=True)
class Term:
    """A direction or a basis, what it means, and bearings that show it."""

    name: str
    meaning: str
    examples: list


def method(request):
    """How direction and basis are judged; the references that are not verified."""
    directions, bases = worked_terms()
    context = {
        "positions": Position.objects.in_order(),
        "directions": directions,
        "bases": bases,
        "unverified": Source.objects.unverified().with_work().in_order(),
        "crumbs": crumbs.from_question(gettext("Method")),
    }
    return render(request, "sources/method.html", context)


def worked_terms():
    """The Terms of the directions and of the bases: three queries."""
    directions, bases = example_keys()
    shown = in_full([*directions.values(), *bases.values()])
    return (
        terms(Bearing.Direction, directions, shown),
        terms(Bearing.Basis, bases, shown),
    )


@once_a_stamp
def example_keys():
    """The keys of the examples, by direction and by basis.

    One query, over every bearing with words: too much for each page.
    """
    quoted = list(
        Bearing.objects.published()
        .exclude(words="")
        .by_generation()
        .values_list("pk", "direction", "basis", "source__work_id", named=True)
    )
    sided = [each for each in quoted if each.direction == "supports"]
    used = set()
    directions = {
        value: chosen([one for one in quoted if one.direction == value], used)
        for value in Bearing.Direction.values
    }
    bases = {
        value: chosen([one for one in sided if one.basis == value], used)
        for value in Bearing.Basis.values
    }
    return directions, bases


def chosen(candidates, used):
    """The keys of the first examples, those of works not yet `used` before others."""
    keys = []
    for is_new in (True, False):
        for each in candidates:
            fits = (each.source__work_id not in used) is is_new and each.pk not in keys
            if fits and len(keys) < EXAMPLES:
                keys.append(each.pk)
                used.add(each.source__work_id)
    return keys


def in_full(groups):
    """The bearings with these keys, as the page shows them, by key."""
    keys = {key for group in groups for key in group}
    bearings = (
        Bearing.objects.published()
        .select_related("source__work", "position")
        .prefetch_related("source__texts")
    )
    return bearings.in_bulk(keys)


def terms(choices, keys, shown):
    """One Term for each choice, with its examples; a key may have gone meanwhile."""
    return [
        Term(
            label.capitalize(),
            MEANINGS[value],
            [quoted(shown[key]) for key in keys[value] if key in shown],
        )
        for value, label in choices.choices
    ]
