import os
from io import StringIO
from unittest import mock

from django.contrib.auth import authenticate
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse

from studyhall.accounts.models import User

PASSWORD = "the exiles come home"


class UserTests(TestCase):
    def test_an_address_is_one_account_in_any_case(self):
        User.objects.create_user("Reader@Example.org", display_name="A reader")
        with self.assertRaises(IntegrityError), transaction.atomic():
            User.objects.create_user("reader@EXAMPLE.org", display_name="Another")

    def test_the_database_itself_refuses_a_second_case(self):
        User.objects.create_user("reader@example.org")
        with self.assertRaises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(email="READER@example.org")])

    def test_signs_in_with_the_address_in_any_case(self):
        reader = User.objects.create_user("reader@example.org", PASSWORD)
        found = authenticate(username="Reader@Example.ORG", password=PASSWORD)
        self.assertEqual(found, reader)

    def test_needs_an_address(self):
        with self.assertRaises(ValueError):
            User.objects.create_user(" ")

    def test_is_shown_by_name(self):
        reader = User(email="reader@example.org", display_name="Rivka")
        self.assertEqual(str(reader), "Rivka")


class AdminTests(TestCase):
    def setUp(self):
        self.client.force_login(User.objects.create_superuser("keeper@example.org"))

    def test_says_that_an_address_is_taken(self):
        other = User.objects.create_user("other@example.org", display_name="Another")
        response = self.client.post(
            reverse("admin:accounts_user_change", args=[other.pk]),
            {"email": "KEEPER@example.org", "display_name": "Another"},
        )
        self.assertContains(response, "has an account already")

    def test_shows_and_lists_accounts_and_deletes_none(self):
        keeper = User.objects.get()
        page = reverse("admin:accounts_user_change", args=[keeper.pk])
        self.assertContains(self.client.get(page), "keeper@example.org")
        listed = self.client.get(reverse("admin:accounts_user_changelist"))
        self.assertContains(listed, "keeper@example.org")
        gone = reverse("admin:accounts_user_delete", args=[keeper.pk])
        self.assertEqual(self.client.get(gone).status_code, 403)


class MakeEditorTests(TestCase):
    def make(self, email="editor@example.org", password=PASSWORD):
        said = StringIO()
        with mock.patch.dict(os.environ, {"EDITOR_PASSWORD": password}):
            call_command(
                "make_editor", email=email, name="Ed", noinput=True, stdout=said
            )
        return said.getvalue()

    def test_makes_an_account_that_may_enter_the_admin(self):
        self.assertIn("editor@example.org", self.make())
        editor = User.objects.get()
        self.assertTrue(editor.is_staff)
        self.assertTrue(editor.check_password(PASSWORD))

    def test_refuses_what_is_wrong_in_a_sentence_and_makes_nothing(self):
        for wrong in ({"email": "nobody"}, {"password": "1234"}, {"password": ""}):
            with self.subTest(**wrong), self.assertRaises(CommandError):
                self.make(**wrong)
        self.assertFalse(User.objects.exists())

    def test_refuses_an_address_that_is_taken(self):
        self.make()
        with self.assertRaisesMessage(CommandError, "has an account already"):
            self.make(email="EDITOR@example.org")


class CacheTests(TestCase):
    def test_the_table_of_limits_is_there_after_migrating(self):
        cache.set("limit", 3)
        self.assertEqual(cache.incr("limit"), 4)
