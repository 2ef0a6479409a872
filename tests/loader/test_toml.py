"""What is written as TOML is read as the same values."""

import tomllib

import pytest
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from sources.toml import WIDTH, written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.text(
    "\"\\'\n\r\t \u200fאָ", max_size=120
)
PLAIN = TEXTS | st.integers() | st.booleans()
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner),
    max_leaves=12,
)


class WrittenTests(SimpleTestCase):
    @given(st.dictionaries(TEXTS, VALUES, max_size=4))
    @pytest.mark.slow
    def test_whatever_is_written_is_read_as_it_was(self, table):
        self.assertEqual(tomllib.loads(written(table)), table)

    def test_awkward_strings_are_read_as_they_were(self):
        long = "a" * WIDTH
        for text in ('"', '""""""', "\\", '\\"', f'{long}"', f'{long}"""x', "\n\na\n"):
            with self.subTest(text=text):
                self.assertEqual(tomllib.loads(written({"a": text})), {"a": text})

    def test_hebrew_stands_as_written(self):
        self.assertEqual(written({"a": "רש״י"}), 'a = "רש״י"\n')

    def test_a_name_with_quotes_is_a_literal_string(self):
        self.assertEqual(written({"a": 'רש"י'}), "a = 'רש\"י'\n")

    def test_what_has_lines_begins_on_a_line_of_its_own(self):
        self.assertEqual(written({"a": "b\nc"}), 'a = """\nb\nc"""\n')

    def test_tables_come_after_the_values(self):
        table = {"a": {"c": 1}, "d": [{"e": 2}, {"e": 3}], "b": 1}
        expected = "b = 1\n\n[a]\nc = 1\n\n[[d]]\ne = 2\n\n[[d]]\ne = 3\n"
        self.assertEqual(written(table), expected)

    def test_no_line_of_a_list_is_too_long(self):
        lines = written({"verses": list(range(100, 200))}).splitlines()
        self.assertGreater(len(lines), 2)
        self.assertLessEqual(max(map(len, lines)), WIDTH)

    def test_what_toml_cannot_hold_is_refused(self):
        with self.assertRaisesMessage(TypeError, "NoneType"):
            written({"a": None})
