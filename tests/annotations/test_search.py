"""Search in notes: points ignored, private notes found by their writer alone."""

from urllib.parse import quote

from django.test import TestCase
from django.utils import timezone

from studyhall.annotations.gate import writing
from studyhall.annotations.models import NoteWord
from studyhall.annotations.purging import KEPT, purge
from tests import make

PUBLIC = {"visibility": "public", "standing": "approved"}


class NoteSearchTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="בָּרוּךְ הַמָּקוֹם", translation="")
        self.writer = make.reader()

    def note(self, **fields):
        return make.note(self.source, self.writer, **fields)

    def found(self, words):
        page = self.client.get(f"/notes/?q={quote(words)}")
        self.assertEqual(page.status_code, 200)
        return [note.body for note in page.context["listed"].notes]

    def test_finds_words_without_their_points_and_prefixes(self):
        self.note(body="וְהַגְּאוּלָה קרובה", **PUBLIC)
        self.assertEqual(len(self.found("גאולה")), 1)
        self.assertEqual(len(self.found("קְרוֹבָה הגאולה")), 1)
        self.assertEqual(self.found("גאולה רחוקה"), [])

    def test_finds_the_words_that_a_note_stands_on(self):
        self.note(words="המקום", body="A name.", **PUBLIC)
        self.assertEqual(self.found("מקום"), ["A name."])

    def test_a_private_note_is_found_by_its_writer_alone(self):
        self.note(body="secretly")
        before = self.client.get("/notes/?q=secretly").content
        self.assertEqual(self.found("secretly"), [])
        self.client.force_login(make.editor(is_superuser=True))
        self.assertEqual(self.found("secretly"), [])
        self.client.force_login(self.writer)
        self.assertEqual(self.found("secretly"), ["secretly"])
        self.client.logout()
        self.assertEqual(self.client.get("/notes/?q=secretly").content, before)

    def test_follows_an_edit_and_forgets_what_was_erased(self):
        note = self.note(body="former words", **PUBLIC)
        self.client.force_login(self.writer)
        with writing(note, opened=note.version):
            note.body = "latter words"
        self.assertEqual(self.found("former"), [])
        self.assertEqual(self.found("latter"), ["latter words"])
        note.deleted_at = timezone.now() - 2 * KEPT
        note.save()
        self.assertEqual(self.found("latter"), [])
        purge()
        self.assertFalse(NoteWord.objects.exists())

    def test_own_notes_are_searched_on_their_page(self):
        self.note(body="alpha")
        self.note(body="beta")
        self.client.force_login(self.writer)
        page = self.client.get("/me/notes/?q=beta")
        self.assertEqual([each.body for each in page.context["listed"].notes], ["beta"])

    def test_no_query_is_malformed(self):
        self.note(body="word", **PUBLIC)
        for words in ("", "…", '"', "%_", "a" * 5000, "א" * 400, "' OR 1=1 --"):
            with self.subTest(words=words[:10]):
                self.found(words)
        self.assertContains(
            self.client.get(f"/notes/?q={quote('…')}"), "no word that could be looked"
        )

    def test_a_very_long_word_is_found_by_its_beginning(self):
        self.note(body="x" * 5000, **PUBLIC)
        self.assertEqual(len(self.found("x" * 200)), 1)

    def test_the_librarys_own_search_finds_no_note(self):
        self.note(body="zanzibar", **PUBLIC)
        self.assertNotContains(self.client.get("/search/?q=zanzibar"), "note-")
