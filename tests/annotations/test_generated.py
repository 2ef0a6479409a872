"""Generated readers and notes: for measuring, and as a reader would have made them."""

from io import StringIO
from unittest import skipUnless

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase

from sources.models import Source
from studyhall.accounts.models import User
from studyhall.annotations import listing, searching
from studyhall.annotations.models import Annotation, NoteVersion
from studyhall.keeping.models import Mark


def generate(sources=25, notes=220, seed=3):
    """What the command says when it has written so many."""
    out = StringIO()
    asked = [f"--sources={sources}", f"--notes={notes}", f"--seed={seed}"]
    call_command("generate_library", *asked, stdout=out, stderr=StringIO())
    return out.getvalue()


class GeneratedNotesTests(TestCase):
    def test_as_many_as_asked_by_readers_who_cannot_sign_in(self):
        said = generate()
        self.assertEqual(said, "25 sources and 220 notes generated with seed 3\n")
        self.assertEqual(Annotation.objects.count(), 220)
        self.assertEqual(NoteVersion.objects.count(), 220)
        self.assertEqual(User.objects.count(), 5)
        self.assertFalse(User.objects.filter(is_active=True).exists())
        self.assertTrue(Mark.objects.filter(name="notes").exists())

    def test_the_same_seed_gives_the_same_notes(self):
        seen = []
        for _ in range(2):
            with transaction.atomic():
                generate()
                rows = Annotation.objects.order_by("uuid")
                seen.append(list(rows.values_list("uuid", "body", "exact", "start")))
                transaction.set_rollback(True)
        self.assertEqual(*seen)

    def test_stand_on_their_words_and_replies_beside_what_they_answer(self):
        generate()
        notes = Annotation.objects.select_related("text", "parent")
        for note in notes.filter(parent__isnull=True):
            self.assertEqual(note.exact, note.text.words[note.start : note.end])
            self.assertEqual(note.text.source_id, note.source_id)
        replies = notes.filter(parent__isnull=False)
        self.assertTrue(replies)
        for reply in replies:
            self.assertEqual(reply.source_id, reply.parent.source_id)

    @skipUnless(connection.vendor == "sqlite", "test_growth reads PostgreSQL's plans")
    def test_all_notes_are_read_in_their_order(self):
        """SQLite knows how many sources there are: it does not begin with them all."""
        generate(sources=100, notes=400)
        notes = Annotation.objects.shown().order_by("-created_at", "-uuid")
        self.assertIn("notes_that_stand", listing.for_list(notes)[:30].explain())

    def test_are_shown_and_found_and_can_be_saved_again(self):
        generate()
        note = Annotation.objects.shown().threads().order_by("pk").first()
        page = self.client.get(note.source.get_absolute_url())
        self.assertContains(page, note.body_html, html=False)
        found = searching.find(Annotation.objects.shown(), note.exact)
        self.assertIn(note, found)
        held = set(note.search_words.values_list("word", flat=True))
        searching.index(note)
        self.assertEqual(set(note.search_words.values_list("word", flat=True)), held)

    def test_a_library_with_nothing_published_has_none(self):
        generate(sources=1, notes=5, seed=self.seed_of_a_draft())
        self.assertEqual(Annotation.objects.count(), 0)

    def seed_of_a_draft(self):
        """A seed whose first and only source is not published."""
        for seed in range(100):
            with transaction.atomic():
                generate(sources=1, notes=1, seed=seed)
                is_draft = not Source.objects.published().exists()
                transaction.set_rollback(True)
            if is_draft:
                return seed
        raise AssertionError("each of a hundred generated sources is published")
