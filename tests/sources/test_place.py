"""What the box says of a place, of a sentence with a place in it, and of several."""

from django.test import TestCase

from sources.models import State
from sources.pages.place import Place, read_place
from tests import make


class PlaceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", sefaria="Megillah")
        cls.rashi = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            title_he="רש״י על מגילה",
            explains=cls.megillah,
            commentator=[{"text": "Rashi", "language": "en"}],
        )
        make.source("17b", work=cls.megillah)

    def page(self, query):
        return self.client.get("/search/", {"q": query})

    def test_a_sentence_with_one_citation_opens_its_source(self):
        for query in ("What does Megillah 17b say?", "see (Megillah 17b)!"):
            with self.subTest(query):
                self.assertEqual(read_place(query, None), "/sources/megillah/17b/")

    def test_a_sentence_with_two_offers_both(self):
        make.source("17b", work=self.rashi)
        place = read_place("Megillah 17b + see Rashi there", None)
        names = [choice.reference.english for choice, _ in place.choices]
        self.assertEqual(names, ["Megillah 17b", "Rashi on Megillah 17b"])
        page = self.page("Megillah 17b + see Rashi there")
        self.assertContains(page, "/sources/rashi-on-megillah/17b/")
        self.assertContains(page, "/sources/megillah/17b/")

    def test_words_that_cite_nothing_are_no_place(self):
        self.assertIsNone(read_place("the exiles of Israel", None))

    def test_commentaries_on_a_place_are_named_where_we_do_not_hold_it(self):
        rashi = make.source("22a", work=self.rashi)
        make.source("22b", work=self.rashi)
        place = read_place("Megillah 22a", None)
        self.assertEqual(place.beside, (rashi,))
        self.assertContains(self.page("Megillah 22a"), rashi.get_absolute_url())

    def test_what_a_commentary_explains_is_named(self):
        place = read_place("Rashi on Megillah 17b", None)
        self.assertEqual([s.reference_en for s in place.beside], ["Megillah 17b"])

    def test_a_draft_commentary_is_not_named(self):
        make.source("22a", work=self.rashi, state=State.DRAFT)
        self.assertEqual(read_place("Megillah 22a", None).beside, ())

    def test_a_place_that_we_do_not_hold_leads_to_where_it_stands(self):
        self.assertContains(
            self.page("Megillah 3a"), 'href="https://www.sefaria.org/Megillah_3a"'
        )
        self.assertNotContains(self.page("Rashi on Megillah 3a"), "www.sefaria.org")

    def test_a_place_that_is_none_says_why_and_what_there_is_of_its_work(self):
        draft = make.source("31a", work=self.megillah, state=State.DRAFT)
        for query in ("Megillah 400a", "What does Megillah 400a say?"):
            with self.subTest(query):
                place = read_place(query, None)
                self.assertIn("there is no 400a", place.reason)
                names = [source.reference_en for source in place.nearest]
                self.assertEqual(names, ["Megillah 17b"])
        page = self.page("Megillah 400a")
        self.assertContains(page, "/sources/megillah/17b/")
        self.assertContains(page, 'href="/works/megillah/"')
        self.assertNotContains(page, draft.get_absolute_url())

    def test_of_a_large_work_the_first_and_the_last_are_named(self):
        for place in ("2a", "3a", "4a", "20a", "21a"):
            make.source(place, work=self.megillah)
        names = [s.reference_en for s in read_place("Megillah 400a", None).nearest]
        self.assertEqual(names, ["Megillah 2a", "Megillah 3a", "Megillah 21a"])

    def test_a_place_of_no_reference_leads_nowhere(self):
        self.assertEqual(Place().sefaria_url, "")
