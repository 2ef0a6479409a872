from django.test import SimpleTestCase

from .curated import at, catalogue, place, places, resolved
from .table_lexicon import EXTRA, FROM_SEED, IN_ITS_SENTENCE


def running_text():
    """The seed's citations in its order, a sentence each."""
    return "\n\n".join(
        f"Here too it is said ({IN_ITS_SENTENCE.get(text, text)}), and more."
        for text, _, _ in FROM_SEED
    )


class LexiconTests(SimpleTestCase):
    def test_holds_every_citation_of_the_lexicon(self):
        self.assertEqual((len(FROM_SEED), len(EXTRA)), (23, 14))

    def test_resolves_the_citations_of_the_seed_in_one_running_text(self):
        expected = [name for _, _, row in FROM_SEED for name in row]
        self.assertEqual(resolved(catalogue().find(running_text())), expected)

    def test_resolves_each_citation_that_stands_by_itself(self):
        for text, _, expected in EXTRA:
            with self.subTest(text):
                self.assertEqual(resolved(catalogue().find(text)), expected)
                self.assertEqual(place(catalogue().read(text)), expected[0])

    def test_carries_a_citation_on_from_the_text_before(self):
        before = at("yechezkel/32.14")
        found = catalogue().find("Ibid. 29:21", after=before)
        self.assertEqual(resolved(found), ["yechezkel/29.21"])

    def test_writes_a_place_as_the_lexicon_does_where_its_title_is_known(self):
        checked = 0
        for _, sefaria, expected in [*FROM_SEED, *EXTRA]:
            for named, name in zip(expected, sefaria, strict=True):
                written = at(named).sefaria
                if written:
                    checked += 1
                    self.assertEqual(written, name)
        self.assertGreater(checked, 20)

    def test_every_expected_place_is_one_of_the_library(self):
        for _, _, expected in [*FROM_SEED, *EXTRA]:
            self.assertEqual(places(map(at, expected)), expected)
