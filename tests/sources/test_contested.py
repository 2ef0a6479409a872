"""The contested sources."""

from django.test import TestCase

from sources.models import State, Work
from tests import make

BOTH_WAYS = [
    {"position": "after", "read_by": "Rashi", "reasoning": "First why. Then more."},
    {"position": "before", "read_by": "Malbim", "basis": "implied"},
]


class ContestedTests(TestCase):
    def page(self):
        return self.client.get("/contested/")

    def test_says_so_where_none_is(self):
        make.source("17b", supports="before")
        self.assertContains(self.page(), "No source is contested yet.")

    def test_shows_the_readings_face_to_face(self):
        source = make.source("17b", bearings=BOTH_WAYS)
        page = self.page()
        [(shown, sides)] = page.context["sources"]
        self.assertEqual(shown, source)
        self.assertEqual([s[0].position.slug for s in sides], ["before", "after"])
        self.assertContains(page, "Rashi")
        self.assertContains(page, "First why.")
        self.assertNotContains(page, "Then more.")

    def test_readings_for_and_against_one_position_stand_apart(self):
        make.source(
            "17b",
            bearings=[
                {"direction": "disputes", "read_by": "A"},
                {"read_by": "B"},
                {"read_by": "C"},
            ],
        )
        [(_, sides)] = self.page().context["sources"]
        directions = [[each.direction for each in side] for side in sides]
        self.assertEqual(directions, [["supports", "supports"], ["disputes"]])

    def test_lists_by_generation(self):
        later = make.work("rashi", era=Work.Era.RISHONIM, year_from=1070, year_to=1105)
        second = make.source("3a", work=later, bearings=BOTH_WAYS)
        first = make.source("17b", bearings=BOTH_WAYS)
        found = [source for source, _ in self.page().context["sources"]]
        self.assertEqual(found, [first, second])

    def test_shows_visitors_no_draft_and_no_drafted_reading(self):
        draft = make.source("18a", bearings=BOTH_WAYS, state=State.DRAFT)
        secret = {"position": "two-stages", "read_by": "Not yet", "state": "draft"}
        make.source("17b", bearings=[*BOTH_WAYS, secret])
        page = self.page()
        self.assertNotContains(page, draft.get_absolute_url())
        self.assertNotContains(page, "Not yet")

    def test_a_contested_source_leads_here(self):
        source = make.source("17b", bearings=BOTH_WAYS)
        page = self.client.get(source.get_absolute_url())
        self.assertContains(page, 'href="/contested/"')

    def test_costs_two_queries_however_many_there_are(self):
        make.source("17b", bearings=BOTH_WAYS)
        with self.assertNumQueries(2):
            self.page()
        for _ in range(8):
            make.source(bearings=BOTH_WAYS)
        with self.assertNumQueries(2):
            self.page()
