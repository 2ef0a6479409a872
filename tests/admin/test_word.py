"""What Word pastes: what `from_word` makes of it, and how the forms offer it."""

import unicodedata
from collections import Counter

import pytest
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from sources.text import from_word
from tests import make
from tests.admin.forms import url
from tests.admin.test_saving import AdminTestCase

PASTED = "“It’s\u00a0here”, re\u00adturn"
TYPED = '"It\'s here", return'
FORMS = "".join(map(chr, range(0xFB1D, 0xFB50)))
HEBREW = "".join(map(chr, range(0x0591, 0x05F5)))
texts = st.text(st.sampled_from(FORMS + HEBREW + "“”‘’„‚\u00a0\u202f\u00ad ab\n\"'"))


def marks(text):
    """How often each point stands in a text, those in one sign with a letter too."""
    return Counter(
        sign
        for sign in unicodedata.normalize("NFKD", text)
        if unicodedata.category(sign) == "Mn"
    )


class FromWordTests(SimpleTestCase):
    def test_makes_of_each_sign_what_is_typed(self):
        self.assertEqual(from_word(PASTED)[0], TYPED)
        self.assertEqual(from_word("\u202f")[0], " ")

    def test_parts_presentation_forms_into_letters_and_points(self):
        self.assertEqual(from_word("\ufb2a\ufb4b\ufb4f")[0], "שׁוֹאל")

    def test_says_what_it_changed_and_where(self):
        signs = from_word("a “b\u00ad”")[1]
        told = [(sign.start, sign.before, sign.after) for sign in signs]
        self.assertEqual(told, [(2, "“", '"'), (4, "\u00ad", ""), (5, "”", '"')])

    def test_leaves_what_was_written_by_hand(self):
        for text in ("רש״י ל׳", 'רש"י', "it's – here — now", "קָדְשׁ־קֹדֶשׁ", "\ufb1e", ""):
            with self.subTest(text=text):
                self.assertEqual(from_word(text), (text, []))

    @given(texts)
    def test_loses_no_point(self, text):
        self.assertEqual(marks(from_word(text)[0]), marks(text))

    @given(texts)
    def test_a_second_time_finds_nothing(self, text):
        once, _ = from_word(text)
        self.assertEqual(from_word(once), (once, []))

    @given(texts)
    def test_its_list_rebuilds_what_it_made(self, text):
        made, signs = from_word(text)
        rebuilt = text
        for sign in reversed(signs):
            self.assertEqual(text[sign.start], sign.before)
            rebuilt = rebuilt[: sign.start] + sign.after + rebuilt[sign.start + 1 :]
        self.assertEqual(rebuilt, made)


@pytest.mark.slow
class OfferTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.topic = make.topic("Names")

    def save(self, **fields):
        answer = self.client.post(
            url(self.topic), self.opened(self.topic, why="x", **fields)
        )
        self.topic.refresh_from_db()
        return answer

    def test_shows_before_it_stores_anything(self):
        answer = self.save(description=PASTED)
        self.assertEqual((answer.status_code, self.topic.version), (422, 1))
        self.assertContains(answer, "signs that Word pastes", status_code=422)
        self.assertContains(answer, "no-break space", status_code=422)

    def test_cleans_the_fields_that_are_ticked(self):
        shown = self.save(description=PASTED).context["pasted"].offers[0]
        self.save(description=PASTED, _from_word=shown.name, _word_shown=shown.token)
        self.assertEqual(self.topic.description, TYPED)

    def test_stores_as_it_is_what_was_shown_and_not_ticked(self):
        shown = self.save(description=PASTED).context["pasted"].offers[0]
        self.save(description=PASTED, _word_shown=shown.token)
        self.assertEqual(self.topic.description, PASTED)

    def test_asks_again_for_what_was_pasted_since(self):
        shown = self.save(description=PASTED).context["pasted"].offers[0]
        answer = self.save(description=f"{PASTED} “x”", _word_shown=shown.token)
        self.assertEqual(answer.status_code, 422)

    def test_says_nothing_of_what_is_stored_already(self):
        topic = make.topic("Others", description=PASTED)
        answer = self.client.post(url(topic), self.opened(topic, order="3", why="x"))
        self.assertEqual(answer.status_code, 302)
