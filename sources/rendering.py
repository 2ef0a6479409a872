"""Markdown to HTML, once, at save, and the note of what each text mentions."""

from dataclasses import replace
from functools import partial

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property

from sources import catalogue, markdown, places, references
from sources.models import Bearing, Mention, Source, Stamp, State, Work

PLAIN = ("summary",)  # Markdown in its references alone
LONGEST_ADDRESS = Mention._meta.get_field("address").max_length


def render(record, known=None):
    """Render every Markdown field of a record and its parts, and note the mentions.

    `known` is the catalogue to read by, where several records are rendered at once.

    Writes HTML and Mention rows only: no version, no Change, for nothing that a
    person wrote has changed.
    """
    rows = _rows(record)
    if not rows:
        return
    reader = _Reader(record, known)
    for row in rows:
        fields = {"rendered_with": markdown.RENDERER}
        for name in row.markdown:
            way = markdown.render_words if name in PLAIN else markdown.render
            try:
                rendered = way(getattr(row, name), reader.resolve, reader.find)
            except markdown.TextTooLong as error:
                raise ValidationError(f"{name}: {error}") from error
            fields[f"{name}_html"] = rendered.html
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=fields)
    _note(record, reader.mentioned)


def _rows(record):
    """The record and its parts, as far as they have Markdown."""
    rows = [record] if record.markdown else []
    for name in record.parts:
        manager = getattr(record, name)
        if getattr(manager.model, "markdown", ()):
            rows.extend(manager.all())
    return rows


class _Reader:
    """Reads the references of one record, and keeps each place in `mentioned`.

    A source's own place is known and never linked: its page is where it is shown.
    """

    def __init__(self, record, known):
        self.mentioned = {}
        self._record = record
        self._given = known
        self._at = {}
        is_source = isinstance(record, Source)
        self._own = (record.work.slug, record.address) if is_source else None

    @cached_property
    def _known(self):
        return self._given or catalogue.while_changing()

    def resolve(self, words):
        """The Link of a reference in brackets; of a source by its address too."""
        named = _source_named(words)
        if named:
            reference = self._reference_of(named)
            self._mention(reference)
            return _link([named], named.reference_en, words, reference)
        try:
            reference = self._known.read(words)
        except references.ReferenceProblem:
            return markdown.Link(url=None, text=words)
        self._mention(reference)
        place = f"{reference.work.slug}/{reference.address}"
        return _link(self._sources_at(reference), reference.english, place, reference)

    def find(self, words, after):
        """The citations of running text, each with where it leads."""
        found = self._known.find(words, after)
        return [
            markdown.Cited(
                each.start, each.end, partial(self._found, each), each.reference
            )
            for each in found.citations
        ]

    def _found(self, citation):
        """The Link of a citation that was found; None where it stays words."""
        reference = citation.reference
        place = (reference.work.slug, reference.address) if reference else None
        if place is None or place == self._own:
            return None
        self._mention(reference)
        sources = self._sources_at(reference)
        if self._record in sources:
            return None
        known = [s for s in sources if s.is_published or s.library_name is not None]
        link = _link(known, citation.text, "/".join(place), reference)
        if link.url:
            return link
        if not reference.spans:  # a title alone is no passage
            return None
        if link.unverified:
            return link
        url = places.on_sefaria(reference)
        return replace(link, url=url, away=True) if url else None

    def _mention(self, reference):
        if len(reference.address) <= LONGEST_ADDRESS:  # as long as a source's is
            self.mentioned[(reference.work.slug, reference.address)] = reference

    def _sources_at(self, reference):
        """The sources of any state at one place, else the published one around it.

        Asked for once. Several around it are no one place to lead to, and for what
        this record itself is a part of there is a better one.
        """
        if reference not in self._at:
            found = Source.objects.select_related("work").filter(
                work__slug=reference.work.slug, address=reference.address
            )
            found = list(found.order_by("pk"))
            around = [] if found else places.leading(reference, None)
            is_one = len(around) == 1 and around != [self._record]
            self._at[reference] = around if is_one else found
        return self._at[reference]

    def _reference_of(self, source):
        work = self._known.works[source.work.slug]
        return references.from_address(work, source.address)


def _source_named(words):
    """The source of which these words are the address on the site, or None."""
    work, slash, place = words.partition("/")
    sources = Source.objects.select_related("work")
    return (
        sources.filter(work__slug=work, place_in_url=place).first() if slash else None
    )


def _link(sources, text, place, reference):
    """The Link for the sources, of any state, that stand at one place.

    Where several stand there the link leads to the place, which lists them.
    """
    published = [source for source in sources if source.is_published]
    if len(published) > 1:
        url = reverse("source", args=place.split("/"))
    elif published:
        [one] = published
        url, place = one.get_absolute_url(), f"{one.work.slug}/{one.place_in_url}"
    else:
        url = None
    waiting = any(source.state != State.WITHDRAWN for source in sources)
    unverified = waiting and not published
    return markdown.Link(url, text, unverified, place, reference=reference)


def reader(record=None):
    """Who reads the references of a text that is not kept: `resolve` and `find`.

    `record` is the stored record that the text is of, None for a new one.
    """
    return _Reader(record, None)


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
    outdated = records(rendered_with__lt=markdown.RENDERER)
    for kind, record_id in outdated:
        render(_record(kind, record_id))
    return len(outdated)


def render_all(tell=lambda done, total: None):
    """Render every record again; how many. `tell` hears how far it has come."""
    everything = records()
    for done, (kind, record_id) in enumerate(everything, 1):
        with transaction.atomic():
            Stamp.objects.select_for_update().filter(pk=1).first()  # no one writes
            render(_record(kind, record_id))
        tell(done, len(everything))
    return len(everything)


def records(**terms):
    """(kind, id) of the records with rows of Markdown that these terms choose."""
    found = set()
    for model in apps.get_app_config("sources").get_models():
        if getattr(model, "markdown", ()):
            rows = model._base_manager.filter(**terms)
            found.update(record_of(row) for row in rows.order_by("pk"))
    return sorted(found)


def _record(kind, record_id):
    return apps.get_model("sources", kind).objects.get(pk=record_id)


def record_of(row):
    """(kind, id) of the record that a row with Markdown is edited with."""
    if isinstance(row, Bearing):
        return Source._meta.model_name, row.source_id
    return row._meta.model_name, row.pk


def render_mentions_of(moved):
    """Render again every record that names one of these (work id, address).

    Or a place that shares words with one: it may lead to what is published there.
    """
    mentioning = set()
    for work, address in moved:
        mentions = Mention.objects.filter(work=work)
        named = mentions.order_by().values_list("address", flat=True).distinct()
        touching = _touching(work, address, named)
        chosen = mentions.filter(address__in=touching)
        mentioning.update(chosen.values_list("kind", "record_id"))
    render_each(mentioning)


def render_each(chosen):
    """Render again the records that these (kind, id) name, by one catalogue."""
    known = catalogue.while_changing() if chosen else None
    for kind, record_id in sorted(chosen):
        render(_record(kind, record_id), known)


def _touching(work_id, address, named):
    """Those of the named addresses that are this one of a work or overlap it."""
    if not named:
        return []
    work = catalogue.as_reference_work(Work.objects.get(pk=work_id))
    try:
        place = references.from_address(work, address)
        others = [(each, references.from_address(work, each)) for each in named]
    except references.ReferenceProblem:  # the work's bounds or scheme have changed
        return list(named)
    return [
        each
        for each, other in others
        if place.contains(other) or (other.spans and place.overlaps(other))
    ]
