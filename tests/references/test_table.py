from django.test import SimpleTestCase

from sources.references import SCHEMES

from . import table_citations, table_others
from .curated import at, catalogue, place, places, resolved

MORE_PER_SCHEME = 8
NOT_CITATIONS = 60
AT_LEAST = 15


class TableTests(SimpleTestCase):
    def test_finds_every_citation_as_it_is_printed(self):
        for text, expected, habit in table_citations.ALL:
            with self.subTest(text, habit=habit):
                found = catalogue().find(text)
                self.assertEqual(resolved(found), places(map(at, expected)))

    def test_marks_the_words_of_each_citation_in_the_text(self):
        for text, _, _ in table_citations.ALL:
            with self.subTest(text):
                for citation in catalogue().find(text).citations:
                    words = text[citation.start : citation.end]
                    self.assertEqual(words, citation.text)
                    self.assertEqual(words, words.strip())

    def test_leaves_alone_what_is_no_citation(self):
        for text, habit in table_others.NO_CITATION:
            with self.subTest(text, habit=habit):
                found = catalogue().find(text)
                self.assertEqual((resolved(found), found.rejected), ([], ()))

    def test_says_why_a_place_is_not_there(self):
        for text, reason in table_others.REJECTED:
            with self.subTest(text):
                found = catalogue().find(text)
                self.assertEqual(resolved(found), [])
                self.assertEqual(len(found.rejected), 1)
                self.assertIn(reason, found.rejected[0].why)

    def test_offers_choices_and_guesses_nothing(self):
        for text, expected in table_others.OPEN:
            with self.subTest(text):
                citations = catalogue().find(text).citations
                self.assertTrue(citations)
                self.assertIsNone(citations[-1].reference)
                choices = citations[-1].choices
                self.assertEqual(
                    {place(choice.reference) for choice in choices}, expected
                )
                self.assertTrue(all(choice.why for choice in choices))

    def test_names_the_rule_that_decided_between_works_of_one_name(self):
        for text in (
            "Ber. 49a",
            "Ber. 12:2",
            "see the Rif & Etz Yosef to Kesubos 110b",
        ):
            with self.subTest(text):
                self.assertTrue(catalogue().find(text).citations[0].rule)


class RowTests(SimpleTestCase):
    def test_there_are_enough_rows_of_every_kind(self):
        for scheme in SCHEMES:
            for language in ("en", "he"):
                rows = table_citations.BY_SCHEME[scheme, language]
                texts = {text for text, _, _ in rows}
                self.assertGreaterEqual(len(texts), MORE_PER_SCHEME, (scheme, language))
        self.assertGreaterEqual(len(dict(table_others.NO_CITATION)), NOT_CITATIONS)
        self.assertGreaterEqual(len(dict(table_others.REJECTED)), AT_LEAST)
        self.assertGreaterEqual(len(table_others.OPEN), AT_LEAST)

    def test_every_row_cites_a_work_of_its_scheme_at_a_place_that_there_is(self):
        for (scheme, _), rows in table_citations.BY_SCHEME.items():
            for text, expected, habit in rows:
                with self.subTest(text):
                    self.assertTrue(habit)
                    works = catalogue().works
                    slugs = [named.partition("/")[0] for named in expected]
                    schemes = {works[slug].scheme for slug in slugs}
                    if scheme not in ("whole", "daf"):
                        self.assertEqual(schemes, {scheme})
                    for named in expected:
                        self.assertEqual(place(at(named)), named)
