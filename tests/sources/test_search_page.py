"""The search box: references open sources, other words find them."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources.models import State, Work
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
        cls.late = make.work(
            "netzach",
            title="Netzach",
            title_he="נצח",
            era=Work.Era.ACHARONIM,
            year_from=1599,
            year_to=1599,
        )
        cls.source = make.source("17b", work=cls.megillah, supports="before")

    def search(self, query, **terms):
        return self.client.get("/search/", {"q": query, **terms})

    def test_eras_stand_in_time_order_whatever_matched_first(self):
        make.source("4a", work=self.late, summary="x", part_title="Window")
        make.source("20a", work=self.megillah, summary="A window.")
        eras = self.search("window").context["facets"]
        html = self.search("window").content.decode()
        self.assertTrue(eras)
        self.assertLess(html.index("Amoraim"), html.index("Acharonim"))

    def test_beneath_a_place_that_was_understood_stands_nothing_that_is_loose(self):
        make.source("20a", work=self.megillah, summary="Megx 17bx 20ax.")
        page = self.search("Meg 17b, Meg 20a")
        self.assertContains(page, "/sources/megillah/20a/")
        self.assertNotContains(page, "Near it")

    def test_a_place_that_is_none_still_leads_on(self):
        page = self.search("Megillah 400a")
        self.assertContains(page, "there is no 400a")
        self.assertContains(page, "All sources, by generation")

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

    def test_words_find_sources_and_mark_the_match_in_the_words_as_they_stand(self):
        make.source("20a", words="וְכֵיוָן שֶׁנִּתְקַבְּצוּ גָּלֻיּוֹת", translation="")
        page = self.search("שנתקבצו")
        self.assertContains(page, "2 results for")
        self.assertContains(page, "<mark>שֶׁנִּתְקַבְּצוּ</mark>")
        self.assertContains(page, "noindex")

    def test_the_match_is_marked_in_its_own_language(self):
        page = self.search("exiles gathered")
        self.assertContains(page, '<p class="decisive" lang="en" dir="ltr">')
        self.assertContains(page, "<mark>exiles</mark>")

    def test_a_reader_without_points_sees_the_match_without_them(self):
        make.source("20a", words="וְכֵיוָן שֶׁנִּתְקַבְּצוּ", translation="")
        self.client.get("/settings/", {"vowels": "none"})
        page = self.search("שנתקבצו")
        self.assertContains(page, "<mark>שנתקבצו</mark>")
        self.assertNotContains(page, "שֶׁנִּתְקַבְּצוּ")

    def test_works_authors_topics_paths_and_essays_are_found_as_such(self):
        author = make.author(slug="rashi", name="Zebulun")
        comments = make.work("rashi-on-megillah", title="Zebulun on M", author=author)
        make.source("18a", work=comments)
        records = [
            author,
            comments,
            make.topic("Zebulun and the coast"),
            make.path(self.source, title="Zebulun in order", state=State.PUBLISHED),
            make.essay(title="On Zebulun", state=State.PUBLISHED),
        ]
        page = self.search("zebulun")
        for record in records:
            with self.subTest(record=str(record)):
                self.assertContains(page, f'href="{record.get_absolute_url()}"')
        for kind in ("Author", "Work", "Topic", "Path", "Essay"):
            self.assertContains(page, f'<span class="kind">{kind}</span>')

    def test_a_line_of_markdown_is_shown_without_its_signs(self):
        body = "It is *so* by [[megillah-17b|the zebulun passage]], **and** so on."
        make.essay(title="An essay", body=body, state=State.PUBLISHED)
        page = self.search("zebulun")
        self.assertContains(page, "It is so by the <mark>zebulun</mark> passage, and")

    def test_a_long_line_is_cut_around_its_match(self):
        words = " ".join(["early"] * 80 + ["zebulun"] + ["late"] * 200)
        make.source("20a", translation=words)
        page = self.search("zebulun")
        self.assertContains(page, "early <mark>zebulun</mark> late")
        (hit,) = page.context["hits"]
        shown = "".join(piece.words for piece in hit.pieces)
        self.assertLess(len(shown), 400)
        self.assertTrue(shown.startswith("… early"))
        self.assertTrue(shown.endswith("late …"))

    def test_each_facet_leads_to_as_many_results_as_it_says(self):
        topic = make.topic("Blessings")
        make.source("20a", topics=[topic], supports="after")
        make.source("21a", work=self.late, supports="before")
        facets = self.search("exiles").context["facets"]
        names = {facet.name for facet in facets}
        self.assertLessEqual({"era", "position", "work", "topic"}, names)
        for facet in facets:
            for value in facet.values:
                with self.subTest(facet=facet.name, value=value.label):
                    narrowed = self.client.get(f"/search/{value.address}")
                    self.assertEqual(narrowed.context["results"].total, value.count)

    def test_a_facet_that_is_on_can_be_removed(self):
        page = self.search("exiles", era="amoraim", position="before")
        self.assertContains(page, 'href="?q=exiles&amp;position=before"')
        self.assertContains(page, 'href="?q=exiles&amp;era=amoraim"')
        page = self.search("exiles", era="geonim")
        self.assertContains(page, "Nothing was found for")
        self.assertContains(page, 'href="?q=exiles"')

    def test_a_draft_is_counted_in_no_facet(self):
        make.source("22a", work=self.late, state=State.DRAFT)
        facets = self.search("exiles").context["facets"]
        labels = [value.label for facet in facets for value in facet.values]
        self.assertIn("Amoraim", labels)
        self.assertNotIn("Acharonim", labels)

    def test_results_stand_by_fit_or_by_generation(self):
        late = make.source("20a", work=self.late, part_title="Exiles")
        early = self.source.get_absolute_url()
        for order, first in [("fit", late.get_absolute_url()), ("time", early)]:
            with self.subTest(order=order):
                hits = self.search("exiles", order=order).context["hits"]
                sources = [hit.address for hit in hits if hit.is_source]
                self.assertEqual(sources[0], first)

    def test_a_filter_or_an_order_that_is_none_is_a_clear_404(self):
        for name, value in [
            ("era", "stoneage"),
            ("work", "nothing"),
            ("position", "sideways"),
            ("direction", "up"),
            ("basis", "x" * 5000),
            ("topic", "nothing"),
            ("order", "random"),
        ]:
            with self.subTest(name=name):
                page = self.search("exiles", **{name: value})
                self.assertEqual(page.status_code, 404)
                self.assertTrue(page.context["sentence"])

    def test_near_results_are_called_near(self):
        page = self.search("gatherred")
        self.assertContains(page, "No source holds exactly this. Near it:")
        exact = self.search("gathered")
        self.assertNotContains(exact, "No source holds exactly this")

    @pytest.mark.slow
    def test_a_page_costs_the_same_queries_for_many_results_as_for_few(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.search("exiles")
            return len(queries)

        make.source("20a", work=self.late, supports="after")
        cost()  # what is kept in memory is kept now
        before = cost()
        for folio in range(30, 45):
            make.source(f"{folio}a", supports="before")
        self.search("exiles")
        self.assertEqual(cost(), before)

    def test_nothing_found_says_what_was_searched_and_what_is_near(self):
        page = self.search("Megila zyxwv")
        self.assertContains(page, "Nothing was found for")
        self.assertContains(page, "It was read as a reference, and searched in")
        self.assertContains(page, "Did you mean:")
        self.assertContains(page, 'href="/works/megillah/"')
        self.assertContains(page, 'href="/sources/"')

    def test_no_query_shows_the_box(self):
        self.assertContains(self.client.get("/search/"), "A reference, or any words")

    def test_a_title_alone_offers_the_work(self):
        self.assertContains(self.search("Megillah"), 'href="/works/megillah/"')

    def test_hostile_queries_are_answered(self):
        for query in (
            *('"', '"exiles', "exiles “", "״", "*", "exil*", "NEAR(", "a NEAR/2 b"),
            *("titles:exiles", "-exiles", "^exiles", "(exiles", "a AND", "OR", "NOT"),
            *("a" * 6000, "' OR 1=1 --", "%", "_", "\\", "\u202e", "\u05b0", "!?.,"),
            *(" ".join("abcdefghijklmnopqrstuvwxyz"), "\U0001f600", "\x01"),
        ):
            with self.subTest(query=query[:10]):
                self.assertEqual(self.search(query).status_code, 200)

    def test_what_is_no_text_or_too_long_is_refused(self):
        for terms in ("q=a%00", "q=%ED%A0%80", "q=%FF", "q=" + "a" * 1_000_000):
            with self.subTest(terms=terms[:10]):
                page = self.client.get(f"/search/?{terms}")
                self.assertEqual(page.status_code, 400)

    def test_only_punctuation_holds_nothing_to_search(self):
        self.assertContains(self.search("?!…"), "no letter and no number")

    def test_a_long_query_says_how_much_of_it_was_searched(self):
        page = self.search("exiles " * 100)
        self.assertContains(page, "Only the first 300 letters")
        self.assertNotContains(self.search("exiles"), "Only the first")

    @pytest.mark.slow
    def test_results_are_paged(self):
        for folio in range(30, 55):
            make.source(f"{folio}a")
        page = self.search("exiles")
        self.assertEqual(len(page.context["hits"]), 20)
        self.assertContains(page, "?q=exiles&amp;page=2")
        self.assertEqual(len(self.search("exiles", page=2).context["hits"]), 6)

    def test_a_page_that_is_none_is_a_404(self):
        for number in ("7", "x", "0", "-1", "10000", "9" * 50):
            with self.subTest(number=number[:5]):
                self.assertEqual(self.search("exiles", page=number).status_code, 404)

    def test_a_query_is_shown_escaped(self):
        self.assertNotContains(self.search("<script>alert(1)"), "<script>alert")
