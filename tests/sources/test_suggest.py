"""What the search box offers while a reader types."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

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
        comments = make.work("rashi-on-megillah", author=cls.author)
        make.source("17b", work=comments)

    def suggested(self, query):
        answer = self.client.get(ADDRESS, {"q": query})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer["Content-Type"], "application/json")
        return answer.json()

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
