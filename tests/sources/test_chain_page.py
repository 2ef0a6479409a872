"""The whole chain of a source, and the locator on a source's page."""

import pytest
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from sources import chains
from sources.changes import change
from sources.models import Citation, State, Work
from sources.pages import gathering
from tests import make


def link(cited, citing, cited_is_open=True, citing_is_open=True):
    return chains.Link(cited, citing, cited_is_open, citing_is_open)


def walk(start, links, **how):
    return chains.walk(start, chains.Net(links), **how)


class WalkTests(SimpleTestCase):
    def test_goes_over_any_number_of_steps_both_ways(self):
        links = [link(1, 2), link(2, 3), link(3, 4), link(4, 5)]
        found = walk(3, links)
        self.assertEqual(found.before, {2: 1, 1: 2})
        self.assertEqual(found.after, {4: 1, 5: 2})
        self.assertEqual(found.found, 5)

    def test_does_not_turn_back_on_the_way(self):
        found = walk(2, [link(1, 2), link(1, 3)])
        self.assertEqual(found.keys, {1, 2})

    def test_ends_where_sources_cite_each_other(self):
        found = walk(1, [link(1, 2), link(2, 3), link(3, 1)])
        self.assertEqual(found.before, {3: 1, 2: 2})
        self.assertEqual(found.after, {2: 1, 3: 2})
        self.assertEqual(found.found, 3)

    def test_does_not_go_through_what_is_only_named(self):
        links = [link(1, 2, citing_is_open=False), link(2, 3, cited_is_open=False)]
        self.assertEqual(walk(1, links).keys, {1, 2})

    def test_keeps_the_nearest_of_too_many_and_says_how_many_there_are(self):
        links = [link(key, key + 1) for key in range(20)]
        found = walk(0, links, most=5)
        self.assertEqual(found.keys, {0, 1, 2, 3, 4})
        self.assertEqual(found.found, 21)

    def test_passes_the_links_that_it_followed_and_no_other(self):
        links = [link(1, 2), link(1, 3), link(2, 4), link(1, 4)]
        found = walk(2, links)
        passed = [one for one in links if found.leads_back(one) or found.leads_on(one)]
        self.assertEqual(passed, [links[0], links[2]])

    def test_a_net_takes_sixteen_bytes_a_link_each_way(self):
        net = chains.Net(link(key, key + 1) for key in range(1, 1001))
        for ways in (net.back, net.on):
            self.assertEqual({each.itemsize for each in vars(ways).values()}, {8})
            self.assertEqual([len(each) for each in vars(ways).values()], [1000, 1000])

    def test_the_ways_from_a_source_stand_in_the_order_of_the_links(self):
        net = chains.Net([link(7, 9), link(5, 9, False), link(6, 8), link(6, 9)])
        self.assertEqual(net.back.of(9), [(7, True), (5, False), (6, True)])
        self.assertEqual(net.on.of(6), [(8, True), (9, True)])
        self.assertEqual(net.on.of(1), [])


def cite(citing, cited, relation="comments_on", note=""):
    with change(citing, opened=citing.version, why="made by a test"):
        Citation.objects.create(
            citing=citing, cited=cited, relation=relation, note=note
        )


def chain_url(source):
    return f"{source.get_absolute_url()}chain/"


class ChainPageTests(TestCase):
    def setUp(self):
        later = make.work("rashi", era=Work.Era.RISHONIM, year_from=1070, year_to=1105)
        self.verse = make.source("2a", supports="before")
        self.gemara = make.source("17b", cites=[self.verse], supports="before")
        self.rashi = make.source("17b", work=later, cites=[self.gemara])

    def page(self, source=None, status=200):
        response = self.client.get(chain_url(source or self.gemara))
        self.assertEqual(response.status_code, status)
        return response

    def test_tells_what_it_rests_on_and_what_rests_on_it(self):
        chain = self.page().context["chain"]
        self.assertEqual([each.source for each in chain.before], [self.verse])
        self.assertEqual([each.source for each in chain.after], [self.rashi])

    def test_says_each_arrow_in_words_and_how_far_away_it_is(self):
        response = self.page(self.verse)
        self.assertContains(response, "Rashi 17b comments on Megillah 17b")
        self.assertContains(response, "Megillah 17b comments on Megillah 2a")
        self.assertContains(response, "2 steps")

    def test_the_picture_and_the_lists_tell_the_same(self):
        cite(self.rashi, self.verse, "quotes", note="By the way")
        response = self.page()
        chain = response.context["chain"]
        in_lists = [
            one.pk for each in (*chain.before, *chain.after) for one in each.links
        ]
        stems = response.context["wide"].count('class="stem')
        self.assertEqual(sorted(in_lists), sorted(one.pk for one in chain.links))
        self.assertEqual(stems, len(chain.links))
        for member in chain.members:
            self.assertIn(member.source.reference_en, response.context["narrow"])

    def test_rows_run_by_generation(self):
        members = self.page(self.verse).context["chain"].members
        order = [each.source for each in members]
        self.assertEqual(order, [self.verse, self.gemara, self.rashi])

    def test_sources_that_cite_each_other_end_the_walk(self):
        cite(self.verse, self.rashi, "quotes")
        response = self.page()
        self.assertEqual(response.context["chain"].found, 3)
        self.assertEqual(response.context["wide"].count('role="listitem"'), 3)

    def test_names_a_draft_and_tells_nothing_else_of_it(self):
        draft = make.source(
            "30a",
            state=State.DRAFT,
            library_name="megillah-30a",
            supports="after",
            cites=[self.gemara],
        )
        with change(draft, opened=draft.version):
            draft.citations_made.update(note="Not for readers yet")
        response = self.page()
        self.assertContains(response, "Megillah 30a")
        self.assertContains(response, "not yet verified against the text")
        for kept in (draft.get_absolute_url(), "Not for readers yet", ">After<"):
            self.assertNotContains(response, kept)

    def test_does_not_go_on_through_a_draft(self):
        draft = make.source(
            "30a", state=State.DRAFT, library_name="megillah-30a", cites=[self.gemara]
        )
        make.source("40a", cites=[draft])
        self.assertNotContains(self.page(), "Megillah 40a")
        self.client.force_login(make.editor())
        self.assertContains(self.page(), "Megillah 40a")

    def test_says_nothing_of_what_an_editor_here_is_drafting(self):
        make.source("30a", state=State.DRAFT, cites=[self.gemara])
        self.assertNotContains(self.page(), "Megillah 30a")
        self.assertNotContains(
            self.client.get(self.gemara.get_absolute_url()), "(4 sources)"
        )

    def test_a_source_without_links_has_ways_on(self):
        alone = make.source("99a")
        response = self.page(alone)
        self.assertContains(response, "Nothing is linked to it yet")
        self.assertContains(response, f'href="{alone.work.get_absolute_url()}"')

    def test_says_so_where_not_all_of_it_is_shown(self):
        self.addCleanup(setattr, chains.walk, "__defaults__", chains.walk.__defaults__)
        chains.walk.__defaults__ = (2,)
        response = self.page(self.verse)
        self.assertEqual(response.context["chain"].found, 3)
        self.assertEqual(len(response.context["chain"].members), 2)
        self.assertContains(response, "nearest are shown")

    def test_a_draft_and_a_place_without_a_source_are_not_found(self):
        self.page(make.source("30a", state=State.DRAFT), status=404)
        self.assertEqual(
            self.client.get("/sources/megillah/99b/chain/").status_code, 404
        )

    def test_says_that_a_withdrawn_source_is_gone(self):
        source = make.source("30a")
        with change(source, opened=source.version, why="wrong text"):
            source.state = State.WITHDRAWN
            source.save()
        self.page(source, status=410)

    def test_follows_a_source_that_has_moved_and_another_spelling(self):
        with change(self.rashi, opened=self.rashi.version):
            self.rashi.address = "18a"
            self.rashi.save()
        for path in ("/sources/rashi/17b/chain/", "/sources/rashi/18A/chain/"):
            response = self.client.get(path)
            address = "/sources/rashi/18a/chain/"
            self.assertRedirects(response, address, status_code=301)

    def test_a_place_of_several_sources_leads_to_their_list(self):
        make.source("98a", part="fish")
        make.source("98a", part="end")
        response = self.client.get("/sources/megillah/98a/chain/")
        self.assertRedirects(response, "/sources/megillah/98a/")

    def test_sets_no_cookie_for_a_visitor(self):
        self.assertFalse(self.page().cookies)

    @pytest.mark.slow
    def test_costs_no_more_queries_for_a_longer_chain(self):
        self.page()
        with CaptureQueriesContext(connection) as few:
            self.page()
        source = self.rashi
        for number in range(40, 60):
            source = make.source(f"{number}a", cites=[source, self.verse])
        gathering.whole()
        with CaptureQueriesContext(connection) as many:
            response = self.page()
        self.assertEqual(response.context["chain"].found, 23)
        self.assertEqual(len(many), len(few))


class SourcePageChainTests(TestCase):
    def test_leads_to_the_whole_chain(self):
        source = make.source("17b", cites=[make.source("2a")])
        response = self.client.get(source.get_absolute_url())
        self.assertContains(response, f'href="{chain_url(source)}"')
        self.assertContains(response, "The whole chain (2 sources)")


class LocatorTests(TestCase):
    def test_says_where_a_source_stands(self):
        source = make.source("17b", supports="before")
        make.source("18a", supports="after")
        response = self.client.get(source.get_absolute_url())
        self.assertContains(
            response, 'aria-label="Megillah 17b among 2 sources, in the column Before"'
        )
        self.assertEqual(response.context["locator"].count('class="halo"'), 1)

    def test_a_source_that_takes_no_side_has_none(self):
        make.source("17b", supports="before")
        background = [{"position": None, "direction": "background"}]
        source = make.source("18a", bearings=background)
        response = self.client.get(source.get_absolute_url())
        self.assertNotContains(response, "Where it stands")

    def test_lights_several_sources_at_once(self):
        one = make.source("17b", supports="before")
        other = make.source("18a", supports="after")
        make.source("19a", supports="after")
        drawn = gathering.locator({one.pk, other.pk})
        self.assertEqual(drawn.count('class="halo"'), 2)
        self.assertIn("2 among 3 sources, in the columns Before and After", drawn)

    def test_is_nothing_in_a_library_without_a_question(self):
        self.assertEqual(gathering.locator({1}), "")

    def test_costs_one_query_until_the_library_changes(self):
        source = make.source("17b", supports="before")
        gathering.locator({source.pk})
        with self.assertNumQueries(1):
            gathering.locator({source.pk})
        other = make.source("18a", supports="before")
        self.assertIn("among 2 sources", gathering.locator({other.pk}))

    def test_is_not_kept_while_a_change_is_open(self):
        source = make.source("17b", supports="before")
        with change(source, opened=source.version):
            source.bearings.update(state=State.DRAFT)
            self.assertEqual(gathering.locator({source.pk}), "")
            source.bearings.update(state=State.PUBLISHED)
            self.assertIn("halo", gathering.locator({source.pk}))
