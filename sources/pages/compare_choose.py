"""The page that chooses what a source is compared with."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sources import places
from sources.models import Source
from sources.pages import crumbs
from sources.pages.chain import chain_of
from sources.pages.compare import address_of, choosing, name_of, split
from sources.references import Ambiguous, ReferenceProblem

LONGEST = 300  # code points of what is typed


@dataclass(frozen=True)
class Answer:
    """What a typed reference leads to: sources to choose from, or what is wrong."""

    sources: tuple[Source, ...] = ()
    reason: str = ""
    nearest: tuple[Source, ...] = ()


def compare_choose(request):
    """Reads `?q=` as the other source of `?a=`; without `a`, as the first one."""
    first = first_of_two(request)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    answer = answer_to(typed, request.user, first) if typed else None
    if answer and len(answer.sources) == 1:
        return lead_to(first, answer.sources[0])
    linked = chain_of(first, request.user) if first else None
    context = {
        "first": first,
        "name": name_of(first) if first else "",
        "typed": typed,
        "answer": answer,
        "linked": linked_to(linked),
        "crumbs": crumbs_of(first),
    }
    status = 404 if answer and not answer.sources else 200
    return render(request, "sources/compare_choose.html", context, status=status)


def first_of_two(request):
    """The source that `?a=` names, or None where it names none. Raises Http404."""
    name = request.GET.get("a", "").strip()
    if not name:
        return None
    work, place = split(name)
    readable = Source.objects.visible_to(request.user).with_work()
    source = readable.filter(work__slug=work, place_in_url=place).first()
    if source is None:
        raise Http404(gettext("The source to compare with is not there."))
    return source


def crumbs_of(first):
    if first is None:
        return [(gettext("Sources"), reverse("sources")), (gettext("Compare"), "")]
    return crumbs.of_source(first, gettext("Compare"))


def lead_to(first, chosen):
    """To the comparison, or to choosing the second one."""
    if first is not None:
        return redirect(address_of(first, chosen))
    return redirect(choosing(chosen))


def answer_to(typed, user, first):
    """What the typed words lead to; the first source itself is never offered."""
    try:
        references = [places.read(typed)]
    except Ambiguous as problem:
        references = [choice.reference for choice in problem.choices]
    except ReferenceProblem as problem:
        return Answer(reason=problem.reason)
    found = [source for each in references for source in standing(each, user)]
    others = tuple(dict.fromkeys(source for source in found if source != first))
    if others:
        return Answer(sources=others)
    if found:
        return Answer(reason=gettext("That is the source itself: name another one."))
    near = [source for each in references for source in places.nearest(each, user)]
    return Answer(
        reason=gettext("%(place)s is read as a place, but no source stands there.")
        % {"place": references[0].english},
        nearest=tuple(source for source in near if source != first),
    )


def standing(reference, user):
    """The sources at a place, or else those that hold it."""
    return places.at(reference, user) or places.around(reference, user)


def linked_to(chain):
    """The sources that are linked to one and that may be opened, each once."""
    if chain is None:
        return []
    ends = [end.source for end in chain.cited + chain.citing if end.is_open]
    return list(dict.fromkeys(ends))
