"""What is offered while a reader types, and where nothing was found."""

from django.test import TestCase

from sources import search
from sources.models import State
from tests import make


class SuggestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make.author(name="Rashi", name_he="רש״י")
        rashi = make.work("rashi", title="Rashi on Megillah", author=cls.author)
        make.work("megillah", title="Megillah", titles=["Meg"])
        make.source("17b", work=rashi)
        make.topic(name="Megilah reading", name_he="קריאת מגילה")
        make.topic(name="Megillah in draft", state=State.DRAFT)

    def names(self, text, user=None, **options):
        return [each.text for each in search.suggest(text, user, **options)]

    def test_what_begins_so_comes_first(self):
        expected = ["Megillah", "Megilah reading", "Rashi on Megillah"]
        self.assertEqual(self.names("Megi"), expected)

    def test_hebrew_names_and_other_titles_are_known(self):
        self.assertIn("Megillah", self.names("meg"))
        self.assertIn("Rashi", self.names("רש"))

    def test_a_suggestion_has_its_names_its_kind_and_its_address(self):
        [first, *_] = search.suggest("rashi", None)
        self.assertEqual((first.kind, first.url), ("work", "/works/rashi/"))
        [author] = [e for e in search.suggest("rashi", None) if e.kind == "author"]
        self.assertEqual((author.text, author.text_he), ("Rashi", "רש״י"))

    def test_a_place_suggests_its_source(self):
        self.assertIn("Rashi on Megillah 17b", self.names("rashi 17"))

    def test_a_place_that_is_not_held_suggests_its_work(self):
        self.assertEqual(self.names("Meg 93a")[0], "Megillah")

    def test_drafts_are_suggested_to_editors_alone(self):
        self.assertNotIn("Megillah in draft", self.names("meg"))
        self.assertIn("Megillah in draft", self.names("megillah", make.editor()))

    def test_no_more_are_suggested_than_asked_for(self):
        self.assertEqual(len(self.names("meg", limit=2)), 2)

    def test_nothing_is_suggested_for_nothing(self):
        self.assertEqual(self.names(" "), [])
        self.assertEqual(self.names("elephant"), [])


class NearestTests(TestCase):
    def test_near_spellings_are_offered(self):
        make.work("megillah", title="Megillah")
        make.topic(name="Ingathering")
        for query, name in (("Megila", "Megillah"), ("xyz ingatherng", "Ingathering")):
            with self.subTest(query):
                offered = search.nearest(query, None)
                self.assertEqual(offered[0].text, name)

    def test_nothing_is_near_nothing(self):
        make.work("megillah", title="Megillah")
        self.assertEqual(search.nearest("…", None), [])
        self.assertEqual(search.nearest("xyzzy", None), [])
