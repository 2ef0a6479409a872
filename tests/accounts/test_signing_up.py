from django.core import mail
from django.core.cache import cache

from studyhall.accounts.models import User
from tests.accounts.case import PASSWORD, AccountCase, hashing


class SignUpTests(AccountCase):
    def test_an_account_stands_when_the_code_of_the_letter_is_written(self):
        answer = self.sign_up(next="/topics/")
        self.assertRedirects(answer, "/accounts/confirm-email/")
        self.assertFalse(self.is_signed_in())
        answer = self.client.post("/accounts/confirm-email/", {"code": self.code()})
        self.assertRedirects(answer, "/topics/")
        self.assertTrue(self.is_signed_in())
        self.assertEqual(User.objects.get().display_name, "Chana")

    def test_a_wrong_code_opens_nothing(self):
        self.sign_up()
        answer = self.client.post("/accounts/confirm-email/", {"code": "WRONG1"})
        self.assertContains(answer, "not the code that was sent", status_code=422)
        self.assertFalse(self.is_signed_in())

    def test_whoever_has_not_shown_the_address_is_asked_again_at_sign_in(self):
        self.sign_up()
        self.client.cookies.clear()
        cache.clear()  # a second letter is sent after ten seconds
        answer = self.sign_in("new@example.org")
        self.assertRedirects(answer, "/accounts/confirm-email/")
        self.assertFalse(self.is_signed_in())

    def test_what_was_typed_stays_where_something_is_wrong(self):
        answer = self.sign_up(name="Chana с", email="new@example.org")
        self.assertContains(answer, "There is a problem", status_code=422)
        self.assertContains(answer, "one script", status_code=422)
        self.assertContains(answer, 'value="new@example.org"', status_code=422)
        self.assertNotContains(answer, PASSWORD, status_code=422)

    def test_the_answer_is_the_same_for_an_address_that_has_an_account(self):
        self.person("known@example.org")
        known = self.sign_up("known@example.org", name="Leah")
        known_page = self.client.get(known["Location"])
        self.assertIn("has an account already", mail.outbox[-1].body)
        self.client.cookies.clear()
        new = self.sign_up("other@example.org", name="Leah")
        new_page = self.client.get(new["Location"])
        self.assertEqual(known["Location"], new["Location"])
        self.assertEqual(
            self.masked(known_page, "known"), self.masked(new_page, "other")
        )
        self.assertEqual(User.objects.count(), 2)

    def masked(self, page, who):
        lines = page.content.decode().replace(who, "who").splitlines()
        return [line for line in lines if "csrfmiddlewaretoken" not in line]

    def test_as_many_passwords_are_hashed_whether_an_account_exists_or_not(self):
        self.person("known@example.org")
        counts = []
        for email in ("known@example.org", "new@example.org"):
            with hashing() as encode:
                self.sign_up(email, name=f"Leah {email[0]}")
                counts.append(encode.call_count)
            self.client.cookies.clear()
        self.assertEqual(counts[0], counts[1])

    def test_twenty_accounts_an_hour_come_from_one_address(self):
        for number in range(20):
            self.sign_up("known@example.org" if number else "known@example.org")
            self.client.cookies.clear()
        answer = self.sign_up("last@example.org", name="Somebody")
        self.assertEqual(answer.status_code, 429)
        self.assertContains(answer, "last@example.org", status_code=429)
        self.assertNotContains(answer, PASSWORD, status_code=429)
        self.assertGreater(int(answer["Retry-After"]), 0)
