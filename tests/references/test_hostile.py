import time

import pytest
from django.test import SimpleTestCase

from .curated import catalogue

PIECES = (
    *("1:1,", "2 ", "1. ", "9", "Rashi ", "Rif & ", "Rashi, Ramban & ", "Rashi there "),
    *('"', "(", " ", "\n", "-", "a'", "\u0591", "a\u0301", "א\u05b0", "\x00", "\ud800"),
    *(
        "Ps. 1:1, ",
        "Ps " + "1," * 22 + " x ",
        "Ps 1-",
        "Megillah 400a ",
        "Megillah (((",
    ),
    *("Rashi on Megillah 17b ", "Megillah 17b and 18a and ", "ibid. ", "Ber. 12 "),
    *(
        "Zohar ",
        "Zohar Parshas ",
        "Parshas ",
        "Tanchuma ",
        "Tanchuma Noach ",
        "Kol HaTor ",
    ),
    *(
        "commentary to Ruth 4:6 ",
        "Bereishis-",
        "Megillah:::",
        "שם ",
        "מגילה ",
        'יז ע"ב ',
    ),
    *("ישעיה ס׳, ד׳-ט׳ ", "תנחומא נח ", "Megillah 17b. Ibid. 18a. "),
    *("Berachos 17b; ", "ibid. 12, there, ", "Rif 12a & ", "Zohar I 139a, "),
    *("Megillah 17b. ibid. 18a, there, ", "Tehillim 126:1, ibid. 2; "),
    *("שם ע״ב ", "Tosafos on Megillah 17b, ", "פרק ", "מגילה דף ", "Zohar vol "),
)

CITATIONS = (
    *("Berachos 17b; ", "Rashi on Megillah 17b, ", "מגילה יז: ", "Rif 12a & "),
    *("Megillah 17b, ibid. 12, there, ", "Ber. 12 ", "Zohar I 139a, "),
    *("Tanchuma Noach 3, ", "Yeshayah 60:4-9, 21-22; ", "Megillah 400a "),
)


def seconds(text):
    """How long a text takes on the processor, whatever else the machine does."""
    before = time.process_time()
    catalogue().find(text)
    return time.process_time() - before


class HostileTests(SimpleTestCase):
    """A text that makes the finder look at every character takes linear time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        catalogue().find("x")

    @pytest.mark.slow
    def test_takes_moments_for_any_piece_repeated(self):
        for piece in PIECES:
            with self.subTest(piece):
                self.assertLess(seconds(piece * (20_000 // len(piece))), 1)

    @pytest.mark.prove
    def test_takes_seconds_for_a_megabyte_of_any_piece(self):
        for piece in PIECES:
            with self.subTest(piece):
                self.assertLess(seconds(piece * (1_000_000 // len(piece))), 12)

    @pytest.mark.prove
    def test_takes_a_moment_for_a_megabyte_of_nothing_but_citations(self):
        for piece in CITATIONS:
            with self.subTest(piece):
                self.assertLess(seconds(piece * (1_000_000 // len(piece))), 3)

    def test_takes_a_word_as_long_as_the_text(self):
        for letter in ("a", "א", "7", "\u0591", "א\u05b0", "e\u0301\u0323"):
            with self.subTest(letter):
                self.assertLess(seconds(letter * 300_000), 2)
