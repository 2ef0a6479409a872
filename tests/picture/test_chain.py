"""The picture of a chain: its rows, its lanes, and what it says."""

import re
from xml.etree import ElementTree

from django.test import SimpleTestCase

from sources.picture import Arrow, ChainPicture, Stand, Step
from sources.picture.chain import WIDE
from sources.picture.lanes import lanes, shelves

ERAS = {1: ("Tanakh", "to c. 350 BCE"), 5: ("Rishonim", ""), 8: ("Undated", "")}
BEFORE = Stand("before", "supports", "explicit", "Before")


def step(key, era=5, **fields):
    label = f"Source {key}"
    fields = {"label": label, "short": label, "url": f"/s/{key}/", **fields}
    return Step(key=key, era=era, **fields)


def picture(*steps, arrows=()):
    arrows = tuple(Arrow(cited, citing, "comments on") for cited, citing in arrows)
    return ChainPicture(steps, arrows, ERAS)


def lanes_of(*steps, arrows):
    whole = picture(*steps, arrows=arrows)
    placed = shelves(whole.steps, whole.arrows, whole.eras, WIDE)
    rows = [row for shelf in placed for row in shelf.rows]
    return {lane.cited: lane for lane in lanes(rows, whole.arrows)}


class ChainPictureTests(SimpleTestCase):
    def both(self, whole):
        return whole.wide(), whole.narrow()

    def test_is_well_formed_and_has_no_inline_style(self):
        whole = picture(step(1, 1), step(2, stands=(BEFORE,)), arrows=[(1, 2)])
        for drawing in self.both(whole):
            ElementTree.fromstring(drawing)
            self.assertNotRegex(drawing, r"\s(style|on\w+)=")

    def test_its_two_forms_share_no_id(self):
        whole = picture(step(1), step(2), arrows=[(1, 2)])
        ids = re.findall(r' id="([^"]+)"', "".join(self.both(whole)))
        self.assertEqual(len(ids), len(set(ids)))

    def test_escapes_every_text_and_address(self):
        bad = '<b a="1">&'
        whole = ChainPicture(
            (step(1, label=bad, short=bad, url='/"><b>'), step(2)),
            (Arrow(1, 2, bad),),
            {5: (bad, bad)},
        )
        for drawing in self.both(whole):
            ElementTree.fromstring(drawing)
            self.assertNotIn("<b", drawing)

    def test_the_name_of_a_link_begins_with_its_visible_words(self):
        long = "A reference that no row of a phone could ever hold in full, 12:3-45"
        whole = picture(step(1, label=long, short="A ref", stands=(BEFORE,)), step(2))
        for drawing in self.both(whole):
            seen = re.search(r'class="t"[^>]*>([^<]+)<', drawing)[1]
            name = re.search(r"<a [^>]*><title>([^<]+)<", drawing)[1]
            self.assertTrue(name.startswith(seen), (seen, name))
            self.assertIn(long, name)
            self.assertIn("Before: supports it, says so outright", name)

    def test_names_a_draft_without_a_link(self):
        whole = picture(step(1), step(2, url=""), arrows=[(1, 2)])
        for drawing in self.both(whole):
            self.assertEqual(drawing.count("<a "), 1)
            self.assertIn("not yet verified against the text", drawing)
            self.assertIn("Source 2", drawing)

    def test_marks_the_current_source(self):
        whole = picture(step(1), step(2, is_current=True), arrows=[(1, 2)])
        for drawing in self.both(whole):
            self.assertEqual(drawing.count('aria-current="page"'), 1)

    def test_says_each_arrow_in_words_in_the_row_that_makes_it(self):
        whole = picture(step(1, 1), step(2), arrows=[(1, 2)])
        for drawing in self.both(whole):
            self.assertIn("comments on Source 1", drawing.partition("Source 2")[2])

    def test_tells_of_a_few_arrows_and_how_many_more_there_are(self):
        steps = [step(key) for key in range(1, 10)]
        whole = picture(*steps, arrows=[(key, 9) for key in range(1, 9)])
        for drawing in self.both(whole):
            self.assertEqual(drawing.count("comments on"), 5)
            self.assertIn("and 3 more", drawing)
            self.assertEqual(drawing.count('class="stem'), 8)

    def test_draws_a_source_that_stands_alone(self):
        for drawing in self.both(picture(step(1, 8))):
            ElementTree.fromstring(drawing)
            self.assertIn("Undated", drawing)


class LaneTests(SimpleTestCase):
    def test_all_that_build_on_one_source_share_its_lane(self):
        steps = [step(key) for key in range(1, 31)]
        found = lanes_of(*steps, arrows=[(1, key) for key in range(2, 31)])
        self.assertEqual(len(found), 1)
        self.assertEqual(len(found[1].ends), 29)

    def test_lanes_that_run_beside_each_other_have_places_of_their_own(self):
        steps = [step(key) for key in range(1, 5)]
        found = lanes_of(*steps, arrows=[(1, 4), (2, 3)])
        self.assertNotEqual(found[1].place, found[2].place)
        self.assertLess(found[2].place, found[1].place)

    def test_one_place_serves_lanes_that_follow_each_other(self):
        found = lanes_of(step(1), step(2), step(3), arrows=[(1, 2), (2, 3)])
        self.assertEqual({lane.place for lane in found.values()}, {0})

    def test_a_source_that_cites_a_later_one_is_joined_to_it_upward(self):
        found = lanes_of(step(1), step(2), arrows=[(2, 1)])
        self.assertLess(found[2].ends[0], found[2].start)

    def test_sixty_lanes_stay_inside_the_room_that_lanes_have(self):
        steps = [step(key) for key in range(120)]
        whole = picture(*steps, arrows=[(key, 119 - key) for key in range(60)])
        for drawing in (whole.wide(), whole.narrow()):
            stems = re.findall(
                r'class="stem[^"]*" d="M([\d.]+) [\d.]+H([\d.]+)', drawing
            )
            self.assertEqual(len(stems), 60)
            self.assertGreaterEqual(min(float(end) for _, end in stems), 0)
