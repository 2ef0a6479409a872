"""Where a note's words stand once the text has changed, one case after another."""

from django.test import SimpleTestCase

from studyhall.annotations.anchoring import (
    Difference,
    State,
    carry,
    describe,
    refusal,
    snapped,
)
from studyhall.annotations.pairing import TooRepetitive

POINTED = "בּוֹנֵה יְרוּשָׁלִַם יְהוָה נִדְחֵי יִשְׂרָאֵל יְכַנֵּס"
PLAIN = "בונה ירושלם ה' נדחי ישראל יכנס"
LITANY = "כי לעולם חסדו "
FILLER = "דוגמה מילוי נייר שולחן חלון עיפרון כיסא פינה צהוב סלסלה מנורה קומקום"


class Case(SimpleTestCase):
    def carried(self, old, new, words):
        """What became of a note on words of the old text: its state and its words."""
        start = old.index(words)
        (note,) = carry(old, new, [(start, start + len(words))])
        return note.state, note.start is not None and new[note.start : note.end]


class AnchoredTests(Case):
    def test_a_text_that_stays_moves_nothing(self):
        text = "א 😀, ב"
        for start in range(len(text)):
            for end in range(start + 1, len(text) + 1):
                (note,) = carry(text, text, [(start, end)])
                self.assertEqual(
                    (note.state, note.start, note.end), ("anchored", start, end)
                )

    def test_points_that_go_move_nothing(self):
        found = self.carried(POINTED, PLAIN, "נִדְחֵי יִשְׂרָאֵל")
        self.assertEqual(found, (State.ANCHORED, "נדחי ישראל"))

    def test_points_that_come_are_part_of_the_last_letter(self):
        found = self.carried(PLAIN, POINTED, "בונה")
        self.assertEqual(found, (State.ANCHORED, "בּוֹנֵה"))
        found = self.carried("אני בעתה אחישנה", "אֲנִי בְּעִתָּהּ אֲחִישֶׁנָּה", "בעתה")
        self.assertEqual(found, (State.ANCHORED, "בְּעִתָּהּ"))

    def test_the_name_is_one_in_all_its_spellings(self):
        self.assertEqual(self.carried(PLAIN, POINTED, "ה'"), ("anchored", "יְהוָה"))

    def test_words_before_the_note_shift_it(self):
        for before in ["😀 𝄞 ", "נייר שולחן\n", "«", "\u2067a\u2069 "]:
            with self.subTest(before):
                found = self.carried(PLAIN, before + PLAIN, "נדחי ישראל")
                self.assertEqual(found, ("anchored", "נדחי ישראל"))
                found = self.carried(before + PLAIN, POINTED, "נדחי ישראל")
                self.assertEqual(found, ("anchored", "נִדְחֵי יִשְׂרָאֵל"))

    def test_a_note_may_cover_several_lines(self):
        old, new = FILLER.replace(" ", "\n"), FILLER.replace("נייר", "נייר לבן")
        found = self.carried(old, new, "מילוי\nנייר\nשולחן")
        self.assertEqual(found, ("anchored", "מילוי נייר לבן שולחן"))

    def test_an_edited_word_keeps_the_note_whole(self):
        new = FILLER.replace("שולחן", "השולחנות")
        self.assertEqual(self.carried(FILLER, new, "שולחן"), ("anchored", "השולחנות"))
        found = self.carried(FILLER, new, "נייר שולחן חלון")
        self.assertEqual(found, ("anchored", "נייר השולחנות חלון"))

    def test_words_are_joined_and_parted(self):
        old, new = "מילוי על ידי נייר", "מילוי עלידי נייר"
        self.assertEqual(self.carried(old, new, "על ידי"), ("anchored", "עלידי"))
        self.assertEqual(self.carried(new, old, "עלידי"), ("anchored", "על ידי"))

    def test_punctuation_at_the_edges_stays_where_it_is(self):
        old, new = 'דוגמה "נייר, שולחן." חלון', 'מילוי דוגמה "נייר: שולחן." חלון'
        for words in ['"נייר, שולחן."', "נייר, שולחן"]:
            found = self.carried(old, new, words)
            self.assertEqual(found, ("anchored", words.replace(",", ":")))
        found = self.carried(old, new.replace('"', ""), '"נייר, שולחן."')
        self.assertEqual(found, ("anchored", "נייר: שולחן."))

    def test_signs_between_letters_stay_between_them(self):
        old, new = "דוגמה 😀, נייר 𝄞", "מילוי דוגמה 😀, נייר 𝄞"
        self.assertEqual(self.carried(old, new, "😀"), ("anchored", "😀"))
        self.assertEqual(self.carried(old, new, " 𝄞"), ("anchored", " 𝄞"))
        self.assertEqual(self.carried("😀!", "😀!?", "!"), ("anchored", "!"))
        self.assertEqual(self.carried(old, "דוגמה נייר", "😀"), ("orphaned", False))
        self.assertEqual(self.carried(old, "דוגמה", ","), ("orphaned", False))

    def test_it_says_how_many_letters_are_kept(self):
        (note,) = carry("נייר שולחן", "נייר", [(0, 10)])
        self.assertEqual((note.state, note.kept, note.letters), ("orphaned", 4, 9))
        (note,) = carry("נייר חלון", "נייר", [(0, 9)])
        self.assertEqual((note.state, note.kept, note.letters), ("anchored", 4, 8))


class NotAnchoredTests(Case):
    def test_deleted_words_leave_the_note_without_a_place(self):
        new = FILLER.replace("כיסא פינה ", "")
        self.assertEqual(self.carried(FILLER, new, "כיסא פינה"), ("orphaned", False))

    def test_replaced_words_leave_the_note_without_a_place(self):
        new = FILLER.replace("כיסא פינה", "ברזל תות")
        self.assertEqual(self.carried(FILLER, new, "כיסא פינה"), ("orphaned", False))

    def test_a_text_that_goes_altogether_orphans_every_note(self):
        for new in ["", "...", "sample filler paper"]:
            self.assertEqual(self.carried(FILLER, new, "נייר"), ("orphaned", False))

    def test_deleted_words_are_not_sought_where_they_stood_twice(self):
        twice = "כיסא פינה צהוב סלסלה"
        old = f"{twice} מנורה {FILLER}"
        (note,) = carry(old, old.replace(f"{twice} מנורה ", ""), [(0, len(twice))])
        self.assertEqual(note.state, State.ORPHANED)

    def test_moved_words_are_only_proposed(self):
        moved = "כיסא פינה צהוב סלסלה"
        new = f"{moved} {FILLER.replace(f'{moved} ', '')}"
        self.assertEqual(self.carried(FILLER, new, moved), ("proposed", moved))
        self.assertEqual(self.carried(FILLER, new, "פינה"), ("proposed", "פינה"))

    def test_moved_words_that_were_edited_too_are_proposed(self):
        moved = "כיסא פינה צהוב סלסלה גדולה מאוד"
        old = f"{FILLER} {moved} {FILLER[::-1]}"
        new = f"{moved.replace('צהוב', 'צהובה')} {FILLER} {FILLER[::-1]}"
        self.assertEqual(self.carried(old, new, "גדולה"), ("proposed", "גדולה"))

    def test_words_that_come_apart_are_proposed_where_most_of_them_stand(self):
        new = FILLER.replace("שולחן", f"{'גדר חצץ כפתור מגירה ' * 5}שולחן")
        found = self.carried(FILLER, new, "דוגמה מילוי נייר שולחן")
        self.assertEqual(found, ("proposed", "דוגמה מילוי נייר"))


class RefusedTests(SimpleTestCase):
    def test_spans_that_are_no_words_of_the_text(self):
        for span in [(0, 0), (2, 1), (-1, 2), (0, 5), (4, 5), (4, 4)]:
            with self.subTest(span), self.assertRaises(ValueError):
                carry("אבגד", "אבגד", [span])
            with self.subTest(span), self.assertRaises(ValueError):
                describe("אבגד", *span)

    def test_a_litany_that_changes_throughout_is_refused_by_counting(self):
        part = LITANY * 1700
        new = f"{part}{FILLER} {part}{FILLER[::-1]} {part}"
        with self.assertRaises(TooRepetitive):
            Difference(part * 3, new)
        self.assertIn("in parts", refusal(part * 3, new))
        self.assertEqual(refusal(part, f"{part}{FILLER}"), "")

    def test_a_litany_is_saved_in_parts(self):
        text = LITANY * 5000
        middle = len(LITANY) * 2500
        for new in [
            text.replace("כי", "כִּי"),
            f"{text[:middle]}{FILLER} {text[middle:]}",
            f"{FILLER} {text}",
            text.replace("חסדו", "חסדך"),
        ]:
            self.assertEqual(refusal(text, new), "")
            notes = carry(text, new, [(at, at + 8) for at in (0, middle)])
            self.assertEqual({note.state for note in notes}, {"anchored"})


class DescribeTests(SimpleTestCase):
    def test_context_is_64_code_points_on_each_side(self):
        text = f"{'א' * 100}דוגמה{'ב' * 100}"
        about = describe(text, 100, 105)
        self.assertEqual(about.exact, "דוגמה")
        self.assertEqual((about.prefix, about.suffix), ("א" * 64, "ב" * 64))
        about = describe("דוגמה", 1, 2)
        self.assertEqual((about.prefix, about.suffix), ("ד", "גמה"))

    def test_no_sign_is_parted_from_its_marks(self):
        whole = ["בְּ", "👩\u200d👧", "👍🏽", "🇮🇱", "e\u0301"]
        for sign in whole:
            for extra in range(64):
                context = f"{sign * 70}{'א' * extra}"
                text = f"{context}נ{context[::-1][:extra]}{sign * 70}"
                about = describe(text, len(context), len(context) + 1)
                with self.subTest(sign, extra=extra):
                    self.assertEqual(
                        about.prefix.replace("א", "").replace(sign, ""), ""
                    )
                    self.assertEqual(
                        about.suffix.replace("א", "").replace(sign, ""), ""
                    )
                    self.assertGreater(len(about.prefix), 64 - len(sign))
                    self.assertLessEqual(len(about.prefix), 64)

    def test_a_span_is_widened_to_whole_signs(self):
        text = "אבְּג🇮🇱🇫🇷"
        self.assertEqual(snapped(text, 2, 3), (1, 4))
        self.assertEqual(snapped(text, 0, 2), (0, 4))
        self.assertEqual(snapped(text, 6, 7), (5, 7))
        self.assertEqual(snapped(text, 7, 8), (7, 9))
        self.assertEqual(snapped(text, 4, 5), (4, 5))
