"""What the database refuses, and what the gate refuses, each way in."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from sources.changes import change
from sources.models import Bearing, Citation, PathStep, Source, State, Text, Work
from tests import make


class DatabaseTests(TestCase):
    def refuses(self, row):
        with self.assertRaises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    def bearing(self, **fields):
        fields = {
            "source": self.source,
            "question": make.question(),
            "direction": "supports",
            "basis": "explicit",
            "position": make.position(),
            **fields,
        }
        return Bearing(**fields)

    def setUp(self):
        self.source = make.source(supports="before")

    def test_background_has_no_position_and_every_other_bearing_has_one(self):
        self.refuses(self.bearing(direction="background"))
        self.refuses(self.bearing(position=None))

    def test_one_bearing_a_reading_for_each_pattern_of_nulls(self):
        author = make.author()
        self.refuses(self.bearing())
        patterns = [
            {"according_to": author},
            {"position": None, "direction": "background"},
            {"position": None, "direction": "background", "according_to": author},
        ]
        for pattern in patterns:
            self.bearing(**pattern).save()
            self.refuses(self.bearing(**pattern))

    def test_unknown_words_of_every_choice_are_refused(self):
        self.refuses(self.bearing(direction="hints", read_by="a"))
        self.refuses(self.bearing(basis="strong", read_by="b"))
        self.refuses(self.bearing(state="lost", read_by="c"))

    def test_no_source_cites_itself(self):
        source = self.source
        self.refuses(Citation(citing=source, cited=source, relation="cites"))

    def test_one_original_a_language(self):
        self.refuses(Text(source=self.source, language="he", words="אחר"))

    def test_years_stand_in_order_and_a_work_explains_another(self):
        base = {"title": "A", "category": "B", "scheme": "whole"}
        self.refuses(Work(slug="a", year_from=5, year_to=4, **base))

    def test_two_sources_cannot_stand_at_one_place(self):
        self.refuses(Source(work=self.source.work, address=self.source.address))

    def test_a_page_of_its_own_is_no_part(self):
        source = Source(work=self.source.work, address="9a", part="history")
        self.refuses(source)


class GateTests(TestCase):
    def refuses(self, record, sentence, *parts):
        with (
            self.assertRaisesMessage(ValidationError, sentence),
            change(record, opened=record.version),
        ):
            record.save()
            for part in parts:
                part.save()

    def test_a_place_outside_the_work(self):
        source = make.source("17b")
        source.address = "400a"
        self.refuses(source, "400a")

    def test_bounds_that_leave_a_source_outside(self):
        work = make.source("17b").work
        work.bounds = {"dapim": ["2a", "10b"]}
        self.refuses(work, "would fall outside the work")

    def test_bounds_that_no_scheme_can_read(self):
        for bounds in ([1], 5, {"dapim": "x"}, {"levels": "z"}, {"daphim": []}):
            work = make.work()
            work.bounds = bounds
            with self.subTest(bounds=bounds), self.assertRaises(ValidationError):
                self.change(work)

    def change(self, record):
        with change(record, opened=record.version):
            record.save()

    def test_a_position_that_moves_away_from_its_bearings(self):
        source = make.source(supports="before")
        position = source.bearings.get().position
        position.question = make.question(slug="other", title="Other?")
        self.refuses(position, "it stays with its question")

    def test_words_of_a_withdrawn_bearing_may_leave_the_text(self):
        words = {"words": "וכיון", "state": State.WITHDRAWN}
        source = make.source(words="וכיון", translation="", bearings=[words])
        text = source.texts.get()
        with change(source, opened=1):
            text.words = "אחר"
            text.save()
        self.assertEqual(source.version, 2)

    def test_commentary_in_a_circle(self):
        first = make.source()
        second = make.source(cites=[first])
        back = Citation(citing=first, cited=second, relation="explains")
        self.refuses(first, "on itself", back)

    def test_a_work_that_explains_itself_by_way_of_another(self):
        first = make.work("first")
        first.explains = make.work("second", explains=first)
        self.refuses(first, "cannot explain")

    def test_a_topic_under_itself(self):
        first = make.topic("First")
        first.parent = make.topic("Second", parent=first)
        self.refuses(first, "under itself")

    def test_a_position_of_another_question(self):
        source = make.source(supports="before")
        bearing = source.bearings.get()
        bearing.question = make.question(slug="other", title="Other?")
        self.refuses(source, "answers another question", bearing)

    def test_a_reconciliation_of_fewer_than_two(self):
        position = make.position("two-stages")
        with (
            self.assertRaisesMessage(ValidationError, "at least two"),
            change(position, opened=position.version),
        ):
            position.reconciles.set([make.position("before")])

    def test_line_counts_that_disagree_without_an_editors_word(self):
        source = make.source(words="א\nב", translation="a\nb")
        text = source.texts.get(role="translation")
        text.words = "a"
        self.refuses(source, "has 2 lines", text)
        text.lines_differ = True
        with change(source, opened=source.version):
            text.save()
        text.refresh_from_db()
        self.assertEqual(text.words, "a")

    def test_words_that_do_not_stand_in_the_text(self):
        source = make.source(words="וכיון שנתקבצו", supports="before")
        bearing = source.bearings.get()
        bearing.words = "לא כאן"
        self.refuses(source, "do not stand in the source's text", bearing)

    def test_a_published_path_with_a_step_on_a_draft(self):
        path = make.path(make.source())
        path.state = State.PUBLISHED
        step = PathStep(path=path, source=make.source(state="draft"), number=2)
        self.refuses(path, "Step 2 is on an unpublished source", step)
