"""What a source has many of, in a file: its bearings, and its links to others."""

from django.core.exceptions import ValidationError

from sources.admin.exchange.columns import Choice, Column, Named, Whole
from sources.admin.exchange.resource import RowResource
from sources.admin.exchange.source_rows import (
    checked,
    part_column,
    reference_column,
    states,
    work_column,
)
from sources.models import Bearing, Citation, Source, State


class PartRows(RowResource):
    """Rows that are edited with a source, which the first three columns name."""

    model = Source

    def source(self, values, prefix=""):
        """The source that these columns name. Raises ValidationError by column."""
        name = f"{prefix}reference"
        try:
            work = values.get(f"{prefix}work")
            reference = self.known.reference(values[name], work)
            return self.known.source(reference, values.get(f"{prefix}part", ""))
        except ValidationError as error:
            raise ValidationError({name: error}) from error

    def place_of(self, source, prefix=""):
        """The columns that name a source."""
        values = (source.work.slug, self.known.written(source), source.part)
        names = ("work", "reference", "part")
        return {f"{prefix}{n}": value for n, value in zip(names, values, strict=True)}

    def name_of(self, draft):
        return f"{draft.record}: {self.title.casefold()}"


class BearingRows(PartRows):
    """Bearings, known by their source, position and whose reading they are."""

    kind, title = "bearings", "Bearings"
    prefetched = ("bearings__question", "bearings__position", "bearings__according_to")

    class Meta:
        model = Bearing

    work = work_column()
    reference = reference_column()
    part = part_column()
    direction = Column(
        "direction",
        Choice(Bearing.Direction),
        "supports, disputes, qualifies or background.",
        required=True,
    )
    position = Column(
        "position", Named("positions"), "Empty if, and only if, it gives background."
    )
    question = Column("question", Named("questions"), "For a background alone.")
    basis = Column(
        "basis",
        Choice(Bearing.Basis),
        "How plainly: explicit, implied or inferred.",
        required=True,
    )
    read_by = Column("read_by", about="Whose reading, in words; empty for the text's.")
    according_to = Column(
        "according_to", Named("authors"), "Exactly one author of ours."
    )
    words = Column("words", about="The exact words of the text that it rests on.")
    reasoning = Column("reasoning", about="Why it is read so.", required=True)
    credit = Column("credit")
    state = states()
    order = Column("order", Whole(empty=0), "A number; 0 where it is empty.")

    OWN = ("direction", "basis", "read_by", "words", "reasoning", "credit", "order")

    def find(self, values):
        source = self.source(values)
        self._settle_question(values)
        terms = self._terms(values)
        stored = source.bearings.filter(**terms).first()
        values |= self.place_of(source)
        key = (source.pk, *(str(each) for each in terms.values()))
        return source, stored, key

    def _settle_question(self, values):
        """A position says its question; a background is the first question's."""
        position, questions = values.get("position"), self.known.questions.by_slug
        is_background = values["direction"] == Bearing.Direction.BACKGROUND
        if bool(position) == is_background:
            reason = (
                "A bearing that gives background has no position, and every other "
                "bearing has one."
            )
            raise ValidationError({"position": reason})
        if position:
            stands = self.known.positions.by_slug[position]
            values["question"] = stands.question.slug
        elif not values.get("question"):
            if not questions:
                raise ValidationError("Make the question first: a bearing answers it.")
            first = min(questions.values(), key=lambda question: question.pk)
            values["question"] = first.slug

    def _terms(self, values):
        """What makes a bearing the one it is, as its unique constraints have it."""
        known, author = self.known, values.get("according_to")
        position = values.get("position")
        return {
            "question": known.questions.by_slug[values["question"]],
            "position": known.positions.by_slug[position] if position else None,
            "according_to": known.authors.by_slug[author] if author else None,
            "read_by": values.get("read_by", ""),
        }

    def values_of(self, record, stored):
        values = self.place_of(record)
        values |= {name: getattr(stored, name) for name in (*self.OWN, "state")}
        values["question"] = stored.question.slug
        values["position"] = stored.position.slug if stored.position else ""
        author = stored.according_to
        return values | {"according_to": author.slug if author else ""}

    def stored_rows(self, record):
        return record.bearings.all()

    def write(self, draft):
        values = draft.values
        bearing = draft.stored or Bearing(source=draft.record)
        for name, value in self._terms(values).items():
            setattr(bearing, name, value)
        for name in self.OWN:
            setattr(bearing, name, values.get(name, getattr(bearing, name)))
        bearing.state = values.get("state") or bearing.state or State.DRAFT
        checked(bearing)


class CitationRows(PartRows):
    """Links from a source to one that it cites, known by both and by what they say."""

    kind, title = "citations", "Links to sources that they cite"
    prefetched = ("citations_made__cited__work",)

    class Meta:
        model = Citation

    work = work_column()
    reference = reference_column()
    part = part_column()
    relation = Column(
        "relation",
        Choice(Citation.Relation),
        ", ".join(Citation.Relation.values) + ".",
        required=True,
    )
    cited_work = Column("cited_work", Named("works"))
    cited_reference = Column(
        "cited_reference", about="The source that it cites.", required=True
    )
    cited_part = Column("cited_part")
    note = Column("note")
    order = Column("order", Whole(empty=0), "A number; 0 where it is empty.")

    def find(self, values):
        citing, cited = self.source(values), self.source(values, "cited_")
        terms = {"cited": cited, "relation": values["relation"]}
        stored = citing.citations_made.filter(**terms).first()
        values |= self.place_of(citing) | self.place_of(cited, "cited_")
        return citing, stored, (citing.pk, cited.pk, values["relation"])

    def values_of(self, record, stored):
        values = self.place_of(record) | self.place_of(stored.cited, "cited_")
        names = ("relation", "note", "order")
        return values | {name: getattr(stored, name) for name in names}

    def stored_rows(self, record):
        return record.citations_made.all()

    def write(self, draft):
        values = draft.values
        link = draft.stored or Citation(
            citing=draft.record,
            cited=self.source(values, "cited_"),
            relation=values["relation"],
        )
        for name in ("note", "order"):
            setattr(link, name, values.get(name, getattr(link, name)))
        checked(link)
