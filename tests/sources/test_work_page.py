"""A work's page."""

from django.test import TestCase

from sources.models import State, Work
from tests import make


class WorkPageTests(TestCase):
    def test_says_what_the_work_is_and_lists_its_sources_in_order(self):
        rashi = make.author(slug="rashi", name="Rashi", dates="1040-1105")
        explained = make.work("megillah")
        work = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            title_he="רש״י מגילה",
            author=rashi,
            era=Work.Era.RISHONIM,
            year_from=1060,
            year_to=1105,
            attribution="disputed",
            attribution_note="Some say otherwise.",
            dating_note="Written over years.",
            explains=explained,
        )
        later = make.source("17b", work=work, supports="before")
        first = make.source("12a", work=work)
        page = self.client.get("/works/rashi-on-megillah/")
        for words in (
            "Rashi on Megillah",
            "רש״י מגילה",
            "1060–1105",
            "Some say otherwise.",
            "Written over years.",
            'href="/works/megillah/"',
            'href="/sources/?era=rishonim"',
            "says so outright",
        ):
            with self.subTest(words=words):
                self.assertContains(page, words)
        self.assertEqual(list(page.context["sources"]), [first, later])

    def test_names_only_commentaries_that_hold_sources(self):
        base = make.work("megillah")
        full = make.work("rashi-on-megillah", title="Rashi there", explains=base)
        make.work("ritva-on-megillah", title="Ritva there", explains=base)
        make.source("17b", work=full)
        page = self.client.get("/works/megillah/")
        self.assertContains(page, "Rashi there")
        self.assertNotContains(page, "Ritva there")

    def test_a_work_without_a_visible_source_is_there_but_not_indexed(self):
        work = make.work("megillah")
        make.source("17b", work=work, state=State.DRAFT)
        page = self.client.get("/works/megillah/")
        self.assertContains(page, "No source from this work is in the library yet.")
        self.assertContains(page, "noindex")
        self.assertNotContains(page, "17b</")

    def test_an_unknown_work_is_not_found(self):
        self.assertEqual(self.client.get("/works/nothing/").status_code, 404)

    def test_asks_as_many_queries_for_many_sources_as_for_one(self):
        make.source("17b", supports="before")
        with self.assertNumQueries(5):
            self.client.get("/works/megillah/")
        for folio in range(20, 30):
            make.source(f"{folio}a", supports="after")
        with self.assertNumQueries(5):
            self.client.get("/works/megillah/")
