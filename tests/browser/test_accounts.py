"""Signing in with a second factor and with a passkey, under the strict policy."""

import base64
import hmac
import re
import time

import pytest

from tests.browser import server
from tests.browser.case import BrowserCase
from tests.browser.test_accessibility import violations

PASSWORD = "gather-us-from-the-four-9"
HOSTS = "127.0.0.1,localhost"
FOR_ANYONE = ["/accounts/signup/", "/accounts/password/reset/", "/accounts/closed/"]
OF_ONES_OWN = [
    "/me/",
    "/me/settings/",
    "/me/delete/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/second-factor/",
]


@pytest.fixture(scope="class")
def guarded(request, chromium, tmp_path_factory):
    """A site of its own that asks for a second factor, with one editor."""
    folder = tmp_path_factory.mktemp("guarded")
    more = {"SECOND_FACTOR": "1", "ALLOWED_HOSTS": HOSTS}
    with server.running(folder, **more) as address:
        settings = server.environment(folder) | more | {"EDITOR_PASSWORD": PASSWORD}
        about = ["--email", "ed@example.org", "--name", "Rivka"]
        server.manage(settings, "make_editor", "--noinput", *about)
        # Passkeys belong to a name, not to a number.
        request.cls.site = address.replace("127.0.0.1", "localhost")
        request.cls.chromium = chromium
        yield


@pytest.mark.browser
@pytest.mark.usefixtures("guarded")
class SecondFactorTests(BrowserCase):
    def test_an_editor_sets_both_up_and_signs_in_with_each(self):
        page = self.page = self.open("/admin/")
        self.problems = []
        page.on("console", self.note_problem)
        self.with_keys(page)
        self.give_password()
        self.assertIn("asks for a second factor", self.main())

        secret = self.set_up_the_app()
        self.visit(page, "/admin/")
        self.assertIn("/admin/", page.url)

        self.add_a_passkey()
        self.check_all(OF_ONES_OWN)
        self.sign_out()
        self.check_all(FOR_ANYONE)
        self.visit(page, "/accounts/login/?next=/admin/")
        self.check()
        self.press("Sign in with a passkey")
        page.wait_for_url("**/admin/")

        self.sign_out()
        self.visit(page, "/accounts/login/?next=/admin/")
        self.give_password()
        self.assertIn("Your second factor", self.main())
        self.check()
        page.fill("[name=code]", code_of(secret, ahead=1))
        self.press("Sign in")
        page.wait_for_url("**/admin/")
        self.assertEqual(self.problems, [])

    def check_all(self, paths):
        for path in paths:
            with self.subTest(path=path):
                self.visit(self.page, path)
                self.check()

    def note_problem(self, message):
        # What a wrong answer's own status puts there is no problem of the page.
        if message.type == "error":
            self.problems.append(message.text)

    def with_keys(self, page):
        """Let the browser have a key of its own, as a phone has."""
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        about = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": about})

    def give_password(self):
        self.page.fill("[name=login]", "ed@example.org")
        self.page.fill("[name=password]", PASSWORD)
        self.press("Sign in")

    def give_password_again(self):
        if "reauthenticate" in self.page.url:
            self.check()
            self.page.fill("[name=password]", PASSWORD)
            self.press("Go on")

    def set_up_the_app(self):
        self.visit(self.page, "/accounts/second-factor/totp/activate/")
        self.give_password_again()
        self.check()
        secret = re.search(r"Secret: (\w+)", self.main())[1]
        self.page.fill("[name=code]", code_of(secret))
        self.press("Use it")
        self.assertIn("Recovery codes", self.main())
        self.check()
        return secret

    def add_a_passkey(self):
        self.visit(self.page, "/accounts/second-factor/webauthn/add/")
        self.give_password_again()
        self.check()
        self.page.fill("[name=name]", "A phone")
        self.page.check("[name=passwordless]")
        self.press("Add it")
        self.visit(self.page, "/accounts/second-factor/webauthn/")
        self.assertIn("A phone", self.main())
        self.check()

    def sign_out(self):
        self.visit(self.page, "/accounts/logout/")
        self.page.click("main button:has-text('Sign out')")
        self.page.wait_for_load_state()

    def press(self, name):
        with self.page.expect_navigation():
            main = self.page.locator("main")
            main.get_by_role("button", name=name, exact=True).click()

    def main(self):
        return self.page.locator("main").inner_text()

    def check(self):
        self.assertEqual(violations(self.page), {})


def code_of(secret, ahead=0):
    """What an app shows now, or so many half minutes later (RFC 6238)."""
    counter = int(time.time()) // 30 + ahead
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"
