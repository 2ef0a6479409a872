"""Sixty searches of the curated library: the same answers however they are written.

`terms.json` holds for each what is found, in order, by the names of the library's
files ("near" first where it is a loose search). Both databases are held to it; where
the library has grown, `python -m tests.search.terms --write` writes what is found now.
"""

import pytest
from django.test import SimpleTestCase, TestCase

from tests import curated
from tests.search import terms

PREFIXES = "ובכלמהש"
POINTS = "\u05b8\u05b7\u05b6\u05b4\u05bc\u0591"


def is_hebrew(query):
    return any("א" <= letter <= "ת" for letter in query)


def pointed(query):
    """The query with a point, or a note, on every letter."""
    marks = iter(POINTS * len(query))
    return "".join(
        letter + next(marks) if "א" <= letter <= "ת" else letter for letter in query
    )


def found(query):
    """What is found: the kind and the library's name of each, in order."""
    return terms.answers([query])[query]


class FileTests(SimpleTestCase):
    def test_the_command_would_write_the_file_as_it_stands(self):
        file = terms.TERMS.read_text(encoding="utf-8")
        self.assertEqual(terms.written(terms.expected()).rstrip(), file.rstrip())

    def test_what_is_found_otherwise_is_named(self):
        before, now = {"a": ["x", "y"], "b": ["x"]}, {"a": ["z", "y"], "b": ["x"]}
        lines = list(terms.differences(before, now))
        self.assertEqual(lines, ["a: no more ['x'], now ['z']"])


@pytest.mark.slow
class TermsTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        curated.load()
        cls.expected = terms.expected()

    def test_there_are_sixty(self):
        self.assertEqual(len(self.expected), 60)
        hebrew = [query for query in self.expected if is_hebrew(query)]
        self.assertGreaterEqual(len(hebrew), 30)

    def test_each_finds_the_same_in_the_same_order(self):
        for query, names in self.expected.items():
            with self.subTest(query):
                self.assertEqual(found(query), names)

    def test_each_finds_something(self):
        for query, names in self.expected.items():
            with self.subTest(query):
                self.assertTrue(names)

    def test_points_make_no_difference(self):
        for query, names in self.expected.items():
            if is_hebrew(query):
                with self.subTest(query):
                    self.assertEqual(found(pointed(query)), names)

    def test_each_letter_before_a_word_makes_no_difference(self):
        for query, names in self.expected.items():
            if is_hebrew(query) and '"' not in query:
                for prefix in PREFIXES:
                    with self.subTest(query, prefix=prefix):
                        self.assertEqual(found(f"{prefix}{query}"), names)

    def test_case_and_accents_make_no_difference(self):
        for query, names in self.expected.items():
            if not is_hebrew(query):
                written = query.upper().replace("A", "Á").replace("E", "é")
                with self.subTest(query):
                    self.assertEqual(found(written), names)
