import pytest
from django.core import mail
from django.test import override_settings

from tests.accounts.case import OTHER, PASSWORD, AccountCase

FAR = "203.0.113.{}"


@pytest.mark.once
class DeviceTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.rivka = self.person()
        self.stranger = self.client_class()

    def sign_in_and_out(self, login="rivka@example.org"):
        answer = self.sign_in(login)
        del self.client.cookies["sessionid"]
        return answer

    def wear_out(self, name="rivka"):
        """As many wrong passwords from everywhere as an account takes in an hour."""
        form = {"login": name, "password": "wrong"}
        for number in range(60):
            where = {"REMOTE_ADDR": FAR.format(number // 4)}
            answer = self.stranger.post("/accounts/login/", form, **where)
            self.assertEqual(answer.status_code, 422)
        answer = self.stranger.post(
            "/accounts/login/", form, REMOTE_ADDR=FAR.format(99)
        )
        self.assertEqual(answer.status_code, 429)

    def test_strangers_cannot_lock_the_owner_out(self):
        self.sign_in_and_out()
        self.wear_out()
        self.assertEqual(self.sign_in("rivka").status_code, 302)
        stranger = self.stranger.post(
            "/accounts/login/", {"login": "rivka", "password": PASSWORD}
        )
        self.assertEqual(stranger.status_code, 429)

    def test_a_known_browser_has_few_tries_of_its_own(self):
        self.sign_in_and_out()
        for _ in range(5):
            self.assertEqual(self.sign_in(password="wrong").status_code, 422)
        self.assertEqual(self.sign_in().status_code, 429)
        form = {"login": "rivka", "password": PASSWORD}
        self.assertEqual(self.stranger.post("/accounts/login/", form).status_code, 302)

    def test_it_is_known_for_the_accounts_that_signed_in_on_it_alone(self):
        self.person("leah@example.org", "Leah")
        self.sign_in_and_out()
        self.wear_out("leah")
        self.assertEqual(self.sign_in("leah").status_code, 429)

    def test_two_people_share_one_browser(self):
        self.person("leah@example.org", "Leah")
        self.sign_in_and_out()
        self.sign_in_and_out("leah@example.org")
        self.wear_out()
        self.assertEqual(self.sign_in("rivka").status_code, 302)

    def test_a_cookie_that_we_did_not_sign_is_as_none(self):
        answer = self.sign_in_and_out()
        made_up = answer.cookies["device"].value[:-1] + "!"
        self.wear_out()
        for said in ("x", made_up):
            self.client.cookies["device"] = said
            self.assertEqual(self.sign_in("rivka").status_code, 429)

    def test_it_is_set_by_signing_in_alone_and_goes_nowhere_else(self):
        for answer in (
            self.client.get("/"),
            self.client.get("/accounts/login/"),
            self.sign_in(password="wrong"),
        ):
            self.assertNotIn("device", answer.cookies)
        cookie = self.sign_in().cookies["device"]
        self.assertEqual(cookie["path"], "/accounts/")
        self.assertEqual(cookie["samesite"], "Lax")
        self.assertTrue(cookie["httponly"])
        self.assertNotIn("rivka", cookie.value.lower())

    @override_settings(SESSION_COOKIE_SECURE=True, DEVICE_COOKIE_NAME="__Secure-device")
    def test_under_https_it_is_sent_over_https_alone(self):
        self.assertTrue(self.sign_in().cookies["__Secure-device"]["secure"])

    def test_a_new_password_by_mail_opens_what_was_locked(self):
        self.wear_out("rivka@example.org")
        self.wear_out("rivka")
        reset = {"email": "rivka@example.org"}
        answer = self.client.post("/accounts/password/reset/", reset)
        answer = self.client.post(answer["Location"], {"code": self.code()})
        new = {"password1": OTHER, "password2": OTHER}
        self.client.post(answer["Location"], new)
        self.assertEqual(len(mail.outbox), 2)
        for login in ("rivka", "rivka@example.org"):
            self.assertEqual(self.sign_in(login, OTHER).status_code, 302)
            self.client.post("/accounts/logout/")
