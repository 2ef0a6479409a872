from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.references import Found

from .curated import at, catalogue, place
from .works import CATALOGUE

WORDS = st.sampled_from(
    (
        *(
            "Rashi",
            "there",
            "Megillah",
            "17b",
            "Ibid.",
            "(",
            ")",
            "and",
            ",",
            "-",
            "Rif",
        ),
        *(
            "60:4",
            "Yeshayah",
            "Zohar",
            "Parshas",
            "Noach",
            "מגילה",
            "יז:",
            "שם",
            "רש״י",
        ),
        *(
            "ע״ב",
            "commentary",
            "to",
            "Ber.",
            "12",
            "2",
            "Samuel",
            ".",
            "\n\n",
            "פי״א",
            ";",
        ),
    )
)


def found(text, after=None):
    """What a text cites, each as its words and its place, or the set of choices."""
    citations = catalogue().find(text, after).citations
    return [(citation.text, _meaning(citation)) for citation in citations]


def _meaning(citation):
    if citation.reference:
        return place(citation.reference)
    return {place(choice.reference) for choice in citation.choices}


class FindTests(SimpleTestCase):
    def assert_finds(self, text, *expected, after=None):
        with self.subTest(text):
            self.assertEqual(found(text, after), list(expected))

    def test_finds_citations_in_order_with_their_spans(self):
        text = "  See Megillah 17b, and ישעיה ס׳, ד׳; then Zohar I 139a."
        citations = catalogue().find(text).citations
        for citation in citations:
            self.assertEqual(text[citation.start : citation.end], citation.text)
        self.assertEqual(
            [citation.text for citation in citations],
            ["Megillah 17b", "ישעיה ס׳, ד׳", "Zohar I 139a"],
        )

    def test_reads_an_address_in_brackets_with_its_bracket(self):
        self.assert_finds(
            "in Yechezkel (32:14) and", ("Yechezkel (32:14)", "yechezkel/32.14")
        )
        self.assert_finds("it says (Megillah 17b)", ("Megillah 17b", "megillah/17b"))
        self.assert_finds(
            "Ramban (commentary to Shir HaShirim 8:13)",
            (
                "Ramban (commentary to Shir HaShirim 8:13)",
                "ramban-on-shir-hashirim/8.13",
            ),
        )

    def test_leaves_the_dot_of_a_sentence_and_takes_the_dot_of_a_folio(self):
        self.assert_finds("in Megillah 17b.", ("Megillah 17b", "megillah/17b"))
        self.assert_finds("So in Yoma 5. And", ("Yoma 5", "yoma/5a-5b"))
        self.assert_finds("So in Yoma 5.", ("Yoma 5", "yoma/5a-5b"))
        self.assert_finds("כן הוא ביומא ה. ועוד", ("ביומא ה.", "yoma/5a"))
        self.assert_finds("עיין מגילה יז.", ("מגילה יז.", "megillah/17a"))
        self.assert_finds("עיין מגילה יז: ועוד", ("מגילה יז:", "megillah/17b"))
        self.assert_finds("תהילים קכ״ו.", ("תהילים קכ״ו", "tehillim/126"))

    def test_ends_a_list_where_it_ends(self):
        self.assert_finds(
            "Yeshayah 60:4-9, 21-22 and 30 people",
            ("Yeshayah 60:4-9, 21-22", "yeshayah/60.4-9,21-22"),
        )
        self.assert_finds(
            "Yeshayah 60:4, 2 Samuel 7:3",
            ("Yeshayah 60:4", "yeshayah/60.4"),
            ("2 Samuel 7:3", "shmuel-2/7.3"),
        )

    def test_carries_ibid_over_other_text_and_paragraphs(self):
        self.assert_finds(
            "Yechezkel (32:14) says so.\n\nMuch later: Ibid. 29:21.",
            ("Yechezkel (32:14)", "yechezkel/32.14"),
            ("Ibid. 29:21", "yechezkel/29.21"),
        )
        self.assert_finds(
            "ibid.16:11, 21:17-20",
            ("ibid.16:11, 21:17-20", "bereishis/16.11,21.17-20"),
            after=at("bereishis/17.18"),
        )
        self.assert_finds(
            "סנהדרין צ״ח ע״א. שם ע״ב.",
            ("סנהדרין צ״ח ע״א", "sanhedrin/98a"),
            ("שם ע״ב", "sanhedrin/98b"),
        )

    def test_leaves_ibid_alone_where_nothing_is_cited_before(self):
        self.assert_finds("ibid. 29:21, and Rashi there, שם כ״ט")

    def test_asks_whether_ibid_means_a_verse_or_a_chapter(self):
        self.assert_finds(
            "Tehillim 126:1, and ibid. 2",
            ("Tehillim 126:1", "tehillim/126.1"),
            ("ibid. 2", {"tehillim/2", "tehillim/126.2"}),
        )
        self.assert_finds(
            "Tehillim 126:1, and ibid. verse 2",
            ("Tehillim 126:1", "tehillim/126.1"),
            ("ibid. verse 2", "tehillim/126.2"),
        )

    def test_finds_a_commentator_there(self):
        for text, words in (
            ("Succah 52b + see Rashi there", "Rashi there"),
            ("Succah 52b (see Rashi ad loc.)", "Rashi ad loc."),
            ("Succah 52b, ועיין רש״י שם", "רש״י שם"),
        ):
            self.assert_finds(
                text, ("Succah 52b", "succah/52b"), (words, "rashi-on-succah/52b")
            )

    def test_says_that_the_library_has_no_such_commentary(self):
        rejected = catalogue().find("Sanhedrin 98a and Rashi there").rejected
        self.assertEqual(
            [(one.text, one.why) for one in rejected],
            [("Rashi there", "The library has no Rashi on Sanhedrin.")],
        )

    def test_cites_no_base_for_a_commentary_that_is_not_there(self):
        self.assert_finds(
            "Megillah 17b; Tosafos on Megillah 18a; ibid. 19a",
            ("Megillah 17b", "megillah/17b"),
        )
        self.assert_finds(
            "So says Rashi. Sanhedrin 98a", ("Sanhedrin 98a", "sanhedrin/98a")
        )
        self.assert_finds(
            "the Rambam, Sanhedrin 98a", ("Sanhedrin 98a", "sanhedrin/98a")
        )
        self.assert_finds(
            "Maimonides on Kings and Wars 12:5",
            ("Kings and Wars 12:5", "rambam-hilchos-melachim/12.5"),
        )

    def test_names_the_rule_for_the_rambam_on_a_tractate(self):
        for text, has_rule in (
            ("Rambam to Sanhedrin 1:3", True),
            ("Rambam on Mishnah Sanhedrin 1:3", False),
            ("Rambam Sanhedrin 1:3", False),
        ):
            with self.subTest(text):
                rule = catalogue().find(text).citations[0].rule
                self.assertEqual("commentary on the Mishnah" in rule, has_rule)

    def test_reads_commentaries_in_either_order(self):
        for text in ("Rashi on Megillah 17b", "Megillah 17b, Rashi", "מגילה יז: רש״י"):
            self.assert_finds(text, (text, "rashi-on-megillah/17b"))

    def test_gives_commentators_side_by_side_the_same_place(self):
        self.assert_finds(
            "Rif & Etz Yosef to Kesubos 110b",
            ("Rif", "rif-pinto-on-kesubos/110b"),
            ("Etz Yosef to Kesubos 110b", "etz-yosef-on-kesubos/110b"),
        )

    def test_reads_commentary_to_by_the_commentator_named_before(self):
        self.assert_finds(
            "the Bartenura writes, in a commentary to Ruth 4:6-14, that",
            ("commentary to Ruth 4:6-14", "bartenura-on-ruth/4.6-14"),
        )
        self.assert_finds(
            "a commentary to Ruth 4:6-14",
            ("commentary to Ruth 4:6-14", {"bartenura-on-ruth/4.6-14", "rus/4.6-14"}),
        )

    def test_reads_a_second_place_of_a_work_named_once(self):
        self.assert_finds(
            "Megillah 17b and 18a",
            ("Megillah 17b", "megillah/17b"),
            ("18a", "megillah/18a"),
        )
        self.assert_finds(
            "Parshas Toldos 139a & Parshas Chayei Sarah 134a",
            ("Parshas Toldos 139a", "zohar/1-139a"),
            ("Parshas Chayei Sarah 134a", "zohar/1-134a"),
        )

    def test_names_the_rule_that_decided(self):
        for text, rule in (
            ("Ber. 49a", "“Ber.” before a folio is Berachos."),
            ("Ber. 12:2", "“Ber.” before chapter and verse is Bereishis."),
            ("Parshas Vayechi (244a)", "A portion's name with a folio is a page of"),
            ("Parshas Vayechi 49:10", "A portion's name with chapter and verse is its"),
            ("Rambam Melachim 11:1", "Melachim with Hilchos or Rambam is in the"),
            ("Shoftim 5:1", "Shoftim before chapter and verse is the book of Judges."),
            ("ת״א בראשית טז יא", "ת״א before a verse is Targum Onkelos."),
            ("ע״ז ג ע״ב", "ע״ז before a folio is Avodah Zarah."),
        ):
            with self.subTest(text):
                self.assertIn(rule, catalogue().find(text).citations[0].rule)
        self.assertEqual(catalogue().find("Megillah 17b").citations[0].rule, "")

    def test_leaves_open_what_nothing_decides_with_a_reason_for_each(self):
        for text, places in (
            ("Ber. 12", {"berachos/12a-12b", "bereishis/12"}),
            ("Shmuel 1:3", {"shmuel-1/1.3", "shmuel-2/1.3"}),
            ("Rif 12a", {"rif-alfasi/12a", "rif-pinto-on-kesubos/12a"}),
        ):
            self.assert_finds(text, (text, places))
            for choice in catalogue().find(text).citations[0].choices:
                self.assertTrue(choice.why.endswith("."))

    def test_means_nothing_by_ibid_after_an_open_citation(self):
        self.assert_finds(
            "Megillah 17b, Ber. 12 and ibid. 13",
            ("Megillah 17b", "megillah/17b"),
            ("Ber. 12", {"berachos/12a-12b", "bereishis/12"}),
        )

    def test_says_what_a_work_has_where_there_is_no_such_place(self):
        rejected = catalogue().find("Megillah 400a and Genesis 51:1").rejected
        self.assertEqual(
            [one.text for one in rejected], ["Megillah 400a", "Genesis 51:1"]
        )
        self.assertIn("folios 2a to 32a", rejected[0].why)

    def test_leaves_alone_what_is_no_citation(self):
        text = (
            "We met at 12:30 in Room 17b. I asked Job twice. Numbers 5 and 6 on the "
            "list. Ezra 7:30 pm, https://x.org/Genesis.1.1, daniel@5.com, v. 2.0.1, "
            "אסתר לא הגידה; רבי אליעזר ב״ר שמעון; רש״י ד״ה לא; מ״ב סימן קכח"
        )
        self.assertEqual(catalogue().find(text), Found())

    def test_hides_a_tractate_behind_another_talmud(self):
        self.assert_finds("Yerushalmi Sanhedrin 3b, Tosefta Sanhedrin 98a")

    @settings(max_examples=60)
    @given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60))
    def test_gives_sound_spans_for_any_text(self, text):
        for works in (CATALOGUE, catalogue()):
            answer = works.find(text)
            end = 0
            for one in sorted(
                (*answer.citations, *answer.rejected), key=lambda one: one.start
            ):
                self.assertEqual(text[one.start : one.end], one.text)
                self.assertLessEqual(end, one.start)
                self.assertLess(one.start, one.end)
                end = one.end
            for citation in answer.citations:
                self.assertEqual(citation.reference is None, len(citation.choices) > 1)
