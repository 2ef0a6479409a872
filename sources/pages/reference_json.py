"""What is understood of a reference as it is typed, as JSON."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.utils.translation import gettext

from sources import catalogue, places
from sources.references import (
    Ambiguous,
    Choice,
    OutOfBounds,
    Reference,
    ReferenceProblem,
)
from sources.text import clean_text

LONGEST = 300  # code points of a query that are read
MOST = 8  # places of one query that are answered, and sources named at each


@dataclass(frozen=True)
class Understanding:
    """What a query is read as: places, or choices, or why it is no place.

    `is_beyond` says that the work of the query is known and has no such place.
    """

    references: tuple[Reference, ...] = ()
    choices: tuple[Choice, ...] = ()
    problem: str = ""
    is_beyond: bool = False

    def described(self, user):
        """The same as values that JSON can hold, each place as `described` says it."""
        return {
            "understood": [described(each, user) for each in self.references[:MOST]],
            "choices": [
                {**described(choice.reference, user), "why": choice.why}
                for choice in self.choices[:MOST]
            ],
            "problem": self.problem or None,
        }


def reference_json(request):
    """Answer `?q=` with {"understood": […], "choices": […], "problem": "…" or null}.

    Each place has "english", "hebrew", "sefaria", "url" (of our source, or null) and
    "overlaps" (what we hold that shares words with it); each choice also "why". 400
    with a problem where nothing is asked.
    """
    query = clean_text(request.GET.get("q", "")).strip()[:LONGEST]
    if not query:
        nothing = Understanding(problem=gettext("Ask for a reference: ?q=Megillah 17b"))
        return answer(nothing.described(request.user), status=400)
    return answer(understanding_of(query).described(request.user))


def answer(said, status=200):
    """The response that says this in JSON."""
    # Hebrew stays readable, as everywhere else.
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def understanding_of(query):
    """The Understanding of the words as one place, else of what is found in them."""
    known = catalogue.current()
    try:
        return Understanding((known.read(query),))
    except OutOfBounds as problem:
        return Understanding(problem=problem.reason, is_beyond=True)
    except Ambiguous as problem:
        return Understanding((), tuple(problem.choices), problem.reason)
    except ReferenceProblem as problem:
        reason = problem.reason
    found = known.find(query)
    meant = [each.reference for each in found.citations if each.reference]
    choices = [choice for each in found.citations for choice in each.choices]
    if found.rejected:
        reason = found.rejected[0].why
    elif meant or choices:
        reason = ""
    places = tuple(dict.fromkeys(meant))
    return Understanding(places, tuple(choices), reason, bool(found.rejected))


def described(reference, user):
    """One place, as the answer says it: four queries at most."""
    here = places.at(reference, user)
    around = places.around(reference, user) if reference.spans else []
    return {
        "english": reference.english,
        "hebrew": reference.hebrew,
        "sefaria": reference.sefaria,
        "url": places.address_of(reference, here),
        "overlaps": [
            {"reference": source.reference_en, "url": source.get_absolute_url()}
            for source in around[:MOST]
            if source not in here
        ],
    }
