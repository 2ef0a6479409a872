"""The list of sources: its filters, counts, pages and empty states."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources.models import State, TopicLink, Work
from tests import make


class BrowseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make.author(slug="rashi", name="Rashi")
        cls.rashi = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            author=cls.author,
            era=Work.Era.RISHONIM,
            year_from=1060,
            year_to=1105,
        )
        cls.topic = make.topic("Amidah")
        cls.gemara = make.source("17b", supports="before", topics=[cls.topic])
        cls.comment = make.source("18a", work=cls.rashi, supports="after")
        cls.draft = make.source("19a", state=State.DRAFT, supports="before")

    def listed(self, query=""):
        page = self.client.get(f"/sources/{query}")
        self.assertEqual(page.status_code, 200, page.content)
        return list(page.context["sources"])

    def test_lists_published_sources_by_generation(self):
        self.assertEqual(self.listed(), [self.gemara, self.comment])

    def test_each_filter_keeps_what_it_names(self):
        for query, kept in [
            ("?era=rishonim", self.comment),
            ("?work=megillah", self.gemara),
            ("?author=rashi", self.comment),
            ("?position=after", self.comment),
            (f"?topic={self.topic.slug}", self.gemara),
            ("?era=amoraim&direction=supports&basis=explicit", self.gemara),
        ]:
            with self.subTest(query=query):
                self.assertEqual(self.listed(query), [kept])

    def test_position_direction_and_basis_hold_of_one_bearing(self):
        both = make.source(
            "20a",
            bearings=[
                {"position": "before", "basis": "explicit"},
                {"position": "after", "basis": "inferred"},
            ],
        )
        self.assertIn(both, self.listed("?position=after&basis=inferred"))
        self.assertNotIn(both, self.listed("?position=after&basis=explicit"))

    def test_contested_keeps_contested_sources(self):
        make.source("20a", supports="before")
        both = make.source(
            "21a", bearings=[{"position": "before"}, {"position": "after"}]
        )
        self.assertEqual(self.listed("?contested=1"), [both])

    @pytest.mark.slow
    def test_each_link_leads_to_as_many_sources_as_it_says(self):
        for query in ("", "?era=amoraim", "?position=before"):
            page = self.client.get(f"/sources/{query}")
            offered = [
                each for facet in page.context["facets"] for each in facet.values
            ]
            self.assertTrue(offered)
            for each in offered:
                with self.subTest(query=query, link=each.address):
                    self.assertEqual(len(self.listed(each.address)), each.count)
                    self.assertContains(page, each.label.capitalize()[:5])

    def test_counts_leave_drafts_out_for_visitors_and_hold_them_for_editors(self):
        self.assertContains(self.client.get("/sources/"), "2 sources")
        self.client.force_login(make.editor())
        self.assertIn(self.draft, self.listed())
        self.assertContains(self.client.get("/sources/"), "3 sources")

    def test_filters_that_are_on_have_a_link_that_removes_them(self):
        page = self.client.get("/sources/?era=rishonim&position=after")
        self.assertContains(page, 'href="?position=after"')
        self.assertContains(page, 'href="?era=rishonim"')

    def test_an_empty_list_says_what_to_remove(self):
        page = self.client.get("/sources/?era=geonim&position=after")
        self.assertContains(page, "No source is both Geonim and After.")
        self.assertContains(page, "Remove:")
        self.assertContains(page, 'href="?position=after"')
        self.assertContains(page, "noindex")

    def test_an_unknown_value_is_a_clear_404(self):
        for query in (
            "?era=stoneage",
            "?work=nothing",
            "?author=nobody",
            "?position=sideways",
            "?direction=up",
            "?basis=none",
            "?topic=nothing",
            "?contested=perhaps",
            f"?work={'a' * 5000}",
        ):
            with self.subTest(query=query[:30]):
                page = self.client.get(f"/sources/{query}")
                self.assertContains(page, "The list of sources has no", status_code=404)

    def test_a_page_that_is_none_is_a_clear_404(self):
        for number in ("0", "-1", "two", "2", "9" * 400, "²", "1.5"):
            with self.subTest(number=number[:10]):
                page = self.client.get("/sources/", {"page": number})
                self.assertContains(page, "page", status_code=404)

    def test_a_draft_topic_is_no_filter_for_visitors(self):
        hidden = make.topic("Hidden", state=State.DRAFT)
        page = self.client.get(f"/sources/?topic={hidden.slug}")
        self.assertEqual(page.status_code, 404)

    @pytest.mark.slow
    def test_fifty_sources_stand_on_a_page_and_pages_keep_the_filters(self):
        for folio in range(30, 90):
            make.source(f"{folio}a")
        page = self.client.get("/sources/?era=amoraim")
        self.assertEqual(len(page.context["sources"]), 50)
        self.assertContains(page, "?era=amoraim&amp;page=2")
        self.assertEqual(len(self.listed("?era=amoraim&page=2")), 11)

    @pytest.mark.slow
    def test_asks_no_more_than_ten_queries_at_any_size(self):
        for folio in range(30, 80):
            made = make.source(f"{folio}a", supports="before")
            TopicLink.objects.create(tag=self.topic, content_object=made)
        every = (
            "?era=amoraim&work=megillah&position=before&direction=supports"
            f"&basis=explicit&topic={self.topic.slug}"
        )
        for query in ("", "?era=amoraim", "?work=megillah&author=rashi", every):
            with self.subTest(query=query), CaptureQueriesContext(connection) as asked:
                self.client.get(f"/sources/{query}")
                self.assertLessEqual(len(asked), 10)

    def test_how_plainly_is_asked_of_what_takes_a_side(self):
        told = make.source(
            "20a", bearings=[{"position": None, "direction": "background"}]
        )
        self.assertNotIn(told, self.listed("?basis=explicit"))
        self.assertIn(told, self.listed("?basis=explicit&direction=background"))
