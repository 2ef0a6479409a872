"""Editing one's own note, and what others read of its history."""

from datetime import UTC, datetime, timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from studyhall.annotations import drafts, leaving, moderating
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Act, Annotation
from tests import make

DEEDS = ("note_edit", "note_delete", "note_restore", "note_reply", "note_history")


class EditCase(TestCase):
    def setUp(self):
        self.reader = make.reader()
        self.client.force_login(self.reader)
        self.note = make.note(reader=self.reader, body="First thought.", tags=["a"])

    def address(self, name="note_edit"):
        return reverse(name, args=[self.note.uuid])

    def edit(self, **fields):
        usual = {
            "version": self.note.version,
            "motivation": "commenting",
            "visibility": "private",
            "body": "Second thought.",
            "tags": "a, b",
        }
        return self.client.post(self.address(), usual | fields)

    def write(self, **fields):
        """Save the note as its writer would, elsewhere."""
        self.note.refresh_from_db()
        with writing(self.note, opened=self.note.version):
            for name, value in fields.items():
                setattr(self.note, name, value)

    def let_stand(self):
        """Make the reader one whose notes stand at once."""
        for _ in range(3):
            make.note(reader=self.reader, visibility="public", standing="approved")


class EditingTests(EditCase):
    def test_saves_and_keeps_the_version_before(self):
        self.assertEqual(self.edit().status_code, 303)
        self.note.refresh_from_db()
        self.assertEqual((self.note.body, self.note.version), ("Second thought.", 2))
        self.assertEqual(sorted(self.note.tags.names()), ["a", "b"])
        bodies = self.note.versions.values_list("body", flat=True)
        self.assertEqual(list(bodies), ["First thought.", "Second thought."])

    def test_the_form_shows_what_is_saved(self):
        page = self.client.get(self.address())
        self.assertContains(page, "First thought.")
        self.assertContains(page, 'name="version" value="1"')

    def test_a_wrong_form_gives_the_text_back(self):
        page = self.edit(body="", tags="kept, tags")
        self.assertContains(page, "kept, tags", status_code=422)

    def test_a_stale_edit_shows_both_texts_and_where_they_differ(self):
        self.write(body="Meanwhile a thought.")
        page = self.edit(version=1, body="First thought, longer.")
        self.assertContains(page, "Meanwhile a thought.", status_code=409)
        self.assertContains(page, "First thought, longer.", status_code=409)
        self.assertContains(page, "<ins>", status_code=409)
        self.note.refresh_from_db()
        self.assertEqual(self.note.body, "Meanwhile a thought.")
        self.assertContains(page, 'name="version" value="2"', status_code=409)
        self.assertEqual(self.edit(version=2, body="Both.").status_code, 303)

    def test_no_version_counts_as_a_stale_one(self):
        for version in ("", "x", "9" * 30):
            with self.subTest(version=version):
                self.assertEqual(self.edit(version=version).status_code, 409)

    def test_a_highlight_becomes_a_note(self):
        self.note = make.note(
            reader=self.reader, body="", motivation="highlighting", words="גליות"
        )
        self.edit()
        self.note.refresh_from_db()
        self.assertEqual(self.note.motivation, "commenting")
        self.assertEqual(self.note.exact, "גליות")

    def test_signed_out_it_leads_to_sign_in_and_back_with_the_text(self):
        self.client.logout()
        self.assertIn("next=", self.edit(body="Typed for an hour.")["Location"])
        self.client.force_login(self.reader)
        page = self.client.get(self.address())
        self.assertContains(page, "Typed for an hour.")

    def test_every_deed_on_anothers_private_note_is_not_found(self):
        self.client.force_login(make.reader())
        for deed in DEEDS:
            for method in (self.client.get, self.client.post):
                with self.subTest(deed=deed, method=method.__name__):
                    status = method(self.address(deed)).status_code
                    is_post_only = deed == "note_restore" and method == self.client.get
                    self.assertEqual(status, 405 if is_post_only else 404)
        self.note.refresh_from_db()
        self.assertEqual((self.note.body, self.note.version), ("First thought.", 1))

    def test_anothers_public_note_is_not_edited_or_deleted(self):
        self.write(visibility="public")
        Annotation.objects.update(standing="approved")
        self.client.force_login(make.editor())
        for deed in ("note_edit", "note_delete", "note_restore"):
            with self.subTest(deed=deed):
                self.assertEqual(self.client.post(self.address(deed)).status_code, 404)


class StandingTests(EditCase):
    def test_an_edit_of_a_newcomers_returned_note_waits_again(self):
        self.write(visibility="public")
        Annotation.objects.update(standing="returned")
        self.edit(version=2, visibility="public")
        self.note.refresh_from_db()
        self.assertEqual(self.note.standing, "waiting")

    def test_who_is_known_is_public_at_once(self):
        self.let_stand()
        self.edit(visibility="public")
        self.note.refresh_from_db()
        self.assertEqual((self.note.standing, self.note.was_public), ("approved", True))

    def test_a_hidden_note_is_not_freed_by_making_it_private_for_a_while(self):
        self.let_stand()
        self.write(visibility="public")
        Act.objects.create(
            note=self.note,
            by=make.editor(),
            deed="hide",
            after="hidden",
            at=timezone.now(),
        )
        Annotation.objects.filter(pk=self.note.pk).update(standing="hidden")
        self.write(visibility="private")
        self.write(visibility="public")
        self.assertEqual(self.note.standing, "waiting")

    def test_what_was_decided_while_the_form_was_read_is_not_undone(self):
        self.let_stand()
        self.write(visibility="public")
        read = Annotation.objects.get(pk=self.note.pk)
        act = moderating.decide(
            read, Act.Deed.HIDE, by=make.editor(), opened=read.version, reason="Spam."
        )
        with writing(read, opened=act.note.version):
            read.body = "Anew."
        self.note.refresh_from_db()
        self.assertEqual((self.note.body, self.note.standing), ("Anew.", "waiting"))
        self.assertTrue(self.note.was_public)

    def test_more_than_is_kept_for_a_visitor_is_given_back_at_once(self):
        words = "An hour. " + "a" * drafts.LONGEST
        answer = Client().post(self.address(), {"body": words})
        self.assertContains(answer, "An hour. aaa", status_code=413)
        self.assertContains(answer, "Copy it, sign in", status_code=413)

    def test_a_save_that_says_nothing_new_changes_no_standing(self):
        self.write(visibility="public")
        Annotation.objects.update(standing="approved")
        self.write(deleted_at=timezone.now() - timedelta(days=1))
        self.write(deleted_at=None)
        self.assertEqual(self.note.standing, "approved")
        self.assertEqual(self.note.versions.count(), 2)


class HistoryTests(EditCase):
    def setUp(self):
        super().setUp()
        self.let_stand()

    def read_by(self, user):
        if user:
            self.client.force_login(user)
        else:
            self.client.logout()
        return self.client.get(self.address("note_history"))

    def test_the_writer_reads_every_version(self):
        self.write(body="Second thought.", visibility="public")
        page = self.read_by(self.reader)
        self.assertContains(page, "First")
        self.assertContains(page, "<ins>Second</ins>")

    def test_others_read_only_what_was_saved_in_public(self):
        self.write(body="Second thought.", visibility="public")
        self.write(body="Third thought.")
        for user in (None, make.reader(), make.editor()):
            page = self.read_by(user)
            self.assertNotContains(page, "First")
            self.assertContains(page, "Second")
            self.assertContains(page, "Third")

    def test_making_it_private_hides_all(self):
        self.write(body="Second thought.", visibility="public")
        self.write(visibility="private")
        self.assertEqual(self.read_by(None).status_code, 404)
        self.write(body="Fourth thought.", visibility="public")
        page = self.read_by(None)
        self.assertContains(page, "Fourth")
        self.assertNotContains(page, "Second")

    def decide(self, deed):
        note = Annotation.objects.get(pk=self.note.pk)
        moderator = make.editor("moderator")
        terms = {"opened": note.version, "by": moderator, "reason": "It insults."}
        return moderating.decide(note, deed, **terms)

    def test_what_moderators_refused_is_not_read_in_the_history(self):
        self.write(body="Second thought.", visibility="public")
        for deed in ("hide", "return"):
            act = self.decide(deed)
            moderating.undo(act, by=make.editor("moderator"))
            self.assertContains(self.read_by(None), "Second")
            self.decide(deed)
            self.write(body=f"Once they {deed}.", visibility="public")
            self.decide("approve")
            page = self.read_by(None)
            self.assertContains(page, f"Once they {deed}.")
            self.assertNotContains(page, "Second")
            self.write(body="Second thought.", visibility="public")

    def test_what_was_private_stays_so_after_its_writer_has_left(self):
        self.write(body="Second thought.", visibility="public")
        self.write(visibility="private")
        self.write(body="Fourth thought.", visibility="public")
        leaving.leave(self.reader, keep=True)
        page = self.read_by(None)
        self.assertContains(page, "Fourth")
        self.assertNotContains(page, "Second")

    def test_nothing_tells_others_of_what_was_saved_in_private(self):
        long_ago = datetime(1999, 5, 6, tzinfo=UTC)
        Annotation.objects.filter(pk=self.note.pk).update(created_at=long_ago)
        self.note.versions.update(at=long_ago)
        self.write(body="Second thought.")
        self.write(visibility="public")
        here = self.note.source.get_absolute_url()
        history = self.address("note_history")
        visitor, own = Client(), self.client
        for page in (here, "/notes/", f"{here}notes/"):
            with self.subTest(page=page):
                self.assertNotContains(visitor.get(page), "1999")
                self.assertNotContains(visitor.get(page), history)
                self.assertContains(own.get(page), history)
        self.assertNotContains(visitor.get(f"{here}notes.atom"), "1999")
        self.assertContains(visitor.get(history), "Version 1,")
        self.assertContains(own.get(history), "Version 1, 6 May 1999")
        self.assertContains(own.get("/me/export/notes.csv"), "1999-05-06")

        self.write(body="Third thought.")
        for page in (here, "/notes/", f"{here}notes/"):
            self.assertContains(visitor.get(page), history)
        page = visitor.get(history)
        self.assertContains(page, "Version 2,")
        self.assertNotContains(page, "Version 3,")

    def test_costs_the_same_however_many_versions(self):
        self.write(visibility="public")
        visitor = Client()
        with self.assertNumQueries(3):
            visitor.get(self.address("note_history"))
        for number in range(20):
            self.write(body=f"Thought {number}.")
        with self.assertNumQueries(3):
            visitor.get(self.address("note_history"))
