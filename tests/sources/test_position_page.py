"""A position: the case for it, what weighs against it, how the others answer."""

import pytest
from django.test import TestCase

from sources.models import State, Work
from tests import make


class PositionPageTests(TestCase):
    def test_groups_the_case_from_the_plainest_to_the_least_plain(self):
        make.source("2b", bearings=[{"basis": "inferred"}])
        make.source("3b", bearings=[{"basis": "explicit"}])
        page = self.client.get("/positions/before/").content.decode()
        self.assertLess(
            page.index("Says so outright (1)"), page.index("Is read so by others (1)")
        )
        self.assertNotIn("Implies it (", page)

    def test_shows_what_weighs_against_it_and_what_qualifies_it(self):
        make.source("2b", bearings=[{"direction": "disputes"}])
        make.source("3b", bearings=[{"direction": "qualifies"}])
        response = self.client.get("/positions/before/")
        self.assertContains(response, "What weighs against it (1)")
        self.assertContains(response, "What qualifies it (1)")

    def test_shows_how_the_others_answer_by_their_plainest_sources(self):
        make.position("two-stages")
        other = make.source("49a", supports="after")
        response = self.client.get("/positions/before/")
        self.assertContains(response, f'href="{other.get_absolute_url()}"')
        self.assertContains(response, "This answer reconciles the others.")

    def test_keeps_the_sources_of_one_era(self):
        rashi = make.work("rashi", era=Work.Era.RISHONIM)
        kept = make.source("17b", work=rashi, supports="before")
        left = make.source("18a", supports="before")
        response = self.client.get("/positions/before/?era=rishonim")
        self.assertContains(response, kept.get_absolute_url())
        self.assertNotContains(response, left.get_absolute_url())

    def test_answers_404_to_an_era_that_is_none(self):
        make.source("17b", supports="before")
        response = self.client.get("/positions/before/?era=never")
        self.assertEqual(response.status_code, 404)

    def test_hides_a_draft_from_visitors_and_shows_it_to_editors(self):
        make.position("before")
        draft = make.source("17b", supports="before", state=State.DRAFT)
        address = draft.get_absolute_url()
        self.assertNotContains(self.client.get("/positions/before/"), address)
        self.client.force_login(make.editor())
        self.assertContains(self.client.get("/positions/before/"), address)

    def test_answers_404_where_there_is_no_such_position(self):
        self.assertEqual(self.client.get("/positions/never/").status_code, 404)

    @pytest.mark.slow
    def test_costs_the_same_however_many_sources_there_are(self):
        make.source(supports="before")
        with self.assertNumQueries(5):
            self.client.get("/positions/before/")
        for _ in range(15):
            make.source(supports="before")
        with self.assertNumQueries(5):
            self.client.get("/positions/before/")
