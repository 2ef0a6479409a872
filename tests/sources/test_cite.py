"""The citation of a source as text to take along."""

from django.test import TestCase

from sources.changes import change
from sources.models import State
from tests import make


class CiteTests(TestCase):
    def setUp(self):
        self.source = make.source(
            "17b", words="כִּי קֵרְבוּ\nשורה שניה", translation="For they\nsecond line"
        )
        self.address = f"{self.source.get_absolute_url()}cite/"

    def get(self, **asked):
        return self.client.get(self.address, asked)

    def test_gives_reference_words_translator_and_addresses(self):
        page = self.get()
        for words in (
            "Megillah 17b",
            "מגילה י״ז ע״ב",
            "כִּי קֵרְבוּ\nשורה שניה",
            "For they",
            "Translation: the editors",
            "http://testserver/sources/megillah/17b/</p>",
            "http://testserver/sources/megillah/17b/history/1/</p>",
        ):
            with self.subTest(words):
                self.assertContains(page, words)

    def test_gives_one_line_and_its_anchors(self):
        page = self.get(line=2)
        self.assertContains(page, "שורה שניה")
        self.assertNotContains(page, "קֵרְבוּ")
        self.assertContains(page, "/sources/megillah/17b/#line-2")
        self.assertContains(page, "/sources/megillah/17b/history/1/#line-2")

    def test_gives_one_language(self):
        self.assertNotContains(self.get(words="he"), "second line")
        self.assertNotContains(self.get(words="en"), "שורה שניה")

    def test_leaves_the_points_away(self):
        page = self.get(points="none")
        self.assertContains(page, "כי קרבו")
        self.assertNotContains(page, "קֵרְבוּ")

    def test_leads_to_the_state_of_now_and_its_day(self):
        with change(self.source, opened=self.source.version):
            text = self.source.texts.get(role="original")
            text.words = "אחר\nשורה שניה"
            text.save()
        revision = text.revisions.order_by("-number").first()
        page = self.get()
        self.assertContains(page, "/history/2/")
        self.assertEqual(page.context["permanent"].at, revision.at)
        first = self.source.texts.get(role="translation").revisions.get()
        self.assertEqual(self.get(words="en").context["permanent"].at, first.at)

    def test_keeps_the_other_choices_in_each_link(self):
        page = self.get(line=2, words="he")
        self.assertContains(page, "?line=2&amp;words=he&amp;points=none")

    def test_refuses_what_is_no_choice_in_a_sentence(self):
        for asked, sentence in (
            ({"line": "3"}, "There is no line 3: this text has 2."),
            ({"line": "0"}, "Lines are numbered from 1."),
            ({"line": "x"}, "A line is a number, from 1."),
            ({"line": "٢"}, "A line is a number, from 1."),
            ({"line": "9" * 50}, "A line is a number, from 1."),
            ({"words": "fr"}, "can be one of: both, he, en."),
            ({"points": "some"}, "can be one of: all, none."),
        ):
            with self.subTest(asked):
                self.assertContains(self.get(**asked), sentence, status_code=400)

    def test_a_source_without_words_is_cited_by_its_reference(self):
        source = make.source("18a", words="")
        page = self.client.get(f"{source.get_absolute_url()}cite/")
        self.assertContains(page, "Megillah 18a")
        self.assertContains(page, "http://testserver/sources/megillah/18a/")
        self.assertNotContains(page, "history/1/")

    def test_a_draft_is_404_and_a_withdrawn_source_gone(self):
        draft = make.source("18a", state=State.DRAFT)
        page = self.client.get(f"{draft.get_absolute_url()}cite/")
        self.assertEqual(page.status_code, 404)
        with change(self.source, opened=self.source.version):
            self.source.state = State.WITHDRAWN
            self.source.save()
        self.assertEqual(self.get().status_code, 410)

    def test_another_spelling_leads_on_and_keeps_what_was_asked(self):
        response = self.client.get("/sources/megillah/17B/cite/?line=2")
        address = f"{self.address}?line=2"
        self.assertRedirects(response, address, status_code=301)

    def test_a_place_of_several_sources_leads_to_their_list(self):
        make.source("98a", part="fish")
        make.source("98a", part="end")
        response = self.client.get("/sources/megillah/98a/cite/?line=2")
        self.assertRedirects(response, "/sources/megillah/98a/")

    def test_costs_four_queries_and_sets_no_cookie(self):
        with self.assertNumQueries(4):
            page = self.get()
        self.assertFalse(page.cookies)

    def test_the_source_page_leads_here(self):
        page = self.client.get(self.source.get_absolute_url())
        self.assertContains(page, f'href="{self.address}"')
