"""When two texts say the same words, and where words stand in a text."""

from django.test import SimpleTestCase

from sources.text import find_words, fold, skeleton


class SkeletonTests(SimpleTestCase):
    def test_points_make_no_difference(self):
        self.assertEqual(skeleton("בּוֹנֵה יְרוּשָׁלִַם יְהוָה"), skeleton("בונה ירושלם יהוה"))

    def test_composed_and_decomposed_letters_are_one(self):
        self.assertEqual(skeleton("\ufb2a\ufb4b"), skeleton("שו"))
        self.assertEqual(skeleton("\ufb21"), skeleton("א"))

    def test_final_forms_case_and_quotes_make_no_difference(self):
        self.assertEqual(skeleton("Shalom שלום"), skeleton("SHALOMשלומ"))
        self.assertEqual(skeleton('רש"י'), skeleton("רש״י"))
        self.assertEqual(skeleton("רש''י"), skeleton("רשי"))

    def test_letters_and_digits_alone_are_left(self):
        self.assertEqual(skeleton("Megillah 17b, (line 3)!"), "megillah17bline3")
        self.assertEqual(skeleton("־ — ׃ \u200f"), "")

    def test_the_spellings_of_the_name_are_one(self):
        for spelling in ["ה'", "ה׳", "יי", "ײ", "י״י", "ד'", 'הוי"ה', "הוי''ה", "יְהוָה"]:
            with self.subTest(spelling):
                self.assertEqual(skeleton(f"בונה {spelling} נדחי"), "בונהיהוהנדחי")

    def test_the_name_keeps_its_prefix(self):
        self.assertEqual(skeleton("מנחה לה'"), skeleton("מִנְחָה לַיהוָה"))

    def test_other_words_are_not_the_name(self):
        for word in ["הויה", "יהודה", "תורה'", "ה", "חיי", '"שלה"', 'ה"א', "ד"]:
            with self.subTest(word):
                self.assertNotIn("יהוה", skeleton(word))


class FoldTests(SimpleTestCase):
    def test_words_are_parted_by_one_space(self):
        self.assertEqual(fold("  על־ידי \n Ta'anit–x, “So” "), "על ידי taanit x so")

    def test_a_text_of_marks_folds_to_nothing(self):
        self.assertEqual(fold("\"' ־ ׳״ …"), "")

    def test_invisible_marks_part_nothing(self):
        self.assertEqual(fold("a\u200db\u00adc\u200e ד\u034fה"), "abc דה")


class FindWordsTests(SimpleTestCase):
    def found(self, text, words):
        span = find_words(text, words)
        return span and text[slice(*span)]

    def test_unpointed_words_are_found_in_a_pointed_text(self):
        text = "בּוֹנֵה יְרוּשָׁלִַם יְהוָה נִדְחֵי יִשְׂרָאֵל יְכַנֵּס"
        self.assertEqual(self.found(text, "ירושלם ה' נדחי"), "יְרוּשָׁלִַם יְהוָה נִדְחֵי")

    def test_marks_of_the_last_letter_belong_to_the_place(self):
        self.assertEqual(self.found("אֲנִי בְּעִתָּהּ אֲחִישֶׁנָּה", "בעתה"), "בְּעִתָּהּ")

    def test_whole_words_are_preferred(self):
        self.assertEqual(find_words("island and land", "land"), (11, 15))

    def test_letters_across_words_are_found_where_no_whole_words_are(self):
        self.assertEqual(self.found("על־ידי משיח", "עלידי"), "על־ידי")

    def test_punctuation_of_the_words_belongs_to_the_place(self):
        self.assertEqual(self.found("אמר (בונה וגו') כו", "(בונה וגו')"), "(בונה וגו')")
        self.assertEqual(self.found("He said: come home.", "come home"), "come home")

    def test_words_may_run_over_a_line_end(self):
        self.assertEqual(self.found("one two\nthree", "two three"), "two\nthree")

    def test_absent_words_and_empty_words_are_not_found(self):
        self.assertIsNone(find_words("אחד שנים", "שלשה"))
        self.assertIsNone(find_words("אחד שנים", " … "))
        self.assertIsNone(find_words("", "אחד"))
