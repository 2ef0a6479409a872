"""Two sources that are one: the notes of both stand at the one that stays."""

from unittest.mock import patch
from uuid import uuid4

from django.urls import reverse

from sources.merging import merge
from studyhall.annotations import corrections, saving
from studyhall.annotations.gate import html_of
from studyhall.annotations.models import Annotation, Correction, Notice
from tests import make
from tests.annotations.test_carrying import LINES, CarryCase, stands_on


class MergedTests(CarryCase):
    def setUp(self):
        super().setUp()
        self.kept = make.source("18a", words="\n".join(LINES[1:]), translation="")

    def merge(self, kept=None):
        kept = kept or self.kept
        for record in (kept, self.source):
            record.refresh_from_db()
        merge(kept, self.source, editor=None, why="the same passage", takes=())
        rows = Annotation.objects.select_related("holds_on", "text")
        return {note.pk: note for note in rows.filter(source=kept)}

    def test_a_note_stands_on_the_same_words_of_the_kept_text(self):
        note = self.note("בא דוד")
        there = self.merge()[note.pk]
        self.assertEqual(stands_on(there), "בא דוד")
        self.assertEqual((there.text.source, there.line), (self.kept, 4))
        self.assertEqual(there.events.get().method, "merge")
        self.assertEqual(there.made_on_id, note.made_on_id)

    def test_words_that_are_not_there_leave_the_note_with_its_own(self):
        note = self.note("נתקבצו גליות")
        there = self.merge()[note.pk]
        self.assertEqual(there.anchor, "orphaned")
        self.assertEqual(there.holds_on_id, note.holds_on_id)
        self.assertEqual(Notice.objects.get().words, "נתקבצו גליות")
        self.client.force_login(self.reader)
        page = self.client.get(f"/notes/{note.uuid}/")
        self.assertContains(page, "<mark>נתקבצו גליות</mark>")

    def test_a_translation_goes_over_with_its_notes(self):
        kept = make.source("19a", words="\n".join(LINES), translation="")
        note = self.note("line of number 3", side="translation")
        there = self.merge(kept)[note.pk]
        self.assertEqual(stands_on(there), "line of number 3")
        self.assertEqual(there.text.source, kept)

    def test_a_note_on_a_text_that_stays_behind_is_without_a_place(self):
        note = self.note("line of number 3", side="translation")
        there = self.merge()[note.pk]
        self.assertEqual(there.anchor, "orphaned")
        self.assertEqual(there.events.get().state, "orphaned")
        self.assertEqual(Notice.objects.get().note, note)

    def test_notes_on_the_source_and_replies_go_over(self):
        note = make.note(self.source, self.reader)
        reply = make.note(self.source, parent=note, motivation="replying")
        self.assertEqual(set(self.merge()), {note.pk, reply.pk})

    def test_a_note_on_a_bearing_stands_on_the_one_that_went_over(self):
        gone = make.source("20a", words="", supports="before")
        note = make.note(gone, self.reader, bearing=gone.bearings.get())
        self.source = gone
        there = self.merge()[note.pk]
        self.assertEqual(there.bearing.source, self.kept)

    def test_a_note_without_a_place_is_tried_on_the_kept_text(self):
        note = self.note("בא דוד")
        self.edit(*LINES[:4])
        self.assertEqual(self.again(note).anchor, "orphaned")
        there = self.merge()[note.pk]
        self.assertEqual(stands_on(there), "בא דוד")

    def test_what_is_written_meanwhile_is_asked_about_and_written_there(self):
        self.meanwhile(f"{self.source.get_absolute_url()}annotate/")
        self.assertFalse(Annotation.objects.exists())

    def test_a_reply_that_is_written_meanwhile_stands_at_the_kept_one(self):
        note = make.note(self.source, self.reader)
        self.meanwhile(reverse("note_reply", args=[note.uuid]))
        self.assertEqual(Annotation.objects.get(parent=note).source, self.kept)

    def meanwhile(self, address):
        """Send a form whose source is merged before it is stored; and once more."""
        self.client.force_login(self.reader)
        typed = {"body": "An hour.", "motivation": "commenting"}
        typed |= {"visibility": "private", "creation_key": str(uuid4())}
        with patch.object(saving, "html_of", self.late):
            answer = self.client.post(address, typed)
            self.assertContains(answer, "An hour.", status_code=409)
            again = self.client.post(address, typed, follow=True)
        self.assertContains(again, "An hour.")

    def late(self, body):
        """The HTML of a note; before it is stored, its source is merged, once."""
        self.source.refresh_from_db()
        if self.source.is_published:
            self.merge()
        return html_of(body)

    def test_the_notes_of_the_kept_one_stay(self):
        note = make.note(self.kept, self.reader, words="בא דוד")
        self.merge()
        self.assertEqual(note.events.count(), 0)

    def test_a_correction_asks_the_same_of_the_kept_one(self):
        sent = corrections.send(
            self.source,
            key=uuid4(),
            spans=corrections.spans_of(self.source),
            line=1,
            words="נתקבצו גליות",
            instead="נתקבצו",
        )
        self.merge()
        kept = Correction.objects.get()
        self.assertEqual((kept.source, kept.line), (self.kept, None))
        self.assertEqual((kept.proposal, kept.outcome), (None, ""))
        sent.proposal.refresh_from_db()
        self.assertEqual(sent.proposal.outcome, "superseded")
        page = self.client.get(kept.get_absolute_url())
        self.assertContains(page, self.kept.reference_en)
