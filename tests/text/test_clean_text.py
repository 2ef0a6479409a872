"""What may be stored of a text that comes in."""

import unicodedata

from django.test import SimpleTestCase

from sources.text import clean_text, lines_of, without_points


class CleanTextTests(SimpleTestCase):
    def test_every_line_end_becomes_lf(self):
        self.assertEqual(clean_text("a\r\nb\rc\u2028d\u2029e\nf"), "a\nb\nc\nd\ne\nf")

    def test_controls_and_surrogates_go_out_and_tab_stays(self):
        unwanted = "\x00\x01\x08\x0b\x0c\x1f\x80\x85\x9f\ud800\udfff\U000e0041"
        self.assertEqual(clean_text(f"a{unwanted}\tb"), "a\tb")

    def test_embeddings_and_overrides_go_out(self):
        self.assertEqual(clean_text("\u202a\u202b\u202c\u202d\u202ea"), "a")

    def test_isolates_that_are_paired_stay(self):
        text = "a \u2067\u2068ב\u2069 ג\u2069 d"
        self.assertEqual(clean_text(text), text)

    def test_isolates_without_their_partner_go_out(self):
        self.assertEqual(
            clean_text("\u2069a \u2066b\u2069 \u2067c"), "a \u2066b\u2069 c"
        )

    def test_an_isolate_is_not_closed_in_another_line(self):
        self.assertEqual(clean_text("\u2067a\nb\u2069"), "a\nb")

    def test_what_was_written_stays_as_it_was_written(self):
        text = (
            "שׁ שּׁ יְרוּשָׁלַ͏ִם על־ידי רש\"י רש״י ה' ג׳ “x” a\u200db\u200cc\u200e\u200f"
            " ﬁ e\u0301 é\u00a0"
        )
        self.assertNotEqual(unicodedata.normalize("NFC", text), text)
        self.assertEqual(clean_text(text), text)

    def test_cleaning_twice_changes_nothing_more(self):
        once = clean_text("\u2066\u2069\u2069\r\x00\n\u2067a\u2028\u2069")
        self.assertEqual(clean_text(once), once)


class WithoutPointsTests(SimpleTestCase):
    def test_vowels_and_cantillation_go_and_maqaf_stays(self):
        self.assertEqual(without_points("וַיֹּ֣אמֶר אֶל־מֹשֶׁ֗ה׃ א ׀ ב"), "ויאמר אל־משה׃ א ׀ ב")


class LinesTests(SimpleTestCase):
    def test_a_line_says_where_it_starts_in_the_text(self):
        text = "first\n\nthird"
        lines = lines_of(text, ["36:8", "36:9"])
        self.assertEqual([line.number for line in lines], [1, 2, 3])
        self.assertEqual([line.label for line in lines], ["36:8", "36:9", ""])
        self.assertEqual([line.words for line in lines], ["first", "", "third"])
        for line in lines:
            self.assertEqual(text[line.start : line.end], line.words)

    def test_no_text_has_no_line(self):
        self.assertEqual(lines_of(""), [])
