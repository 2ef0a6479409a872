"""An essay: its body cut into blocks, and what stands beside each."""

import pytest
from django.test import SimpleTestCase, TestCase

from sources.models import Essay, EssayClaim, State
from sources.pages.blocks import blocks_of
from tests import make


def essay(body, claims=(), **fields):
    """A published essay; `claims` are (source, claim, finding)."""
    fields = {"slug": "why", "title": "Why?", "state": State.PUBLISHED, **fields}
    record = Essay(question=make.question(), body=body, **fields)
    rows = [
        EssayClaim(
            essay=record, source=source, number=number, claim=claim, finding=finding
        )
        for number, (source, claim, finding) in enumerate(claims, 1)
    ]
    return make.saved(record, *rows)


class BlocksTests(SimpleTestCase):
    def test_joined_they_are_the_same_bytes(self):
        html = "<p>One &amp; <em>two</em><br>three</p>\n<hr>\n<ul>\n<li>x</li></ul>\n"
        blocks = blocks_of(html)
        self.assertEqual(len(blocks), 3)
        self.assertEqual("".join(block.html for block in blocks), html)

    def test_each_holds_the_places_named_inside_it_once_and_in_order(self):
        html = (
            '<p><a class="reference" data-place="a/2b" href="/x/">x</a> '
            '<span data-place="b/1:1">y</span></p>\n'
            '<blockquote>\n<p><a data-place="a/2b" href="/x/">x</a> '
            '<a data-place="a/2b" href="/x/">x</a></p>\n</blockquote>'
        )
        places = [block.places for block in blocks_of(html)]
        self.assertEqual(places, [("a/2b", "b/1:1"), ("a/2b",)])

    def test_nothing_has_no_blocks_that_show(self):
        self.assertEqual("".join(block.html for block in blocks_of("")), "")


class EssayTests(TestCase):
    def page(self):
        return self.client.get("/essays/why/")

    def notes(self, page):
        """The references beside each block."""
        return [
            [note.source.reference_en for note in row.notes]
            for row in page.context["rows"]
        ]

    def test_each_block_has_its_sources_beside_it_in_order(self):
        make.source("17b")
        make.source("18a")
        essay("It opens with [[Megillah 18a]] and [[Megillah 17b]].\n\nThen no more.")
        beside = [["Megillah 18a", "Megillah 17b"], []]
        self.assertEqual(self.notes(self.page()), beside)

    def test_the_second_time_a_source_is_named_in_short(self):
        source = make.source("17b", supports="before")
        essay(
            "[[Megillah 17b]] first.\n\nAgain [[Megillah 17b]].",
            [(source, "The order of the blessings.", "")],
        )
        page = self.page()
        self.assertContains(page, "The order of the blessings.", count=1)
        self.assertEqual(self.notes(page), [["Megillah 17b"], ["Megillah 17b"]])
        self.assertEqual(len(page.context["notes"]), 1)

    def test_says_what_the_source_does_and_whose_reading_that_is(self):
        bearing = {"basis": "inferred", "read_by": "the essay"}
        make.source("17b", bearings=[bearing])
        essay("[[Megillah 17b]].")
        page = self.page()
        self.assertContains(page, "Whose reading: as the essay reads it")

    def test_shows_where_the_argument_claims_more_than_its_source(self):
        source = make.source("17b")
        essay("[[Megillah 17b]].", [(source, "A proof.", "It only asks.")])
        page = self.page()
        self.assertContains(page, "The argument uses it for: A proof.")
        self.assertContains(page, "<b>Found on checking:</b> It only asks.")

    def test_marks_no_finding_where_there_is_none(self):
        essay("[[Megillah 17b]].", [(make.source("17b"), "A proof.", "")])
        self.assertNotContains(self.page(), "Found on checking")

    def test_names_a_draft_of_the_library_without_link_or_bearing(self):
        draft = make.source(
            "18a",
            state=State.DRAFT,
            library_name="megillah-18a",
            supports="after",
        )
        essay("[[Megillah 18a]].", [(draft, "A proof.", "")])
        page = self.page()
        self.assertEqual(self.notes(page), [["Megillah 18a"]])
        self.assertContains(page, "not yet verified against the text")
        self.assertContains(page, "A proof.")
        self.assertNotContains(page, draft.get_absolute_url())
        self.assertNotContains(page, "After")

    def test_says_nothing_of_what_an_editor_here_is_drafting(self):
        draft = make.source("18a", state=State.DRAFT)
        essay("Nothing.", [(draft, "A secret claim.", "")])
        page = self.page()
        self.assertNotContains(page, "secret")
        self.assertNotContains(page, "Megillah 18a")

    def test_shows_no_draft_bearing_of_a_published_source(self):
        make.source("17b", bearings=[{"state": State.DRAFT, "position": "after"}])
        essay("[[Megillah 17b]].")
        page = self.page()
        [note] = page.context["notes"]
        self.assertEqual(list(note.bearings), [])

    def test_of_several_sources_at_a_place_it_takes_the_one_with_a_claim(self):
        fish = make.source("17b", part="fish", part_title="the fish")
        make.source("17b", part="vines", part_title="the vines")
        essay("[[Megillah 17b]].", [(fish, "The fish.", "")])
        [note] = self.page().context["notes"]
        self.assertEqual(note.source, fish)

    def test_a_part_is_named_by_its_own_address(self):
        make.source("17b", part="fish", part_title="the fish")
        vines = make.source("17b", part="vines", part_title="the vines")
        essay("[[megillah/17b-vines|Megillah 17b]].")
        [note] = self.page().context["notes"]
        self.assertEqual(note.source, vines)

    def test_a_claim_on_a_source_that_the_body_does_not_name_is_not_lost(self):
        essay("Nothing named.", [(make.source("17b"), "A proof.", "It only asks.")])
        page = self.page()
        self.assertContains(page, "It only asks.")
        self.assertEqual(len(page.context["notes"]), 1)

    def test_its_linked_data_cites_what_is_open(self):
        shown = make.source("17b")
        make.source("18a", state=State.DRAFT, library_name="megillah-18a")
        essay("[[Megillah 18a]] and [[Megillah 17b]].")
        [article] = self.page().context["linked_data"]
        self.assertEqual(article["citation"], [shown.get_absolute_url()])

    def test_a_draft_essay_is_for_editors_alone(self):
        essay("Half written.", state=State.DRAFT)
        self.assertEqual(self.page().status_code, 404)
        self.client.force_login(make.editor())
        self.assertContains(self.page(), "Readers do not see this page.")

    @pytest.mark.slow
    def test_costs_the_same_however_many_sources_it_names(self):
        places = [make.source(f"{leaf}a", supports="before") for leaf in range(20, 30)]
        body = " ".join(f"[[{source.reference_en}]]" for source in places)
        claims = [(source, "A proof.", "") for source in places]
        essay(body, claims)
        essay("[[Megillah 20a]]", claims[:1], slug="short")
        for slug in ("short", "why"):
            with self.subTest(slug), self.assertNumQueries(4):
                self.client.get(f"/essays/{slug}/")
