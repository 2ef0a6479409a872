"""A form that comes in after the session has ended loses nothing that was typed."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse

from sources.models import Source
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD = "a word to enter by"


@override_settings(PASSWORD_HASHERS=FAST)
class SignedOutTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.editor.set_password(PASSWORD)
        self.editor.save()
        self.client.force_login(self.editor)
        self.source = make.source("17b")
        self.form = self.opened(self.source, summary="Typed for an hour.\nAnd more.")
        self.client.logout()

    def signing_in(self, **terms):
        carried = {"sign_in-username": self.editor.email, "sign_in-password": PASSWORD}
        return self.client.post(url(self.source), self.form | carried | terms)

    def test_the_sign_in_page_carries_what_was_typed(self):
        answer = self.client.post(url(self.source), self.form)
        self.assertEqual(answer.status_code, 403)
        self.assertContains(answer, "Typed for an hour.", status_code=403)
        self.assertIn("private", answer["Cache-Control"])

    def test_signing_in_there_shows_the_form_as_it_was_and_saves_nothing(self):
        answer = self.signing_in()
        self.assertEqual(answer.status_code, 200)
        form = fields_of(answer)
        self.assertEqual(form["summary"], "Typed for an hour.\nAnd more.")
        self.source.refresh_from_db()
        self.assertEqual(self.source.version, 1)
        self.assertEqual(self.client.post(url(self.source), form).status_code, 302)
        self.source.refresh_from_db()
        self.assertEqual(self.source.summary, "Typed for an hour.\nAnd more.")

    def test_no_button_that_was_pressed_is_pressed_again(self):
        answer = self.signing_in(_save="Save", _deed="withdraw")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(Source.objects.get().state, "published")

    def test_a_wrong_password_keeps_the_form_and_is_never_shown(self):
        answer = self.signing_in(**{"sign_in-password": "secret-and-wrong"})
        self.assertContains(answer, "Typed for an hour.", status_code=403)
        self.assertNotContains(answer, "secret-and-wrong", status_code=403)

    def test_someone_who_may_not_enter_is_not_let_in(self):
        reader = get_user_model().objects.create_user("r@example.org", PASSWORD)
        terms = {"sign_in-username": reader.email}
        self.assertEqual(self.signing_in(**terms).status_code, 403)

    def test_other_addresses_of_the_admin_ask_as_before(self):
        answer = self.client.post(reverse("admin:sources_source_changelist"), {})
        self.assertEqual(answer.status_code, 302)
        self.assertIn("/login/", answer["Location"])

    def test_an_account_is_not_carried(self):
        address = reverse("admin:accounts_user_change", args=[self.editor.pk])
        answer = self.client.post(address, {"display_name": "Eve"})
        self.assertEqual(answer.status_code, 302)


class KeyTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.strict = Client(enforce_csrf_checks=True)
        self.strict.force_login(self.editor)
        self.source = make.source("17b")
        self.form = self.opened(self.source, summary="Typed for an hour.")

    def test_a_form_without_its_key_can_be_opened_again_as_typed(self):
        answer = self.strict.post(url(self.source), self.form)
        self.assertContains(answer, "Open the form with what I typed", status_code=403)
        self.assertContains(answer, 'name="_check"', status_code=403)
        self.assertContains(answer, "Typed for an hour.", status_code=403)

    def test_a_form_from_another_site_is_not_carried(self):
        answer = self.strict.post(
            url(self.source), self.form, headers={"origin": "https://evil.example"}
        )
        self.assertNotContains(answer, 'name="_check"', status_code=403)
