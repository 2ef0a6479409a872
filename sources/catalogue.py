"""The works of the database as the catalogue that reads references."""

from sources import references
from sources.models import Source, Stamp, Work

_kept = {}


def current():
    """The catalogue of all works, made anew when the library's stamp has changed.

    Costs one query for the stamp, and two more when it is made. Kept under the
    stamp's number and digest: a number alone may come again after a rollback.
    """
    stamp = Stamp.objects.filter(pk=1).values_list("number", "digest").first()
    if stamp is None or not stamp[1]:
        return _make()
    made = _kept.get(stamp)
    if made is None:
        made = _make()
        _kept.clear()  # another thread may do so too: only `made` is relied on
        _kept[stamp] = made
    return made


def _make():
    works = Work.objects.in_order().select_related("explains")
    return references.Catalogue(
        [as_reference_work(work) for work in works.prefetch_related("titles")]
    )


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
