from allauth.account.models import EmailAddress
from django.core import mail

from sources.changes import change
from studyhall.accounts.models import User
from studyhall.annotations.models import Annotation, NoteTag, NoteVersion
from tests import make
from tests.accounts.case import PASSWORD, AccountCase


class MeTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.rivka = self.person()
        self.client.force_login(self.rivka)

    def test_is_for_whoever_is_signed_in(self):
        self.client.logout()
        for path in ("/me/", "/me/settings/", "/me/delete/"):
            answer = self.client.get(path)
            self.assertRedirects(answer, f"/accounts/login/?next={path}")

    def test_leads_to_all_there_is(self):
        page = self.client.get("/me/")
        for path in ("/me/settings/", "/accounts/email/", "/me/delete/"):
            self.assertContains(page, f'href="{path}"')
        self.assertNotContains(page, "desk")

    def test_each_page_says_where_it_stands(self):
        for path in ("/me/settings/", "/me/delete/", "/accounts/logout/"):
            with self.subTest(path=path):
                way = self.client.get(path).content.decode().split("<h1")[0]
                way = way[way.index('aria-label="Breadcrumb"') :]
                self.assertIn('href="/"', way)
                self.assertEqual('href="/me/"' in way, path.startswith("/me/"))

    def test_saves_a_name_and_whether_to_write(self):
        form = {"display_name": "Rivka B.", "wants_mail": "on"}
        self.assertRedirects(self.client.post("/me/settings/", form), "/me/settings/")
        self.rivka.refresh_from_db()
        self.assertEqual(self.rivka.display_name, "Rivka B.")
        self.assertTrue(self.rivka.wants_mail)

    def test_refuses_a_name_that_is_taken_and_keeps_it_in_the_form(self):
        make.reader(display_name="Rachel")
        answer = self.client.post("/me/settings/", {"display_name": "RACHEL"})
        self.assertContains(answer, "is taken", status_code=422)
        self.assertContains(answer, 'value="RACHEL"', status_code=422)
        self.assertContains(answer, "<bdi>Rivka</bdi>", status_code=422)

    def test_an_address_changes_once_its_code_is_written(self):
        self.client.logout()
        self.sign_in()
        new = {"email": "moved@example.org", "action_add": ""}
        answer = self.client.post("/accounts/email/", new)
        self.assertIn("/accounts/reauthenticate/", answer["Location"])
        answer = self.client.post(answer["Location"], {"password": PASSWORD})
        self.rivka.refresh_from_db()
        self.assertEqual(self.rivka.email, "rivka@example.org")
        letter = next(one for one in mail.outbox if one.to == ["moved@example.org"])
        mail.outbox.append(letter)
        self.client.post(answer["Location"], {"code": self.code()})
        self.rivka.refresh_from_db()
        self.assertEqual(self.rivka.email, "moved@example.org")


class ClosingTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.rivka = self.person()
        self.client.force_login(self.rivka)
        self.source = make.source("17b")
        self.private = make.note(self.source, self.rivka, tags=["mine"])
        self.public = make.note(
            self.source,
            self.rivka,
            visibility="public",
            standing="approved",
            body="For all.",
            tags=["hers"],
        )

    def close(self, notes="keep", password=PASSWORD):
        form = {"notes": notes, "password": password}
        return self.client.post("/me/delete/", form)

    def test_asks_the_password_again(self):
        answer = self.close(password="wrong")
        self.assertContains(answer, "not your password", status_code=422)
        self.assertTrue(User.objects.filter(pk=self.rivka.pk).exists())

    def test_the_tries_are_counted(self):
        for _ in range(10):
            self.close(password="wrong")
        self.assertEqual(self.close().status_code, 429)

    def test_leaves_public_notes_to_nobody_and_erases_the_rest(self):
        self.assertRedirects(self.close(), "/accounts/closed/")
        note = Annotation.objects.get()
        self.assertEqual((note.body, note.reader), ("For all.", None))
        self.assertFalse(User.objects.filter(pk=self.rivka.pk).exists())
        self.assertFalse(NoteTag.objects.exists())
        self.assertEqual(NoteVersion.objects.count(), 1)

    def test_erases_public_notes_too_but_for_a_marker(self):
        self.close("erase")
        for note in Annotation.objects.all():
            self.assertEqual((note.body, note.reader), ("", None))
        self.assertFalse(NoteVersion.objects.exists())

    def test_ends_every_session_and_frees_the_address_and_the_name(self):
        other = self.client_class()
        other.force_login(self.rivka)
        self.close()
        self.assertEqual(other.get("/me/").status_code, 302)
        self.assertFalse(self.is_signed_in())
        self.assertFalse(EmailAddress.objects.exists())
        self.person()

    def test_who_signed_changes_of_the_library_stays_beside_them_by_name(self):
        draft = make.source("18a", state="draft")
        with change(draft, opened=1, editor=self.rivka, why="Better."):
            draft.summary = "Another summary."
            draft.save()
        other = self.client_class()
        other.force_login(self.rivka)
        self.close()
        self.rivka.refresh_from_db()
        self.assertEqual(self.rivka.display_name, "Rivka")
        self.assertNotIn("rivka", self.rivka.email)
        self.assertFalse(self.rivka.is_active or self.rivka.has_usable_password())
        self.assertEqual(other.get("/me/").status_code, 302)
        self.assertEqual(self.sign_in("rivka").status_code, 422)
        self.assertFalse(Annotation.objects.filter(reader=self.rivka).exists())


class HeaderTests(AccountCase):
    def test_visitors_are_offered_to_sign_in_and_get_no_cookie(self):
        make.question()
        page = self.client.get("/topics/")
        self.assertContains(page, "/accounts/login/?next=/topics/")
        self.assertNotContains(page, "csrfmiddlewaretoken")
        self.assertFalse(page.cookies)

    def test_readers_see_their_name_and_the_way_out(self):
        make.question()
        self.client.force_login(make.reader(display_name="Rivka <b>"))
        page = self.client.get("/topics/")
        self.assertContains(page, "<bdi>Rivka &lt;b&gt;</bdi>")
        self.assertContains(page, 'action="/accounts/logout/"')
