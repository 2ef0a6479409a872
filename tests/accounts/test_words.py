"""What allauth shows and sends is in this site's words, not in its own."""

import re
from pathlib import Path

import allauth
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.template import Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, SimpleTestCase
from django.utils import timezone

from tests.accounts.case import OTHER, PASSWORD, AccountCase

ITS_OWN = Path(allauth.__file__).parent / "templates"
OURS = Path(settings.BASE_DIR) / "templates"
# Of ways that this site has switched off, and frames of pages that are all ours.
NOT_IN_USE = re.compile(
    "base_|snippets/|/base|phone|login_code|signup_by_passkey|signup_form|trust"
    "|password_reset_key|password_reset_done|account/email.html|email_confirm.html"
)


def templates():
    for part in ("account", "mfa"):
        for path in sorted((ITS_OWN / part).rglob("*.*")):
            name = str(path.relative_to(ITS_OWN))
            if not NOT_IN_USE.search(name):
                yield name


class WordsTests(SimpleTestCase):
    def test_whatever_allauth_renders_is_a_template_of_ours(self):
        names = list(templates())
        self.assertGreater(len(names), 70)
        for name in names:
            with self.subTest(name=name):
                self.assertTrue((OURS / name).is_file())
                self.assertIsInstance(get_template(name).template, Template)

    def test_the_ways_left_out_are_switched_off(self):
        self.assertTrue(settings.ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED)
        self.assertTrue(settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED)
        self.assertTrue(settings.ACCOUNT_CHANGE_EMAIL)
        self.assertNotIn("phone*", settings.ACCOUNT_SIGNUP_FIELDS)
        for name in ("LOGIN_BY_CODE_ENABLED", "LOGIN_BY_CODE_REQUIRED"):
            self.assertFalse(getattr(settings, f"ACCOUNT_{name}", False))
        for name in ("PASSKEY_SIGNUP_ENABLED", "TRUST_ENABLED"):
            self.assertFalse(getattr(settings, f"MFA_{name}", False))

    def test_every_letter_says_what_happened_and_what_to_do(self):
        request = RequestFactory().get("/")
        said = {"ip": "192.0.2.1", "timestamp": timezone.now(), "code": "AB12"}
        for name in templates():
            if not name.endswith("_message.txt"):
                continue
            with self.subTest(name=name):
                subject = render_to_string(name.replace("_message", "_subject"), said)
                letter = render_to_string(name, said, request)
                self.assertTrue(subject.strip())
                self.assertIn("http://testserver/", letter)
                self.assertIn("If ", letter)
                self.assertNotIn("&#", letter)


class SaidTests(AccountCase):
    def said(self, answer):
        """What the next page announces."""
        page = self.client.get(answer["Location"])
        return [str(message) for message in page.context["messages"]]

    def test_signing_in_says_nothing_that_the_header_does_not(self):
        self.person()
        self.assertEqual(self.said(self.sign_in(next="/topics/")), [])
        answer = self.client.post("/accounts/logout/")
        self.assertEqual(self.said(answer), ["You are signed out."])

    def test_a_letter_is_announced_once(self):
        answer = self.sign_up()
        self.assertEqual(self.said(answer), [])
        cache.clear()  # a second letter is sent after ten seconds
        again = self.client.post("/accounts/confirm-email/", {"action": "resend"})
        self.assertEqual(
            self.said(again), ["A new letter is on its way to new@example.org."]
        )
        answer = self.client.post("/accounts/confirm-email/", {"code": self.code()})
        self.assertEqual(
            self.said(answer), ["new@example.org is now known to be yours."]
        )

    def test_a_changed_password_is_told_by_letter(self):
        self.person()
        self.sign_in()
        new = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
        self.client.post("/accounts/password/change/", new)
        letter = mail.outbox[-1]
        self.assertEqual(letter.subject, "[studyhall] Your password is changed")
        self.assertIn("from 127.0.0.1", letter.body)
        self.assertIn("http://testserver/accounts/password/reset/", letter.body)
