"""What the search box offers while a reader types."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import search
from sources.models import State
from tests import make

ADDRESS = "/search/suggest/"


class SuggestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.work = make.work("megillah", titles=["Meg"])
        cls.source = make.source("17b", work=cls.work)
        cls.topic = make.topic("Amidah", name_he="עמידה")
        cls.author = make.author(slug="rashi", name="Rashi", name_he="רש״י")
        comments = make.work(
            "rashi-on-megillah", title_he="רש״י על מגילה", author=cls.author
        )
        make.source("17b", work=comments)

    def answer(self, query):
        answer = self.client.get(ADDRESS, {"q": query})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer["Content-Type"], "application/json")
        return answer.json()

    def suggested(self, query):
        return self.answer(query)["suggestions"]

    def urls(self, query):
        return [each["url"] for each in self.suggested(query)]

    def test_the_beginning_of_a_name_offers_it(self):
        for query, url in [
            ("megil", "/works/megillah/"),
            ("AMID", self.topic.get_absolute_url()),
            ("עמיד", self.topic.get_absolute_url()),
            ("rash", "/authors/rashi/"),
        ]:
            with self.subTest(query=query):
                self.assertIn(url, self.urls(query))

    def test_says_name_hebrew_name_kind_and_address(self):
        offered = {each["url"]: each for each in self.suggested("amid")}
        self.assertEqual(
            offered[self.topic.get_absolute_url()],
            {
                "text": "Amidah",
                "text_he": "עמידה",
                "kind": "Topic",
                "url": self.topic.get_absolute_url(),
            },
        )

    def test_every_address_opens(self):
        offered = self.urls("me") + self.urls("ra")
        self.assertTrue(offered)
        for url in offered:
            with self.subTest(url=url):
                self.assertIn(self.client.get(url).status_code, {200, 302})

    def test_a_reference_is_said_first_with_its_source(self):
        answer = self.answer("meg 17b")
        [place] = answer["understood"]
        self.assertEqual(place["english"], "Megillah 17b")
        self.assertEqual(
            answer["suggestions"][0],
            {
                "text": "Megillah 17b",
                "text_he": "מגילה י״ז ע״ב",
                "kind": "a source here",
                "url": "/sources/megillah/17b/",
            },
        )
        self.assertEqual(answer["said"], "Megillah 17b: a source here.")
        self.assertEqual(self.answer("מגילה יז:")["understood"], [place])

    def test_what_shares_words_with_a_place_stands_beneath_it(self):
        held = make.source("20a-21b", work=self.work)
        first, second, *_ = self.suggested("Megillah 21a")
        self.assertEqual(first["kind"], "held in part, or within another")
        self.assertEqual(second["url"], held.get_absolute_url())
        self.assertEqual(self.client.get(first["url"])["Location"], second["url"])

    def test_a_place_that_we_do_not_hold_leads_to_what_is_near(self):
        first, *_ = self.suggested("Megillah 3a")
        self.assertEqual(first["kind"], "no source stands there yet")
        page = self.client.get(first["url"])
        self.assertContains(page, self.source.get_absolute_url())

    def test_a_place_that_is_none_says_why(self):
        answer = self.answer("Megillah 400a")
        self.assertIn("there is no 400a", answer["problem"])
        self.assertIn("there is no 400a", answer["suggestions"][0]["text"])
        self.assertIn("there is no 400a", answer["said"])

    def test_numbers_that_write_a_place_offer_no_other_source(self):
        elsewhere = make.source("30a", work=self.work, part_title="3 signs")
        by_number = [each.url for each in search.suggest("Megillah 3", None)]
        self.assertIn(elsewhere.get_absolute_url(), by_number)
        self.assertNotIn(elsewhere.get_absolute_url(), self.urls("Megillah 3"))

    def test_what_may_mean_two_places_is_offered_twice(self):
        make.work("melachim", title="Melachim", titles=["Meg"])
        answer = self.answer("Meg 17b")
        names = [row["text"] for row in answer["suggestions"][:2]]
        self.assertEqual(set(names), {"Megillah 17b", "Melachim 17b"})
        self.assertEqual(len(answer["choices"]), 2)
        for row in answer["suggestions"][:2]:
            self.assertIn("may be short for", row["kind"])

    def test_other_words_are_understood_as_nothing(self):
        for query in ("amidah", "megillah", "megillah ami"):
            with self.subTest(query):
                answer = self.answer(query)
                self.assertEqual(answer["understood"], [])
                self.assertIsNone(answer["problem"])
                self.assertEqual(answer["said"], "")

    def test_other_spellings_are_offered_where_no_title_has_these(self):
        redemption = make.topic("The order of redemption")
        mashiach = make.topic("Mashiach ben Yosef")
        for query, topic in [
            ("moshiach", mashiach),
            ("moshiach ben yosef", mashiach),
            ("geulah", redemption),
            ("redemtion", redemption),
        ]:
            with self.subTest(query):
                self.assertIn(topic.get_absolute_url(), self.urls(query))

    def test_a_draft_at_a_place_is_for_editors_alone(self):
        draft = make.source("22a", work=self.work, state=State.DRAFT)
        self.assertNotIn(draft.get_absolute_url(), self.urls("Megillah 22a"))
        self.client.force_login(make.editor())
        self.assertIn(draft.get_absolute_url(), self.urls("Megillah 22a"))

    def test_a_draft_is_not_offered_to_visitors(self):
        make.topic("Amidah of the evening", state=State.DRAFT)
        self.assertEqual(len(self.suggested("amidah")), 1)

    def test_offers_a_few_and_no_more(self):
        for number in range(30):
            make.topic(f"Amidah {number}")
        self.assertLessEqual(len(self.suggested("amid")), 10)
        self.assertTrue(self.suggested("amid"))

    def test_nothing_typed_and_nothing_near_are_empty_lists(self):
        for query in ("", "   ", '"', "qqqqqqqqqqqq"):
            with self.subTest(query=query):
                self.assertEqual(self.suggested(query), [])

    def test_hostile_words_are_answered(self):
        for query in ('a"', "*", "NEAR(", "a:", "-a", "a" * 6000, "%", "\u202emeg"):
            with self.subTest(query=query[:10]):
                self.assertIsInstance(self.suggested(query), list)

    def test_what_is_no_text_is_refused(self):
        for terms in ("q=a%00", "q=%ED%A0%80", "q=" + "a" * 9000):
            with self.subTest(terms=terms[:10]):
                answer = self.client.get(f"{ADDRESS}?{terms}")
                self.assertEqual(answer.status_code, 400)

    def test_any_cache_may_keep_a_visitors_answer_and_none_an_editors(self):
        visitors = self.client.get(ADDRESS, {"q": "meg"})
        self.assertIn("public", visitors["Cache-Control"])
        self.assertTrue(visitors["ETag"])
        self.assertFalse(visitors.cookies)
        self.client.force_login(make.editor())
        editors = self.client.get(ADDRESS, {"q": "meg"})
        self.assertIn("private", editors["Cache-Control"])

    @pytest.mark.slow
    def test_costs_the_same_however_much_there_is(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.suggested("amid")
            return len(queries)

        self.suggested("amid")
        before = cost()
        for number in range(12):
            make.topic(f"Amidah {number}")
        self.suggested("amid")
        self.assertEqual(cost(), before)
