"""What is erased 30 days after a note was deleted, and what stays."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from studyhall.annotations import purging
from studyhall.annotations.gate import Stale, writing
from studyhall.annotations.models import Annotation, NoteTag, NoteVersion
from tests import make

LONG_AGO = timezone.now() - timedelta(days=31)


class PurgeTests(TestCase):
    def purged(self):
        out = StringIO()
        call_command("purge_notes", stdout=out)
        return out.getvalue().strip()

    def test_a_note_is_erased_with_its_versions_and_tags(self):
        make.note(deleted_at=LONG_AGO, words="גליות", tags=["mine"])
        self.assertEqual(self.purged(), "1 note erased")
        for model in (Annotation, NoteVersion, NoteTag):
            self.assertFalse(model.objects.exists())

    def test_what_is_erased_is_not_brought_back_by_who_read_it_before(self):
        terms = {"visibility": "public", "standing": "approved"}
        note = make.note(body="Secret.", deleted_at=LONG_AGO, was_public=True, **terms)
        self.assertEqual(self.purged(), "1 note erased")
        with self.assertRaises(Stale), writing(note, opened=note.version):
            note.deleted_at = None
        note.refresh_from_db()
        self.assertEqual((note.body, note.reader), ("", None))

    def test_within_30_days_nothing_is_erased(self):
        make.note(deleted_at=timezone.now() - timedelta(days=29))
        make.note()
        self.assertEqual(self.purged(), "0 notes erased")
        self.assertEqual(Annotation.objects.count(), 2)

    def test_a_tag_that_another_note_has_stays(self):
        reader = make.reader()
        make.note(reader=reader, tags=["a", "b"], deleted_at=LONG_AGO)
        make.note(reader=reader, tags=["a"])
        self.purged()
        self.assertEqual(NoteTag.objects.get().name, "a")

    def test_a_marker_stays_under_replies_and_says_nothing(self):
        note = make.note(body="Secret.", words="גליות", deleted_at=LONG_AGO)
        reply = make.note(note.source, parent=note, motivation="replying")
        self.assertEqual(self.purged(), "1 note erased")
        note.refresh_from_db()
        self.assertEqual(
            (note.body, note.body_html, note.exact, note.prefix, note.suffix),
            ("", "", "", "", ""),
        )
        self.assertIsNone(note.reader)
        self.assertFalse(note.versions.exists())
        reply.refresh_from_db()
        self.assertEqual(reply.parent, note)
        self.assertEqual(self.purged(), "0 notes erased")

    def test_a_marker_goes_with_its_last_reply(self):
        note = make.note(deleted_at=LONG_AGO)
        reply = make.note(note.source, parent=note, motivation="replying")
        self.purged()
        reply.deleted_at = LONG_AGO
        reply.save()
        purging.purge()
        self.assertFalse(Annotation.objects.exists())

    def test_what_everyone_read_is_gone_for_ever(self):
        note = make.note(visibility="public", standing="approved", deleted_at=LONG_AGO)
        Annotation.objects.update(was_public=True)
        self.purged()
        self.assertEqual(self.client.get(note.get_absolute_url()).status_code, 410)
        self.assertEqual(Annotation.objects.get().body, "")
