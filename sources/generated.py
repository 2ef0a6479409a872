"""The rows of a generated library, drawn from one chance and not yet saved.

They bear the word "Generated" in every name and hold filler: no Torah.
"""

import random
import uuid
from datetime import UTC, datetime

from sources import markdown
from sources.filler import Filler
from sources.models import (
    Author,
    Bearing,
    Citation,
    Position,
    Question,
    Source,
    State,
    Text,
    Topic,
    TopicLink,
    Work,
    WorkTitle,
)
from sources.text import skeleton

WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same in every run
BODIES = 1000  # summaries, and reasonings, that are unlike one another
FIRST_YEARS = (-700, 50, 300, 700, 1050, 1500, 1900)
SCHEMES = ("daf", "verse", "section", "chapter")
ANSWERS = (
    ("before", ["ingathering", "mashiach", "mikdash"]),
    ("after", ["mashiach", "mikdash", "ingathering"]),
    ("stages", ["first-ingathering", "mashiach", "mikdash", "final-ingathering"]),
)
STATES = [State.PUBLISHED] * 17 + [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN]
DIRECTIONS = ["supports"] * 6 + ["disputes", "qualifies", "background"]
RELATIONS = ("comments_on", "cites", "quotes", "cites_as_evidence", "parallels")


class Rows:
    """Makes rows; the same seed and the same calls make the same rows."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.filler = Filler(self.chance)
        self.bodies = {}

    def _key(self):
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def _drawn(self, kind, make):
        """One of BODIES that `make` made: to write each anew would take longest."""
        kept = self.bodies.setdefault(kind, [])
        if len(kept) < BODIES:
            kept.append(make())
            return kept[-1]
        return self.chance.choice(kept)

    def _markdown(self, field, fewest, most):
        """A Markdown field with its HTML, as the fields of a row."""

        def make():
            body = f"{self.filler.sentence(fewest, most)} *{self.filler.words(2)}*"
            return body, markdown.render(body).html

        body, html = self._drawn(field, make)
        return {field: body, f"{field}_html": html, "rendered_with": markdown.RENDERER}

    def _summary(self):
        """A sentence, and its HTML."""

        def make():
            words = self.filler.sentence(15, 40)
            return words, markdown.render_words(words).html

        return self._drawn("summary", make)

    def question(self):
        return Question(
            creation_key=self._key(),
            slug="generated-question",
            title="Generated question: which comes first?",
            title_he="שאלה לדוגמה",
            lede=self.filler.sentence(8, 12),
        )

    def positions(self, question):
        """Two answers, then the one that reconciles them."""
        return [
            Position(
                question=question,
                creation_key=self._key(),
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

    def topic(self, number):
        return Topic(
            creation_key=self._key(),
            name=f"Generated topic {number}",
            name_he=f"נושא לדוגמה {number}",
            folded=skeleton(f"Generated topic {number}"),
            slug=f"generated-topic-{number}",
            state=State.PUBLISHED,
            order=number,
            **self._markdown("description", 12, 30),
        )

    def author(self, number):
        return Author(
            creation_key=self._key(),
            slug=f"generated-author-{number}",
            name=f"Generated author {number}",
            name_he=f"מחבר לדוגמה {number}",
            order=number,
        )

    def work(self, number, era, author, chapters):
        """A work of so many chapters (or folios), written in its era."""
        year = FIRST_YEARS[era - 1] + self.chance.randrange(100)
        scheme = SCHEMES[number % len(SCHEMES)]
        bounds = {
            "daf": {"dapim": ["2a", f"{chapters}b"]},
            "verse": {"verses": [10] * chapters},
        }
        return Work(
            creation_key=self._key(),
            slug=f"generated-work-{number}",
            title=f"Generated work {number}",
            title_he=f"חיבור לדוגמה {number}",
            author=author,
            category=f"Generated shelf {era}",
            era=era,
            year_from=year,
            year_to=year + self.chance.randrange(40),
            scheme=scheme,
            bounds=bounds.get(scheme, {"chapters": chapters}),
            order=number,
        )

    def title(self, number, work):
        return WorkTitle(work=work, text=f"Gen. {number}", language="en")

    def address(self, scheme, nth):
        """The address of a work's nth source, from 1; later ones stand further on."""
        chapter = nth * 3 + self.chance.randrange(3)
        first = self.chance.randint(1, 7)
        if scheme == "daf":
            return f"{chapter}{'ab'[first % 2]}"
        if scheme == "chapter":
            return str(chapter)
        return f"{chapter}.{first}-{first + 2}"

    def source(self, number, work, reference):
        state = self.chance.choice(STATES)
        name = f"Generated source {number}."
        summary, html = self._summary()
        return Source(
            creation_key=self._key(),
            work=work,
            address=reference.address,
            reference_en=reference.english,
            reference_he=reference.hebrew,
            place_in_url=reference.address,
            sort_key=reference.sort_key,
            short=f"Gen. {number}",
            summary=f"{name} {summary}",
            summary_html=html.replace(">", f">{name} ", 1),
            rendered_with=markdown.RENDERER,
            state=state,
            first_published_at=WHEN if state == State.PUBLISHED else None,
        )

    def texts(self, source):
        """Filler in Hebrew, and other filler in English, of as many lines."""
        lines = self.chance.randint(1, 8)
        original = Text(
            source=source,
            language="he",
            words=self.filler.lines(lines, "he"),
            edition="Generated text",
            number=1,
        )
        translation = Text(
            source=source,
            role="translation",
            language="en",
            words=self.filler.lines(lines, "en"),
            translator="the generator",
            number=1,
        )
        return [original, translation]

    def bearings(self, source, texts, question, positions):
        """One to three bearings, of different readers, on words of the first text."""
        return [
            self._bearing(number, source, texts[0], question, positions)
            for number in range(1, self.chance.choice((1, 1, 1, 2, 2, 3)) + 1)
        ]

    def _bearing(self, number, source, text, question, positions):
        direction = self.chance.choice(DIRECTIONS)
        is_background = direction == "background"
        line = self.chance.choice(text.words.split("\n")).split()
        return Bearing(
            source=source,
            question=question,
            position=None if is_background else self.chance.choice(positions),
            direction=direction,
            basis=self.chance.choice(("explicit", "implied", "inferred")),
            read_by="" if number == 1 else f"generated reader {number}",
            words=" ".join(line[1:5]),
            state=State.PUBLISHED if number < 3 else source.state,
            order=number,
            **self._markdown("reasoning", 20, 60),
        )

    def topic_links(self, source, topics):
        """One to three of the topics, the first of them most often."""
        weights = [1 / topic.order for topic in topics]
        drawn = self.chance.choices(topics, weights, k=self.chance.randint(1, 3))
        return [
            TopicLink(
                tag=topic,
                content_object=source,
                why=self.filler.sentence(5, 9),
                order=self.chance.randrange(1000),
            )
            for topic in dict.fromkeys(drawn)
        ]

    def citations(self, source, earlier):
        """Up to two links to what stands earlier, so that no chain is a circle."""
        near = earlier[-200:]
        drawn = self.chance.sample(near, min(self.chance.randrange(3), len(near)))
        return [
            Citation(
                citing=source,
                cited=cited,
                relation=self.chance.choice(RELATIONS),
                order=order,
            )
            for order, cited in enumerate(drawn, 1)
        ]
