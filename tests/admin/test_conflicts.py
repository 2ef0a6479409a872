"""Two editors on one record: the second is asked, and nothing of either is lost."""

import pytest
from django.test import SimpleTestCase

from sources import merging_lines
from sources.changes import change
from sources.models import Source
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_saving import AdminTestCase


class MergingTests(SimpleTestCase):
    def merged(self, base, mine, theirs):
        found = merging_lines.merge(base, mine, theirs)
        return found.text, found.undecided

    def test_what_one_side_changed_is_taken(self):
        self.assertEqual(self.merged("a\nb\nc", "a\nB\nc", "a\nb\nc"), ("a\nB\nc", 0))
        self.assertEqual(self.merged("a\nb\nc", "a\nb\nc", "a\nb"), ("a\nb", 0))

    def test_both_sides_changes_come_together(self):
        self.assertEqual(self.merged("a\nb", "A\nb", "a\nB"), ("A\nB", 0))
        self.assertEqual(
            self.merged("a\nb\nc", "0\na\nb\nc", "a\nb\nC\nd"), ("0\na\nb\nC\nd", 0)
        )

    def test_the_same_change_on_both_sides_is_one(self):
        self.assertEqual(self.merged("a\nb", "a\nx\nb", "a\nx\nb"), ("a\nx\nb", 0))

    def test_what_both_changed_is_marked(self):
        text, undecided = self.merged("a\nb\nc", "a\nmine\nc", "a\ntheirs\nc")
        self.assertEqual(undecided, 1)
        marked = ["a", merging_lines.MINE, "mine", merging_lines.BETWEEN, "theirs"]
        self.assertEqual(text.split("\n"), [*marked, merging_lines.THEIRS, "c"])
        self.assertTrue(merging_lines.has_marks(text))
        self.assertFalse(merging_lines.has_marks("a < b\n=="))

    def test_a_line_taken_out_and_changed_is_marked(self):
        self.assertEqual(self.merged("a\nb\nc", "a\nc", "a\nB\nc")[1], 1)

    def test_hebrew_lines_are_lines(self):
        self.assertEqual(self.merged("אָ\nב", "א\nב", "אָ\nג"), ("א\nג", 0))


@pytest.mark.slow
@pytest.mark.once
class ConflictTests(AdminTestCase):
    """The form was opened; then another editor saved; then the form is posted."""

    def setUp(self):
        super().setUp()
        self.source = make.source(
            "17b",
            summary="First.",
            notes="one\ntwo\nthree",
            topics=[make.topic()],
            state="draft",
        )
        self.mine = self.opened(self.source)

    def theirs(self, *rows, gone=(), **fields):
        self.source.refresh_from_db()
        with change(self.source, opened=self.source.version, editor=make.editor()):
            for name, value in fields.items():
                setattr(self.source, name, value)
            self.source.save()
            for row in gone:
                row.delete()
            for row in rows:
                row.save()

    def post(self, form, **fields):
        return self.client.post(url(self.source), form | fields)

    def stored(self):
        return Source.objects.get(pk=self.source.pk)

    def test_shows_both_texts_whole_and_the_difference(self):
        self.theirs(summary="First. Theirs.")
        answer = self.post(self.mine, summary="First. Mine.")
        self.assertEqual(answer.status_code, 409)
        for shown in (
            '<ins lang="en" dir="ltr"> Theirs.</ins>',
            '<ins lang="en" dir="ltr"> Mine.</ins>',
            '<dd lang="en" dir="ltr">First. Theirs.</dd>',
            '<dd lang="en" dir="ltr">First. Mine.</dd>',
        ):
            self.assertContains(answer, shown, status_code=409)
        self.assertEqual(fields_of(answer)["summary"], "First. Mine.")
        self.assertEqual(self.stored().summary, "First. Theirs.")

    def test_what_only_one_changed_comes_together_after_it_is_shown(self):
        self.theirs(section="Their section.")
        answer = self.post(self.mine, summary="My summary.")
        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "Only one of you changed this", status_code=409)
        again = fields_of(answer)
        self.assertEqual(again["section"], "Their section.")
        self.assertEqual(self.stored().version, 2)
        self.assertEqual(self.post(again).status_code, 302)
        stored = self.stored()
        self.assertEqual(
            (stored.summary, stored.section), ("My summary.", "Their section.")
        )

    def test_is_asked_again_until_it_is_answered(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        for choice in ({}, {"take-summary": "x"}, {"take-summary": ""}):
            with self.subTest(choice=choice):
                answer = self.post(fields_of(answer), **choice)
                self.assertEqual(answer.status_code, 409)
                self.assertEqual(self.stored().summary, "Theirs.")

    def test_no_one_saves_over_another_by_naming_the_version_alone(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.", seen="2")
        self.assertEqual(answer.status_code, 409)
        self.assertEqual(self.stored().summary, "Theirs.")

    def test_either_may_be_taken(self):
        for choice, kept in (("theirs", "Theirs."), ("mine", "Mine.")):
            with self.subTest(choice=choice):
                mine = self.opened(self.source, summary="Mine.")
                self.theirs(summary="Theirs.")
                answer = self.post(mine)
                answer = self.post(fields_of(answer), **{"take-summary": choice})
                self.assertEqual(answer.status_code, 302)
                self.assertEqual(self.stored().summary, kept)
                self.theirs(summary="First.")

    def test_lines_of_both_are_merged(self):
        self.theirs(notes="one\ntwo\n3")
        answer = self.post(self.mine, notes="1\r\ntwo\r\nthree")
        self.assertContains(answer, "Take both, merged by lines", status_code=409)
        answer = self.post(fields_of(answer), **{"take-notes": "lines"})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(self.stored().notes, "1\ntwo\n3")

    def test_lines_that_both_changed_are_marked_and_never_saved_so(self):
        self.theirs(notes="one\ntheirs\nthree")
        answer = self.post(self.mine, notes="one\nmine\nthree")
        answer = self.post(fields_of(answer), **{"take-notes": "lines"})
        self.assertContains(answer, "between marks", status_code=409)
        marked = fields_of(answer)
        self.assertIn(merging_lines.THEIRS, marked["notes"])
        again = self.post(marked, **{"take-notes": "mine"})
        self.assertContains(again, "marks of the merging", status_code=409)
        decided = fields_of(again) | {"notes": "one\nboth\nthree"}
        answer = self.post(decided, **{"take-notes": "mine"})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(self.stored().notes, "one\nboth\nthree")

    def test_a_third_editor_is_not_overwritten_either(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        self.theirs(summary="A third's.")
        answer = self.post(fields_of(answer), **{"take-summary": "mine"})
        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "A third", status_code=409)
        self.assertEqual(self.stored().summary, "A third's.")
        answer = self.post(fields_of(answer), **{"take-summary": "mine"})
        self.assertEqual(answer.status_code, 302)

    def test_an_answer_is_not_taken_for_a_version_that_was_not_shown(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        self.theirs(summary="A third's.")
        answer = self.post(fields_of(answer))
        self.assertEqual(fields_of(answer)["summary"], "Mine.")
        self.assertEqual(self.post(fields_of(answer)).status_code, 409)

    def test_the_words_of_a_text_are_asked(self):
        text = self.source.texts.get(role="original")
        text.words = "אבג"
        self.theirs(text)
        answer = self.post(self.mine, **{"texts-0-words": "דהו"})
        shown = '<ins lang="he" dir="rtl">אבג</ins>'
        self.assertContains(answer, shown, status_code=409)
        key = f"take-texts-{text.pk}-words"
        answer = self.post(fields_of(answer), **{key: "theirs"})
        self.assertEqual(answer.status_code, 302, fields_of_errors(answer))
        text.refresh_from_db()
        self.assertEqual(text.words, "אבג")

    def test_a_row_that_another_took_out_goes_out_if_nothing_was_typed_in_it(self):
        self.theirs(gone=self.source.topic_links.all())
        answer = self.post(self.mine, summary="Mine.")
        self.assertContains(answer, "(taken out)", status_code=409)
        self.assertEqual(self.post(fields_of(answer)).status_code, 302)
        self.assertFalse(self.source.topic_links.exists())

    def test_a_row_that_another_took_out_is_asked_if_something_was_typed_in_it(self):
        for choice, count in (("mine", 1), ("theirs", 0)):
            with self.subTest(choice=choice):
                row, why = self.source.topic_links.get(), f"Kept: {choice}."
                mine = self.opened(self.source, **{"topic_links-0-why": why})
                self.theirs(gone=[self.source.topic_links.get()])
                answer = self.post(mine)
                answer = self.post(fields_of(answer))
                self.assertEqual(answer.status_code, 409)
                take = {f"take-topic_links-{row.pk}": choice}
                answer = self.post(fields_of(answer), **take)
                self.assertEqual(answer.status_code, 302)
                links = self.source.topic_links.filter(why=why)
                self.assertEqual(links.count(), count)

    def test_a_row_that_i_took_out_and_another_changed_is_asked(self):
        row = self.source.topic_links.get()
        row.why = "Theirs."
        self.theirs(row)
        answer = self.post(self.mine, **{"topic_links-0-DELETE": "on"})
        self.assertEqual(answer.status_code, 409)
        self.assertEqual(self.post(fields_of(answer)).status_code, 409)
        take = {f"take-topic_links-{row.pk}": "theirs"}
        self.assertEqual(self.post(fields_of(answer), **take).status_code, 302)
        self.assertEqual(self.source.topic_links.get().why, "Theirs.")

    def test_offers_to_go_back_to_theirs(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        link = f'href="{url(self.source)}">Leave mine'
        self.assertContains(answer, link, status_code=409)

    def test_a_form_that_is_only_checked_stays_unanswered(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        answer = self.post(fields_of(answer), _check="1")
        self.assertEqual(fields_of(answer)["opened"], "1")
        self.assertEqual(self.post(fields_of(answer)).status_code, 409)
        self.assertEqual(self.stored().summary, "Theirs.")

    def test_the_reference_is_asked_as_it_is_written(self):
        self.theirs(address="18a")
        answer = self.post(self.mine, summary="Mine.")
        self.assertEqual(fields_of(answer)["written"], "Megillah 18a")
        self.assertEqual(self.post(fields_of(answer)).status_code, 302)
        self.assertEqual(self.stored().address, "18a")

    def test_a_damaged_form_is_no_defect(self):
        self.theirs(summary="Theirs.")
        for fields in (
            {"was": "topic_links-0-999 x topic_links-- texts-99999999-1"},
            {"was": "topic_links-0-1", "topic_links-TOTAL_FORMS": "x"},
            {"topic_links-0-id": "x"},
            {"texts-0-id": "99999999999999999999999"},
            {"opened": "2", "seen": "1"},
            {"seen": "x"},
        ):
            with self.subTest(fields=fields):
                answer = self.post(self.mine | {"summary": "Mine."}, **fields)
                self.assertIn(answer.status_code, (409, 422))
        self.assertEqual(self.stored().summary, "Theirs.")

    def test_runs_under_the_strict_policy(self):
        self.theirs(summary="Theirs.")
        answer = self.post(self.mine, summary="Mine.")
        self.assertNotIn("unsafe", answer["Content-Security-Policy"])
        self.assertNotRegex(answer.content.decode(), r"<style|\sstyle=|\son[a-z]+=")

    def test_every_record_is_asked_so(self):
        topic, work = make.topic("Names", description="One."), make.work("other")
        for record, field in ((topic, "description"), (work, "category")):
            with self.subTest(record=record):
                mine = self.opened(record, **{field: "Mine."})
                theirs = self.opened(record, **{field: "Theirs."})
                self.assertEqual(self.client.post(url(record), theirs).status_code, 302)
                answer = self.client.post(url(record), mine)
                self.assertEqual(answer.status_code, 409)
                take = fields_of(answer) | {f"take-{field}": "mine"}
                self.assertEqual(self.client.post(url(record), take).status_code, 302)


def fields_of_errors(answer):
    """What an answer says against the form, for the sentence of a failing test."""
    return str(answer.context and answer.context.get("errors"))
