from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from sources.references import (
    SCHEMES,
    NotAReference,
    OutOfBounds,
    Reference,
    ReferenceProblem,
    Span,
    from_address,
)
from sources.references.hebrew import letters, numeral, value

from .works import (
    CATALOGUE,
    DERECH,
    IGERES,
    MEGILLAH,
    MELACHIM,
    RASHI_MEGILLAH,
    TANCHUMA,
    TEHILLIM,
    WORKS,
    YALKUT,
    YESHAYAH,
    ZOHAR,
)


def verse_places(last):
    return st.tuples(st.integers(1, 60), st.integers(1, last))


@st.composite
def references(draw):
    """A reference of any scheme, with one to three spans in order."""
    work = draw(st.sampled_from((YESHAYAH, MEGILLAH, ZOHAR, MELACHIM, TANCHUMA)))
    place = {
        "verse": verse_places(31),
        "section": verse_places(99),
        "daf": st.tuples(st.integers(2, 31), st.integers(1, 2)),
        "zohar": st.tuples(st.integers(1, 3), st.integers(2, 250), st.integers(1, 2)),
        "named": st.tuples(st.integers(1, 2), st.integers(1, 40)),
    }[work.scheme]
    spans = []
    for start in draw(st.lists(place, min_size=1, max_size=3)):
        end = max(start, draw(place))
        if work.scheme in ("zohar", "named") and end[0] != start[0]:
            end = start
        spans.append(Span(start, end))
    return Reference(work, tuple(spans))


class WritingTests(SimpleTestCase):
    def test_writes_each_scheme_in_both_languages(self):
        for work, address, english, hebrew in (
            (MEGILLAH, "17b", "Megillah 17b", "מגילה י״ז ע״ב"),
            (MEGILLAH, "15a-16b", "Megillah 15a-16b", "מגילה ט״ו ע״א-ט״ז ע״ב"),
            (YESHAYAH, "60.4-9", "Yeshayah 60:4-9", "ישעיה ס׳, ד׳-ט׳"),
            (TEHILLIM, "126", "Tehillim 126", "תהילים קכ״ו"),
            (ZOHAR, "1-139a", "Zohar I 139a", "זוהר ח״א קל״ט ע״א"),
            (ZOHAR, "1-64a-64b", "Zohar I 64a-b", "זוהר ח״א ס״ד ע״א-ע״ב"),
            (MELACHIM, "11.4", "Hilchos Melachim 11:4", "הלכות מלכים י״א, ד׳"),
            (DERECH, "2.4.3", "Derech Hashem 2:4:3", "דרך השם ב׳ ד׳ ג׳"),
            (YALKUT, "499", "Yalkut Shimoni 499", "ילקוט שמעוני תצ״ט"),
            (TANCHUMA, "noach.11", "Midrash Tanchuma, Noach 11", "מדרש תנחומא, נח י״א"),
            (IGERES, "whole", "Igeres Teiman", "אגרת תימן"),
        ):
            with self.subTest(english):
                reference = from_address(work, address)
                self.assertEqual(str(reference), english)
                self.assertEqual(reference.hebrew, hebrew)
                self.assertEqual(reference.address, address)

    def test_writes_the_first_place_alone(self):
        for work, address, english, hebrew in (
            (YESHAYAH, "36.8-12,24", "36:8", "ל״ו, ח׳"),
            (ZOHAR, "1-64a-64b", "I 64a", "ח״א ס״ד ע״א"),
            (MEGILLAH, "whole", "", ""),
        ):
            reference = from_address(work, address)
            self.assertEqual(reference.start_short, english)
            self.assertEqual(reference.start_short_he, hebrew)

    def test_names_sefaria_only_where_the_title_is_known_there(self):
        verses = from_address(YESHAYAH, "60.4-9,21-22")
        self.assertEqual(verses.sefaria, "Isaiah 60:4-9")
        self.assertEqual(from_address(ZOHAR, "1-139a").sefaria, "Zohar 1:139a")
        self.assertEqual(from_address(MELACHIM, "11.4").sefaria, "")

    @given(references())
    def test_reads_back_all_that_it_writes(self, reference):
        self.assertEqual(from_address(reference.work, reference.address), reference)
        self.assertEqual(CATALOGUE.read(reference.english), reference)
        self.assertEqual(CATALOGUE.read(reference.hebrew), reference)

    def test_writes_hebrew_numerals_as_printed(self):
        for number, printed in (
            *((4, "ד׳"), (15, "ט״ו"), (16, "ט״ז"), (115, "קט״ו"), (300, "ש׳")),
            *((304, "ש״ד"), (499, "תצ״ט"), (500, "ת״ק"), (1085, "א׳פ״ה")),
        ):
            self.assertEqual(numeral(number), printed)
        self.assertEqual([value(letters(n)) for n in range(1, 999)], [*range(1, 999)])


class AddressTests(SimpleTestCase):
    def test_refuses_malformed_addresses(self):
        for work, address in (
            *((MEGILLAH, ""), (MEGILLAH, "17:b"), (MEGILLAH, "17c"), (MEGILLAH, "b")),
            *((MEGILLAH, "18a-17b"), (YESHAYAH, "60:4"), (YESHAYAH, "60.4.2")),
            *((YESHAYAH, "60.4-5-6"), (YESHAYAH, "60,4.2"), (YESHAYAH, "60.")),
            *((ZOHAR, "139a"), (ZOHAR, "1-139"), (TANCHUMA, "noah.11")),
            *((TANCHUMA, "11"), (IGERES, "4"), (YESHAYAH, "1," * 99)),
        ):
            with self.subTest(address), self.assertRaises(NotAReference):
                from_address(work, address)

    def test_refuses_addresses_out_of_bounds(self):
        for work, address in (
            *((MEGILLAH, "400a"), (MEGILLAH, "1b"), (MEGILLAH, "32b")),
            *((YESHAYAH, "67.1"), (YESHAYAH, "1.32"), (ZOHAR, "2-1a")),
        ):
            with self.subTest(address), self.assertRaises(OutOfBounds) as caught:
                from_address(work, address)
            self.assertIn("there is no", caught.exception.reason)

    @given(st.sampled_from(WORKS), st.text() | st.text("0129ab.,-noach", max_size=20))
    def test_raises_nothing_but_its_own_problems(self, work, address):
        try:
            reference = from_address(work, address)
        except ReferenceProblem as problem:
            self.assertTrue(problem.reason)
        else:
            again = from_address(work, reference.address)
            self.assertEqual(again, reference)


class ComparingTests(SimpleTestCase):
    def test_is_one_value_however_it_was_made(self):
        read = CATALOGUE.read("מגילה יז:")
        self.assertEqual(len({read, from_address(MEGILLAH, "17b")}), 1)

    def test_contains_and_overlaps_by_place(self):
        psalm, verses = from_address(TEHILLIM, "126"), from_address(TEHILLIM, "126.2-4")
        verse, next_psalm = (from_address(TEHILLIM, a) for a in ("126.4-6", "127"))
        self.assertTrue(psalm.contains(verses))
        self.assertFalse(verses.contains(psalm))
        self.assertTrue(verses.overlaps(verse))
        self.assertFalse(verses.contains(verse))
        self.assertFalse(psalm.overlaps(next_psalm))
        self.assertTrue(from_address(TEHILLIM, "whole").contains(psalm))
        self.assertFalse(psalm.contains(from_address(TEHILLIM, "whole")))

    def test_keeps_a_work_and_its_commentary_apart(self):
        gemara = from_address(MEGILLAH, "17b")
        rashi = from_address(RASHI_MEGILLAH, "17b")
        self.assertFalse(gemara.contains(rashi) or gemara.overlaps(rashi))

    def test_sorts_by_place_and_not_by_the_writing(self):
        written = ["9.1", "10.1", "10.1-2", "10.2,1", "60", "whole"]
        in_order = ["whole", "9.1", "10.1", "10.1-2", "10.2,1", "60"]
        found = sorted(
            (from_address(YESHAYAH, address) for address in written),
            key=lambda reference: reference.sort_key,
        )
        self.assertEqual([reference.address for reference in found], in_order)

    @given(references())
    def test_has_a_sort_key_of_sixty_three_bits(self, reference):
        self.assertTrue(0 < reference.sort_key < 2**63)

    def test_knows_every_scheme_by_name(self):
        names = {"verse", "daf", "zohar", "section", "chapter", "named", "whole"}
        self.assertEqual(set(SCHEMES), names)
