"""A library of filler, of any size, for measuring. It holds no Torah and says so.

Written by bulk, past the gate, for the gate's care for each record would take hours:
what the gate works out (references, addresses, HTML, search rows, stamp) is worked
out here too, by the same functions. No Change is kept, so each record is at version
0: its first edit makes version 1.
"""

import hashlib
import random
import uuid
from collections import Counter
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from sources import catalogue, markdown, references, search
from sources.filler import Filler
from sources.models import (
    Author,
    Bearing,
    Citation,
    Essay,
    Path,
    Position,
    Question,
    Revision,
    SearchDocument,
    Source,
    Stamp,
    State,
    Text,
    Topic,
    TopicLink,
    Work,
    WorkTitle,
)
from sources.text import skeleton

AT_ONCE = 500
WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same in every run
RECORDS = (Author, Work, Source, Topic, Position, Question, Path, Essay)
FIRST_YEARS = (-700, 50, 300, 700, 1050, 1500, 1900)
SCHEMES = ("daf", "verse", "section", "chapter")
ANSWERS = (
    ("before", ["ingathering", "mashiach", "mikdash"]),
    ("after", ["mashiach", "mikdash", "ingathering"]),
    ("stages", ["first-ingathering", "mashiach", "mikdash", "final-ingathering"]),
)
STATES = [State.PUBLISHED] * 17 + [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN]
DIRECTIONS = ["supports"] * 5 + ["disputes", "qualifies", "background"]


class GeneratorError(Exception):
    """The database holds a library that generated sources would mix with."""


def generate(count, seed, *, force=False, progress=lambda done: None):
    """Write `count` generated sources, and all that stands around them.

    The same count and seed give the same library. `progress` is called with the
    number of sources written so far. Raises GeneratorError, writing nothing, where
    sources are generated already, or where any record is curated and not `force`.
    """
    with transaction.atomic():
        _check_place(force)
        _raise_stamp(count, seed)
        Generation(count, seed).run(progress)


def _check_place(force):
    if Work.objects.filter(slug="generated-work-1").exists():
        raise GeneratorError("This database holds a generated library already.")
    curated = [
        model
        for model in RECORDS
        if model.objects.filter(library_name__isnull=False).exists()
    ]
    if curated and not force:
        raise GeneratorError(
            "This database holds the curated library. Use another database, or "
            "--force to mix generated sources into it."
        )


def _raise_stamp(count, seed):
    """The stamp's digest tells one generated library from another."""
    digest = hashlib.sha256(f"generated {count} {seed}".encode()).hexdigest()
    Stamp.objects.get_or_create(pk=1)
    Stamp.objects.filter(pk=1).update(number=F("number") + 1, digest=digest)


class Generation:
    """One run: its chance, and what it has written so far."""

    def __init__(self, count, seed):
        self.count = count
        self.chance = random.Random(seed)
        self.filler = Filler(self.chance)
        self.written = []

    def run(self, progress):
        self.question, self.positions = self._question()
        self.topics = self._topics()
        self.places = self._places(self._works())
        for start in range(0, self.count, AT_ONCE):
            self._write(range(start, min(start + AT_ONCE, self.count)))
            progress(len(self.written))

    def key(self):
        """A creation key that the seed decides."""
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def _question(self):
        """The site's question and its positions; generated where there is none."""
        asked = Question.objects.first_question()
        if asked is None:
            asked = Question(slug="generated-question", creation_key=self.key())
            asked.title = "Generated question: which comes first?"
            asked.title_he = "שאלה לדוגמה"
            Question.objects.bulk_create([asked])
        positions = list(asked.positions.all()) or self._positions(asked)
        return asked, positions

    def _positions(self, asked):
        positions = [
            Position(
                question=asked,
                creation_key=self.key(),
                slug=f"generated-answer-{number}",
                name=f"Generated answer {number}",
                name_he=f"תשובה לדוגמה {number}",
                kind="reconciliation" if sign == "stages" else "answer",
                sign=sign,
                events=events,
                statement=self.filler.sentence(8, 12),
                order=number,
            )
            for number, (sign, events) in enumerate(ANSWERS, 1)
        ]
        before, after, stages = Position.objects.bulk_create(positions)
        link = Position.reconciles.through
        link.objects.bulk_create(
            link(from_position=stages, to_position=answer) for answer in (before, after)
        )
        return positions

    def _topics(self):
        topics = [
            Topic(
                creation_key=self.key(),
                name=f"Generated topic {number}",
                name_he=f"נושא לדוגמה {number}",
                folded=skeleton(f"Generated topic {number}"),
                slug=f"generated-topic-{number}",
                state=State.PUBLISHED,
                order=number,
                **self._markdown("description", 12, 30),
            )
            for number in range(1, 9 + self.count // 60)
        ]
        return Topic.objects.bulk_create(topics, AT_ONCE)

    def _markdown(self, field, fewest, most):
        """A Markdown field with its HTML, as the fields of a row."""
        body = f"{self.filler.sentence(fewest, most)} *{self.filler.words(2)}*"
        return {
            field: body,
            f"{field}_html": markdown.render(body).html,
            "rendered_with": markdown.RENDERER,
        }

    def _works(self):
        """Works in the order of their eras, an author to each, and their titles."""
        numbers = range(1, max(7, self.count // 8) + 1)
        self.authors = Author.objects.bulk_create(
            [
                Author(
                    creation_key=self.key(),
                    slug=f"generated-author-{number}",
                    name=f"Generated author {number}",
                    name_he=f"מחבר לדוגמה {number}",
                    order=number,
                )
                for number in numbers
            ],
            AT_ONCE,
        )
        # A place for each source that a work is given, and some to spare.
        most = self.count * 4 + 4
        works = [self._work(number, len(numbers), most) for number in numbers]
        Work.objects.bulk_create(works, AT_ONCE)
        titles = [
            WorkTitle(work=work, text=f"Gen. {number}", language="en", kind="variant")
            for number, work in enumerate(works, 1)
        ]
        WorkTitle.objects.bulk_create(titles, AT_ONCE)
        return works

    def _work(self, number, works, most):
        era = 1 + (number - 1) * 7 // works
        year = FIRST_YEARS[era - 1] + self.chance.randrange(100)
        scheme = SCHEMES[number % len(SCHEMES)]
        bounds = {
            "daf": {"dapim": ["2a", f"{most}b"]},
            "verse": {"verses": [10] * most},
        }
        return Work(
            creation_key=self.key(),
            slug=f"generated-work-{number}",
            title=f"Generated work {number}",
            title_he=f"חיבור לדוגמה {number}",
            short=f"Gen. {number}"[:15],
            author=self.authors[number - 1],
            category=f"Generated shelf {era}",
            era=era,
            year_from=year,
            year_to=year + self.chance.randrange(40),
            scheme=scheme,
            bounds=bounds.get(scheme, {"chapters": most}),
            order=number,
        )

    def _places(self, works):
        """A (work, reference) for each source, by generation, none of them twice."""
        drawn = sorted(self.chance.choices(range(len(works)), k=self.count))
        known = [catalogue.as_reference_work(work) for work in works]
        taken = Counter()
        places = []
        for index in drawn:
            taken[index] += 1
            chapter = taken[index] * 3 + self.chance.randrange(3)
            written = {"daf": f"{chapter}{self.chance.choice('ab')}"}
            if works[index].scheme in ("verse", "section"):
                start = self.chance.randint(1, 7)
                written[works[index].scheme] = f"{chapter}.{start}-{start + 2}"
            address = written.get(works[index].scheme, str(chapter))
            places.append((works[index], references.from_address(known[index], address)))
        return places

    def _write(self, indices):
        """One batch of sources with their texts, bearings, links and search rows."""
        sources = [self._source(index) for index in indices]
        bearings = [row for source in sources for row in self._bearings(source)]
        Source.objects.bulk_create(sources)
        texts = [text for source in sources for text in self._texts(source)]
        Text.objects.bulk_create(texts, AT_ONCE)
        Revision.objects.bulk_create(
            [Revision(text=t, number=1, words=t.words, at=WHEN) for t in texts],
            AT_ONCE,
        )
        for row in bearings:
            row.source_id = row.source.pk
            row.words = self._decisive(row)
        Bearing.objects.bulk_create(bearings, AT_ONCE)
        links = [row for source in sources for row in self._topic_links(source)]
        TopicLink.objects.bulk_create(links, AT_ONCE)
        citations = [row for source in sources for row in self._citations(source)]
        Citation.objects.bulk_create(citations, AT_ONCE)
        _write_search_rows(sources)

    def _source(self, index):
        """A source at the place of this index, counted from 0; not saved."""
        work, reference = self.places[index]
        state = self.chance.choice(STATES)
        return Source(
            creation_key=self.key(),
            work=work,
            address=reference.address,
            reference_en=reference.english,
            reference_he=reference.hebrew,
            short=f"Gen. {index + 1}"[:15],
            place_in_url=reference.address,
            sort_key=reference.sort_key,
            summary=f"Generated source {index + 1}. {self.filler.sentence(15, 40)}",
            state=state,
            first_published_at=WHEN if state == State.PUBLISHED else None,
        )
