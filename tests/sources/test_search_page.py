"""The search box: references open sources, other words find them."""

from django.test import TestCase

from sources.models import State
from tests import make


class SearchPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", titles=["Meg"])
        cls.verses = make.work(
            "yeshayah",
            title="Yeshayah",
            title_he="ישעיה",
            scheme="verse",
            bounds={"verses": [31] * 66},
        )
        cls.source = make.source("17b", work=cls.megillah, supports="before")

    def search(self, query, **terms):
        return self.client.get("/search/", {"q": query, **terms})

    def test_a_reference_opens_its_source(self):
        for query in ("Megillah 17b", "meg 17b", "Megillah.17b", "מגילה יז:"):
            with self.subTest(query=query):
                self.assertRedirects(
                    self.search(query),
                    "/sources/megillah/17b/",
                    fetch_redirect_response=False,
                )

    def test_a_verse_opens_the_source_that_holds_it(self):
        make.source("60.4-9", work=self.verses)
        self.assertRedirects(
            self.search("Yeshayah 60:5"),
            "/sources/yeshayah/60.4-9/",
            fetch_redirect_response=False,
        )

    def test_several_sources_at_one_place_open_their_list(self):
        make.source("98a", part="fish")
        make.source("98a", part="end")
        self.assertRedirects(
            self.search("Megillah 98a"),
            "/sources/megillah/98a/",
            fetch_redirect_response=False,
        )

    def test_several_sources_that_hold_a_place_are_listed(self):
        make.source("60.4-9", work=self.verses)
        make.source("60.5-7", work=self.verses)
        page = self.search("Yeshayah 60:6")
        self.assertContains(page, "/sources/yeshayah/60.4-9/")
        self.assertContains(page, "/sources/yeshayah/60.5-7/")

    def test_a_place_without_a_source_names_the_nearest(self):
        page = self.search("Megillah 3a")
        self.assertContains(
            page, "Megillah 3a is a place in Megillah, but no source stands there yet."
        )
        self.assertContains(page, "/sources/megillah/17b/")

    def test_a_draft_is_neither_opened_nor_found(self):
        make.source("22a", state=State.DRAFT, words="סודגדול")
        self.assertContains(self.search("Megillah 22a"), "no source stands there yet")
        self.assertNotContains(self.search("סודגדול"), "/sources/megillah/22a/")

    def test_a_place_out_of_bounds_is_refused_with_its_reason(self):
        self.assertContains(self.search("Megillah 400a"), "400a")
        self.assertNotContains(self.search("Megillah 400a"), "Nothing was found")

    def test_an_ambiguous_reference_lists_its_choices(self):
        make.work("melachim", title="Melachim", titles=["Meg"])
        page = self.search("Meg 17b")
        self.assertContains(page, "Melachim 17b")
        self.assertContains(page, "/sources/megillah/17b/")

    def test_words_find_sources_and_show_the_decisive_words(self):
        page = self.search("exiles have been gathered")
        self.assertContains(page, "1 source holds")
        self.assertContains(page, "וכיון שנתקבצו גליות")
        self.assertContains(page, "noindex")

    def test_nothing_found_says_what_was_searched_and_what_is_near(self):
        page = self.search("Megila")
        self.assertContains(page, "Nothing was found for")
        self.assertContains(page, 'href="/works/megillah/"')

    def test_no_query_shows_the_box(self):
        self.assertContains(self.client.get("/search/"), "A reference, or any words")

    def test_a_title_alone_offers_the_work(self):
        self.assertContains(self.search("Megillah"), 'href="/works/megillah/"')

    def test_hostile_queries_are_answered(self):
        for query in ('"', "*", "NEAR(", "a" * 6000, "' OR 1=1 --", "%", "\u202e"):
            with self.subTest(query=query[:10]):
                self.assertEqual(self.search(query).status_code, 200)

    def test_results_are_paged(self):
        for folio in range(30, 55):
            make.source(f"{folio}a")
        page = self.search("exiles")
        self.assertEqual(len(page.context["sources"]), 20)
        self.assertContains(page, "?q=exiles&amp;page=2")
        self.assertEqual(len(self.search("exiles", page=2).context["sources"]), 6)

    def test_a_page_that_is_none_is_a_404(self):
        for number in ("7", "x", "9" * 50):
            with self.subTest(number=number[:5]):
                self.assertEqual(self.search("exiles", page=number).status_code, 404)

    def test_a_query_is_shown_escaped(self):
        self.assertNotContains(self.search("<script>alert(1)"), "<script>alert")
