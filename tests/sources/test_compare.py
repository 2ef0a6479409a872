"""Two sources face to face, and choosing the second one."""

from html import unescape

from django.test import TestCase
from django.utils.html import strip_tags

from sources.changes import change
from sources.models import State
from tests import make


def words_of(response):
    """The page's words with one space between them."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())


class CompareTests(TestCase):
    def setUp(self):
        berachos = make.work("berachos", order=1)
        self.one = make.source("17b", supports="before")
        self.other = make.source(
            "49a", work=berachos, bearings=[{"position": "after", "basis": "inferred"}]
        )
        self.address = "/compare/megillah:17b/berachos:49a/"

    def test_says_where_they_differ_and_how_plainly(self):
        self.assertIn(
            "Megillah 17b supports Before outright; "
            "Berachos 49a supports After as others read it.",
            words_of(self.client.get(self.address)),
        )

    def test_says_where_both_hold_the_same(self):
        make.source("18a", supports="before")
        page = self.client.get("/compare/megillah:17b/megillah:18a/")
        self.assertIn("Both support Before outright.", words_of(page))

    def test_the_same_side_held_less_plainly_is_not_called_the_same(self):
        make.source("18a", bearings=[{"basis": "implied"}])
        page = self.client.get("/compare/megillah:17b/megillah:18a/")
        self.assertIn(
            "Megillah 18a supports Before by what it implies.", words_of(page)
        )

    def test_says_where_one_takes_no_side_or_neither_does(self):
        make.source("18a")
        make.source("19a", bearings=[{"position": None, "direction": "background"}])
        page = self.client.get("/compare/megillah:17b/megillah:18a/")
        self.assertIn("Megillah 18a takes no side.", words_of(page))
        page = self.client.get("/compare/megillah:18a/megillah:19a/")
        self.assertIn("Neither takes a side.", words_of(page))

    def test_names_every_side_that_a_source_takes(self):
        bearings = [
            {"direction": "disputes", "position": "after"},
            {"position": "before"},
        ]
        make.source("18a", bearings=bearings)
        page = self.client.get("/compare/megillah:18a/megillah:17b/")
        self.assertIn(
            "Megillah 18a supports Before outright and weighs against After outright;",
            words_of(page),
        )

    def test_keeps_the_order_of_the_address_under_one_canonical_address(self):
        swapped = self.client.get("/compare/berachos:49a/megillah:17b/")
        self.assertEqual(swapped.context["first"], self.other)
        canonical = f'<link rel="canonical" href="http://testserver{self.address}">'
        self.assertContains(swapped, canonical)
        self.assertContains(self.client.get(self.address), canonical)
        self.assertContains(swapped, 'content="noindex, follow"')

    def test_says_how_one_is_linked_to_the_other(self):
        make.source("18a", cites=[self.one])
        page = self.client.get("/compare/megillah:18a/megillah:17b/")
        self.assertIn("Megillah 18a comments on Megillah 17b.", words_of(page))
        self.assertIn("Neither is linked", words_of(self.client.get(self.address)))

    def test_a_source_beside_itself_leads_to_its_page(self):
        page = self.client.get("/compare/megillah:17b/megillah:17b/")
        self.assertRedirects(page, self.one.get_absolute_url())

    def test_another_spelling_leads_to_the_comparison(self):
        page = self.client.get("/compare/megillah:17B/berachos:49A/")
        self.assertRedirects(page, self.address, status_code=301)

    def test_a_source_that_moved_is_followed(self):
        with change(self.one, opened=self.one.version):
            self.one.address = "19a"
            self.one.save()
        page = self.client.get(self.address)
        moved = "/compare/megillah:19a/berachos:49a/"
        self.assertRedirects(page, moved, status_code=301)

    def test_a_place_of_several_sources_asks_which(self):
        make.source("98a", part="fish")
        make.source("98a", part="end")
        page = self.client.get("/compare/megillah:17b/megillah:98a/", follow=True)
        self.assertContains(page, "/compare/megillah:17b/megillah:98a-fish/")
        self.assertContains(page, "/compare/megillah:17b/megillah:98a-end/")

    def test_what_is_not_there_is_404(self):
        make.source("18a", state=State.DRAFT)
        nowhere = ("megillah:18a", "megillah:20a", "nowhere:2a", "x", ":", "a:")
        for other in (*nowhere, "מגילה:17b", "a b:2a", "<:>"):
            with self.subTest(other):
                page = self.client.get(f"/compare/megillah:17b/{other}/")
                self.assertEqual(page.status_code, 404)
                page = self.client.get("/compare/", {"a": other})
                self.assertEqual(page.status_code, 404)

    def test_a_withdrawn_source_is_gone(self):
        with change(self.other, opened=self.other.version):
            self.other.state = State.WITHDRAWN
            self.other.save()
        self.assertEqual(self.client.get(self.address).status_code, 410)

    def test_a_drafted_reading_is_not_shown(self):
        secret = {"position": "after", "state": "draft", "read_by": "Not yet"}
        make.source("18a", supports="before", bearings=[secret])
        page = self.client.get("/compare/megillah:17b/megillah:18a/")
        self.assertNotContains(page, "Not yet")
        self.assertIn("Both support Before", words_of(page))

    def test_costs_four_queries_and_sets_no_cookie(self):
        with self.assertNumQueries(4):
            page = self.client.get(self.address)
        self.assertFalse(page.cookies)
        more = [{"read_by": f"R{n}", "position": None} for n in range(9)]
        bearings = [{**each, "direction": "background"} for each in more]
        make.source("18a", bearings=bearings, cites=[self.one])
        with self.assertNumQueries(4):
            self.client.get("/compare/megillah:17b/megillah:18a/")


class ChooseTests(TestCase):
    def setUp(self):
        self.one = make.source("17b", supports="before")

    def get(self, typed="", first="megillah:17b"):
        return self.client.get("/compare/", {"a": first, "q": typed})

    def test_a_reference_leads_to_the_comparison(self):
        make.source("49a")
        page = self.get("Megillah 49a")
        self.assertRedirects(page, "/compare/megillah:17b/megillah:49a/")

    def test_asks_for_the_first_source_too(self):
        self.assertContains(self.get(first=""), "Name the first source")
        page = self.get("Megillah 17b", first="")
        self.assertRedirects(page, "/compare/?a=megillah%3A17b")

    def test_offers_what_is_linked_to_the_first(self):
        make.source("49a", cites=[self.one])
        make.source("50a", cites=[self.one], state=State.DRAFT, library_name="draft")
        page = self.get()
        self.assertContains(page, "/compare/megillah:17b/megillah:49a/")
        self.assertNotContains(page, "Megillah 50a")

    def test_a_place_without_a_source_offers_the_nearest_and_keeps_what_was_typed(self):
        make.source("49a")
        page = self.get("Megillah 48a")
        self.assertContains(page, "no source stands there", status_code=404)
        self.assertContains(page, "/megillah:49a/", status_code=404)
        self.assertContains(page, 'value="Megillah 48a"', status_code=404)

    def test_says_what_is_wrong_with_words_that_are_no_reference(self):
        for typed in ("zzz", "<b>", "Megillah 999a", "Megillah 17b", "x" * 900):
            with self.subTest(typed[:20]):
                page = self.get(typed)
                self.assertEqual(page.status_code, 404)
                self.assertTrue(page.context["answer"].reason)
                self.assertNotContains(page, "<b>", status_code=404)

    def test_a_first_source_that_is_not_there_is_404(self):
        draft = make.source("18a", state=State.DRAFT)
        for first in (f"megillah:{draft.place_in_url}", "megillah:20a", "x", "x:y"):
            with self.subTest(first):
                self.assertEqual(self.get(first=first).status_code, 404)

    def test_the_source_page_leads_here(self):
        page = self.client.get(self.one.get_absolute_url())
        self.assertContains(page, "/compare/?a=megillah%3A17b")
