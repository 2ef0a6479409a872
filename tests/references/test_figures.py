import pytest
from django.test import SimpleTestCase

from . import compare


class FiguresTests(SimpleTestCase):
    @pytest.mark.slow
    def test_the_readme_says_what_is_measured(self):
        lines, first, last = compare.written()
        self.assertEqual(lines[first:last], compare.table())

    def test_the_rival_is_an_honest_one(self):
        count, rival, _ = compare.lexicon()
        self.assertGreater(rival, count / 2)
