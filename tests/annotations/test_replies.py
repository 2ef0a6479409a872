"""Replies: under one note, and longer lived than it."""

import time
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse

from studyhall.annotations import newcomers
from studyhall.annotations.gate import let_stand
from studyhall.annotations.models import Annotation, Notice
from tests import make


class ReplyTests(TestCase):
    def setUp(self):
        self.writer, self.reader = make.reader(), make.reader()
        self.note = make.note(
            reader=self.writer, visibility="public", standing="approved"
        )
        self.client.force_login(self.reader)

    def reply(self, note=None, **fields):
        usual = {"body": "But see.", "visibility": "public", "creation_key": uuid4()}
        usual["opened_at"] = newcomers.stamped(time.time() - 60)
        address = reverse("note_reply", args=[(note or self.note).uuid])
        return self.client.post(address, usual | fields)

    def replies(self):
        return Annotation.objects.filter(parent=self.note)

    def test_shows_what_is_replied_to(self):
        page = self.client.get(reverse("note_reply", args=[self.note.uuid]))
        self.assertContains(page, "A thought.")

    def test_stands_under_the_note_and_on_its_source(self):
        answer = self.reply()
        reply = self.replies().get()
        self.assertTrue(answer["Location"].endswith(f"#note-{reply.uuid}"))
        self.assertEqual(reply.source, self.note.source)
        self.assertEqual((reply.motivation, reply.reader), ("replying", self.reader))

    def test_a_reply_to_a_reply_stands_beside_it(self):
        self.reply()
        self.replies().update(standing="approved")
        self.reply(self.replies().get())
        self.assertEqual(self.replies().count(), 2)

    def test_the_same_reply_twice_is_one(self):
        key = uuid4()
        self.reply(creation_key=key)
        self.reply(creation_key=key)
        self.assertEqual(self.replies().count(), 1)

    def test_says_nothing_of_the_words_under_a_note_that_is_not_shown(self):
        source = make.source("17a", words="אבג סודו", translation="")
        terms = {"words": "סודו", "visibility": "public", "standing": "approved"}
        note = make.note(source, self.writer, **terms)
        self.reply(note)
        reply = Annotation.objects.get(parent=note)
        Annotation.objects.filter(pk=reply.pk).update(standing="approved")
        for changed in (
            {"visibility": "private", "standing": ""},
            {"visibility": "public", "standing": "hidden"},
            {"standing": "approved", "deleted_at": note.created_at},
        ):
            Annotation.objects.filter(pk=note.pk).update(**changed)
            self.client.logout()
            for page in ("note", "note_history", "note_reply"):
                with self.subTest(page=page, changed=[*changed]):
                    answer = self.client.get(reverse(page, args=[reply.uuid]))
                    self.assertNotContains(answer, "סודו")

    def test_a_public_reply_tells_of_no_private_note(self):
        private = make.note(reader=self.reader)
        said = "make that note public first"
        self.assertContains(self.reply(private), said, status_code=422)
        self.reply(private, visibility="private")
        reply = Annotation.objects.get(parent=private)
        edited = {"body": "But see.", "visibility": "public", "version": reply.version}
        answer = self.client.post(reverse("note_edit", args=[reply.uuid]), edited)
        self.assertContains(answer, said, status_code=422)
        reply.refresh_from_db()
        self.assertEqual(reply.visibility, "private")

    def test_an_empty_reply_is_refused(self):
        self.assertContains(self.reply(body=""), "Write your note", status_code=422)

    def test_a_note_that_one_may_not_read_takes_no_reply(self):
        private = make.note(reader=self.writer)
        self.assertContains(self.reply(private), "But see.", status_code=404)
        self.assertFalse(Annotation.objects.filter(parent=private).exists())

    def test_signed_out_it_leads_to_sign_in_and_back_with_the_text(self):
        self.client.logout()
        self.assertIn("next=", self.reply(body="An hour.")["Location"])
        self.client.force_login(self.reader)
        page = self.client.get(reverse("note_reply", args=[self.note.uuid]))
        self.assertContains(page, "An hour.")

    def test_outlives_the_note(self):
        self.reply()
        self.replies().update(standing="approved", was_public=True)
        self.client.force_login(self.writer)
        self.client.post(reverse("note_delete", args=[self.note.uuid]))
        self.client.logout()
        page = self.client.get(self.replies().get().get_absolute_url())
        self.assertContains(page, "But see.")
        self.assertNotContains(page, "A thought.")

    def test_the_writer_is_told_once_and_only_of_what_is_public(self):
        self.reply(visibility="private")
        self.reply()
        self.assertFalse(Notice.objects.exists())
        reply = self.replies().get(visibility="public")
        reply.standing = "approved"
        reply.save()
        let_stand(reply)
        let_stand(reply)
        notice = Notice.objects.get()
        self.assertEqual((notice.reader, notice.note), (self.writer, reply))

    def test_nobody_is_told_of_their_own_reply(self):
        self.client.force_login(self.writer)
        self.reply()
        self.replies().update(standing="approved")
        let_stand(self.replies().get())
        self.assertFalse(Notice.objects.exists())
