import re

from django.test import SimpleTestCase

from tests.picture.test_picture import mark, picture


def arcs(drawing):
    """The class and name of every line that is drawn."""
    return re.findall(r'<path class="arc ([^"]+)" data-k="([^"]+)"', drawing)


class LineTests(SimpleTestCase):
    def test_bows_within_a_column_and_crosses_to_the_bridge(self):
        whole = picture(
            mark(1), mark(2), mark(3, "stages"), lines=((1, 2), (2, 3))
        ).wide()
        self.assertEqual(arcs(whole), [("a-before", "1 2"), ("a-before x", "2 3")])

    def test_bows_along_both_rails_of_the_bridge(self):
        whole = picture(mark(1, "stages"), mark(2, "stages"), lines=((1, 2),)).wide()
        outline = re.search(r'data-k="1 2" d="([^"]+)"', whole)[1]
        self.assertTrue(outline.startswith("M500 "))
        self.assertIn("M774 ", outline)

    def test_joins_the_marks_that_stand_in_one_column(self):
        whole = picture(
            mark(1), mark(1, "after"), mark(2, "after"), lines=((1, 2),)
        ).wide()
        self.assertEqual(arcs(whole), [("a-after", "1 2")])

    def test_draws_no_line_from_shore_to_shore_nor_twice_nor_to_itself(self):
        whole = picture(
            mark(1),
            mark(2),
            mark(3, "after"),
            lines=((1, 3), (1, 1), (1, 2), (1, 2), (1, 99)),
        ).wide()
        self.assertEqual(arcs(whole), [("a-before", "1 2")])

    def test_crosses_to_the_rail_that_faces_the_shore(self):
        for rtl, shore, rail in ((False, 882, 774), (True, 238, 346)):
            whole = picture(mark(1, "after"), mark(2, "stages"), lines=((1, 2),)).wide(
                rtl=rtl
            )
            outline = re.search(r'data-k="1 2" d="([^"]+)"', whole)[1]
            self.assertTrue(outline.startswith(f"M{shore} "), outline)
            self.assertIn(f" {rail} ", outline)


class ChainTests(SimpleTestCase):
    def rule(self, stylesheet, ident):
        return next(line for line in stylesheet.splitlines() if f"({ident})" in line)

    def test_lights_all_that_leads_to_a_source_and_from_it(self):
        whole = picture(*(mark(n) for n in range(1, 6)), lines=((1, 2), (2, 3), (4, 5)))
        rule = self.rule(whole.chain_css(), "#w-2b")
        self.assertIn('.arc:is([data-k="1 2"],[data-k="2 3"]){', rule)

    def test_does_not_light_a_cousin(self):
        whole = picture(*(mark(n) for n in range(1, 4)), lines=((1, 2), (1, 3)))
        rule = self.rule(whole.chain_css(), "#w-2b")
        self.assertNotIn("1 3", rule)

    def test_ends_on_a_circle_of_lines(self):
        whole = picture(mark(1), mark(2), lines=((1, 2), (2, 1)))
        self.assertIn('[data-k="2 1"]', self.rule(whole.chain_css(), "#w-1b"))

    def test_names_only_ids_and_lines_that_are_drawn(self):
        whole = picture(
            mark(1), mark(1, "after"), mark(2, "stages"), lines=((1, 2), (2, 1))
        )
        stylesheet, drawing = whole.chain_css(), whole.wide()
        for ident in re.findall(r"#([\w-]+)", stylesheet):
            self.assertIn(f'id="{ident}"', drawing)
        for line in re.findall(r'data-k="[^"]+"', stylesheet):
            self.assertIn(line, drawing)

    def test_serves_every_drawing_that_it_is_asked_for(self):
        whole = picture(mark(1), mark(2), lines=((1, 2),))
        self.assertIn("#w-1b,#q-1b", whole.chain_css(uids=("w", "q")))
