from unittest import mock

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from studyhall.accounts import limits
from studyhall.accounts.limits import ACCOUNT, Limit, Rate
from studyhall.accounts.models import User
from tests import make
from tests.accounts.case import OTHER, PASSWORD, AccountCase, hashing


class SignInTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.rivka = self.person()

    def test_by_address_and_by_name_in_any_case(self):
        for login in ("rivka@example.org", "RIVKA@Example.org", "rivka", "RIVKA "):
            with self.subTest(login=login):
                self.assertRedirects(self.sign_in(login), "/me/")
                self.client.logout()

    def test_leads_back_to_where_one_came_from_and_nowhere_else(self):
        self.assertRedirects(self.sign_in(next="/topics/"), "/topics/")
        for evil in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            self.client.logout()
            self.assertRedirects(self.sign_in(next=evil), "/me/")

    def test_the_session_has_another_key_afterwards(self):
        session = self.client.session
        session["reading"] = "kept"
        session.save()
        before = self.client.session.session_key
        self.sign_in()
        self.assertNotEqual(self.client.session.session_key, before)
        self.assertEqual(self.client.session["reading"], "kept")

    def test_the_answer_and_the_hashing_are_the_same_for_an_unknown_account(self):
        answers = []
        for login in ("rivka@example.org", "nobod@example.org", "Rivka", "Nobod"):
            with hashing() as encode:
                answer = self.sign_in(login, "wrong")
            page = answer.content.decode().replace(login, "")
            lines = [line for line in page.splitlines() if "csrf" not in line]
            answers.append((answer.status_code, encode.call_count, lines))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[2], answers[3])

    def test_the_sixth_wrong_password_waits_however_its_letters_are_written(self):
        address = "rivka@example.org"
        for login in (address, address.upper(), f" {address}", address, address):
            self.assertEqual(self.sign_in(login, "wrong").status_code, 422)
        answer = self.sign_in("rivka@example.org", PASSWORD)
        self.assertContains(answer, "Too many requests", status_code=429)
        self.assertContains(answer, "rivka@example.org", status_code=429)
        self.assertLessEqual(int(answer["Retry-After"]), 300)
        self.assertFalse(self.is_signed_in())

    def test_the_tally_does_not_tell_whose_address_stands_behind_a_name(self):
        for login in ("Rivka", "RIVKA", "rivka ", "Rívka", "Rivka", "rivka"):
            waits = self.sign_in(login, "wrong").status_code
        self.assertEqual(waits, 429)
        for login in ("rivka@example.org", "other@example.org"):
            self.assertEqual(self.sign_in(login, "wrong").status_code, 422)

    def test_a_right_password_does_not_count(self):
        for _ in range(8):
            self.assertEqual(self.sign_in().status_code, 302)
            self.client.logout()

    def test_another_network_is_not_locked_out_by_it(self):
        for _ in range(6):
            self.sign_in(password="wrong")
        form = {"login": "rivka", "password": PASSWORD}
        answer = self.client.post("/accounts/login/", form, REMOTE_ADDR="203.0.113.9")
        self.assertEqual(answer.status_code, 302)

    def test_whoever_is_switched_off_is_told_so_and_stays_out(self):
        User.objects.update(is_active=False)
        self.assertRedirects(self.sign_in(), "/accounts/inactive/")
        self.assertFalse(self.is_signed_in())

    def test_signing_out_takes_a_post(self):
        self.sign_in()
        self.client.get("/accounts/logout/")
        self.assertTrue(self.is_signed_in())
        self.assertRedirects(self.client.post("/accounts/logout/"), "/")
        self.assertFalse(self.is_signed_in())


class PasswordTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.person()

    def test_a_new_one_is_chosen_with_a_code_from_a_letter(self):
        answer = self.client.post(
            "/accounts/password/reset/", {"email": "rivka@example.org"}
        )
        self.assertRedirects(answer, "/accounts/password/reset/confirm/")
        answer = self.client.post(answer["Location"], {"code": self.code()})
        new = {"password1": OTHER, "password2": OTHER}
        answer = self.client.post(answer["Location"], new)
        self.assertContains(self.client.get(answer["Location"]), "changed")
        self.assertEqual(self.sign_in(password=OTHER).status_code, 302)

    def test_an_unknown_address_has_the_same_answer_and_a_letter_too(self):
        seen = []
        for email in ("rivka@example.org", "nobod@example.org"):
            self.client.cookies.clear()
            answer = self.client.post("/accounts/password/reset/", {"email": email})
            page = self.client.get(answer["Location"]).content.decode()
            page = page.replace(email, "").splitlines()
            page = [line for line in page if "csrf" not in line]
            seen.append((answer.status_code, answer["Location"], page))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(len(mail.outbox), 2)

    def test_a_reset_costs_the_same_whether_there_is_an_account_or_not(self):
        counts = []
        for email in ("rivka@example.org", "nobod@example.org"):
            self.client.cookies.clear()
            with hashing() as encode:
                page = self.client.post("/accounts/password/reset/", {"email": email})
                self.client.post(page["Location"], {"code": "WRONG1"})
            counts.append((encode.call_count, len(mail.outbox)))
        self.assertEqual(counts, [(0, 1), (0, 2)])

    def test_a_wrong_address_has_the_same_status_as_any(self):
        answer = self.client.post("/accounts/password/reset/", {"email": "rivka"})
        self.assertEqual(answer.status_code, 422)

    def test_changing_it_gives_the_session_another_key(self):
        self.sign_in()
        before = self.client.session.session_key
        new = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
        self.client.post("/accounts/password/change/", new)
        self.assertTrue(self.is_signed_in())
        self.assertNotEqual(self.client.session.session_key, before)

    def test_changing_it_ends_the_other_sessions(self):
        self.sign_in()
        other = self.client_class()
        other.force_login(User.objects.get())
        new = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
        self.client.post("/accounts/password/change/", new)
        self.assertEqual(self.client.get("/me/").status_code, 200)
        self.assertEqual(other.get("/me/").status_code, 302)


class DeskTests(AccountCase):
    def test_the_desk_is_entered_by_the_sites_own_page(self):
        answer = self.client.get("/admin/", follow=True)
        self.assertEqual(answer.request["PATH_INFO"], "/accounts/login/")
        self.person(is_staff=True)
        self.assertRedirects(self.sign_in(next="/admin/"), "/admin/")

    def test_a_reader_is_told_that_the_desk_is_not_theirs(self):
        self.client.force_login(make.reader())
        answer = self.client.get("/admin/login/")
        self.assertContains(answer, "Only the editors", status_code=403)

    def test_the_form_that_asks_again_counts_its_tries(self):
        editor = self.person(is_staff=True, is_superuser=True)
        address = reverse("admin:sources_source_add")
        form = {"sign_in-username": editor.email, "sign_in-password": "wrong"}
        for _ in range(5):
            self.client.post(address, {**form, "summary": "Typed for an hour."})
        form["sign_in-password"] = PASSWORD
        answer = self.client.post(address, {**form, "summary": "Typed for an hour."})
        self.assertContains(answer, "Too many tries", status_code=403)
        self.assertContains(answer, "Typed for an hour.", status_code=403)

    def test_an_address_that_a_keeper_writes_must_be_shown_to_be_theirs(self):
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        user = self.person()
        page = self.client.get(reverse("admin:accounts_user_change", args=[user.pk]))
        form = page.context["adminform"].form.initial
        form = {name: form[name] or "" for name in ("display_name",)}
        form |= {"email": "moved@example.org", "is_active": "on"}
        self.client.post(page.request["PATH_INFO"], form)
        user.refresh_from_db()
        self.assertEqual(user.email, "moved@example.org")
        self.assertFalse(EmailAddress.objects.filter(user=user).exists())

    def test_an_address_that_a_keeper_writes_is_told_at_the_former_one(self):
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        user = self.person()
        page = reverse("admin:accounts_user_change", args=[user.pk])
        form = {"display_name": "Rivka", "is_active": "on"}
        self.client.post(page, {**form, "email": user.email})
        self.assertEqual(mail.outbox, [])
        self.client.post(page, {**form, "email": "moved@example.org"})
        self.assertEqual(mail.outbox[0].to, ["rivka@example.org"])
        self.assertIn("Rivka’s account", mail.outbox[0].body)

    def test_nobody_sets_anothers_password_or_makes_an_account_for_them(self):
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        user = self.person()
        page = self.client.get(reverse("admin:accounts_user_change", args=[user.pk]))
        form = page.context["adminform"].form
        self.assertFalse([name for name in form.fields if "password" in name])
        add = self.client.get(reverse("admin:accounts_user_add"))
        self.assertEqual(add.status_code, 403)
        form = {"password1": OTHER, "password2": OTHER, "usable_password": "true"}
        former = self.client.post(f"/admin/accounts/user/{user.pk}/password/", form)
        self.assertNotEqual(former.status_code, 200)
        user.refresh_from_db()
        self.assertTrue(user.check_password(PASSWORD))

    def test_a_keeper_puts_a_password_out_of_use_and_its_owner_chooses_another(self):
        keeper = make.reader(is_staff=True, is_superuser=True)
        user = self.person()
        self.sign_in()
        desk = self.client_class()
        desk.force_login(keeper)
        form = {"action": "take_password", "_selected_action": [user.pk, keeper.pk]}
        desk.post(reverse("admin:accounts_user_changelist"), form)
        self.assertEqual(self.client.get("/me/").status_code, 302)
        self.assertEqual(self.sign_in().status_code, 422)
        self.assertEqual(desk.get("/me/").status_code, 200)
        self.assertEqual(LogEntry.objects.get().object_id, str(user.pk))
        (letter,) = mail.outbox
        self.assertEqual(letter.to, ["rivka@example.org"])
        self.assertIn("http://testserver/accounts/password/reset/", letter.body)
        reset = {"email": "rivka@example.org"}
        answer = self.client.post("/accounts/password/reset/", reset)
        answer = self.client.post(answer["Location"], {"code": self.code()})
        new = {"password1": OTHER, "password2": OTHER}
        self.client.post(answer["Location"], new)
        self.assertEqual(self.sign_in(password=OTHER).status_code, 302)

    def test_one_account_sends_the_desk_so_much_and_has_its_text_back(self):
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        address = reverse("admin:sources_source_add")
        few = Limit("desk", (Rate(2, 86400, ACCOUNT),))
        form = {"summary": "Typed for an hour."}
        with mock.patch.object(limits, "desk", few):
            for _ in range(2):
                self.assertEqual(self.client.post(address, form).status_code, 422)
            self.assertEqual(self.client.get(address).status_code, 200)
            answer = self.client.post(address, form)
        self.assertContains(answer, "Typed for an hour.", status_code=429)
        self.assertContains(answer, 'name="summary"', status_code=429)
        self.assertIn("Retry-After", answer)
        again = self.client.post(address, {**form, "_check": "carried"})
        self.assertContains(again, "Typed for an hour.")

    def test_what_searches_and_what_exports_has_a_bound_of_its_own(self):
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        sources = reverse("admin:sources_source_changelist")
        field = {"app_label": "sources", "model_name": "source", "field_name": "work"}
        heavy = (
            f"{sources}?q=words",
            f"{sources}export/?rows=sources&file=csv",
            reverse("admin:autocomplete", query={**field, "term": "meg"}),
        )
        few = Limit("desk", (Rate(len(heavy), 86400, ACCOUNT),))
        with mock.patch.object(limits, "desk_finding", few):
            for status in (200, 429):
                for address in heavy:
                    with self.subTest(address=address):
                        answer = self.client.get(address)
                        self.assertEqual(answer.status_code, status)
            self.assertEqual(self.client.get(sources).status_code, 200)
