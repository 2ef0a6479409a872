"""Which sources stand at a place, hold it, explain it, or stand nearest to it."""

from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse

from sources import catalogue
from sources.models import Source
from sources.references import ReferenceProblem, from_address

SEFARIA = "https://www.sefaria.org/"

# How many sources before and after a place are looked at. A source reaches over
# a few lines of its work, so what holds a place stands close to it.
CLOSE = 200
AT_ONCE = 500  # places in one query: databases take a few thousand values


def at(reference, user):
    """The visible sources at exactly this place, in order."""
    return list(catalogue.sources_at(reference, user))


def published_at(references):
    """{reference: the published sources at exactly its place}: a query for each 500."""
    places = list({(each.work.slug, each.address): each for each in references}.items())
    found = {}
    for start in range(0, len(places), AT_ONCE):
        wanted = dict(places[start : start + AT_ONCE])
        sources = Source.objects.published().at_places(wanted).with_work()
        for source in sources.order_by("pk"):
            reference = wanted.get((source.work.slug, source.address))
            if reference:
                found.setdefault(reference, []).append(source)
    return found


def address_of(reference, sources):
    """The address of the source at a place, of the list of several, None of none."""
    if len(sources) == 1:
        return sources[0].get_absolute_url()
    here = [reference.work.slug, reference.address]
    return reverse("source", args=here) if sources else None


def around(reference, user):
    """The visible sources that hold or overlap this place, in order."""
    close = _close_to(_of_work(reference, user), reference)
    return [source for source in close if _overlaps(source, reference)]


def leading(reference, user):
    """The visible sources to which a place without its own leads, in order.

    Those that hold all of it; if none does, those that share words with it. None
    for a whole work, which has a page.
    """
    if not reference.spans:
        return []
    near = [
        (from_address(reference.work, source.address), source)
        for source in around(reference, user)
    ]
    near = [(place, source) for place, source in near if place.spans]
    holding = [source for place, source in near if place.contains(reference)]
    return holding or [source for _, source in near]


def nearest(reference, user, limit=3):
    """Up to `limit` visible sources of the same work, the nearest to it first."""
    close = _close_to(_of_work(reference, user), reference)
    close.sort(key=lambda source: abs(source.sort_key - reference.sort_key))
    return close[:limit]


def in_work(slug, user, limit=3):
    """The first and the last visible sources of a work, `limit` of them, in order."""
    sources = Source.objects.visible_to(user).filter(work__slug=slug)
    first = list(_in_order(sources)[: limit - 1])
    taken = [source.pk for source in first]
    last = _in_order(sources.exclude(pk__in=taken)).reverse()[:1]
    return [*first, *last]


def beside(reference, user):
    """The visible sources at this place in what explains its work, earliest first.

    For a place in a commentary also the sources at that place in what it explains.
    """
    work = reference.work.slug
    other = Q(work__explains__slug=work) | Q(work__slug=reference.work.explains)
    sources = Source.objects.visible_to(user)
    close = _close_to(_in_order(sources.filter(other)), reference)
    here = [source.pk for source in close if _overlaps(source, reference)]
    return list(sources.filter(pk__in=here).with_work().in_order()) if here else []


def read(text):
    """The Reference that `text` as a whole is. Raises ReferenceProblem."""
    return catalogue.current().read(text)


def on_sefaria(reference):
    """The address of the whole passage there; "" where its work is not known there."""
    if not reference.sefaria:
        return ""
    return SEFARIA + quote(reference.sefaria.replace(" ", "_"), safe=":,.-_")


def _of_work(reference, user):
    sources = Source.objects.visible_to(user)
    return _in_order(sources.filter(work__slug=reference.work.slug))


def _in_order(sources):
    return sources.with_work().order_by("sort_key", "pk")


def _close_to(sources, reference):
    """Up to CLOSE sources before the place and as many after it, in order."""
    before = sources.filter(sort_key__lte=reference.sort_key).reverse()[:CLOSE]
    after = sources.filter(sort_key__gt=reference.sort_key)[:CLOSE]
    return [*reversed(before), *after]


def _overlaps(source, reference):
    """Whether a source shares a place with it; its work may be a commentary on it."""
    try:
        place = from_address(reference.work, source.address)
    except ReferenceProblem:
        return False
    return place.overlaps(reference)
