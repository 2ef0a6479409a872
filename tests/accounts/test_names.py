from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase

from studyhall.accounts.models import User
from studyhall.accounts.names import check_not_kept_back, clean_name, folded


class NameTests(SimpleTestCase):
    def test_takes_letters_of_one_script_with_a_few_signs(self):
        for name in ("Rivka", "Moshe ben-Meir", "O'Hara 2", "רבקה", "רש״י", "Ривка"):
            with self.subTest(name=name):
                self.assertEqual(clean_name(name), name)

    def test_spaces_are_one_and_wide_letters_are_plain(self):
        self.assertEqual(clean_name("  Rivka \u00a0 B. "), "Rivka B.")
        self.assertEqual(clean_name("Ｒｉｖｋａ"), "Rivka")

    def test_refuses_what_deceives(self):
        for name in (
            "Rivkа",  # the last letter is Cyrillic
            "Rivka רבקה",
            "Rivka\u202e",
            "Riv\u200bka",
            "R\u0336ivka",
            "רבקה\u05b8",
            "<b>Rivka",
            "a\u0000b",
            "😀😀",
            "12",
            "...",
            "R",
            "a" * 51,
            "ǀǃ",
            "١٢٣ab",
        ):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                clean_name(name)

    def test_a_skeleton_is_the_same_for_what_looks_the_same(self):
        for one, other in (
            ("Rivka", "RIVKA"),
            ("Rivka", "Rívká"),
            ("Rivka", "r-i.v k'a"),
            ("Moshe 10", "Moshe lO"),
            ("coxa", "соха"),  # the second in Cyrillic
            ("Arnon", "Amon"),
            ("Lily", "Ll1y"),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(folded(one), folded(other))
        self.assertNotEqual(folded("Rivka"), folded("Rachel"))
        self.assertNotEqual(folded("דוד"), folded("דור"))

    def test_names_of_the_site_are_kept_back(self):
        for name in ("Moderator", "ADM1N", "Former  Reader", "studyhaII"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                check_not_kept_back(name)


class UniqueTests(TestCase):
    def test_the_database_refuses_a_name_that_looks_like_another(self):
        User.objects.create_user("a@example.org", display_name="Rivka")
        with self.assertRaises(IntegrityError), transaction.atomic():
            User.objects.create_user("b@example.org", display_name="RlVKA")

    def test_a_form_says_so_in_words(self):
        User.objects.create_user("a@example.org", display_name="Rivka")
        with self.assertRaisesMessage(ValidationError, "looks like it, is taken"):
            User(email="b@example.org", display_name="rivka", password="-").full_clean()

    def test_a_name_from_before_the_rules_stays(self):
        user = User.objects.create_user("a@example.org", display_name="X😀")
        user.full_clean()
        self.assertEqual(user.display_name, "X😀")
