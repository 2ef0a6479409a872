"""The paths: their list, one path, and the pages of its steps."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources.changes import change
from sources.models import PathStep, State
from tests import make


def path(*sources, whys=(), **fields):
    """A published path; `whys` say in order why each next step comes next."""
    record = make.path(*sources, **{"state": State.PUBLISHED, **fields})
    with change(record, opened=record.version, why="made by a test"):
        for number, why in enumerate(whys, 1):
            PathStep.objects.filter(path=record, number=number).update(why_next=why)
    return record


def hide(source):
    """Take a source back, though a path leads over it."""
    with change(source, opened=source.version, why="wrong text"):
        source.state = State.WITHDRAWN
        source.save()


class PathsTests(TestCase):
    def test_lists_published_paths_with_steps_and_positions(self):
        first = make.source("17b", supports="before")
        path(first, make.source("18a", supports="after"), title="The Amidah")
        page = self.client.get("/paths/")
        self.assertContains(page, "2 steps")
        [way] = page.context["ways"]
        counted = [(position.slug, count) for position, count in way.positions]
        self.assertEqual(counted, [("before", 1), ("after", 1)])
        self.assertContains(page, f'href="{way.path.get_absolute_url()}1/"')

    def test_hides_a_draft_path(self):
        path(make.source("17b"), title="Hidden way", state=State.DRAFT)
        self.assertNotContains(self.client.get("/paths/"), "Hidden way")

    def test_names_the_published_essays(self):
        make.essay(title="Why two stages?", state=State.PUBLISHED)
        make.essay(title="Half written")
        page = self.client.get("/paths/")
        self.assertContains(page, "Why two stages?")
        self.assertNotContains(page, "Half written")

    def test_an_empty_library_says_so(self):
        self.assertContains(self.client.get("/paths/"), "not published a path yet")

    def test_costs_the_same_however_many_paths_there_are(self):
        source = make.source("17b", supports="before")
        path(source)
        with self.assertNumQueries(4):
            self.client.get("/paths/")
        for _ in range(5):
            path(source, make.source(supports="two-stages"))
        with self.assertNumQueries(4):
            self.client.get("/paths/")


class PathPageTests(TestCase):
    def test_lists_its_steps_with_why_the_next_comes_next(self):
        first, last = make.source("17b", summary="It begins."), make.source("18a")
        shown = path(first, last, whys=["Because it goes on."])
        page = self.client.get(shown.get_absolute_url())
        listed = [step.source for step in page.context["way"].steps]
        self.assertEqual(listed, [first, last])
        self.assertContains(page, "Because it goes on.")
        self.assertContains(page, "It begins.")

    def test_says_how_long_its_summaries_take_to_read(self):
        long = [make.source(summary="word " * 150) for _ in range(2)]
        page = self.client.get(path(*long).get_absolute_url())
        self.assertContains(page, "about 2 minutes for the summaries")

    def test_leaves_out_a_hidden_step_and_numbers_the_rest(self):
        hidden = make.source("18a")
        shown = path(make.source("17b"), hidden, make.source("19a"))
        hide(hidden)
        page = self.client.get(shown.get_absolute_url())
        self.assertEqual([step.place for step in page.context["way"].steps], [1, 2])
        self.assertNotContains(page, "Megillah 18a")

    def test_keeps_the_word_on_a_hidden_step_that_comes_next(self):
        hidden = make.source("18a")
        shown = path(
            make.source("17b"), hidden, make.source("19a"), whys=["On to the secret."]
        )
        hide(hidden)
        for address in ("", "1/", "2/"):
            with self.subTest(address):
                page = self.client.get(shown.get_absolute_url() + address)
                self.assertNotContains(page, "secret")

    def test_a_draft_path_is_for_editors_alone(self):
        shown = path(make.source("17b"), state=State.DRAFT)
        for address in (shown.get_absolute_url(), f"{shown.get_absolute_url()}1/"):
            with self.subTest(address):
                self.client.logout()
                self.assertEqual(self.client.get(address).status_code, 404)
                self.client.force_login(make.editor())
                self.assertContains(self.client.get(address), "Draft")

    def test_without_steps_it_says_so(self):
        page = self.client.get(path().get_absolute_url())
        self.assertContains(page, "not yet set out its steps")


class StepTests(TestCase):
    def test_is_the_page_of_its_source_with_the_way_on(self):
        first, middle = make.source("17b"), make.source("18a", words="ובא דוד")
        shown = path(
            first, middle, make.source("19a"), whys=["Then David.", "Then prayer."]
        )
        page = self.client.get(f"{shown.get_absolute_url()}2/")
        for words in ("Step 2 of 3", "ובא דוד", "Then David.", "Then prayer."):
            with self.subTest(words):
                self.assertContains(page, words)
        ways = [page.context["step_before_url"], page.context["step_after_url"]]
        root = shown.get_absolute_url()
        self.assertEqual(ways, [f"{root}1/", f"{root}3/"])
        self.assertNotContains(page, "After it in time")

    def test_says_that_the_source_is_its_canonical_address(self):
        source = make.source("17b")
        page = self.client.get(f"{path(source).get_absolute_url()}1/")
        canonical = f"http://testserver{source.get_absolute_url()}"
        self.assertContains(page, f'<link rel="canonical" href="{canonical}">')

    def test_the_address_counts_the_steps_that_are_seen(self):
        hidden, last = make.source("17b"), make.source("19a")
        shown = path(hidden, make.source("18a"), last)
        hide(hidden)
        page = self.client.get(f"{shown.get_absolute_url()}2/")
        self.assertEqual(page.context["source"], last)
        self.assertContains(page, "Step 2 of 2")

    def test_the_last_leads_to_the_path_and_to_other_paths(self):
        shown = path(make.source("17b"))
        other = path(make.source("18a"), title="Another way")
        page = self.client.get(f"{shown.get_absolute_url()}1/")
        self.assertContains(page, "This was the last step")
        self.assertContains(page, f'href="{other.get_absolute_url()}"')

    def test_a_number_that_is_no_step_is_not_found(self):
        root = path(make.source("17b")).get_absolute_url()
        for number in ("0", "2", "99999999999999999999999"):
            with self.subTest(number):
                status = self.client.get(f"{root}{number}/").status_code
                self.assertEqual(status, 404)

    @pytest.mark.slow
    def test_costs_the_same_however_many_steps_there_are(self):
        source = make.source("17b", supports="before")
        short = path(source, make.source("18a", supports="before"))
        long = path(source, *[make.source(supports="before") for _ in range(9)])
        costs = []
        for shown in (short, long):
            address = f"{shown.get_absolute_url()}1/"
            self.client.get(address)  # what is kept in memory is kept now
            with CaptureQueriesContext(connection) as queries:
                self.client.get(address)
            costs.append(len(queries))
        self.assertEqual(*costs)


class OnTheSourcesPageTests(TestCase):
    def test_names_the_paths_on_which_it_stands(self):
        source = make.source("19a")
        hidden = make.source("17b")
        shown = path(hidden, make.source("18a"), source, title="The Amidah")
        hide(hidden)
        path(source, title="Hidden way", state=State.DRAFT)
        page = self.client.get(source.get_absolute_url())
        self.assertContains(page, f'href="{shown.get_absolute_url()}2/"')
        self.assertNotContains(page, "Hidden way")


class OnTheQuestionsPageTests(TestCase):
    def test_leads_to_the_paths_and_the_essay(self):
        shown = path(make.source("17b", supports="before"))
        essay = make.essay(state=State.PUBLISHED)
        page = self.client.get("/")
        self.assertContains(page, "Learn it in order")
        for record in (shown, essay):
            self.assertContains(page, f'href="{record.get_absolute_url()}"')

    def test_names_no_draft_even_to_editors(self):
        path(make.source("17b"), title="Hidden way", state=State.DRAFT)
        make.essay(title="Half written")
        self.client.force_login(make.editor())
        page = self.client.get("/")
        self.assertNotContains(page, "Hidden way")
        self.assertNotContains(page, "Half written")
