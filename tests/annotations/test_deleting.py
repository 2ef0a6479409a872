"""A note's own address, and what is left of one that is deleted."""

from uuid import uuid4

from django.test import TestCase
from django.urls import reverse

from sources.changes import change
from sources.models import State
from studyhall.annotations.models import Annotation
from tests import make


class AddressTests(TestCase):
    def setUp(self):
        self.source = make.source(words="אבג דהו\nזחט יכל", translation="")
        self.reader = make.reader()
        terms = {"words": "יכל", "visibility": "public", "standing": "approved"}
        self.note = make.note(self.source, self.reader, **terms)

    def at(self, note=None):
        return self.client.get((note or self.note).get_absolute_url())

    def test_leads_to_the_words_in_their_line(self):
        answer = self.at()
        here = f"{self.source.get_absolute_url()}#note-{self.note.uuid}"
        self.assertEqual((answer.status_code, answer["Location"]), (302, here))

    def test_a_private_note_is_its_writers_alone(self):
        note = make.note(self.source, self.reader)
        for user in (None, make.reader(), make.editor()):
            self.client.logout()
            if user:
                self.client.force_login(user)
            self.assertEqual(self.at(note).status_code, 404)
        self.client.force_login(self.reader)
        self.assertEqual(self.at(note).status_code, 302)

    def test_a_note_that_waits_is_its_writers_alone(self):
        Annotation.objects.update(standing="waiting")
        self.assertEqual(self.at().status_code, 404)

    def test_words_that_are_gone_stand_as_they_were(self):
        with change(self.source, opened=self.source.version, why="other words"):
            text = self.source.texts.get()
            text.words = "אחר לגמרי"
            text.save()
        Annotation.objects.update(anchor="orphaned")
        page = self.at()
        self.assertContains(page, "are gone from the text")
        self.assertContains(page, "זחט <mark>יכל</mark>")

    def test_words_of_a_draft_are_shown_without_their_surroundings(self):
        draft = make.source(words="סוד אבג", translation="", state="draft")
        note = make.note(draft, self.reader, words="אבג", visibility="public")
        with change(draft, opened=draft.version, why="published"):
            text = draft.texts.get()
            text.words = "אחר לגמרי"
            text.save()
            draft.state = State.PUBLISHED
            draft.save()
        terms = {"anchor": "orphaned", "standing": "approved"}
        Annotation.objects.filter(pk=note.pk).update(**terms)
        self.assertNotContains(self.at(note), "סוד")
        self.client.force_login(self.reader)
        self.assertContains(self.at(note), "סוד")

    def test_of_a_withdrawn_source_only_the_writer_reads_it(self):
        with change(self.source, opened=self.source.version, why="withdrawn"):
            self.source.state = State.WITHDRAWN
            self.source.save()
        self.assertEqual(self.at().status_code, 404)
        self.client.force_login(self.reader)
        self.assertContains(self.at(), "not on the site now")

    def test_a_former_readers_note_is_no_visitors_own(self):
        Annotation.objects.update(reader=None, anchor="orphaned")
        self.assertNotContains(self.at(), "Edit")


class DeletingTests(TestCase):
    def setUp(self):
        self.reader = make.reader()
        self.client.force_login(self.reader)

    def deed(self, note, name):
        return reverse(name, args=[note.uuid])

    def deleted(self, **fields):
        note = make.note(reader=self.reader, **fields)
        answer = self.client.post(self.deed(note, "note_delete"))
        self.assertRedirects(answer, note.get_absolute_url(), 303, 410)
        return note

    def test_asks_first(self):
        note = make.note(reader=self.reader)
        page = self.client.get(self.deed(note, "note_delete"))
        self.assertContains(page, "For 30 days you can bring it back")
        note.refresh_from_db()
        self.assertIsNone(note.deleted_at)

    def test_can_be_brought_back(self):
        note = self.deleted(body="Kept.")
        page = self.client.get(note.get_absolute_url())
        self.assertContains(page, "Bring it back", status_code=410)
        self.client.post(self.deed(note, "note_restore"))
        note.refresh_from_db()
        self.assertEqual((note.deleted_at, note.body), (None, "Kept."))
        self.assertEqual(note.versions.count(), 1)

    def test_is_gone_for_others_only_if_they_could_read_it(self):
        public = self.deleted(visibility="public", standing="approved")
        private = self.deleted()
        waiting = self.deleted(visibility="public", standing="waiting")
        hidden = self.deleted(visibility="public", standing="hidden", was_public=True)
        for user in (None, make.reader()):
            self.client.logout()
            if user:
                self.client.force_login(user)
            statuses = [
                self.client.get(note.get_absolute_url()).status_code
                for note in (public, private, waiting, hidden)
            ]
            self.assertEqual(statuses, [410, 404, 404, 404])

    def test_what_never_was_is_not_found_in_the_same_words(self):
        note = self.deleted()
        self.client.logout()
        never = uuid4()
        pages = [
            self.client.get(f"/notes/{uuid}/").content.decode().replace(str(uuid), "")
            for uuid in (note.uuid, never)
        ]
        self.assertEqual(*pages)

    def test_a_deleted_note_is_not_edited(self):
        note = self.deleted()
        self.assertEqual(self.client.get(self.deed(note, "note_edit")).status_code, 404)

    def test_signed_out_it_leads_to_sign_in(self):
        note = make.note(reader=self.reader)
        self.client.logout()
        answer = self.client.post(self.deed(note, "note_delete"))
        self.assertEqual(answer.status_code, 302)
        note.refresh_from_db()
        self.assertIsNone(note.deleted_at)
