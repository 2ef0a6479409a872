"""What a query asks for, and what a word is cut to."""

from django.test import SimpleTestCase

from sources.search.hebrew import stem
from sources.search.query import LONGEST, MOST_TERMS, read, stemmed


class ReadTests(SimpleTestCase):
    def test_words_are_terms_each_once(self):
        self.assertEqual(read("a A b").terms, ("a", "b"))

    def test_terms_are_few(self):
        self.assertEqual(len(read(" ".join(map(str, range(50)))).terms), MOST_TERMS)

    def test_several_words_in_any_kind_of_quotes_are_a_phrase(self):
        for query in (
            '"a b" c',
            "“a b” c",
            "c „a b“",
            "״a b״ c",
            "c (“a b”)",
            '"a-b"c c',
        ):
            with self.subTest(query):
                asked = read(query)
                is_closed = '"c' not in query
                self.assertEqual(asked.phrases, ("a b",) if is_closed else ())

    def test_a_gershayim_within_a_word_is_no_quotation_mark(self):
        for query in ('רש"י על רמב"ן', "רש״י על רמב״ן"):
            with self.subTest(query):
                self.assertEqual(read(query).phrases, ())
                self.assertEqual(read(query).terms, ("רשי", "על", "רמבנ"))

    def test_a_gershayim_stands_within_a_phrase_too(self):
        self.assertEqual(read('"אמר רש"י כאן" x').phrases, ("אמר רשי כאנ",))

    def test_one_word_in_quotes_is_a_term(self):
        asked = read('"exiles" come')
        self.assertEqual((asked.terms, asked.phrases), (("exiles", "come"), ()))

    def test_a_mark_without_a_partner_is_passed_over(self):
        self.assertEqual(read('exiles "come home').terms, ("exiles", "come", "home"))

    def test_what_comes_after_many_letters_is_not_read(self):
        self.assertEqual(read("x" + " " * LONGEST + "y").terms, ("x",))

    def test_what_has_no_letter_asks_nothing(self):
        for query in ("", " … ", '""', "*", "\x00", "\ud800", "\u202e", "־"):
            with self.subTest(query):
                self.assertEqual(read(query).clauses(), ())


class StemTests(SimpleTestCase):
    def test_letters_before_a_word_are_cut_off(self):
        for word in (
            "גאולה",
            "הגאולה",
            "וגאולה",
            "בגאולה",
            "כגאולה",
            "לגאולה",
            "מגאולה",
            "שגאולה",
        ):
            with self.subTest(word):
                self.assertEqual(stem(word), "גאולה")

    def test_pairs_of_them_are_too(self):
        for word in ("והגאולה", "שבגאולה", "וכשהגאולה", "ומהגאולה"):
            with self.subTest(word):
                self.assertEqual(stem(word), "גאולה")

    def test_a_letter_of_the_word_itself_stays(self):
        for word in ("משיח", "מקדש", "מלכ", "בית", "שמימ", "מדבר", "מגילה"):
            with self.subTest(word):
                self.assertEqual(stem(word), word)
                self.assertEqual(stem(f"ה{word}"), word)

    def test_short_words_are_known_one_by_one(self):
        self.assertEqual(stem("הקצ"), "קצ")
        self.assertEqual(stem("מלכ"), "מלכ")

    def test_nothing_else_is_cut(self):
        for word in ("mashiach", "17b", "ה17", "יהוה", "ה"):
            with self.subTest(word):
                self.assertEqual(stem(word), word)

    def test_the_name_is_one_however_it_is_written(self):
        for text in ("לה׳", "יְהוָה", "יי", "מה'"):
            with self.subTest(text):
                self.assertEqual(stemmed(text), "יהוה")
