"""Two sources face to face."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sources import errors, places
from sources.models import PLAINLY, Citation, Position, Source, State, Work
from sources.pages.beneath import moved_from
from sources.pages.chain import generation
from sources.pages.contested import sides_of
from sources.pages.passage import passage_of
from sources.pages.source import read
from sources.reading import ReadingSettings

VERBS = {  # one source, both sources
    "supports": ("supports", "support"),
    "disputes": ("weighs against", "weigh against"),
    "qualifies": ("qualifies", "qualify"),
}


@dataclass(frozen=True)
class Stand:
    """What a source does to a position: `verb` is for one source, `verbs` for two."""

    verb: str
    verbs: str
    position: Position
    plainly: str


def compare(request, one, other):
    """Two sources in the order of the address."""
    names = [split(one), split(other)]
    found = {key_of(each): each for each in sources_named(names, request.user)}
    if any(name not in found for name in names):
        return lead_on(request, names, found)
    first, second = (found[name] for name in names)
    if first == second:
        return redirect(first)
    reading = ReadingSettings.from_request(request)
    both = [first, second]
    context = {
        "first": first,
        "second": second,
        "sides": [
            (each, passage_of(each.texts.all(), each.bearings.all(), reading))
            for each in both
        ],
        "stands": [(each, stands_of(each)) for each in both],
        "is_same": stands_of(first) == stands_of(second),
        "links": links_between(first, second, request.user),
        "canonical": address_of(*sorted(both, key=generation)),
        "crumbs": crumbs_of(first, second),
    }
    return render(request, "sources/compare.html", context)


def crumbs_of(first, second):
    return [
        (gettext("Sources"), reverse("sources")),
        (first.reference_en, first.get_absolute_url()),
        (gettext("Compared with %(other)s") % {"other": second.reference_en}, ""),
    ]


def split(name):
    """(work's slug, place) of "megillah:17b". Raises Http404."""
    work, _, place = name.partition(":")
    if not (slug_re.match(work) and place):
        raise Http404(gettext("A source is named by its work and its place."))
    return work, place


def name_of(source):
    """The name of a source in these addresses: "megillah:17b"."""
    return ":".join(key_of(source))


def key_of(source):
    return source.work.slug, source.place_in_url


def address_of(first, second):
    return reverse("compare", args=[name_of(first), name_of(second)])


def sources_named(names, user):
    """The sources of these names that this user may see: three queries."""
    named = reduce(or_, (Q(work__slug=work, place_in_url=at) for work, at in names))
    readable = Source.objects.visible_to(user).filter(named)
    return readable.for_list(user).prefetch_related("texts")


def lead_on(request, names, found):
    """Where an address leads that does not name two sources as they are named now."""
    sources = []
    for name in names:
        source = found.get(name) or moved_from(*name, request.user)
        if source is None:
            gone = withdrawn(*name)
            if gone is not None:
                return errors.gone(request, gone)
            reference = reference_of(*name)
            standing = places.at(reference, request.user)
            if not standing:
                raise Http404
            if len(standing) > 1:
                first = next(iter([*sources, *found.values()]), None)
                return redirect(choosing(first, reference.english))
            source = standing[0]
        sources.append(source)
    return redirect(address_of(*sources), permanent=True)


def withdrawn(work, place):
    """The source that readers once saw at this place, if it is withdrawn."""
    there = Source.objects.filter(work__slug=work, place_in_url=place)
    once = there.filter(state=State.WITHDRAWN, first_published_at__isnull=False)
    return once.select_related("work").first()


def reference_of(work, place):
    """The reference that a work and a place name. Raises Http404."""
    known = Work.objects.filter(slug=work).first()
    if known is None:
        raise Http404
    return read(known, place)


def choosing(first=None, typed=""):
    """The address at which a source is chosen to compare `first` with."""
    terms = {"a": name_of(first)} if first else {}
    terms |= {"q": typed} if typed else {}
    return f"{reverse('compare_choose')}?{urlencode(terms)}"


def stands_of(source):
    """What a source does to each position, in a fixed order."""
    return [
        Stand(*VERBS[side[0].direction], side[0].position, plainly(side))
        for side in sides_of(source.bearings.all())
    ]


def plainly(side):
    """How plainly the plainest of these readings says it, in words."""
    bases = {bearing.basis for bearing in side}
    return next(words for basis, words in PLAINLY.items() if basis in bases)


def links_between(first, second, user):
    """The citations from one of the two to the other: one query."""
    both = [first, second]
    links = Citation.objects.visible_to(user).filter(citing__in=both, cited__in=both)
    return list(links.select_related("citing", "cited").order_by("order", "pk"))
