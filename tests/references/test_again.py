"""That words met again in a text cite what they would cite if they were read anew."""

from random import Random
from unittest import mock

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.references.again import Again

from .curated import at, catalogue
from .test_hostile import PIECES as HOSTILE
from .test_properties import PIECES


def read_anew(text, after=None):
    """What is found if nothing that was read is used again."""
    with mock.patch.object(Again, "open", return_value=False):
        return catalogue().find(text, after)


class AgainTests(SimpleTestCase):
    @settings(max_examples=60)
    @given(st.lists(st.sampled_from([*PIECES, *HOSTILE]), min_size=1, max_size=5))
    def test_finds_the_same_as_if_all_were_read_anew(self, pieces):
        shuffled = Random(len(pieces))
        text = "".join(shuffled.choice(pieces) for _ in range(40))
        self.assertEqual(catalogue().find(text), read_anew(text))

    def test_gives_ibid_the_place_before_it_and_not_the_one_of_last_time(self):
        text = "Megillah 17b, ibid. 18a. Succah 52b, ibid. 18a. " * 3
        found = catalogue().find(text)
        self.assertEqual(found, read_anew(text))
        works = [citation.reference.work.slug for citation in found.citations]
        self.assertEqual(works, ["megillah", "megillah", "succah", "succah"] * 3)

    def test_takes_what_stands_before_the_text_once(self):
        text = "ibid. 18a, and ibid. 19a; " * 4 + "Succah 52b; ibid. 18a, "
        after = at("megillah/17b")
        self.assertEqual(catalogue().find(text, after), read_anew(text, after))

    def test_uses_again_what_was_read(self):
        text = "Berachos 17b; " * 50
        with mock.patch.object(
            Again, "keep", autospec=True, side_effect=Again.keep
        ) as keep:
            catalogue().find(text)
        self.assertLess(keep.call_count, 12)

    def test_looks_at_the_neighbours_of_the_rif_each_time(self):
        text = (
            "the Rif 12a" + " x" * 30 + " Etz Yosef and the Rif 12a" + " y" * 30
        ) * 3
        found = catalogue().find(text)
        self.assertEqual(found, read_anew(text))
        self.assertEqual(len(found.citations), 3)  # beside Etz Yosef he is Pinto
