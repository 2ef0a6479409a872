from itertools import product
from xml.etree import ElementTree

from django.test import SimpleTestCase

from sources.picture import glyph, mark_glyph
from sources.picture.marks import DIRECTIONS, PLAINNESS, SIGNS
from sources.picture.shapes import number


class GlyphTests(SimpleTestCase):
    def test_gives_every_bearing_a_shape_of_its_own(self):
        kinds = list(product(SIGNS, DIRECTIONS, PLAINNESS))
        shapes = {mark_glyph(*kind) for kind in kinds}
        self.assertEqual(len(shapes), len(kinds))

    def test_gives_every_position_a_sign_of_its_own(self):
        self.assertEqual(len({glyph(sign) for sign in SIGNS}), len(SIGNS))

    def test_is_hidden_from_assistive_technology_and_well_formed(self):
        for drawing in (glyph("stages"), mark_glyph("after", "disputes", "implied")):
            self.assertEqual(ElementTree.fromstring(drawing).get("aria-hidden"), "true")

    def test_draws_background_as_an_empty_ring(self):
        self.assertIn('fill="none"', mark_glyph("", "background", "implied"))

    def test_grows_with_the_plainness_of_the_words(self):
        radii = [
            float(
                mark_glyph("after", "qualifies", basis).split(' r="')[1].split('"')[0]
            )
            for basis in ("inferred", "implied", "explicit")
        ]
        self.assertEqual(radii, sorted(set(radii)))

    def test_refuses_what_it_has_no_shape_for(self):
        for kind in (
            ("x", "supports", "implied"),
            ("after", "x", "implied"),
            ("after", "supports", "x"),
        ):
            with self.subTest(kind), self.assertRaises(ValueError):
                mark_glyph(*kind)
        with self.assertRaises(ValueError):
            glyph('"><script>')

    def test_writes_numbers_short(self):
        self.assertEqual(
            [number(value) for value in (392.0, 7.25, -0.04, 100)],
            ["392", "7.2", "0", "100"],
        )
