"""Five hundred random edits and restores by several editors: no state is ever lost."""

import json
import random
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.test import TestCase

from sources.changes import change, remove
from sources.kept import kept_state
from sources.models import (
    Bearing,
    Change,
    Citation,
    EssayClaim,
    PathStep,
    State,
    Text,
    TopicLink,
    WorkTitle,
)
from sources.restoring import SIGNATURE, restore
from tests import make

EDITS = 500
WORDS = ["וכיון", "שנתקבצו", "גָּלֻיּוֹת", "says", "gemara,", "“first”", "then\nthe", "rest"]


def as_bytes(state):
    """A kept state as bytes, without the reviews, which only the gate gives."""
    state = json.loads(json.dumps(state))
    for row in state.get("bearings", ()):
        for name in SIGNATURE:
            row.pop(name, None)
    return json.dumps(state, sort_keys=True).encode()


@pytest.mark.slow
@pytest.mark.once
class ManyEditsTests(TestCase):
    """Each edit is one random step of one random record, by one of four editors."""

    def setUp(self):
        self.chance = random.Random(5786)
        self.editors = [make.editor() for _ in range(4)]
        self.topics = [make.topic(f"Topic {n}", state="draft") for n in range(4)]
        self.sources = [
            make.source(f"{n}a", state=State.DRAFT, supports="before")
            for n in range(20, 24)
        ]
        self.paths = [make.path(*self.sources[:2], state=State.DRAFT)]
        self.essays = [make.essay(state=State.DRAFT)]
        self.records = [
            *self.topics,
            *self.sources,
            *self.paths,
            *self.essays,
            make.author(),
            make.work("other", titles=["One", "Two"]),
            make.question(),
            make.position("two-stages"),
        ]
        self.said = {}  # (kind, id, version): the state's bytes

    def words(self):
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 9)))

    def test_every_former_state_is_kept_and_comes_back_to_the_byte(self):
        done = {"edits": 0, "restores": 0}
        while sum(done.values()) < EDITS:
            record = self.chance.choice(self.records)
            record.refresh_from_db()
            number, editor = record.version, self.chance.choice(self.editors)
            deed = "restores" if self.chance.random() < 0.25 else "edits"
            try:
                getattr(self, deed)(record, editor)
            except (IntegrityError, ValidationError):
                record.refresh_from_db()
                self.assertEqual(record.version, number)
                continue
            done[deed] += 1
            self.note(record)
        self.assertGreater(done["restores"], 50)
        self.replay()

    def edits(self, record, editor):
        with change(record, opened=record.version, editor=editor, why=self.words()):
            getattr(self, f"edit_{record._meta.model_name}", self.edit_any)(record)

    def restores(self, record, editor):
        number = self.chance.randint(1, record.version)
        kept = Change.objects.of(record._meta.model_name, record.pk).get(number=number)
        said = restore(kept, opened=record.version, editor=editor, why=self.words())
        record.refresh_from_db()
        if not said:
            self.assertEqual(as_bytes(kept_state(record)), as_bytes(kept.record))

    def note(self, record):
        record = type(record).objects.get(pk=record.pk)
        key = (record._meta.model_name, record.pk, record.version)
        self.said[key] = json.dumps(kept_state(record), sort_keys=True).encode()

    def replay(self):
        """Every state as it was noted is the state that the Changes keep."""
        self.assertEqual(len(self.said), EDITS)
        for (kind, key, number), noted in self.said.items():
            kept = Change.objects.of(kind, key).get(number=number)
            with self.subTest(kind=kind, key=key, number=number):
                self.assertEqual(
                    json.dumps(kept.record, sort_keys=True).encode(), noted
                )
        out = StringIO()
        call_command("verify_changes", "--records", stdout=out, stderr=StringIO())
        self.assertIn("all are whole", out.getvalue())

    def edit_any(self, record):
        names = {"author": "note", "question": "lede", "position": "statement"}
        names |= {"topic": "description"}
        setattr(record, names[record._meta.model_name], self.words())
        record.save()

    def edit_source(self, source):
        step = self.chance.randrange(6)
        if step == 0:
            source.summary, source.notes = self.words(), self.words()
        elif step == 1:
            row = self.chance.choice([*source.texts.all()])
            row.words, row.lines_differ = self.words(), True
            self.save_texts(source, row)
        elif step == 2:
            self.swap(source.topic_links, TopicLink(content_object=source), "why")
        elif step == 3:
            self.cite(source)
        elif step == 4:
            self.bear(source)
        else:
            translator = f"translator {self.chance.randrange(3)}"
            row = Text(
                source=source, role="translation", language="en", translator=translator
            )
            row.words, row.lines_differ = self.words(), True
            self.save_texts(source, row)
        source.save()

    def save_texts(self, source, row):
        for text in source.texts.filter(role="translation").exclude(pk=row.pk):
            text.lines_differ = True
            text.save()
        row.save()

    def swap(self, rows, new, field):
        """Take a row out, write in it, or put one in."""
        there = [*rows.all()]
        if there and self.chance.random() < 0.4:
            remove(rows.filter(pk=self.chance.choice(there).pk))
        elif there and self.chance.random() < 0.5:
            row = self.chance.choice(there)
            setattr(row, field, self.words())
            row.save()
        else:
            if isinstance(new, TopicLink):
                new.tag = self.chance.choice(self.topics)
            new.save()

    def cite(self, source):
        cited = self.chance.choice([s for s in self.sources if s.pk != source.pk])
        new = Citation(citing=source, cited=cited, relation="cites")
        self.swap(source.citations_made, new, "note")

    def bear(self, source):
        new = Bearing(
            source=source,
            question=make.question(),
            position=make.position(self.chance.choice(["before", "after"])),
            direction="supports",
            basis="inferred",
            read_by=self.words(),
            reasoning=self.words(),
        )
        self.swap(source.bearings.filter(state="draft"), new, "reasoning")

    def edit_path(self, path):
        source = self.chance.choice(self.sources)
        number = self.chance.randint(1, 5)
        self.swap(
            path.steps, PathStep(path=path, source=source, number=number), "why_next"
        )
        path.save()

    def edit_essay(self, essay):
        source = self.chance.choice(self.sources)
        claim = EssayClaim(essay=essay, source=source, claim=self.words())
        claim.number = self.chance.randint(1, 5)
        self.swap(essay.claims, claim, "finding")
        essay.save()

    def edit_work(self, work):
        title = WorkTitle(work=work, text=self.words()[:100], language="en")
        self.swap(work.titles, title, "text")
        work.save()
