"""The question: its positions, its picture, and the picture's stylesheet."""

from unittest import mock

import pytest
from django.test import TestCase

from sources.models import State
from sources.pages import gathering
from sources.pages.gathering import Gathering
from tests import make


class QuestionPageTests(TestCase):
    def page(self):
        return self.client.get("/").content.decode()

    def test_names_every_position_and_links_to_it(self):
        make.position("two-stages")
        page = self.page()
        for slug in ("before", "two-stages", "after"):
            self.assertIn(f'href="/positions/{slug}/"', page)

    def test_links_every_published_source_that_takes_a_side_in_each_form(self):
        source = make.source("17b", supports="before")
        links = self.page().count(f'href="{source.get_absolute_url()}"')
        self.assertEqual(links, 4)  # the start, two drawings and the table

    def test_draws_the_picture_in_hebrew_for_who_reads_hebrew(self):
        make.source("17b", supports="before")
        label = "\u2067מגילה י״ז ע״ב\u2069"
        self.assertNotIn(label, self.page())
        self.client.cookies["reading"] = "he.all.0.auto"
        self.assertIn(label, self.page())

    def test_hides_drafts_from_everyone(self):
        make.position("before")
        draft = make.source("17b", supports="before", state=State.DRAFT)
        self.client.force_login(make.editor())
        self.assertNotIn(draft.get_absolute_url(), self.page())

    def test_counts_the_sources_and_those_that_take_a_side(self):
        make.source("17b", supports="before")
        make.source("18a", bearings=[{"position": None, "direction": "background"}])
        self.assertIn("2 sources, 1 of them take a side", self.page())

    def test_starts_with_the_plainest_supporter_though_it_is_later(self):
        make.source("2b", bearings=[{"basis": "inferred"}])
        plain = make.source("17b", bearings=[{"basis": "explicit"}])
        self.assertIn(f'Start with <a href="{plain.get_absolute_url()}">', self.page())

    def test_a_source_that_only_disputes_is_no_supporter(self):
        make.source("17b", bearings=[{"direction": "disputes"}])
        self.assertIn("No source here yet.", self.page())

    def test_an_empty_library_says_so(self):
        response = self.client.get("/")
        self.assertContains(response, "The library is empty")

    @pytest.mark.slow
    def test_costs_the_same_however_many_sources_there_are(self):
        earlier = make.source("17b", supports="before")
        make.path(earlier, state=State.PUBLISHED)
        with self.assertNumQueries(12):
            self.client.get("/")
        for _ in range(15):
            later = make.source(supports="two-stages", cites=[earlier])
            make.path(earlier, later, state=State.PUBLISHED)
        with self.assertNumQueries(12):
            self.client.get("/")
        with self.assertNumQueries(6):  # the library is as it was
            self.client.get("/")

    def test_of_many_in_one_cell_the_plainest_stand_here_and_all_are_counted(self):
        plain = make.source(supports="before")
        dim = {"position": "before", "basis": "inferred"}
        *_, lost = [make.source(bearings=[dim]) for _ in range(3)]
        with mock.patch("sources.pages.tally.MOST", 2):
            page = self.page()
            rows = page[page.index("<tbody>") : page.index("</tbody>")]
            drawn = gathering.locator({lost.pk}, lost.bearings.all())
            kept = Gathering.of(make.position("before").question, keep={lost.pk})
        self.assertIn("4 sources, 4 of them take a side", page)
        self.assertIn("4 sources, 1 of them outright", page)
        self.assertEqual(rows.count("<tr>"), 3)
        self.assertIn(plain.reference_en, rows)
        self.assertIn("and 2 more", rows)
        self.assertIn("among 4 sources", drawn)
        self.assertIn("halo", drawn)
        self.assertEqual({one.source_id for one in kept.bearings}, {lost.pk, plain.pk})

    def test_sets_no_cookie_for_a_visitor(self):
        make.source("17b", supports="before")
        self.assertFalse(self.client.get("/").cookies)


class PictureStylesheetTests(TestCase):
    def test_is_linked_under_the_stamp_and_kept_for_ever(self):
        cited = make.source("17b", supports="before")
        make.source("18a", supports="before", cites=[cited])
        page = self.client.get("/")
        stamp = page.context["stamp"]
        self.assertContains(page, f'href="/picture-{stamp}.css"')
        response = self.client.get(f"/picture-{stamp}.css")
        self.assertIn("immutable", response["Cache-Control"])
        self.assertIn(f"#w-{cited.pk}", response.content.decode())

    def test_an_old_stamp_leads_to_the_present_one(self):
        make.source("17b", supports="before")
        stamp = self.client.get("/").context["stamp"]
        response = self.client.get("/picture-0.css")
        self.assertRedirects(response, f"/picture-{stamp}.css")
