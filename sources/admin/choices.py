"""What each choice of a bearing means, said beside it, with an example of ours."""

from dataclasses import dataclass

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from sources.models import Bearing, Position
from sources.pages import method
from sources.pages.quoted import Quoted, quoted
from sources.stamped import once_a_stamp

LONGEST_EXAMPLE = 90  # code points of the quoted words


@dataclass(frozen=True)
class Explained:
    """One choice: what it means, and a bearing that shows it, perhaps None."""

    meaning: str
    example: Quoted | None = None

    @property
    def words(self):
        """The words of the example, cut where they are long."""
        words = self.example.words
        is_long = len(words) > LONGEST_EXAMPLE
        return f"{words[:LONGEST_EXAMPLE].rstrip()}…" if is_long else words


class ExplainedRadio(forms.RadioSelect):
    """Radio buttons, each with a sentence and an example beside it.

    `explained` holds the Explained of each value, as a string.
    """

    template = "admin/sources/widgets/explained.html"
    explained = None

    def __init__(self, name, **options):
        super().__init__(**options)
        self.name = name

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)
        options = [
            (option, (self.explained or {}).get(str(option["value"])))
            for _group, group, _index in context["widget"]["optgroups"]
            for option in group
        ]
        return render_to_string(self.template, {"name": self.name, "options": options})


def explanations():
    """{"direction": {value: Explained}, …}, and "positions", the choices of them."""
    directions, bases = method.example_keys()
    positions = list(Position.objects.in_order())
    first = _first_of_positions()
    keys = [*directions.values(), *bases.values(), list(first.values())]
    shown = method.in_full(keys)
    return {
        "direction": _of_choices(Bearing.Direction, directions, shown),
        "basis": _of_choices(Bearing.Basis, bases, shown),
        "position": {
            str(position.pk): Explained(
                position.statement, _example(shown, [first.get(position.pk)])
            )
            for position in positions
        }
        | {"": Explained(_("For a source that gives background, and only for it."))},
        "positions": [
            ("", _("none")),
            *((position.pk, position.name) for position in positions),
        ],
    }


def _of_choices(choices, keys, shown):
    return {
        value: Explained(method.MEANINGS[value], _example(shown, keys[value]))
        for value in choices.values
    }


def _example(shown, keys):
    return next((quoted(shown[key]) for key in keys if key in shown), None)


@once_a_stamp
def _first_of_positions():
    """The key of the earliest bearing that says each position outright, in words."""
    found = {}
    plain = Bearing.objects.published().filter(
        direction=Bearing.Direction.SUPPORTS, basis=Bearing.Basis.EXPLICIT
    )
    quoting = plain.exclude(words="").by_generation()
    for position in Position.objects.in_order():
        key = quoting.filter(position=position).values_list("pk", flat=True).first()
        found[position.pk] = key
    return found
