"""What was there before sign-up came is taken over."""

from importlib import import_module
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection
from django.test import TestCase

from studyhall.accounts.models import User

NAMES = import_module("studyhall.accounts.migrations.0006_names_and_tallies")
ADDRESSES = import_module("studyhall.accounts.migrations.0008_verified_addresses")
# What a migration asks of its schema editor.
HERE = SimpleNamespace(connection=connection)


class TakenOverTests(TestCase):
    def test_names_that_look_alike_are_numbered(self):
        for number, name in enumerate(("Rivka", "Rachel", "Leah", "", "")):
            User.objects.create_user(f"{number}@example.org", display_name=name)
        User.objects.filter(display_name="Rachel").update(
            display_name="RIVKA", folded_name=""
        )
        User.objects.filter(display_name="Leah").update(
            display_name="rivka", folded_name=""
        )
        NAMES.tell_apart(apps, HERE)
        names = User.objects.order_by("pk").values_list("display_name", flat=True)
        self.assertEqual(list(names), ["Rivka", "RIVKA 2", "rivka 3", "", ""])

    def test_every_account_has_an_address_that_is_known_to_be_theirs(self):
        old = User.objects.create_user("old@example.org", display_name="Old")
        ADDRESSES.verify(apps, HERE)
        ADDRESSES.verify(apps, HERE)
        address = EmailAddress.objects.get()
        self.assertEqual((address.user, address.email), (old, "old@example.org"))
        self.assertTrue(address.verified and address.primary)
