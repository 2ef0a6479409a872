"""What a query says of a place: the source it opens, what is near, or a choice."""

from dataclasses import dataclass

from sources import catalogue, places
from sources.models import Source
from sources.references import (
    Ambiguous,
    Choice,
    OutOfBounds,
    Reference,
    ReferenceProblem,
    Work,
)

MOST = 8  # places that one query is asked about
SEVERAL = "These words name more than one place."


@dataclass(frozen=True)
class Place:
    """What a query says of a place, where it opens no single source.

    `work` is that of a place which is none, for `reason`; `nearest` is of it then.
    """

    reference: Reference | None = None
    work: Work | None = None
    holding: tuple[Source, ...] = ()
    beside: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    choices: tuple = ()
    reason: str = ""

    @property
    def sefaria_url(self):
        """Where the whole passage stands, or "" where we do not know of it."""
        return places.on_sefaria(self.reference) if self.reference else ""


def read_place(query, user):
    """The address that a reference opens, or a Place, or None for other words.

    Words around a reference do no harm: what they cite is read out of them.
    """
    known = catalogue.current()
    try:
        return opened_by(known.read(query), user)
    except OutOfBounds as problem:
        return beyond(problem, user)
    except Ambiguous as problem:
        return asked(problem.choices, problem.reason, user)
    except ReferenceProblem:
        return cited_in(known, query, user)


def cited_in(known, query, user):
    """The same for what a whole sentence cites: one place, or a choice of several."""
    found = known.find(query)
    meant = [each.reference for each in found.citations if each.reference]
    open_choices = [choice for each in found.citations for choice in each.choices]
    if len(meant) == 1 and not open_choices:
        return opened_by(meant[0], user)
    choices = [Choice(reference, "") for reference in dict.fromkeys(meant)]
    if choices or open_choices:
        return asked([*choices, *open_choices], SEVERAL, user)
    if found.rejected:
        return refused(known, found.rejected[0], user)
    return None


def refused(known, rejected, user):
    """The Place of words in a sentence that cite no place of the work they name."""
    try:
        known.read(rejected.text)
    except OutOfBounds as problem:
        return beyond(problem, user)
    except ReferenceProblem:
        pass  # it leans on its neighbours, and names no work by itself
    return Place(reason=rejected.why)


def beyond(problem, user):
    """The Place that says why there is none, and what we hold of its work."""
    work = catalogue.current().works.get(problem.work)
    held = places.in_work(work.slug, user) if work else []
    return Place(work=work, nearest=tuple(held), reason=problem.reason)


def asked(choices, reason, user):
    """The Place that asks which of these is meant, each with what we hold there."""
    meant = tuple(
        (choice, places.around(choice.reference, user)) for choice in choices[:MOST]
    )
    return Place(choices=meant, reason=reason)


def opened_by(reference, user):
    """The address of the one source, or of the list at one place; else a Place."""
    exact = places.at(reference, user)
    if exact:
        return places.address_of(reference, exact)
    if not reference.spans:
        return Place(reference=reference)
    holding = places.around(reference, user)
    if len(holding) == 1:
        return holding[0].get_absolute_url()
    return Place(
        reference=reference,
        holding=tuple(holding),
        beside=tuple(places.beside(reference, user)),
        nearest=() if holding else tuple(places.nearest(reference, user)),
    )
