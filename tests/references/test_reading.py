from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from sources.references import (
    Ambiguous,
    NotAReference,
    OutOfBounds,
    Reference,
    ReferenceProblem,
)

from .works import CATALOGUE


class ReadingTests(SimpleTestCase):
    def assert_reads(self, expected, *citations):
        for citation in citations:
            with self.subTest(citation):
                found = CATALOGUE.read(citation)
                self.assertEqual(f"{found.work.slug} {found.address}", expected)

    def test_reads_a_folio_in_every_way_of_writing_it(self):
        self.assert_reads(
            "megillah 17b",
            *("Megillah 17b", "Megillah.17b", "MEGILLA 17B", "Meg. 17b."),
            *("Maseches Megillah 17b", "Tractate Megillah, daf 17b"),
            *("מגילה יז:", "מגילה י״ז ע״ב", 'מגילה י"ז ע"ב', "במגילה יז:"),
            *("מסכת מגילה דף יז עמוד ב", "מגילה י''ז ע''ב"),
        )
        self.assert_reads("megillah 17b-18a", "Megillah 17b–18a", "מגילה יז:-יח.")

    def test_reads_a_folio_alone_as_both_its_sides_that_there_are(self):
        self.assert_reads(
            "megillah 17a-17b", "Megillah 17", "מגילה דף יז", "Meg. 17a-b"
        )
        self.assert_reads("megillah 32a", "Megillah 32")

    def test_tells_folio_71_from_the_first_side(self):
        self.assert_reads("sanhedrin 71a", 'סנהדרין ע"א ע"א')
        self.assert_reads("sanhedrin 64a-64b", 'סנהדרין ס"ד ע"א-ע"ב')
        self.assert_reads("sanhedrin 64a-71a", 'סנהדרין ס"ד ע"א-ע"א ע"א')

    def test_reads_verses_in_every_way_of_writing_them(self):
        self.assert_reads(
            "yeshayah 60.4-9,21-22",
            *("Yeshayah 60:4-9, 21-22", "Isaiah 60:4–9, 60:21–22", "Isa.60.4-9,21-22"),
            *("ישעיה ס׳, ד׳-ט׳, כ״א-כ״ב", "ישעיה ס ד-ט, כא-כב", "ישעיה (ס:ד-ט, כא-כב)"),
        )
        self.assert_reads(
            "yeshayah 60.4", "Yeshayah\u00a060:4", "Isaiah ch. 60 verse 4"
        )
        self.assert_reads("yeshayah 36.8-37.2", "Isaiah 36:8-37:2", "ישעיה לו ח-לז ב")
        self.assert_reads("tehillim 126", "Psalms 126", "תהילים קכ״ו", "Ps 126.")
        self.assert_reads("tehillim 1.3,2.2", "Ps. 1:3, 2:2", "תהילים א, ג; ב, ב")
        self.assert_reads("shir-hashirim 2.7", "שִׁיר הַשִּׁירִים ב׳:ז׳")

    def test_tells_the_number_of_a_book_from_its_chapter(self):
        self.assert_reads("shmuel-1 3.4", "1 Samuel 3:4")
        self.assert_reads("shmuel-1 1.3", "Shmuel 1:3", "שמואל א א ג")

    def test_reads_the_zohar_by_volume_and_by_portion(self):
        self.assert_reads(
            "zohar 1-139a",
            *("Zohar 1:139a", "Zohar I 139a", "Zohar, Parshas Toldos 139a"),
            *(
                "Zohar: Parshas Toldos 139a",
                "Parshas Toldos (139a)",
                'זוהר ח"א קלט ע"א',
            ),
        )
        self.assert_reads("zohar 2-32a", 'זוהר ח"ב לב ע"א', "זוהר וארא לב.")
        self.assert_reads("zohar 2-7b-9a", "Zohar II 7b-9a")

    def test_reads_hilchos_with_and_without_rambam(self):
        self.assert_reads(
            "mishneh-torah-melachim 11.1",
            *("Hilchos Melachim 11:1", "Hil. Melachim 11:1", "Rambam Melachim 11:1"),
            *("Rambam, Hilchot Melachim 11:1", 'רמב"ם הלכות מלכים פי"א ה"א'),
        )
        self.assert_reads("mishneh-torah-melachim 1.1", 'הל\' מלכים פ"א ה"א')

    def test_reads_other_schemes(self):
        self.assert_reads("pirkei 30", 'פדר"א פרק ל', "Pirkei De-Rabbi Eliezer 30")
        self.assert_reads("yalkut 1085", "Yalkut Shimoni, remez 1085")
        self.assert_reads("derech-hashem 2.4", "Derech Hashem 2:4", 'דרך השם ח"ב פ"ד')
        self.assert_reads(
            "tanchuma noach.11", "Tanchuma, Noah 11", "מדרש תנחומא נח, יא"
        )
        self.assert_reads("igeres-teiman whole", "Igeres Teiman", "אגרת תימן")

    def test_reads_a_commentary_by_its_author_and_its_base(self):
        self.assert_reads(
            "rashi-on-megillah 17b",
            *("Rashi on Megillah 17b", "Rashi, Meg. 17b", "Megillah 17b, Rashi"),
            *('רש"י מגילה יז:', "רש״י על מגילה י״ז ע״ב", 'מגילה יז: רש"י'),
        )
        self.assert_reads(
            "ramban-on-shir 8.13",
            *("Ramban (commentary to Shir HaShirim 8:13)", 'רמב"ן שיר השירים ח יג'),
        )

    def test_lets_the_address_decide_between_works_of_one_title(self):
        self.assert_reads("berachos 49a", "Ber. 49a")
        self.assert_reads("bereishis 12.2", "Ber. 12:2")

    def test_offers_choices_where_the_address_does_not_decide(self):
        with self.assertRaises(Ambiguous) as caught:
            CATALOGUE.read("Ber. 49")
        found = [choice.reference.work.slug for choice in caught.exception.choices]
        self.assertEqual(sorted(found), ["berachos", "bereishis"])

    def test_refuses_places_that_a_work_has_not_and_says_what_it_has(self):
        for citation, reason in (
            ("Megillah 400a", "Megillah has folios 2a to 32a; there is no 400a."),
            ("Berachos 1a", "Berachos has folios 2a to 64a; there is no 1a."),
            ("Genesis 51:1", "Bereishis has 50 chapters; there is no 51:1."),
            ("Tehillim 1:7", "Tehillim 1 has 6 verses; there is no 1:7."),
            ("Zohar I 400a", "Zohar I has folios 1a to 251a; there is no 400a."),
            ("Pirkei DeRabbi Eliezer 55", "chapters; there is no 55."),
            ("Yeshayah 0:1", "no place with such a number"),
            ("Yeshayah " + "9" * 200, "no place with such a number"),
        ):
            with self.subTest(citation), self.assertRaises(OutOfBounds) as caught:
                CATALOGUE.read(citation)
            self.assertIn(reason, caught.exception.reason)

    def test_refuses_what_is_no_reference(self):
        for words in (
            *("", "17b", "I 139a", "xyzzy", "Rashi", "Megillah foo", "Megillah 17c"),
            *("Isaiah 60:9-4", "Isaiah 60:4-", "Isaiah 1:2:3", "Zohar 139a"),
            *("Igeres Teiman 4", "Megillah 17b and more", "Megillah 17b " * 30),
        ):
            with self.subTest(words), self.assertRaises(NotAReference):
                CATALOGUE.read(words)

    @given(st.text(max_size=320) | st.text("רשימגלה ישעוח\"'.:,-0179abI ", max_size=60))
    def test_raises_nothing_but_its_own_problems_for_any_text(self, text):
        for citation in (text, "Megillah " + text, "Isaiah " + text, "Zohar " + text):
            try:
                found = CATALOGUE.read(citation)
            except ReferenceProblem as problem:
                self.assertTrue(problem.reason)
            else:
                self.assertIsInstance(found, Reference)
                self.assertTrue(found.english and found.hebrew and found.address)

    def test_says_back_nothing_that_a_page_cannot_show(self):
        for words in ("xyz\ud800\x00\u202e", "Megillah \ud800\x00\u202e17"):
            try:
                shown = CATALOGUE.read(words).english
            except ReferenceProblem as problem:
                shown = problem.reason
            self.assertTrue(shown.isprintable(), words)

    def test_suggests_works_whose_titles_are_nearly_so(self):
        self.assertEqual(CATALOGUE.suggest("Megilah 400a")[0].slug, "megillah")
        self.assertEqual(CATALOGUE.suggest("qqqq"), [])
        self.assertLessEqual(len(CATALOGUE.suggest("Megilah", limit=1)), 1)
