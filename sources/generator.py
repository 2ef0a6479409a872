"""A library of filler, of any size, for measuring. It holds no Torah and says so.

Written by bulk, past the gate, whose care for each record would take hours. What the
gate works out (references, addresses, HTML, revisions, search rows, the stamp) is
worked out here too, by the same functions. No Change is kept: each record is at
version 0, and its first edit makes version 1.
"""

import hashlib
from collections import Counter
from itertools import chain

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import DateTimeField, F, JSONField, Max, UUIDField

from sources import catalogue, references, search, search_tables, statistics
from sources.generated import WHEN, Rows
from sources.models import (
    Author,
    Bearing,
    Citation,
    Essay,
    Path,
    Position,
    Question,
    Revision,
    Source,
    Stamp,
    State,
    Text,
    Topic,
    TopicLink,
    Work,
    WorkTitle,
)

AT_ONCE = 500
PREPARED = (DateTimeField, JSONField, UUIDField)  # written otherwise than they are
RECORDS = (Author, Work, Source, Topic, Position, Question, Path, Essay)


class GeneratorError(Exception):
    """The database holds a library that generated sources would mix with."""


def generate(count, seed, *, force=False, progress=lambda done: None):
    """Write `count` generated sources, and all that stands around them.

    The same count and seed give the same library. `progress` is called with the
    number of sources written so far. Raises GeneratorError, writing nothing, where
    sources are generated already, or where any record is curated and not `force`.
    """
    with transaction.atomic():
        _raise_stamp(count, seed)
        _check_place(force)
        search_tables.stop(connection)
        Generation(count, seed).run(progress)
        if connection.vendor == "postgresql":
            # It makes no index while there are keys that are still to be checked.
            connection.check_constraints()
        search_tables.make(connection)
        _count_on()
        statistics.refresh(connection)


def _raise_stamp(count, seed):
    """Wait for other writers; the digest tells one generated library from another."""
    digest = hashlib.sha256(f"generated {count} {seed}".encode()).hexdigest()
    Stamp.objects.get_or_create(pk=1)
    Stamp.objects.filter(pk=1).update(number=F("number") + 1, digest=digest)


def _check_place(force):
    if Work.objects.filter(slug="generated-work-1").exists():
        raise GeneratorError("This database holds a generated library already.")
    if force:
        return
    for model in RECORDS:
        if model.objects.filter(library_name__isnull=False).exists():
            raise GeneratorError(
                "This database holds the curated library. Use another database, or "
                "--force to mix generated sources into it."
            )


class Generation:
    """One run: its rows, and what it has written so far."""

    def __init__(self, count, seed):
        self.count = count
        self.rows = Rows(seed)
        self.earlier = []

    def run(self, progress):
        self._write_question()
        topics = range(1, 9 + self.count // 60)
        self.topics = _written(Topic, map(self.rows.topic, topics))
        search.write(self.topics)
        drawn = self._drawn_works()
        self.works = self._write_works(Counter(drawn))
        self.places = self._places(drawn)
        for start in range(0, self.count, AT_ONCE):
            self._write_sources(range(start, min(start + AT_ONCE, self.count)))
            progress(min(start + AT_ONCE, self.count))

    def _write_question(self):
        """The site's question and its positions; generated where there is none."""
        asked = Question.objects.first_question()
        if asked is None:
            [asked] = _written(Question, [self.rows.question()])
        self.question = asked
        self.positions = list(asked.positions.in_order())
        if not self.positions:
            self.positions = _written(Position, self.rows.positions(asked))
            *answers, reconciling = self.positions
            link = Position.reconciles.through
            links = [link(from_position=reconciling, to_position=a) for a in answers]
            _written(link, links)

    def _drawn_works(self):
        """For each source in order, the index of its work, counted from 0."""
        works = range(max(7, self.count // 8))
        return sorted(self.rows.chance.choices(works, k=self.count))

    def _write_works(self, sources_in):
        """Works in the order of their eras, each with an author and a short title."""
        count = max(7, self.count // 8)
        authors = _written(Author, map(self.rows.author, range(1, count + 1)))
        works = [
            self.rows.work(
                number=index + 1,
                era=1 + index * 7 // count,
                author=author,
                chapters=sources_in[index] * 3 + 5,
            )
            for index, author in enumerate(authors)
        ]
        _written(Work, works)
        titles = [self.rows.title(number, work) for number, work in enumerate(works, 1)]
        _written(WorkTitle, titles)
        for work, title in zip(works, titles, strict=True):
            work._prefetched_objects_cache = {"titles": [title]}
        search.write(authors)
        search.write(works)
        return works

    def _places(self, drawn):
        """The work and reference of each source, in order; no place comes twice."""
        known = {
            index: catalogue.as_reference_work(self.works[index])
            for index in dict.fromkeys(drawn)
        }
        taken, places = Counter(), []
        for index in drawn:
            taken[index] += 1
            address = self.rows.address(known[index].scheme, taken[index])
            reference = references.from_address(known[index], address)
            places.append((self.works[index], reference))
        return places

    def _write_sources(self, indices):
        """A batch of sources with their texts, bearings, links and search rows."""
        rows = self.rows
        sources, texts, bearings, links, citations = [], [], [], [], []
        for index in indices:
            source = rows.source(index + 1, *self.places[index])
            own_texts = rows.texts(source)
            own = rows.bearings(source, own_texts, self.question, self.positions)
            source.is_contested = _is_contested(own)
            sources.append(source)
            texts += own_texts
            bearings += own
            links += rows.topic_links(source, self.topics)
            citations += rows.citations(source, self.earlier)
            self.earlier.append(source)
            # What search reads of a source is here: nothing is asked of the database.
            source._prefetched_objects_cache = {"texts": own_texts, "bearings": own}
        _written(Source, sources)
        _written(Text, texts)
        _written(Revision, map(_first_revision, texts))
        _written(Bearing, bearings)
        _written(TopicLink, links)
        _written(Citation, citations)
        search.write(sources)
        del self.earlier[:-200]


def _written(model, rows):
    """These rows, written past the ORM, with ids that follow the table's last."""
    rows = list(rows)
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    fields = model._meta.concrete_fields
    for number, row in enumerate(rows, last + 1):
        row.pk = number
        row._state.adding = False
        row._state.db = connection.alias
        for field in fields:
            if field.is_relation and field.is_cached(row):
                other = field.get_cached_value(row)
                setattr(row, field.attname, other and other.pk)
    values = zip(*(_column(field, rows) for field in fields), strict=True)
    _insert(model._meta.db_table, [field.column for field in fields], list(values))
    return rows


def _column(field, rows):
    """The values of one field of the rows, as the database takes them."""
    values = [getattr(row, field.attname) for row in rows]
    if field.choices or isinstance(field, PREPARED):
        return [field.get_db_prep_save(value, connection) for value in values]
    return values


def _insert(table, columns, rows):
    names = ", ".join(map(connection.ops.quote_name, columns))
    marks = f"({', '.join(['%s'] * len(columns))})"
    insert = f"INSERT INTO {table} ({names}) VALUES"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{insert} {marks}", rows)
            return
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            every = ", ".join([marks] * len(some))
            cursor.execute(f"{insert} {every}", list(chain.from_iterable(some)))


def _count_on():
    """Let the next id of each table follow those that were written here."""
    written = (*RECORDS, Text, Revision, Bearing, TopicLink, Citation, WorkTitle)
    statements = connection.ops.sequence_reset_sql(
        no_style(), [*written, Position.reconciles.through]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _is_contested(bearings):
    """Published bearings on two different answers, or in opposite directions."""
    published = [b for b in bearings if b.state == State.PUBLISHED and b.position]
    answers = {b.position for b in published if b.position.kind == "answer"}
    directions = {b.direction for b in published}
    return len(answers) > 1 or {"supports", "disputes"} <= directions


def _first_revision(text):
    return Revision(text=text, number=1, words=text.words, at=WHEN)
