"""The page of one source, and the places where several stand."""

import re

import pytest
from django.test import TestCase
from django.urls import reverse

from sources.changes import change
from sources.models import State, Work
from sources.pages import gathering
from sources.pages.source import supported
from tests import make

# What the page says to machines alone.
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">.*?</script>', re.S)


class SourcePageTests(TestCase):
    def test_shows_its_words_with_the_decisive_ones_marked(self):
        source = make.source(
            "17b",
            words="וכיון שנבנית ירושלים בא דוד",
            bearings=[{"words": "בא דוד"}],
        )
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, '<mark class="before">בא דוד</mark>')
        self.assertContains(response, 'href="#line-1"')

    def test_says_how_it_bears_and_whose_reading_that_is(self):
        source = make.source("17b", bearings=[{"read_by": "Rashi"}])
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, "<strong>Says so outright.</strong>")
        self.assertContains(response, "Whose reading: Rashi")

    def test_a_loaded_bearing_says_that_no_one_has_reviewed_it(self):
        source = make.source("17b", supports="before")
        self.assertContains(
            self.client.get(source.get_absolute_url()),
            "no second editor has reviewed it yet",
        )

    def test_hides_a_draft_from_visitors(self):
        draft = make.source("17b", state=State.DRAFT)
        response = self.client.get(draft.get_absolute_url())
        self.assertEqual(response.status_code, 404)

    def test_shows_a_draft_to_editors_under_a_banner(self):
        draft = make.source("17b", state=State.DRAFT)
        self.client.force_login(make.editor())
        response = self.client.get(draft.get_absolute_url())
        self.assertContains(response, "Readers do not see this page.")

    def test_says_that_a_withdrawn_source_is_gone(self):
        source = make.source("17b")
        with change(source, opened=source.version, why="wrong text"):
            source.state = State.WITHDRAWN
            source.save()
        response = self.client.get(source.get_absolute_url())
        self.assertEqual(response.status_code, 410)

    def test_names_a_draft_that_it_cites_and_does_not_link_it(self):
        draft = make.source("18a", state=State.DRAFT, library_name="megillah-18a")
        source = make.source("17b", cites=[draft])
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, "not yet verified against the text")
        self.assertNotContains(response, draft.get_absolute_url())

    def test_shows_what_disagrees_among_the_sources_linked_to_it(self):
        other = make.source("49a", supports="after")
        source = make.source("17b", supports="before", cites=[other])
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, "What disagrees with it")

    def test_shows_what_disagrees_among_those_who_build_on_the_same_source(self):
        verse = make.source("2b")
        source = make.source("17b", supports="before", cites=[verse])
        other = make.source("49a", supports="after", cites=[verse])
        draft = make.source("50a", supports="after", cites=[verse], state=State.DRAFT)
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, other.get_absolute_url())
        self.assertNotContains(response, draft.get_absolute_url())

    def test_leads_to_the_sources_before_and_after_it(self):
        later = make.work("rashi", era=Work.Era.RISHONIM, year_from=1070, year_to=1105)
        before, middle = make.source("2b"), make.source("17b")
        after = make.source("3a", work=later)
        response = self.client.get(middle.get_absolute_url())
        self.assertEqual(response.context["previous"], before)
        self.assertEqual(response.context["following"], after)

    def test_shows_the_language_that_the_cookie_asks_for(self):
        source = make.source("17b", translation="Once the exiles are gathered")
        self.client.cookies["reading"] = "he.all.0.auto"
        response = self.client.get(source.get_absolute_url())
        self.assertNotContains(response, "Once the exiles are gathered")

    def test_leaves_the_vowels_away_in_what_a_bearing_rests_on(self):
        bearing = {"words": "קֵרְבוּ"}
        source = make.source("17b", words="כִּי קֵרְבוּ", bearings=[bearing])
        self.client.cookies["reading"] = "both.none.0.auto"
        response = self.client.get(source.get_absolute_url())
        self.assertNotIn("קֵרְבוּ", DATA_BLOCK.sub("", response.content.decode()))

    def test_tells_machines_the_words_as_printed(self):
        source = make.source("17b", words="כִּי קֵרְבוּ")
        self.client.cookies["reading"] = "both.none.0.auto"
        response = self.client.get(source.get_absolute_url())
        block = DATA_BLOCK.search(response.content.decode())[0]
        self.assertIn("כִּי קֵרְבוּ", block)

    def test_leaves_the_vowels_away_where_the_cookie_asks_for_it(self):
        source = make.source("17b", words="כִּי קֵרְבוּ")
        self.client.cookies["reading"] = "both.none.0.auto"
        self.assertContains(self.client.get(source.get_absolute_url()), "כי קרבו")

    def test_says_nothing_of_what_an_editor_here_is_drafting(self):
        source = make.source("17b")
        make.source("18a", state=State.DRAFT, cites=[source])
        response = self.client.get(source.get_absolute_url())
        self.assertNotContains(response, "Megillah 18a")

    def test_keeps_the_note_of_a_draft_that_cites_it(self):
        source = make.source("17b")
        draft = make.source(
            "18a", state=State.DRAFT, cites=[source], library_name="megillah-18a"
        )
        with change(draft, opened=1):
            draft.citations_made.update(note="Not for readers yet")
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, "Megillah 18a")
        self.assertNotContains(response, "Not for readers yet")

    def test_says_first_how_many_answer_otherwise(self):
        source = make.source("17b", supports="before")
        make.source("18a", supports="after")
        make.source("19a", supports="after", state="draft")
        response = self.client.get(source.get_absolute_url())
        others = response.context["otherwise"]
        counted = [(each.slug, each.supporting, each.outright) for each in others]
        self.assertEqual(counted, [("after", 1, 1)])
        self.assertContains(response, "Others answer otherwise")

    def test_says_which_published_essays_cite_it(self):
        source = make.source("17b")
        cited = "It opens with [[Megillah 17b]]."
        make.essay(title="Why two?", body=cited, state=State.PUBLISHED)
        make.essay(title="Half written", body=cited, state=State.DRAFT)
        make.essay(title="Elsewhere", body="[[Megillah 18a]]", state=State.PUBLISHED)
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, "Essays that cite it:")
        self.assertContains(response, "Why two?")
        self.assertNotContains(response, "Half written")
        self.assertNotContains(response, "Elsewhere")

    def test_an_essay_on_one_part_of_a_place_does_not_cite_the_other(self):
        fish = make.source("98a", part="fish")
        end = make.source("98a", part="end")
        make.essay(body="See [[megillah/98a-fish|there]].", state=State.PUBLISHED)
        for source, cited in ((fish, True), (end, False)):
            with self.subTest(source.part):
                page = self.client.get(source.get_absolute_url())
                self.assertEqual(bool(page.context["essays"]), cited)

    def test_sets_no_cookie_for_a_visitor(self):
        source = make.source("17b", supports="before")
        self.assertFalse(self.client.get(source.get_absolute_url()).cookies)

    @pytest.mark.slow
    def test_costs_the_same_however_much_is_linked_to_it(self):
        source = make.source("17b", supports="before", topics=[make.topic()])
        make.source("18a", supports="after", cites=[source])
        address = source.get_absolute_url()
        gathering.whole(), supported()
        with self.assertNumQueries(12):
            self.client.get(address)
        for _ in range(15):
            make.source(supports="after", cites=[source])
        gathering.whole(), supported()
        with self.assertNumQueries(12):
            self.client.get(address)


class EditorsWayTests(TestCase):
    def test_who_may_edit_it_is_led_to_its_form(self):
        source = make.source("17b")
        form = reverse("admin:sources_source_change", args=[source.pk])
        for user, is_led in (
            (None, False),
            (make.reader(), False),
            (make.editor("moderator"), False),
            (make.editor("editor"), True),
        ):
            with self.subTest(user=user):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                page = self.client.get(source.get_absolute_url()).content.decode()
                self.assertEqual(form in page, is_led)


class OtherSpellingTests(TestCase):
    def test_another_spelling_of_the_place_leads_to_the_source(self):
        source = make.source("17b")
        response = self.client.get("/sources/megillah/17B/")
        self.assertRedirects(response, source.get_absolute_url(), status_code=301)

    def test_a_place_out_of_bounds_is_404(self):
        make.source("17b")
        response = self.client.get("/sources/megillah/400a/")
        self.assertEqual(response.status_code, 404)

    def test_a_place_without_a_source_is_404(self):
        make.source("17b")
        response = self.client.get("/sources/megillah/19a/")
        self.assertEqual(response.status_code, 404)

    def test_a_place_where_several_stand_lists_them(self):
        fish = make.source("98a", part="fish")
        end = make.source("98a", part="revealed-end")
        response = self.client.get("/sources/megillah/98a/")
        self.assertContains(response, fish.get_absolute_url())
        self.assertContains(response, end.get_absolute_url())

    def test_the_folder_of_a_work_leads_to_the_work(self):
        make.source("17b")
        response = self.client.get("/sources/megillah/")
        self.assertRedirects(response, "/works/megillah/", status_code=301)
