"""Sources in a file, a row for each, with its first original and translation."""

from django.core.exceptions import ValidationError

from sources import changes
from sources.admin.exchange.columns import (
    Choice,
    Column,
    Named,
    SeveralNamed,
    YesNo,
)
from sources.admin.exchange.resource import RowResource
from sources.models import Source, State, Text, TopicLink

OWN = (
    "part_title",
    "part_title_he",
    "place",
    "place_he",
    "section",
    "short",
    "short_he",
    "summary",
    "dating_note",
    "notes",
    "verified_against",
    "verification_method",
)
TEXTS = {
    # column: (role, field of the text)
    "original": (Text.Role.ORIGINAL, "words"),
    "language": (Text.Role.ORIGINAL, "language"),
    "edition": (Text.Role.ORIGINAL, "edition"),
    "original_licence": (Text.Role.ORIGINAL, "licence"),
    "decisive_words_only": (Text.Role.ORIGINAL, "is_excerpt"),
    "translation": (Text.Role.TRANSLATION, "words"),
    "translation_language": (Text.Role.TRANSLATION, "language"),
    "translator": (Text.Role.TRANSLATION, "translator"),
    "licence": (Text.Role.TRANSLATION, "licence"),
    "translation_is_excerpt": (Text.Role.TRANSLATION, "is_excerpt"),
    "lines_differ": (Text.Role.TRANSLATION, "lines_differ"),
}
DEFAULT_LANGUAGE = {Text.Role.ORIGINAL: "he", Text.Role.TRANSLATION: "en"}


def work_column():
    return Column("work", Named("works"), "Only where the reference leaves it open.")


def reference_column():
    about = "The place, in any spelling: “Megillah 17b”, “מגילה יז ע״ב”."
    return Column("reference", about=about, required=True)


def part_column():
    return Column("part", about="Where several sources stand at one place.")


def states():
    about = "“draft” or “in_review”; a draft where it is empty."
    return Column("state", Choice(State, is_optional=True), about)


class SourceRows(RowResource):
    """Sources, known by their place."""

    kind, title, model = "sources", "Sources", Source

    prefetched = ("texts", "topic_links__tag")
    unsaid = ("state", "language", "translation_language")

    class Meta:
        model = Source

    work = work_column()
    reference = reference_column()
    part = part_column()
    part_title = Column("part_title", about="What readers see of that part.")
    part_title_he = Column("part_title_he", about="The same in Hebrew.")
    place = Column("place", about="Words for the place, beside its address.")
    place_he = Column("place_he", about="The same in Hebrew.")
    section = Column("section", about="The part of the work, in words.")
    short = Column("short", about="For the narrow picture: 15 letters.")
    short_he = Column("short_he", about="The same in Hebrew: 13 letters.")
    summary = Column("summary", about="What it says, in our own words.")
    dating_note = Column("dating_note", about="Where its time is not that of its work.")
    notes = Column("notes", about="For editors alone.")
    verified_against = Column(
        "verified_against", about="The edition in which the words were found."
    )
    verification_method = Column(
        "verification_method", about="How they were compared: “read in the scan”."
    )
    state = states()
    topics = Column("topics", SeveralNamed("topics"), "Names, a semicolon between two.")
    original = Column("original", about="The words; one line for each line.")
    language = Column(
        "language", Choice(Text.Language, True), "Hebrew (he) where it is empty."
    )
    edition = Column("edition", about="From which the original is taken.")
    original_licence = Column("original_licence", about="The original's.")
    decisive_words_only = Column(
        "decisive_words_only", YesNo(), "yes, where it is not the whole passage; or no."
    )
    translation = Column("translation", about="As many lines as the original.")
    translation_language = Column(
        "translation_language",
        Choice(Text.Language, True),
        "English (en) where it is empty.",
    )
    translator = Column("translator", about="Who translated it.")
    licence = Column("licence", about="The translation's.")
    translation_is_excerpt = Column("translation_is_excerpt", YesNo(), "yes or no.")
    lines_differ = Column(
        "lines_differ", YesNo(), "yes, where the lines need not agree; or no."
    )

    def find(self, values):
        try:
            reference = self.known.reference(values["reference"], values.get("work"))
        except ValidationError as error:
            raise ValidationError({"reference": error}) from error
        work = self.known.works.by_slug[reference.work.slug]
        part = values.get("part", "")
        place = {"work": work, "address": reference.address, "part": part}
        stored = Source.objects.filter(**place).select_related("work").first()
        # What is exported says the place in its own way, and so does not differ.
        values |= {"work": work.slug, "part": part, "reference": ""}
        record = stored or Source(**place, reference_en=f"{reference}")
        return record, stored, (work.slug, reference.address, part)

    def values_of(self, record, stored):
        """Reads the texts and topic links as they may have been prefetched."""
        values = {name: getattr(record, name) for name in OWN}
        values |= {"work": record.work.slug, "part": record.part, "reference": ""}
        values["state"] = record.state
        values["topics"] = tuple(link.tag.slug for link in record.topic_links.all())
        texts = list(record.texts.all())
        for column, (role, field) in TEXTS.items():
            text = next((text for text in texts if text.role == role), None)
            empty = False if isinstance(self.columns[column].widget, YesNo) else ""
            values[column] = getattr(text, field) if text else empty
        return values

    def exported(self, records):
        at = self.head().index("reference")
        for record in records:
            [row] = super().exported([record])
            row[at] = self.known.written(record)
            yield row

    def write(self, draft):
        source, values = draft.record, draft.values
        for name in OWN:
            setattr(source, name, values.get(name, getattr(source, name)))
        source.state = values.get("state") or source.state
        if not source.place_in_url:
            place = (source.address, source.part)
            source.place_in_url = "-".join(filter(None, place))
        checked(source)
        for role in DEFAULT_LANGUAGE:
            self._write_text(source, role, values)
        if "topics" in values:
            self._write_topics(source, values["topics"])

    def _write_text(self, source, role, values):
        """The first text of this role, made where the file gives one its words."""
        given = {
            field: values[column]
            for column, (own, field) in TEXTS.items()
            if own == role and column in values
        }
        text = source.texts.filter(role=role).order_by("pk").first()
        if text is None and not given.get("words"):
            return
        text = text or Text(source=source, role=role)
        given["language"] = given.get("language") or text.language
        given["language"] = given["language"] or DEFAULT_LANGUAGE[role]
        before = {field: getattr(text, field) for field in given}
        if text.pk and before == given:
            return
        for field, value in given.items():
            setattr(text, field, value)
        try:
            checked(text)
        except ValidationError as error:
            raise _by_column(error, role) from error

    def _write_topics(self, source, slugs):
        topics = self.known.topics.by_slug
        links = {
            link.tag.slug: link for link in source.topic_links.select_related("tag")
        }
        for slug in slugs:
            if slug not in links:
                link = TopicLink(content_object=source, tag=topics[slug])
                link.order = source.work.order
                link.save()
        gone = [link.pk for slug, link in links.items() if slug not in slugs]
        if gone:
            changes.remove(source.topic_links.filter(pk__in=gone))


def _by_column(error, role):
    """The errors of a text by the columns that its fields have in a file."""
    names = {field: column for column, (own, field) in TEXTS.items() if own == role}
    found = error.message_dict.items()
    return ValidationError({names.get(name, name): said for name, said in found})


def checked(row):
    """Save a row whose own fields hold. Raises ValidationError by field."""
    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.is_relation])
    row.clean()
    row.save()
