"""An author's page: works, sources, and where the author stands."""

import pytest
from django.test import TestCase

from sources.models import State, Work
from tests import make

QUERIES = 7  # the author, works; sources, bearings; bearings, texts; the stamp


class AuthorPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rashi = make.author(
            slug="rashi", name="Rashi", name_he="רש״י", dates="1040-1105"
        )
        cls.work = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            author=cls.rashi,
            era=Work.Era.RISHONIM,
            year_from=1070,
            year_to=1105,
            attribution="disputed",
            attribution_note="Some say otherwise.",
        )

    def page(self):
        return self.client.get("/authors/rashi/")

    def reading(self, **fields):
        """A source of nobody's that Rashi reads."""
        terms = {"according_to": self.rashi, "read_by": "Rashi", **fields}
        return make.source("29a", bearings=[terms])

    def test_says_who_wrote_and_which_works_with_their_sources(self):
        source = make.source("17b", work=self.work, supports="before")
        page = self.page()
        for words in (
            "1040-1105",
            'href="/works/rashi-on-megillah/"',
            "1070–1105",
            "Some say otherwise.",
            f'href="{source.get_absolute_url()}"',
        ):
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_tells_own_words_from_readings_of_other_sources(self):
        own = make.source("17b", work=self.work, supports="before")
        other = self.reading(basis="inferred")
        (stand,) = self.page().context["stands"]
        self.assertEqual([each.bearing.source for each in stand.own], [own])
        self.assertEqual([each.bearing.source for each in stand.readings], [other])

    def test_another_reading_of_a_source_read_by_this_author_is_not_the_authors(self):
        malbim = make.author(slug="malbim", name="Malbim")
        terms = {"according_to": malbim, "read_by": "Malbim", "position": "after"}
        make.source("29a", bearings=[{"position": "before"}, terms])
        self.assertEqual(self.page().context["stands"], [])

    def test_stands_by_position_with_the_background_last(self):
        make.position("two-stages")
        background = {"position": None, "direction": "background"}
        make.source("17b", work=self.work, bearings=[background])
        make.source("18a", work=self.work, supports="after")
        make.source("19a", work=self.work, supports="before")
        stands = self.page().context["stands"]
        names = [stand.position and stand.position.slug for stand in stands]
        self.assertEqual(names, ["before", "after", None])

    def test_hides_drafts_and_their_bearings(self):
        draft = make.source("17b", work=self.work, supports="before", state=State.DRAFT)
        self.reading(state=State.DRAFT)
        page = self.page()
        self.assertNotContains(page, draft.get_absolute_url())
        self.assertEqual(page.context["stands"], [])
        self.assertContains(page, "No source from this work is in the library yet.")
        self.assertContains(page, "noindex")

    def test_an_editor_sees_the_drafts(self):
        draft = make.source("17b", work=self.work, state=State.DRAFT)
        self.client.force_login(make.editor())
        self.assertContains(self.page(), draft.get_absolute_url())

    def test_one_who_only_reads_others_is_indexed(self):
        self.reading()
        self.assertNotContains(self.page(), "noindex")

    def test_a_translation_stands_only_beside_the_words_that_it_translates(self):
        words = "וכיון שנתקבצו גליות נעשה דין"
        part = {"position": "before", "words": "נעשה דין"}
        whole = {"position": "after", "words": words}
        make.source("17b", work=self.work, words=words, bearings=[part, whole])
        before, after = self.page().context["stands"]
        self.assertEqual(before.own[0].words, "נעשה דין")
        self.assertEqual(before.own[0].translation, "")
        self.assertTrue(after.own[0].translation)

    def test_is_linked_from_the_work_and_from_the_source(self):
        source = make.source("17b", work=self.work, supports="before")
        for url in (self.work.get_absolute_url(), source.get_absolute_url()):
            with self.subTest(url=url):
                self.assertContains(self.client.get(url), 'href="/authors/rashi/"')

    def test_an_unknown_author_is_not_found(self):
        self.assertEqual(self.client.get("/authors/nobody/").status_code, 404)

    @pytest.mark.slow
    def test_costs_the_same_however_many_sources_there_are(self):
        make.source("17b", work=self.work, supports="before")
        self.reading()
        self.page()  # the picture is kept
        with self.assertNumQueries(QUERIES):
            self.page()
        for folio in range(20, 29):
            make.source(f"{folio}a", work=self.work, supports="after")
        self.page()
        with self.assertNumQueries(QUERIES):
            self.page()
