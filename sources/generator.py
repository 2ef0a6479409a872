"""A library of filler, of any size, for measuring. It holds no Torah and says so.

Written by bulk, past the gate, whose care for each record would take hours. What the
gate works out (references, addresses, HTML, revisions, search rows, the stamp) is
worked out here too, by the same functions. No Change is kept: each record is at
version 0, and its first edit makes version 1.
"""

import hashlib
from collections import Counter

from django.db import connection, transaction
from django.db.models import F

from sources import bulk, catalogue, references, search, search_tables, statistics
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
RECORDS = (Author, Work, Source, Topic, Position, Question, Path, Essay)
WRITTEN = (*RECORDS, Text, Revision, Bearing, TopicLink, Citation, WorkTitle)


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
        bulk.count_on([*WRITTEN, Position.reconciles.through])
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
        self.learned = set()

    def run(self, progress):
        self._write_question()
        topics = range(1, 9 + self.count // 60)
        self.topics = bulk.written(Topic, map(self.rows.topic, topics))
        search.write(self.topics, self.learned)
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
            [asked] = bulk.written(Question, [self.rows.question()])
        self.question = asked
        self.positions = list(asked.positions.in_order())
        if not self.positions:
            self.positions = bulk.written(Position, self.rows.positions(asked))
            *answers, reconciling = self.positions
            link = Position.reconciles.through
            links = [link(from_position=reconciling, to_position=a) for a in answers]
            bulk.written(link, links)

    def _drawn_works(self):
        """For each source in order, the index of its work, counted from 0."""
        works = range(max(7, self.count // 8))
        return sorted(self.rows.chance.choices(works, k=self.count))

    def _write_works(self, sources_in):
        """Works in the order of their eras, each with an author and a short title."""
        count = max(7, self.count // 8)
        authors = bulk.written(Author, map(self.rows.author, range(1, count + 1)))
        works = [
            self.rows.work(
                number=index + 1,
                era=1 + index * 7 // count,
                author=author,
                chapters=sources_in[index] * 3 + 5,
            )
            for index, author in enumerate(authors)
        ]
        bulk.written(Work, works)
        titles = [self.rows.title(number, work) for number, work in enumerate(works, 1)]
        bulk.written(WorkTitle, titles)
        for work, title in zip(works, titles, strict=True):
            work._prefetched_objects_cache = {"titles": [title]}
        search.write(authors, self.learned)
        search.write(works, self.learned)
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
        bulk.written(Source, sources)
        bulk.written(Text, texts)
        bulk.written(Revision, map(_first_revision, texts))
        bulk.written(Bearing, bearings)
        bulk.written(TopicLink, links)
        bulk.written(Citation, citations)
        search.write(sources, self.learned)
        del self.earlier[:-200]


def _is_contested(bearings):
    """Published bearings on two different answers, or in opposite directions."""
    published = [b for b in bearings if b.state == State.PUBLISHED and b.position]
    answers = {b.position for b in published if b.position.kind == "answer"}
    directions = {b.direction for b in published}
    return len(answers) > 1 or {"supports", "disputes"} <= directions


def _first_revision(text):
    return Revision(text=text, number=1, words=text.words, at=WHEN)
