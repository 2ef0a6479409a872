"""Which sources stand at a place, hold it, or stand nearest to it."""

from sources import catalogue
from sources.models import Source
from sources.references import ReferenceProblem, from_address

# How many sources before and after a place are looked at. A source reaches over
# a few lines of its work, so what holds a place stands close to it.
CLOSE = 200


def at(reference, user):
    """The visible sources at exactly this place, in order."""
    return list(catalogue.sources_at(reference, user))


def around(reference, user):
    """The visible sources that hold or overlap this place, in order."""
    return [
        source for source in _close_to(reference, user) if _overlaps(source, reference)
    ]


def nearest(reference, user, limit=3):
    """Up to `limit` visible sources of the same work, the nearest to it first."""
    close = _close_to(reference, user)
    close.sort(key=lambda source: abs(source.sort_key - reference.sort_key))
    return close[:limit]


def read(text):
    """The Reference that `text` as a whole is. Raises ReferenceProblem."""
    return catalogue.current().read(text)


def _of_work(reference, user):
    return (
        Source.objects.visible_to(user)
        .filter(work__slug=reference.work.slug)
        .with_work()
        .order_by("sort_key", "pk")
    )


def _close_to(reference, user):
    """Up to CLOSE sources before the place and as many after it, in order."""
    sources = _of_work(reference, user)
    before = sources.filter(sort_key__lte=reference.sort_key).reverse()[:CLOSE]
    after = sources.filter(sort_key__gt=reference.sort_key)[:CLOSE]
    return [*reversed(before), *after]


def _overlaps(source, reference):
    try:
        place = from_address(reference.work, source.address)
    except ReferenceProblem:
        return False
    return place.overlaps(reference)
