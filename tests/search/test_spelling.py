"""How words sound, and which are one letter off."""

from django.test import SimpleTestCase, TestCase

from sources.models import SearchSlip, SearchWord
from sources.search.spelling import (
    SHORTEST_SLIP,
    is_one_off,
    learn,
    slips,
    sound,
    spellings,
)


class SoundTests(SimpleTestCase):
    def assertSoundAlike(self, *words):
        self.assertEqual(len({sound(word) for word in words}), 1, words)

    def test_latin_spellings_of_one_name_sound_alike(self):
        for names in (
            "shabbos shabbat shabbath",
            "yevamos yebamoth yevamot",
            "succah sukkah sukka",
            "megillah megilla megila",
            "yechezkel yehezkel yehezqel",
            "tzion zion",
            "mashiach moshiach",
            "taanis taanit",
            "yosef yoseph",
        ):
            with self.subTest(names):
                self.assertSoundAlike(*names.split())

    def test_full_and_defective_spelling_sound_alike(self):
        for names in (
            "גליות גלות גלויות",
            "קיבוצ קבוצ קבצ",
            "תהילימ תהלימ",
            "דוד דויד",
        ):
            with self.subTest(names):
                self.assertSoundAlike(*names.split())

    def test_other_words_do_not(self):
        for one, other in (("rashi", "rashbam"), ("גאולה", "גלות"), ("יוד", "די")):
            with self.subTest(one):
                self.assertNotEqual(sound(one), sound(other))


class OneOffTests(SimpleTestCase):
    def test_one_letter_more_less_changed_or_swapped(self):
        for other in ("exiles", "exile", "exilees", "exilas", "exlies", "xiles"):
            with self.subTest(other):
                self.assertTrue(is_one_off("exiles", other))
                self.assertTrue(is_one_off(other, "exiles"))

    def test_two_letters_are_too_many(self):
        for other in ("exil", "exilesss", "axilas", "exsile", "xelies", ""):
            with self.subTest(other):
                self.assertFalse(is_one_off("exiles", other))


class LearnTests(TestCase):
    def test_a_word_is_kept_once(self):
        learn(["exiles", "exiles"])
        learn(["exiles", "gathered"])
        words = SearchWord.objects.values_list("word", flat=True)
        self.assertEqual(set(words), {"exiles", "gathered"})
        self.assertEqual(SearchSlip.objects.filter(sound="exiles").count(), 7)

    def test_figures_and_endless_words_are_not_kept(self):
        learn(["17b", "x" * 41])
        self.assertFalse(SearchWord.objects.exists())

    def test_words_are_found_by_other_spellings(self):
        learn(["yevamos", "gathered"])
        self.assertEqual(spellings(["yebamoth"]), {"yebamoth": ["yevamos"]})

    def test_words_are_found_one_letter_off(self):
        learn(["exiles", "gathered"])
        self.assertEqual(slips(["exlies", "sea"]), {"exlies": ["exiles"], "sea": []})

    def test_short_words_have_no_slips(self):
        learn(["king"[: SHORTEST_SLIP - 1]])
        self.assertFalse(SearchSlip.objects.exists())

    def test_names_that_no_rule_turns_into_one_another_are_known(self):
        learn(["mashiach", "משיח"])
        self.assertEqual(set(spellings(["messiah"])["messiah"]), {"mashiach", "משיח"})
