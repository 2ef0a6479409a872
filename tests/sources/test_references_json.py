"""What the site understands of a reference, as JSON."""

import pytest
from django.test import TestCase

from sources.models import State
from tests import make


class ReferencesJsonTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", titles=["Meg"], sefaria="Megillah")
        cls.verses = make.work(
            "yeshayah",
            title="Yeshayah",
            title_he="ישעיה",
            scheme="verse",
            bounds={"verses": [31] * 66},
            sefaria="Isaiah",
        )
        make.source("17b", work=cls.megillah)

    def ask(self, query, status=200):
        answer = self.client.get("/references/", {"q": query})
        self.assertEqual(answer.status_code, status)
        self.assertEqual(answer["Content-Type"], "application/json")
        return answer.json()

    def test_a_reference_is_said_in_both_languages_with_its_source(self):
        self.assertEqual(
            self.ask("meg 17b"),
            {
                "understood": [
                    {
                        "english": "Megillah 17b",
                        "hebrew": "מגילה י״ז ע״ב",
                        "sefaria": "Megillah 17b",
                        "url": "/sources/megillah/17b/",
                        "overlaps": [],
                    }
                ],
                "choices": [],
                "problem": None,
            },
        )

    def test_what_overlaps_it_is_named(self):
        make.source("60.4-9", work=self.verses)
        [place] = self.ask("Yeshayah 60:5")["understood"]
        self.assertIsNone(place["url"])
        self.assertEqual(
            place["overlaps"],
            [{"reference": "Yeshayah 60:4-9", "url": "/sources/yeshayah/60.4-9/"}],
        )

    def test_several_citations_of_a_sentence_are_understood_each(self):
        said = self.ask("See Megillah 17b and Yeshayah 60:5.")
        names = [place["english"] for place in said["understood"]]
        self.assertEqual(names, ["Megillah 17b", "Yeshayah 60:5"])
        self.assertIsNone(said["problem"])

    def test_what_may_mean_two_places_is_asked(self):
        make.work("melachim", title="Melachim", titles=["Meg"])
        said = self.ask("Meg 17b")
        names = {choice["english"] for choice in said["choices"]}
        self.assertEqual(names, {"Megillah 17b", "Melachim 17b"})
        self.assertTrue(all(choice["why"] for choice in said["choices"]))
        self.assertEqual(said["understood"], [])

    def test_a_place_that_is_none_says_why(self):
        self.assertIn("400a", self.ask("Megillah 400a")["problem"])
        self.assertTrue(self.ask("What of the exiles?")["problem"])

    def test_nothing_asked_is_refused_in_a_sentence(self):
        for query in ("", "  "):
            with self.subTest(query=query):
                self.assertIn("?q=", self.ask(query, status=400)["problem"])
        self.assertEqual(self.client.get("/references/").status_code, 400)

    def test_drafts_are_seen_by_editors_alone(self):
        make.source("22a", work=self.megillah, state=State.DRAFT)
        [place] = self.ask("Megillah 22a")["understood"]
        self.assertEqual((place["url"], place["overlaps"]), (None, []))
        self.client.force_login(make.editor())
        [place] = self.ask("Megillah 22a")["understood"]
        self.assertEqual(place["url"], "/sources/megillah/22a/")

    def test_hostile_queries_are_answered(self):
        for query in ('"', "(" * 300, "1:1," * 99, "שם " * 99, "%", "NEAR(", "ז" * 400):
            with self.subTest(query[:10]):
                self.ask(query)
        for path in ("?q=%00", "?q=%ED%A0%80", "?q=" + "(" * 9999, "?q[]=1", "?q=a&q="):
            with self.subTest(path[:10]):
                self.assertEqual(
                    self.client.get(f"/references/{path}").status_code, 400
                )

    @pytest.mark.slow
    def test_sets_no_cookie_and_costs_the_same_in_a_larger_library(self):
        self.ask("Megillah 17b")
        with self.assertNumQueries(4):
            self.assertFalse(self.client.get("/references/?q=Meg+17b").cookies)
        for _ in range(20):
            make.source(work=self.megillah)
        self.ask("Megillah 17b")
        with self.assertNumQueries(4):
            self.ask("Megillah 17b")
