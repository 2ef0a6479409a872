"""Each record of the library can be brought back to each of its states."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import TestCase, override_settings

from sources.changes import Stale, change
from sources.kept import kept_state
from sources.models import (
    Bearing,
    Change,
    Citation,
    EssayClaim,
    FormerAddress,
    PathStep,
    Revision,
    State,
    Text,
    TopicLink,
)
from sources.pages.history import read_words, states_of
from sources.restoring import restore
from tests import make


def kept(record, number=1):
    return Change.objects.of(record._meta.model_name, record.pk).get(number=number)


def save(record, *rows, gone=(), **fields):
    """Save other values of a record, and rows of it, through the gate."""
    record.refresh_from_db()
    with change(record, opened=record.version, why="made by a test"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        for row in gone:
            row.delete()
        for row in rows:
            row.save()


class RestoringTestCase(TestCase):
    def assertRestored(self, record, number=1, **options):
        """Restored to this version, the record's state is equal to the byte."""
        record.refresh_from_db()
        said = restore(kept(record, number), opened=record.version, **options)
        record.refresh_from_db()
        now, then = kept_state(record), kept(record, number).record
        self.assertEqual(now, then)
        self.assertEqual(kept(record, record.version).record, then)
        return said


class RecordTests(RestoringTestCase):
    def test_fields_come_back_as_a_new_version(self):
        source = make.source("17b", summary="First.")
        save(source, summary="Second.")
        self.assertEqual(self.assertRestored(source, why="better so"), [])
        self.assertEqual((source.summary, source.version), ("First.", 3))
        self.assertEqual(kept(source, 3).why, "better so")
        self.assertIn("First.", source.summary_html)

    def test_every_kind_of_record_comes_back(self):
        position = make.position("two-stages")
        records = {
            make.author(): {"name": "Another"},
            make.work(): {"year_from": 1, "bounds": {"dapim": ["2a", "200b"]}},
            make.topic(): {"name": "Another", "description": "Other."},
            make.question(): {"title": "Another?"},
            position: {"events": ["mashiach"], "statement": "Another."},
            make.path(make.source()): {"title": "Another"},
            make.essay(): {"body": "Another."},
        }
        for record, fields in records.items():
            with self.subTest(record=record):
                save(record, **fields)
                self.assertRestored(record)

    def test_what_a_position_reconciles_comes_back(self):
        position = make.position("two-stages")
        one = make.position("before")
        third = make.saved(
            type(one)(
                question=one.question,
                slug="third",
                name="Third",
                sign="after",
                statement="Third.",
            )
        )
        with change(position, opened=position.version):
            position.reconciles.set([one, third])
        self.assertRestored(position)
        self.assertEqual(position.reconciles.count(), 2)
        self.assertNotIn(third, position.reconciles.all())

    def test_an_address_that_comes_back_leaves_a_redirect(self):
        source = make.source("17b")
        save(source, address="18a")
        self.assertRestored(source)
        self.assertEqual(source.get_absolute_url(), "/sources/megillah/17b/")
        paths = FormerAddress.objects.values_list("path", flat=True)
        self.assertEqual(list(paths), ["/sources/megillah/18a/"])

    def test_who_saw_an_older_version_is_refused(self):
        source = make.source("17b", summary="First.")
        save(source, summary="Second.")
        with self.assertRaises(Stale):
            restore(kept(source), opened=1)

    def test_a_name_that_another_has_taken_is_refused(self):
        topic = make.topic("First", slug="first")
        save(topic, slug="second", name="Second")
        make.topic("First", slug="first")
        with self.assertRaises(IntegrityError):
            restore(kept(topic), opened=2)

    def test_a_reference_to_what_is_gone_is_said(self):
        author = make.author()
        work = make.work("other", author=author)
        row = kept(work)
        row.record["author_id"] = 9999
        save(work, title="Another")
        said = restore(row, opened=2)
        work.refresh_from_db()
        self.assertIsNone(work.author)
        self.assertIn("author", said[0])

    def test_a_record_that_needs_what_is_gone_is_refused_with_the_reason(self):
        source = make.source("17b")
        row = kept(source)
        row.record["work_id"] = 9999
        with self.assertRaisesMessage(ValidationError, "is no longer there"):
            restore(row, opened=1)


class RowTests(RestoringTestCase):
    def test_rows_that_were_taken_out_come_back_with_their_ids(self):
        cited, topic = make.source("18a"), make.topic()
        source = make.source("17b", topics=[topic], cites=[cited])
        gone = [source.topic_links.get(), source.citations_made.get()]
        ids = [row.pk for row in gone]
        save(source, gone=gone)
        self.assertRestored(source)
        self.assertEqual(
            [source.topic_links.get().pk, source.citations_made.get().pk], ids
        )

    def test_rows_that_were_added_since_go_out(self):
        source, topic = make.source("17b"), make.topic()
        save(
            source,
            TopicLink(content_object=source, tag=topic),
            Citation(citing=source, cited=make.source("18a"), relation="cites"),
        )
        self.assertRestored(source)
        rows = (source.citations_made, source.topic_links)
        self.assertFalse(any(each.exists() for each in rows))

    def test_texts_and_bearings_that_were_added_since_stay(self):
        source = make.source("17b", words="אבג", translation="", summary="First.")
        bearing = Bearing(
            source=source,
            question=make.question(),
            direction="background",
            basis="implied",
            reasoning="It tells of it.",
        )
        text = Text(source=source, role="translation", language="en", words="One")
        save(source, bearing, text, summary="Second.")
        said = restore(kept(source), opened=2)
        self.assertEqual(
            said,
            [
                "A text was added since: it stays.",
                "A bearing was added since: it is withdrawn.",
            ],
        )
        source.refresh_from_db()
        self.assertEqual(source.summary, "First.")
        self.assertEqual(source.bearings.get().state, State.WITHDRAWN)
        self.assertEqual(source.texts.get(role="translation").words, "One")
        self.assertEqual(restore(kept(source), opened=3), said[:1])

    def test_a_topic_that_another_row_took_comes_back(self):
        topic = make.topic()
        source = make.source("17b", topics=[topic])
        first = source.topic_links.get()
        key = first.pk
        save(source, gone=[first])
        save(source, TopicLink(content_object=source, tag=topic, why="Again."))
        self.assertRestored(source)
        self.assertEqual(source.topic_links.get().pk, key)

    def test_the_words_of_a_text_come_back_as_a_new_revision(self):
        source = make.source("17b", words="אבג")
        text = source.texts.get(role="original")
        text.words = "דהו"
        save(source, text)
        self.assertRestored(source)
        words = Revision.objects.filter(text=text).values_list("words", flat=True)
        self.assertEqual(list(words), ["אבג", "דהו", "אבג"])

    def test_a_text_that_comes_back_has_its_old_revisions(self):
        source = make.source("17b", words="אבג", translation="")
        text = Text(source=source, role="translation", language="en", words="One")
        save(source, text)
        text.refresh_from_db()
        text.words = "Two"
        save(source, text)
        save(source, gone=[text])
        self.assertRestored(source, 3)
        text = source.texts.get(role="translation")
        words = text.revisions.values_list("number", "words")
        self.assertEqual(list(words), [(1, "One"), (2, "Two"), (3, "Two")])
        states = states_of(source, None)
        read_words(states)
        self.assertIn("One", states[1].words.values())

    def test_two_texts_that_changed_their_languages_change_back(self):
        source = make.source("17b", words="אבג", translation="")
        other = Text(source=source, role="original", language="arc", words="דהו")
        save(source, other)
        first = source.texts.get(language="he")
        first.language, other.language = "en", "he"
        save(source, first, other)
        first.language = "arc"
        save(source, first)
        self.assertRestored(source, 2)

    def test_two_bearings_that_changed_their_positions_change_back(self):
        source = make.source(
            "17b", bearings=[{"position": "before"}, {"position": "after"}]
        )
        one, two = source.bearings.all()
        one.read_by, two.position = "a third", one.position
        save(source, one, two)
        one.read_by, one.position = "", make.position("after")
        save(source, one)
        self.assertRestored(source)

    def test_steps_that_changed_their_places_change_back(self):
        path = make.path(make.source("17b"), make.source("18a"))
        one, two = path.steps.all()
        one.number = 3
        save(path, one)
        two.number, one.number = 1, 2
        save(path, two, one)
        save(path, PathStep(path=path, source=make.source("19a"), number=3))
        self.assertRestored(path)

    def test_claims_and_titles_come_back(self):
        essay, work = make.essay(), make.work("other", titles=["One", "Two"])
        save(
            essay,
            EssayClaim(essay=essay, source=make.source("17b"), number=1, claim="So."),
        )
        save(essay, gone=list(essay.claims.all()))
        save(work, gone=[work.titles.first()])
        self.assertRestored(essay, 2)
        self.assertRestored(work)

    def test_who_reviewed_a_bearing_comes_back(self):
        reviewer = make.editor()
        source = make.source("17b", supports="before")
        bearing = source.bearings.get()
        bearing.reviewed_by, bearing.reviewed_at = reviewer, kept(source).at
        save(source, bearing)
        bearing.reviewed_by = bearing.reviewed_at = None
        save(source, bearing)
        self.assertRestored(source, 2)
        self.assertEqual(source.bearings.get().reviewed_by, reviewer)


@override_settings(LIBRARY_ONE_EDITOR=False)
class ReviewTests(RestoringTestCase):
    def setUp(self):
        self.editor = make.editor(role="editor")

    def test_what_is_withdrawn_comes_back_as_a_draft(self):
        source = make.source("17b", supports="before", state=State.PUBLISHED)
        save(source, state=State.WITHDRAWN)
        restore(kept(source), opened=2, editor=self.editor, why="needed", as_draft=True)
        source.refresh_from_db()
        self.assertEqual(source.state, State.DRAFT)
        self.assertEqual(source.bearings.get().state, State.PUBLISHED)

    def test_what_is_withdrawn_is_not_published_by_one_editor(self):
        source = make.source("17b", state=State.PUBLISHED)
        save(source, state=State.WITHDRAWN)
        with self.assertRaises(ValidationError):
            restore(kept(source), opened=2, editor=self.editor, why="needed")
        source.refresh_from_db()
        self.assertEqual((source.state, source.version), (State.WITHDRAWN, 2))
