"""Markdown to HTML, once, at save, and the note of what each text mentions."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from sources import catalogue, markdown, references
from sources.models import Bearing, Mention, Source, State

LONGEST_ADDRESS = Mention._meta.get_field("address").max_length


def render(record):
    """Render every Markdown field of a record and its parts, and note the mentions.

    Writes HTML and Mention rows only: no version, no Change, for nothing that a
    person wrote has changed.
    """
    mentioned, rows = {}, _rows(record)
    if not rows:
        return
    for row in rows:
        fields = {"rendered_with": markdown.RENDERER}
        for name in row.markdown:
            try:
                rendered = markdown.render(getattr(row, name), _resolver(mentioned))
            except markdown.TextTooLong as error:
                raise ValidationError(f"{name}: {error}") from error
            fields[f"{name}_html"] = rendered.html
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=fields)
    _note(record, mentioned)


def _rows(record):
    """The record and its parts, as far as they have Markdown."""
    rows = [record] if record.markdown else []
    for name in record.parts:
        manager = getattr(record, name)
        if getattr(manager.model, "markdown", ()):
            rows.extend(manager.all())
    return rows


def _resolver(mentioned):
    """A resolver for one record: it keeps each place it meets in `mentioned`."""

    def resolve(words):
        named = _source_named(words)
        if named:
            mentioned[(named.work.slug, named.address)] = named
            return _link([named], named.reference_en, words)
        try:
            reference = catalogue.current().read(words)
        except references.ReferenceProblem:
            return markdown.Link(url=None, text=words, unverified=False)
        if len(reference.address) <= LONGEST_ADDRESS:  # as long as a source's is
            mentioned[(reference.work.slug, reference.address)] = reference
        return link_to(reference)

    return resolve


def _source_named(words):
    """The source of which these words are the address on the site, or None."""
    work, slash, place = words.partition("/")
    sources = Source.objects.select_related("work")
    return (
        sources.filter(work__slug=work, place_in_url=place).first() if slash else None
    )


def link_to(reference):
    """How a place is written in a page: linked, or named as not yet verified.

    Where several sources stand there the link leads to the place, which lists them.
    """
    sources = Source.objects.select_related("work").filter(
        work__slug=reference.work.slug, address=reference.address
    )
    place = f"{reference.work.slug}/{reference.address}"
    return _link(sources.order_by("pk"), reference.english, place)


def _link(sources, text, place):
    """The Link for the sources, of any state, that stand at one place."""
    published = [source for source in sources if source.is_published]
    if len(published) > 1:
        url = reverse("source", args=place.split("/"))
    else:
        url = published[0].get_absolute_url() if published else None
    waiting = any(source.state != State.WITHDRAWN for source in sources)
    return markdown.Link(url, text, waiting and not published, place)


def _note(record, mentioned):
    kind, works = record._meta.model_name, {}
    Mention.objects.filter(kind=kind, record_id=record.pk).delete()
    if mentioned:
        slugs = {slug for slug, _ in mentioned}
        manager = apps.get_model("sources", "Work").objects
        works = dict(manager.filter(slug__in=slugs).values_list("slug", "pk"))
    for slug, address in mentioned:
        Mention.objects.create(
            kind=kind, record_id=record.pk, work_id=works[slug], address=address
        )


@transaction.atomic
def render_outdated():
    """Render again what an older renderer made; how many records that were."""
    outdated = set()
    for model in apps.get_app_config("sources").get_models():
        if getattr(model, "markdown", ()):
            rows = model._base_manager.filter(rendered_with__lt=markdown.RENDERER)
            outdated.update(record_of(row) for row in rows.order_by("pk"))
    for kind, record_id in sorted(outdated):
        render(apps.get_model("sources", kind).objects.get(pk=record_id))
    return len(outdated)


def record_of(row):
    """(kind, id) of the record that a row with Markdown is edited with."""
    if isinstance(row, Bearing):
        return Source._meta.model_name, row.source_id
    return row._meta.model_name, row.pk


def render_mentions_of(places):
    """Render again every record that mentions one of these (work id, address)."""
    records = set()
    for work, address in places:
        mentions = Mention.objects.filter(work=work, address=address)
        records.update(mentions.values_list("kind", "record_id"))
    for kind, record_id in sorted(records):
        render(apps.get_model("sources", kind).objects.get(pk=record_id))
