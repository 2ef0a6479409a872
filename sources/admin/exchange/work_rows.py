"""Works and the ways of writing their titles, in files."""

from sources.admin.exchange.columns import Choice, Column, Era, Json, Named, Whole
from sources.admin.exchange.resource import RowResource
from sources.admin.exchange.source_rows import checked
from sources.models import Work, WorkTitle

OWN = (
    "title",
    "title_he",
    "short",
    "short_he",
    "category",
    "era",
    "year_from",
    "year_to",
    "dating_note",
    "attribution",
    "attribution_note",
    "scheme",
    "bounds",
    "sefaria",
    "order",
)


class WorkRows(RowResource):
    """Works, known by their slug."""

    kind, title, model = "works", "Works", Work
    prefetched = ("author", "explains")

    class Meta:
        model = Work

    slug = Column("slug", about="Its short name in addresses.", required=True)
    title_en = Column("title")
    title_he = Column("title_he")
    short = Column("short", about="15 letters.")
    short_he = Column("short_he", about="13 letters.")
    author = Column("author", Named("authors"))
    category = Column("category", about="The shelf: “Talmud Bavli”.")
    era = Column("era", Era(Work.Era, True), ", ".join(Work.Era.labels) + ".")
    year_from = Column("year_from", Whole(), "BCE is negative.")
    year_to = Column("year_to", Whole())
    dating_note = Column("dating_note")
    attribution = Column(
        "attribution", Choice(Work.Attribution, True), "secure, traditional, disputed."
    )
    attribution_note = Column("attribution_note")
    scheme = Column(
        "scheme",
        Choice(Work.Scheme),
        "How places are written: " + ", ".join(Work.Scheme.values) + ".",
    )
    bounds = Column("bounds", Json(), "How far it reaches, in JSON.")
    explains = Column("explains", Named("works"), "For a commentary: what it explains.")
    sefaria = Column("sefaria", about="Its title at Sefaria, where it is known.")
    order = Column("order", Whole(empty=0), "A number; 0 where it is empty.")

    def find(self, values):
        stored = self.known.works.by_slug.get(values["slug"])
        if "attribution" in values:
            values["attribution"] = values["attribution"] or Work.Attribution.SECURE
        return stored or Work(slug=values["slug"]), stored, values["slug"]

    def values_of(self, record, stored):
        values = {name: getattr(record, name) for name in ("slug", *OWN)}
        values["author"] = record.author.slug if record.author else ""
        values["explains"] = record.explains.slug if record.explains else ""
        return values

    def name_of(self, draft):
        return draft.values.get("title") or draft.values["slug"]

    def write(self, draft):
        work, values = draft.record, draft.values
        for name in OWN:
            setattr(work, name, values.get(name, getattr(work, name)))
        if "author" in values:
            work.author = self.known.authors.by_slug.get(values["author"])
        if "explains" in values:
            work.explains = self.known.works.by_slug.get(values["explains"])
        checked(work)


class TitleRows(RowResource):
    """Ways of writing a work's title, known by the work and the title."""

    kind, title, model = "titles", "Their titles", Work
    prefetched = ("titles",)

    class Meta:
        model = WorkTitle

    work = Column("work", Named("works"), required=True)
    text = Column("text", about="The title as people write it.", required=True)
    language = Column(
        "language", Choice(WorkTitle.Language), "The letters: en or he.", required=True
    )
    written_as = Column(
        "kind", Choice(WorkTitle.Kind, True), ", ".join(WorkTitle.Kind.values) + "."
    )

    def find(self, values):
        work = self.known.works.by_slug[values["work"]]
        if "kind" in values:
            values["kind"] = values["kind"] or WorkTitle.Kind.VARIANT
        stored = next(
            (title for title in work.titles.all() if title.text == values["text"]), None
        )
        return work, stored, (work.pk, values["text"])

    def values_of(self, record, stored):
        names = ("text", "language", "kind")
        return {name: getattr(stored, name) for name in names} | {"work": record.slug}

    def stored_rows(self, record):
        return record.titles.all()

    def name_of(self, draft):
        return f"{draft.record}: {draft.values['text']}"

    def write(self, draft):
        title = draft.stored or WorkTitle(work=draft.record)
        for name in ("text", "language", "kind"):
            setattr(title, name, draft.values.get(name, getattr(title, name)))
        checked(title)
