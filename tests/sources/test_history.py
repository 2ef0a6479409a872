"""The texts of a source as they stood."""

import pytest
from django.test import SimpleTestCase, TestCase

from sources import differences
from sources.changes import change
from sources.models import Revision, Source, State
from sources.pages.history import read_words, states_of
from tests import make


def reword(source, role="original", **fields):
    """Save other words for one text; fields of the source may change with it."""
    words = fields.pop("words")
    with change(source, opened=source.version, why="made by a test"):
        text = source.texts.get(role=role)
        text.words = words
        text.save()
        for name, value in fields.items():
            setattr(source, name, value)
        source.save()


class HistoryTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="אבג דהו", translation="one two")
        self.address = f"{self.source.get_absolute_url()}history/"

    def numbers(self):
        response = self.client.get(self.address)
        return [state.number for state, _ in response.context["states"]]

    def test_the_revisions_of_one_save_have_one_time_and_one_number(self):
        times = set(Revision.objects.values_list("at", flat=True))
        self.assertEqual(len(times), 1)
        self.assertEqual(self.numbers(), [1])

    def test_each_save_that_changes_words_is_numbered_and_no_other(self):
        reword(self.source, words="אבג דהוז")
        reword(self.source, words="אבג דהוז", summary="Another summary.")
        reword(self.source, role="translation", words="one three")
        self.assertEqual(self.numbers(), [3, 2, 1])

    def test_shows_the_difference_by_words(self):
        reword(self.source, words="אבג זחט")
        page = self.client.get(self.address)
        self.assertContains(page, '<del lang="he" dir="rtl"> דהו</del>')
        self.assertContains(page, '<ins lang="he" dir="rtl"> זחט</ins>')

    def test_a_state_shows_its_words_for_ever(self):
        reword(self.source, words="אבג זחט")
        then = self.client.get(f"{self.address}1/")
        self.assertContains(then, "אבג דהו")
        self.assertContains(then, 'id="line-1"')
        self.assertContains(then, "The words have changed since.")
        self.assertContains(then, "noindex")
        now = self.client.get(f"{self.address}2/")
        self.assertContains(now, "It stands so still.")
        self.assertNotContains(now, "דהו")

    def test_a_state_says_where_the_words_came_back(self):
        reword(self.source, words="אבג זחט")
        reword(self.source, words="אבג דהו")
        page = self.client.get(f"{self.address}1/")
        self.assertContains(page, "stands so again")

    def test_an_older_state_is_not_said_to_be_of_todays_edition(self):
        with change(self.source, opened=self.source.version):
            self.source.texts.filter(role="original").update(edition="Vilna")
        reword(self.source, words="אבג זחט")
        text = self.client.get(f"{self.address}1/").context["passage"].original
        self.assertEqual((text.words, text.edition), ("אבג דהו", ""))
        text = self.client.get(f"{self.address}2/").context["passage"].original
        self.assertEqual((text.words, text.edition), ("אבג זחט", "Vilna"))

    def test_a_number_that_is_none_is_404(self):
        for number in (0, 2, 10**30):
            with self.subTest(number):
                response = self.client.get(f"{self.address}{number}/")
                self.assertEqual(response.status_code, 404)

    def test_a_page_that_is_none_is_404(self):
        for page in ("2", "x"):
            response = self.client.get(self.address, {"page": page})
            self.assertEqual(response.status_code, 404)

    def test_a_source_without_words_says_so(self):
        source = make.source("18a", words="")
        page = self.client.get(f"{source.get_absolute_url()}history/")
        self.assertContains(page, "No words of this source")

    def test_a_withdrawn_source_is_gone(self):
        with change(self.source, opened=self.source.version):
            self.source.state = State.WITHDRAWN
            self.source.save()
        for path in (self.address, f"{self.address}1/"):
            self.assertEqual(self.client.get(path).status_code, 410)

    def test_another_spelling_leads_to_the_same_page(self):
        response = self.client.get("/sources/megillah/17B/history/1/")
        self.assertRedirects(response, f"{self.address}1/", status_code=301)

    def test_the_address_for_ever_follows_a_source_that_moves(self):
        with change(self.source, opened=self.source.version):
            self.source.address = "19a"
            self.source.save()
        response = self.client.get(f"{self.address}1/")
        address = "/sources/megillah/19a/history/1/"
        self.assertRedirects(response, address, status_code=301)

    @pytest.mark.slow
    def test_costs_the_same_however_many_states_there_are(self):
        for path in (self.address, f"{self.address}1/"):
            with self.subTest(path), self.assertNumQueries(5):
                self.client.get(path)
        for number in range(30):
            reword(self.source, words=f"אבג {number}")
        for path in (self.address, f"{self.address}1/"):
            with self.subTest(path), self.assertNumQueries(5):
                self.client.get(path)

    def test_reads_the_words_of_those_states_alone_that_a_page_shows(self):
        reword(self.source, words="אבג")
        first, last = states_of(self.source, None)
        with self.assertNumQueries(1):
            read_words([last])
            self.assertIn("אבג", last.words.values())
        (old,) = (each for each in first.revisions if each not in last.revisions)
        self.assertIn("words", old.get_deferred_fields())

    def test_sets_no_cookie(self):
        self.assertFalse(self.client.get(self.address).cookies)


class DraftsWordsTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="טיוטה", state=State.DRAFT)
        self.address = f"{self.source.get_absolute_url()}history/"
        reword(self.source, words="נוסח", state=State.PUBLISHED)

    def shown_to_a_visitor(self):
        pages = [self.client.get(self.address).content.decode()]
        for number in range(1, 6):
            response = self.client.get(f"{self.address}{number}/")
            if response.status_code == 200:
                pages.append(response.content.decode())
        return "".join(pages)

    def test_a_draft_has_no_history_for_visitors(self):
        draft = make.source("18a", state=State.DRAFT)
        page = self.client.get(f"{draft.get_absolute_url()}history/")
        self.assertEqual(page.status_code, 404)

    def test_words_of_a_draft_never_reach_a_visitor(self):
        self.assertNotIn("טיוטה", self.shown_to_a_visitor())
        self.assertEqual(self.client.get(f"{self.address}1/").status_code, 404)
        self.assertContains(self.client.get(f"{self.address}2/"), "נוסח")

    def test_nor_do_words_that_stood_while_it_was_a_draft_again(self):
        reword(self.source, words="סודי", state=State.DRAFT)
        reword(self.source, words="חדש", state=State.PUBLISHED)
        shown = self.shown_to_a_visitor()
        self.assertNotIn("סודי", shown)
        self.assertIn("חדש", shown)
        numbers = [
            state.number for state, _ in self.client.get(self.address).context["states"]
        ]
        self.assertEqual(numbers, [4, 2])

    def test_words_drafted_first_and_published_unchanged_are_shown(self):
        source = make.source("18a", words="אבג", state=State.DRAFT)
        with change(source, opened=source.version):
            source.state = State.PUBLISHED
            source.save()
        page = self.client.get(f"{source.get_absolute_url()}history/1/")
        self.assertContains(page, "אבג")

    def test_an_editor_sees_them_all(self):
        self.client.force_login(make.editor())
        self.assertContains(self.client.get(f"{self.address}1/"), "טיוטה")

    def test_publishing_and_words_of_one_save_have_one_time(self):
        source = Source.objects.get(pk=self.source.pk)
        newest = Revision.objects.order_by("-pk").first()
        self.assertEqual(source.first_published_at, newest.at)


class DifferenceTests(SimpleTestCase):
    def runs(self, before, after):
        return [(r.kind, r.words) for r in differences.between(before, after)]

    def test_compares_words_as_written_with_their_points(self):
        self.assertEqual(
            self.runs("כִּי קרבו", "כי קרבו"),
            [("del", "כִּי"), ("ins", "כי"), ("same", " קרבו")],
        )

    def test_gives_back_both_versions(self):
        before, after = "a b c\nd e", "a x c\nd e f"
        runs = self.runs(before, after)
        self.assertEqual("".join(w for k, w in runs if k != "ins"), before)
        self.assertEqual("".join(w for k, w in runs if k != "del"), after)

    def test_a_word_is_the_same_where_a_line_is_added_after_it(self):
        self.assertEqual(self.runs("a b", "a b\nc"), [("same", "a b"), ("ins", "\nc")])

    def test_from_nothing_all_is_new(self):
        self.assertEqual(self.runs("", "a b"), [("ins", "a b")])

    def test_cuts_a_long_unchanged_run(self):
        same = " ".join(f"w{n}" for n in range(100))
        runs = self.runs(f"old {same}", f"new {same}")
        self.assertEqual([kind for kind, _ in runs], ["del", "ins", "same"])
        self.assertTrue(runs[2][1].endswith(" …"))
        self.assertNotIn("w99", runs[2][1])

    def test_two_long_texts_without_a_word_in_common_are_not_compared_word_by_word(
        self,
    ):
        before, after = (" ".join(f"{s}{n}" for n in range(9000)) for s in "ab")
        kinds = [kind for kind, _ in self.runs(before, after)]
        self.assertEqual(kinds, ["del", "ins"])
