"""A newcomer's edit of a public note waits; others read on what stood before."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, TestCase
from django.urls import reverse

from studyhall.annotations import edits, leaving, moderating, purging, searching
from studyhall.annotations.models import Act, Annotation, NoteEdit, Notice
from tests import make
from tests.annotations.test_privacy import TOKENS

OLD, NEW = "The first thought.", "A zebra of a thought."


class EditsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = make.source("17b", words="אבג דהו", translation="one two")
        cls.reader, cls.other = make.reader(display_name="Rivka"), make.reader()
        cls.judge = make.editor("moderator")
        cls.note = make.note(
            cls.source,
            cls.reader,
            words="אבג",
            body=OLD,
            tags=["b", "a"],
            visibility="public",
            standing="approved",
        )

    def setUp(self):
        self.own, self.moderator = Client(), Client()
        self.own.force_login(self.reader)
        self.moderator.force_login(self.judge)

    def stored(self):
        return Annotation.objects.get(pk=self.note.pk)

    def edit(self, **fields):
        usual = {
            "version": self.stored().version,
            "motivation": "questioning",
            "visibility": "public",
            "body": NEW,
            "tags": "c",
        }
        return self.own.post(
            reverse("note_edit", args=[self.note.uuid]), usual | fields
        )

    def decide(self, deed, **fields):
        fields |= {"deed": deed, "version": self.stored().version, "edit": "1"}
        address = reverse("moderation_decide", args=[self.note.uuid])
        return self.moderator.post(address, fields)

    def undo(self):
        act = Act.objects.latest("pk")
        return self.moderator.post(reverse("moderation_undo", args=[act.pk]))

    def addresses(self):
        here = self.source.get_absolute_url()
        uuid = self.note.uuid
        return (
            *(here, f"{here}notes.atom", "/notes/", "/readers/Rivka/", "/sources/"),
            *(f"/notes/?q={word}" for word in ("first", "zebra")),
            *(f"/notes/{uuid}/", f"/notes/{uuid}/history/", f"/notes/{uuid}/reply/"),
        )

    def seen(self):
        """All that a visitor and another reader get of it, but for tokens of forms."""
        reader = Client()
        reader.force_login(self.other)
        return [
            _masked(answer)
            for client in (Client(), reader)
            for address in self.addresses()
            if (answer := client.get(address, follow=True)).status_code == 200
        ]


def _masked(answer):
    page = answer.content.decode()
    plain = TOKENS.sub("", page)
    return plain if plain != page else f"{answer.headers.get('ETag')} {page}"


class WaitingTests(EditsCase):
    def test_changes_no_byte_that_others_get_until_it_is_approved(self):
        before = self.seen()
        self.assertGreater(len(before), 14)
        self.edit()
        self.edit(body=f"{NEW} Once more.")
        self.assertEqual(self.seen(), before)
        self.decide("approve")
        after = "".join(self.seen())
        self.assertIn("Once more.", after)

    def test_its_writer_reads_both_and_goes_on_with_the_new_one(self):
        page = self.own.get(self.edit()["Location"])
        for said in (OLD, NEW, "Your edit waits for a moderator"):
            self.assertContains(page, said)
        form = self.own.get(reverse("note_edit", args=[self.note.uuid]))
        self.assertContains(form, NEW)
        self.assertContains(form, 'value="c"')
        self.assertContains(self.own.get("/me/notes/?state=waiting"), NEW)

    def test_a_stale_edit_meets_the_one_that_waits(self):
        self.edit()
        page = self.edit(version=1, body="Elsewhere.")
        self.assertContains(page, NEW, status_code=409)

    def test_an_edit_back_to_what_stands_waits_no_more(self):
        self.edit()
        same = {"body": OLD, "motivation": "commenting", "tags": "a, b"}
        self.edit(**same)
        self.assertFalse(NoteEdit.objects.exists())
        self.assertFalse(Annotation.objects.waiting().exists())

    def test_who_is_known_waits_for_nobody(self):
        for _ in range(3):
            make.note(reader=self.reader, visibility="public", standing="approved")
        self.edit()
        self.assertEqual(self.stored().body, NEW)
        self.assertFalse(NoteEdit.objects.exists())

    def test_made_private_the_note_says_what_was_typed(self):
        self.edit()
        self.edit(visibility="private")
        note = self.stored()
        self.assertEqual((note.body, note.visibility), (NEW, "private"))
        self.assertFalse(NoteEdit.objects.exists())

    def test_the_note_is_gone_for_others_once_it_is_deleted_meanwhile(self):
        self.edit()
        self.own.post(reverse("note_delete", args=[self.note.uuid]))
        address = self.note.get_absolute_url()
        self.assertEqual(Client().get(address).status_code, 410)
        self.assertFalse(Annotation.objects.waiting().exists())
        purging.erase_deleted(self.note.pk)
        self.assertFalse(NoteEdit.objects.exists())
        self.assertEqual(Client().get(address).status_code, 410)

    def test_nobody_reads_it_after_its_writer_has_left(self):
        self.edit()
        leaving.leave(self.reader, keep=True)
        self.assertEqual(self.stored().body, OLD)
        self.assertFalse(NoteEdit.objects.exists())
        self.assertFalse(self.note.versions.filter(body=NEW).exists())


class DecidingTests(EditsCase):
    def setUp(self):
        super().setUp()
        self.edit()

    def found(self, word):
        notes = Annotation.objects.visible_to(AnonymousUser())
        return searching.find(notes, word).exists()

    def test_the_queue_shows_what_changes(self):
        page = self.moderator.get("/moderation/")
        self.assertContains(page, "An edit of a note that everyone reads.")
        self.assertContains(page, "<ins>A zebra of a</ins>")
        self.assertContains(page, 'name="edit" value="1"')

    def test_the_queue_costs_the_same_however_many_wait(self):
        with self.assertNumQueries(13):
            self.moderator.get("/moderation/")
        for _ in range(3):
            terms = {"visibility": "public", "standing": "approved", "words": "אבג"}
            note = make.note(self.source, make.reader(), **terms)
            said = {"body": NEW, "motivation": "commenting", "visibility": "public"}
            edits.save(note, opened=note.version, tags=[], **said)
        with self.assertNumQueries(13):
            self.moderator.get("/moderation/")

    def test_approving_shows_the_new_words_and_finds_them(self):
        self.assertEqual(self.decide("approve").status_code, 303)
        note = self.stored()
        self.assertEqual((note.body, note.motivation), (NEW, "questioning"))
        self.assertIn("zebra", note.body_html)
        self.assertEqual(list(note.tags.names()), ["c"])
        self.assertEqual((self.found("zebra"), self.found("first")), (True, False))
        self.assertFalse(Annotation.objects.waiting().exists())
        self.assertEqual(Notice.objects.get().words, "Your edit: approved.")

    def test_returning_keeps_the_old_and_tells_why(self):
        self.assertEqual(self.decide("return").status_code, 422)
        self.decide("return", reason="Not a zebra.")
        self.assertEqual(
            (self.stored().body, self.stored().standing), (OLD, "approved")
        )
        self.assertEqual((self.found("zebra"), self.found("first")), (False, True))
        page = self.own.get(f"/notes/{self.note.uuid}/decisions/")
        self.assertContains(page, "Not a zebra.")
        self.assertContains(page, "A moderator has returned your edit.")
        self.assertContains(page, NEW)
        self.assertContains(self.own.get("/me/notes/?state=returned"), NEW)
        self.edit(body="A horse.")
        self.assertTrue(Annotation.objects.waiting().exists())

    def test_each_decision_is_undone_and_the_edit_waits_again(self):
        for deed in ("approve", "return"):
            with self.subTest(deed=deed):
                self.decide(deed, reason="A mistake of mine.")
                self.assertEqual(self.undo().status_code, 303)
                note = self.stored()
                self.assertEqual((note.body, edits.of(note).body), (OLD, NEW))
                self.assertEqual(sorted(note.tags.names()), ["a", "b"])
                self.assertTrue(Annotation.objects.waiting().exists())
                history = Client().get(f"/notes/{note.uuid}/history/")
                self.assertContains(history, "first")
                self.assertNotContains(history, "zebra")

    def test_what_its_writer_has_edited_since_is_not_decided_or_undone(self):
        version = self.stored().version
        self.edit(body="A horse.")
        self.assertEqual(self.decide("approve", version=version).status_code, 303)
        address = reverse("moderation_decide", args=[self.note.uuid])
        stale = {"deed": "approve", "version": version, "edit": "1"}
        self.assertEqual(self.moderator.post(address, stale).status_code, 409)
        self.edit(body="A camel.")
        self.assertEqual(self.undo().status_code, 409)
        self.assertEqual(self.stored().body, "A horse.")

    def test_hiding_is_of_the_whole_note_and_its_undoing_frees_no_edit(self):
        self.decide("hide", reason="Spam.")
        self.assertEqual(Client().get(self.note.get_absolute_url()).status_code, 404)
        self.assertFalse(Annotation.objects.waiting().exists())
        self.undo()
        self.assertEqual(self.stored().body, OLD)
        history = Client().get(f"/notes/{self.note.uuid}/history/")
        self.assertNotContains(history, "zebra")
        self.assertTrue(Annotation.objects.waiting().exists())

    def test_an_own_edit_is_for_another_moderator(self):
        with self.assertRaises(PermissionDenied):
            moderating.decide_edit(
                self.note, "approve", by=self.reader, opened=self.stored().version
            )
