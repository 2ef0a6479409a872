"""What the tests of accounts share."""

import re
from unittest import mock

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import TestCase

from studyhall.accounts.models import User

PASSWORD = "the exiles come home"
OTHER = "gather us from the four"


def hashing():
    """A context in which each password that is hashed is counted."""
    encode = MD5PasswordHasher.encode
    return mock.patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=encode
    )


class AccountCase(TestCase):
    def setUp(self):
        cache.clear()

    def person(self, email="rivka@example.org", name="Rivka", **fields):
        """Someone with a password and an address that is known to be theirs."""
        fields = {"display_name": name, **fields}
        user = User.objects.create_user(email, PASSWORD, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    def sign_in(self, login="rivka@example.org", password=PASSWORD, **more):
        form = {"login": login, "password": password, **more}
        return self.client.post("/accounts/login/", form)

    def sign_up(self, email="new@example.org", name="Chana", **more):
        form = {"email": email, "username": name, "password1": PASSWORD, **more}
        return self.client.post("/accounts/signup/", form)

    def code(self):
        """The code in the last letter."""
        return re.search(r"^([A-Z0-9-]{4,12})$", mail.outbox[-1].body, re.M)[1]

    def is_signed_in(self):
        return "_auth_user_id" in self.client.session
