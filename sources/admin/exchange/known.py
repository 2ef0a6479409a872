"""What the rows of a file may name: works, places, sources, topics and the rest."""

from functools import cached_property

from django.core.exceptions import ValidationError

from sources import catalogue, references
from sources.models import Author, Position, Question, Source, Topic, Work
from sources.references.reference import from_text
from sources.text import fold


class Names:
    """The records of one kind, by slug and by every name, however it is written."""

    def __init__(self, records, names):
        self.noun = records.model._meta.verbose_name
        self.by_slug, self.by_name = {}, {}
        for record in records:
            self.by_slug[record.slug] = record
            for name in names(record):
                if folded := fold(name):
                    self.by_name.setdefault(folded, set()).add(record.slug)

    def slug(self, written):
        """The slug of the one record that is meant. Raises ValidationError."""
        if written in self.by_slug:
            return written
        found = sorted(self.by_name.get(fold(written), ()))
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(found)
            raise ValidationError(f"“{written}” may be any of these: {several}.")
        raise ValidationError(f"There is no {self.noun} “{written[:80]}”.")


def _both(record):
    return (record.name, record.name_he)


def _titles(work):
    return (work.title, work.title_he, *(title.text for title in work.titles.all()))


class Known:
    """All that may be named, read when first asked for and then kept for one file."""

    def __init__(self):
        self.sources = {}

    @cached_property
    def catalogue(self):
        return catalogue.current()

    @cached_property
    def works(self):
        return Names(Work.objects.prefetch_related("titles"), _titles)

    @cached_property
    def authors(self):
        return Names(Author.objects.all(), _both)

    @cached_property
    def topics(self):
        return Names(Topic.objects.all(), _both)

    @cached_property
    def positions(self):
        return Names(Position.objects.select_related("question"), _both)

    @cached_property
    def questions(self):
        return Names(Question.objects.all(), lambda question: (question.title,))

    def reference(self, written, work=""):
        """The Reference that is written, in the work of this slug where one is given.

        Raises ValidationError with the reason where there is none, or several.
        """
        try:
            if not work:
                return self.catalogue.read(written)
            return self._in_work(self.catalogue.works[work], written)
        except references.ReferenceProblem as problem:
            raise ValidationError(problem.reason) from problem

    def _in_work(self, work, written):
        for reading in (references.from_address, from_text):
            try:
                return reading(work, written)
            except references.OutOfBounds:
                raise
            except references.ReferenceProblem:
                continue
        try:
            found = [self.catalogue.read(written)]
        except references.Ambiguous as problem:
            found = [choice.reference for choice in problem.choices]
        for reference in found:
            if reference.work.slug == work.slug:
                return reference
        reason = f"“{written[:80]}” is no place in {work.title}."
        raise references.NotAReference(reason)

    def written(self, source):
        """The place of a source in words that `reference` reads as it, exactly."""
        work = self.catalogue.works[source.work.slug]
        try:
            reference = references.from_address(work, source.address)
            if self._in_work(work, reference.english) == reference:
                return reference.english
        except references.ReferenceProblem:  # its address is exact, whatever it says
            return source.address
        return source.address

    def source(self, reference, part):
        """The source that stands there. Raises ValidationError where there is none.

        One instance for a file, for the gate raises its version with every change.
        """
        key = (reference.work.slug, reference.address, part)
        if key not in self.sources:
            self.sources[key] = _source_at(reference, part)
        return self.sources[key]


def _source_at(reference, part):
    there = Source.objects.filter(
        work__slug=reference.work.slug, address=reference.address
    )
    there = {each.part: each for each in there.select_related("work").order_by("pk")}
    if part in there:
        return there[part]
    if there:
        parts = ", ".join(sorted(filter(None, there))) or "none"
        raise ValidationError(
            f"No source “{part}” stands at {reference}; the parts there: {parts}."
        )
    raise ValidationError(f"No source stands at {reference}.")
