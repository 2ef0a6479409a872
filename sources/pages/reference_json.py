"""What is understood of a reference as it is typed, as JSON."""

from django.http import JsonResponse
from django.utils.translation import gettext

from sources import catalogue, places
from sources.references import Ambiguous, OutOfBounds, ReferenceProblem
from sources.text import clean_text

LONGEST = 300  # code points of a query that are read
MOST = 8  # places of one query that are answered, and sources named at each


def reference_json(request):
    """Answer `?q=` with {"understood": […], "choices": […], "problem": "…" or null}.

    Each place has "english", "hebrew", "sefaria", "url" (of our source, or null) and
    "overlaps" (what we hold that shares words with it); each choice also "why". 400
    with a problem where nothing is asked.
    """
    query = clean_text(request.GET.get("q", "")).strip()[:LONGEST]
    if not query:
        problem = gettext("Ask for a reference: ?q=Megillah 17b")
        return answer([], [], problem, status=400)
    understood, choices, problem = understanding_of(query)
    return answer(
        [described(reference, request.user) for reference in understood[:MOST]],
        [
            {**described(choice.reference, request.user), "why": choice.why}
            for choice in choices[:MOST]
        ],
        problem,
    )


def answer(understood, choices, problem, status=200):
    """The response; a sentence or null is its problem."""
    said = {"understood": understood, "choices": choices, "problem": problem or None}
    # Hebrew stays readable, as everywhere else.
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def understanding_of(query):
    """(references, choices, the problem or ""): the words as one place, else found."""
    known = catalogue.current()
    try:
        return [known.read(query)], [], ""
    except OutOfBounds as problem:
        return [], [], problem.reason
    except Ambiguous as problem:
        return [], list(problem.choices), problem.reason
    except ReferenceProblem as problem:
        reason = problem.reason
    found = known.find(query)
    understood = [each.reference for each in found.citations if each.reference]
    choices = [choice for each in found.citations for choice in each.choices]
    if found.rejected:
        reason = found.rejected[0].why
    elif understood or choices:
        reason = ""
    return list(dict.fromkeys(understood)), choices, reason


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
