"""Writers are told once that the words under their notes have changed."""

from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import State
from studyhall.annotations.models import Correction, Notice
from tests import make
from tests.annotations.test_carrying import LINES, MOVED, CarryCase, edit, failing

PAGE = "/me/notices/"


class ToldTests(CarryCase):
    def told(self):
        return [(each.note, each.words) for each in Notice.objects.order_by("pk")]

    def test_a_note_whose_words_stay_the_same_is_not_told_of(self):
        self.note("בא דוד")
        self.edit("שורה חדשה", *LINES[:4], "וכיון שנבנית ירושלים בָּא דָּוִד")
        self.assertEqual(self.told(), [])

    def test_words_that_change_are_told_once(self):
        note = self.note(LINES[0])
        self.edit(LINES[0].replace("נעשה", "יעשה"), *LINES[1:])
        self.edit(LINES[0].replace("נעשה", "ייעשה"), *LINES[1:])
        self.assertEqual(self.told(), [(note, LINES[0])])
        self.assertEqual(Notice.objects.get().reader, self.reader)

    def test_what_changes_after_it_was_read_is_told_again(self):
        self.note(LINES[0])
        self.edit(LINES[0].replace("נעשה", "יעשה"), *LINES[1:])
        notice = Notice.objects.get()
        notice.read_at = notice.at
        notice.save()
        self.edit("אחרת")
        changed = LINES[0].replace("נעשה", "יעשה")
        self.assertEqual([words for _note, words in self.told()], [LINES[0], changed])

    def test_a_former_readers_note_tells_nobody(self):
        note = self.note(LINES[0])
        note.reader = None
        note.save()
        self.edit("אחרת")
        self.assertEqual(self.told(), [])

    def test_an_edit_that_fails_tells_nobody(self):
        self.note(LINES[0])
        with failing(), self.assertRaises(ValidationError):
            self.edit("אחרת")
        self.assertEqual(self.told(), [])


class PageTests(CarryCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.reader)

    def test_shows_the_words_of_then_and_of_now(self):
        self.note(LINES[0])
        changed = LINES[0].replace("נעשה", "יעשה")
        self.edit(changed, *LINES[1:])
        page = self.client.get(PAGE)
        self.assertContains(page, f'It stood on “<bdi lang="he" dir="rtl">{LINES[0]}<')
        self.assertContains(page, f'stands on “<bdi lang="he" dir="rtl">{changed}<')

    def test_leads_to_attaching_what_lost_its_place(self):
        note = self.note(MOVED)
        self.edit("אחרת")
        page = self.client.get(PAGE)
        self.assertContains(page, "These words are gone from the text.")
        self.assertContains(page, f'href="/notes/{note.uuid}/attach/"')

    def test_words_of_a_source_that_is_not_public_are_not_shown(self):
        self.note(LINES[0])
        changed = LINES[0].replace("נעשה", "יעשה")
        self.edit(changed, *LINES[1:], state=State.DRAFT)
        page = self.client.get(PAGE)
        self.assertContains(page, LINES[0])
        self.assertNotContains(page, changed)

    def test_shows_nobody_elses(self):
        make.note(self.source, make.reader(), words=LINES[0])
        self.edit("אחרת")
        page = self.client.get(PAGE)
        self.assertContains(page, "Nothing yet.")
        self.assertNotContains(page, LINES[0])

    def test_a_reply_that_was_taken_back_is_not_shown(self):
        parent = self.note(
            "בא דוד", visibility="public", standing="approved", body="Mine."
        )
        reply = make.note(
            self.source,
            parent=parent,
            motivation="replying",
            visibility="public",
            standing="approved",
        )
        self.assertTrue(Notice.objects.filter(note=reply, reader=self.reader).exists())
        self.assertContains(self.client.get(PAGE), f"/notes/{reply.uuid}/")
        reply.visibility, reply.standing = "private", ""
        reply.save()
        page = self.client.get(PAGE)
        self.assertNotContains(page, str(reply.uuid))
        self.assertContains(page, "not there for you any more")

    def test_is_read_when_its_reader_says_so_and_what_came_since_is_not(self):
        self.note(LINES[0])
        self.edit("אחרת", "ועוד")
        last = Notice.objects.get().pk
        self.note("ועוד")
        self.edit("שונה")
        self.assertContains(self.client.get(PAGE), "<strong>new</strong>", count=2)
        answer = self.client.post(PAGE, {"last": last}, follow=True)
        self.assertContains(answer, "marked as read")
        self.assertContains(answer, "<strong>new</strong>", count=1)

    def test_bad_input_is_refused(self):
        self.assertEqual(self.client.post(PAGE, {"last": "x"}).status_code, 400)
        self.assertEqual(self.client.get(f"{PAGE}?page=99").status_code, 404)
        self.assertEqual(self.client.get(f"{PAGE}?page=x").status_code, 404)

    def test_signed_out_leads_to_sign_in(self):
        answer = Client().get(PAGE)
        self.assertEqual(answer.status_code, 302)
        self.assertIn("next=/me/notices/", answer["Location"])

    def test_queries_do_not_grow_with_the_notices(self):
        self.note(LINES[1])
        edit(self.source, LINES[0])
        with CaptureQueriesContext(connection) as few:
            self.client.get(PAGE)
        for word in LINES[0].split():
            self.note(word)
        edit(self.source, "אחרת")
        with self.assertNumQueries(len(few)):
            page = self.client.get(PAGE)
        self.assertEqual(len(page.context["told"]), 7)

    def test_an_answer_to_a_correction_leads_to_it(self):
        at = self.source.texts.first().revisions.get().at
        correction = Correction.objects.create(
            source=self.source, what="A letter.", by=self.reader, at=at
        )
        Notice.objects.create(
            reader=self.reader,
            correction=correction,
            kind="decision",
            words="Kept as it is.",
            at=at,
        )
        page = self.client.get(PAGE)
        self.assertContains(page, f'href="/corrections/{correction.creation_key}/"')
        self.assertContains(page, "Kept as it is.")


class MailTests(CarryCase):
    def changed(self, **fields):
        for name, value in fields.items():
            setattr(self.reader, name, value)
        self.reader.save()
        self.note(LINES[0])
        self.note(LINES[1])
        with self.captureOnCommitCallbacks(execute=True):
            self.edit("אחרת")
        return mail.outbox

    def test_who_asks_for_it_gets_one_mail_for_all_notes(self):
        [sent] = self.changed(wants_mail=True)
        self.assertEqual(sent.to, [self.reader.email])
        self.assertIn("under 2 notes of yours", sent.body)
        self.assertRegex(sent.body, "https?://[a-z.]+/me/notices/\n")
        self.assertNotIn("דין", sent.body)

    def test_nobody_else_gets_any(self):
        self.assertEqual(self.changed(wants_mail=False), [])

    def test_a_closed_account_gets_none(self):
        self.assertEqual(self.changed(wants_mail=True, is_active=False), [])
