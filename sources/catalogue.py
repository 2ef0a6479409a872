"""The works of the database as the catalogue that reads references."""

from django.db.models import Count, Max, Sum

from sources import references
from sources.models import Change, Source, Work
from sources.stamped import once_a_stamp


@once_a_stamp
def current():
    """The catalogue of all works: two queries when it is made."""
    works = Work.objects.in_order().select_related("explains")
    return references.Catalogue(
        [as_reference_work(work) for work in works.prefetch_related("titles")]
    )


_last_made = {}


def while_changing():
    """The catalogue inside an open change, when nothing is kept under the stamp.

    Kept under the last Change of a work: its key and digest never come again. A
    work that is being changed has a version that no Change has yet, and then the
    catalogue is made for this once.
    """
    changes = Change.objects.filter(kind="work")
    made_of = changes.aggregate(last=Max("pk"), count=Count("pk"))
    works = Work.objects.aggregate(count=Count("pk"), versions=Sum("version"))
    if not made_of["count"] or made_of["count"] != works["versions"]:
        return current()
    digest = changes.values_list("digest", flat=True).get(pk=made_of["last"])
    key = (made_of["last"], digest, works["count"])
    made = _last_made.get(key)
    if made is None:
        made = current()
        _last_made.clear()  # as in `stamped`: only `made` is relied on
        _last_made[key] = made
    return made


def as_reference_work(work):
    """The pure value that `sources.references` knows a work by."""
    return references.Work(
        slug=work.slug,
        title=work.title,
        title_he=work.title_he,
        scheme=work.scheme,
        bounds=work.bounds,
        titles=tuple(
            references.Title(title.text, title.language, title.kind)
            for title in work.titles.all()
        ),
        sefaria=work.sefaria,
        explains=work.explains.slug if work.explains else "",
        short=work.short,
        short_he=work.short_he,
        commentator=tuple(
            references.Title(way["text"], way["language"], way.get("kind", "variant"))
            for way in work.commentator
        ),
    )


def sources_at(reference, user):
    """The sources that stand at exactly this place, as this user may see them."""
    return (
        Source.objects.visible_to(user)
        .filter(work__slug=reference.work.slug, address=reference.address)
        .select_related("work")
        .order_by("pk")
    )
