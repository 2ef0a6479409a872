"""What the form of a source shows before it is saved: lines, words, Markdown."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from sources.admin.markdown_preview import preview
from sources.models import Essay, Source, State
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow

FOLLOWERS = ["tests.admin.test_checks.foresee"]


def foresee(text, body):
    """A follower that has something to say of every change."""
    return [f"Two notes on “{text.words}” would move."]


class CheckTestCase(AdminTestCase):
    def checked(self, record, **changes):
        deed = "change" if record.pk else "add"
        form = fields_of(self.client.get(url(record, deed))) | changes
        return self.client.post(url(record, deed), form | {"_check": "1"})


@pytest.mark.once
class LinesTests(CheckTestCase):
    def test_lines_are_shown_side_by_side_with_their_numbers(self):
        answer = self.checked(
            Source(), **{"texts-0-words": "א\nב", "texts-1-words": "one\ntwo"}
        )
        self.assertContains(answer, '<td lang="he" dir="rtl">ב</td>', html=True)
        self.assertContains(answer, '<td lang="en" dir="ltr">two</td>', html=True)
        self.assertNotContains(answer, "Number of lines")

    def test_a_count_that_disagrees_is_said_before_saving(self):
        answer = self.checked(
            Source(), **{"texts-0-words": "א\nב", "texts-1-words": "one"}
        )
        said = "Number of lines: Hebrew original 2, English translation 1."
        self.assertContains(answer, said)
        self.assertContains(answer, "no line")

    def test_a_new_source_has_room_for_an_original_and_a_translation(self):
        make.work()
        words = {"texts-0-words": "א", "texts-1-words": "one"}
        form = self.new(Source, written="Megillah 17b", summary="S.", **words)
        self.assertEqual(self.client.post(url(Source(), "add"), form).status_code, 302)
        texts = Source.objects.get().texts.values_list("role", "language")
        self.assertEqual({*texts}, {("original", "he"), ("translation", "en")})

    def test_a_long_text_is_cut_and_says_so(self):
        answer = self.checked(Source(), **{"texts-0-words": "א\n" * 600})
        self.assertContains(answer, "more lines")

    @override_settings(LIBRARY_FOLLOWERS=FOLLOWERS)
    def test_what_followers_foresee_is_asked_about_before_it_is_saved(self):
        source = make.source("17b")
        form = self.opened(source, **{"texts-0-words": "אחר"})
        answer = self.client.post(url(source), form)
        self.assertContains(answer, "Two notes on", status_code=422)
        self.assertEqual(source.texts.first().words, "וכיון שנתקבצו גליות")
        key = answer.content.decode().partition('name="foreseen"')[2]
        key = key.partition('value="')[2].partition('"')[0]
        answer = self.client.post(url(source), form | {"foreseen": key})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(source.texts.first().words, "אחר")

    @override_settings(LIBRARY_FOLLOWERS=FOLLOWERS)
    def test_a_save_that_changes_no_words_is_not_asked_about(self):
        source = make.source("17b")
        form = self.opened(source, summary="Clearer.")
        self.assertEqual(self.client.post(url(source), form).status_code, 302)


@pytest.mark.once
class WordsTests(CheckTestCase):
    words = "שנתקבצו"

    def source(self, **fields):
        bearing = {"words": self.words, **fields}
        return make.source("17b", bearings=[bearing])

    def test_a_check_says_where_the_exact_words_stand(self):
        answer = self.checked(self.source())
        self.assertContains(answer, "stand in the Hebrew original, line 1.")

    def test_a_published_bearing_that_would_lose_its_words_is_named(self):
        source = self.source()
        form = self.opened(source, **{"texts-0-words": "אחר"})
        answer = self.client.post(url(source), form)
        self.assertContains(answer, "no longer hold the words", status_code=422)
        self.assertContains(answer, "bearings-0-to_draft", status_code=422)
        self.assertEqual(source.bearings.get().words, self.words)

    def test_it_may_be_taken_back_to_draft_instead(self):
        source = self.source()
        form = self.opened(source, why="Another edition.")
        form |= {"texts-0-words": "אחר", "bearings-0-to_draft": "1"}
        self.assertEqual(self.client.post(url(source), form).status_code, 302)
        bearing = source.bearings.get()
        self.assertEqual((bearing.state, bearing.words), (State.DRAFT, ""))

    def test_or_given_new_words(self):
        source = self.source()
        form = self.opened(source)
        form |= {"texts-0-words": "אחר לגמרי", "bearings-0-words": "לגמרי"}
        self.assertEqual(self.client.post(url(source), form).status_code, 302)
        self.assertEqual(source.bearings.get().words, "לגמרי")

    def test_the_tick_alone_takes_nothing_back(self):
        source = self.source()
        form = self.opened(source) | {"bearings-0-to_draft": "1"}
        self.client.post(url(source), form)
        self.assertEqual(source.bearings.get().state, State.PUBLISHED)


@pytest.mark.once
class ChoicesTests(AdminTestCase):
    def test_each_choice_is_explained_with_an_example(self):
        source = make.source("17b", bearings=[{"words": "שנתקבצו"}])
        page = self.client.get(url(source))
        self.assertContains(page, "The words themselves say it.")
        self.assertContains(page, "The position Before.")
        self.assertContains(page, "Such as")

    def test_costs_the_same_however_many_bearings_there_are(self):
        few = make.source("17b", supports="before")
        readers = [{"read_by": f"Reader {number}"} for number in range(8)]
        many = make.source("18b", bearings=readers)
        self.queries(few)
        self.assertEqual(self.queries(few), self.queries(many))

    def queries(self, source):
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(url(source)).status_code, 200)
        return len(queries)


@pytest.mark.once
class MarkdownTests(CheckTestCase):
    def setUp(self):
        super().setUp()
        self.cited = make.source("17b")

    def test_a_preview_shows_what_was_understood_and_what_was_not(self):
        body = "See Megillah 17b, Megillah 400a and *this*."
        answer = self.checked(make.essay(), body=body)
        self.assertContains(answer, "<em>this</em>")
        self.assertContains(answer, f'href="{self.cited.get_absolute_url()}"')
        self.assertContains(answer, "understood as")
        self.assertContains(answer, "there is no 400a")

    def test_what_is_stopped_is_not_noted(self):
        self.assertEqual(preview("See \\Megillah 17b.").noted, [])

    def test_words_in_brackets_are_noted(self):
        known, unknown = preview("[[Megillah 17b|there]] [[Nowhere 3]]").noted
        self.assertEqual(str(known.reference), "Megillah 17b")
        self.assertIn("no title", unknown.why)

    def test_a_text_that_is_too_long_says_so(self):
        self.assertIn("are the most", preview("x" * 20_001).problem)

    def test_a_summary_knows_references_and_no_other_signs(self):
        self.assertIn("*this*", preview("*this*", is_plain=True).html)

    def test_a_script_in_the_text_does_not_come_out(self):
        found = preview("<script>alert(1)</script> [a](javascript:alert(1))").html
        self.assertNotIn("<script", found)
        self.assertNotIn('href="javascript', found)

    def test_four_examples_stand_beside_each_field(self):
        page = self.client.get(url(Essay(), "add"))
        self.assertContains(page, "[[Megillah 17b|the gemara]]")

    def test_the_reasoning_of_a_bearing_has_a_preview(self):
        answer = self.checked(
            self.cited,
            **{
                "bearings-0-direction": "background",
                "bearings-0-basis": "implied",
                "bearings-0-reasoning": "It tells the *order*.",
            },
        )
        self.assertContains(answer, "<em>order</em>")
