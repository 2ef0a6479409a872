"""Markdown to HTML, once, at save, and the note of what each text mentions."""

from django.apps import apps
from django.core.exceptions import ValidationError

from sources import catalogue, markdown, references
from sources.models import Mention, Source, State

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
        try:
            reference = catalogue.current().read(words)
        except references.ReferenceProblem:
            return markdown.Link(url=None, text=words, unverified=False)
        if len(reference.address) <= LONGEST_ADDRESS:  # as long as a source's is
            mentioned[(reference.work.slug, reference.address)] = reference
        return link_to(reference)

    return resolve


def link_to(reference):
    """How a place is written in a page: linked, or named as not yet verified."""
    sources = Source.objects.select_related("work").filter(
        work__slug=reference.work.slug, address=reference.address
    )
    published = sources.published().order_by("pk").first()
    if published:
        return markdown.Link(published.get_absolute_url(), reference.english, False)
    is_draft = sources.exclude(state=State.WITHDRAWN).exists()
    return markdown.Link(None, reference.english, is_draft)


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


def render_mentions_of(places):
    """Render again every record that mentions one of these (work id, address)."""
    records = set()
    for work, address in places:
        mentions = Mention.objects.filter(work=work, address=address)
        records.update(mentions.values_list("kind", "record_id"))
    for kind, record_id in sorted(records):
        render(apps.get_model("sources", kind).objects.get(pk=record_id))
