"""What changes in notes is seen at once on pages that are kept for visitors."""

from uuid import uuid4

from django.test import TestCase

from studyhall.accounts import leaving as accounts_leaving
from studyhall.annotations import corrections, moderating
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Act
from studyhall.keeping.models import Mark
from tests import make
from tests.floor.kept_pages import LayerCase

SHOWN = {"visibility": "public", "standing": "approved"}


class KeptNotesTests(LayerCase, TestCase):
    def setUp(self):
        super().setUp()
        self.source = make.source(words="אבג דהו", translation="")
        self.reader = make.reader(display_name="Rivka")
        self.here = self.source.get_absolute_url()

    def note(self, **fields):
        return make.note(self.source, self.reader, body="Plainly said.", **fields)

    def seen(self, words="Plainly said."):
        """Whether the source's page holds these words; it is kept after that."""
        page = self.ask(self.here).body.decode()
        self.calls.clear()
        self.assertEqual(self.ask(self.here).body.decode(), page)
        self.assertEqual(self.calls, [])
        return words in page

    def decide(self, note, deed, **fields):
        note.refresh_from_db()
        return moderating.decide(
            note, deed, by=make.editor("moderator"), opened=note.version, **fields
        )

    def test_what_moderators_decide_is_seen_at_once(self):
        note = self.note(visibility="public")
        self.assertFalse(self.seen())
        self.decide(note, Act.Deed.APPROVE)
        self.assertTrue(self.seen())
        act = self.decide(note, Act.Deed.HIDE, reason="It advertises.")
        self.assertFalse(self.seen())
        moderating.undo(act, by=make.editor("moderator"))
        self.assertTrue(self.seen())

    def test_what_its_writer_does_is_seen_at_once(self):
        for _ in range(3):  # from then on moderators are not asked
            make.note(reader=self.reader, **SHOWN)
        note = self.note(**SHOWN)
        for field, value, is_seen in (
            ("body", "Otherwise said.", False),
            ("body", "Plainly said.", True),
            ("deleted_at", note.created_at, False),
            ("deleted_at", None, True),
            ("visibility", "private", False),
        ):
            self.seen()
            with writing(note, opened=note.version):
                setattr(note, field, value)
            with self.subTest(field=field, value=value):
                self.assertEqual(self.seen(), is_seen)

    def test_a_note_without_a_wait_is_seen_at_once(self):
        for _ in range(3):
            make.note(reader=self.reader, **SHOWN)
        self.assertFalse(self.seen())
        self.note(visibility="public")
        self.assertTrue(self.seen())

    def test_another_name_is_seen_at_once(self):
        self.note(**SHOWN)
        self.assertTrue(self.seen("Rivka"))
        self.reader.display_name = "Miryam"
        self.reader.save(update_fields=["display_name"])
        self.assertFalse(self.seen("Rivka"))

    def test_a_closed_account_is_seen_at_once(self):
        readers = [make.reader(display_name=name) for name in ("Dinah", "Yael")]
        for reader in readers:
            make.note(self.source, reader, **SHOWN)
        for reader, keep in zip(readers, (True, False), strict=True):
            with self.subTest(keep=keep):
                self.assertTrue(self.seen(reader.display_name))
                accounts_leaving.close(reader, keep=keep)
                self.assertFalse(self.seen(reader.display_name))

    def test_the_answer_to_a_correction_is_seen_at_once(self):
        sent = corrections.send(self.source, key=uuid4(), what="A letter is missing.")
        address = sent.get_absolute_url()
        self.assertIn(b"waits for an editor", self.ask(address).body)
        corrections.answer(sent, "kept", by=make.editor("reviewer"))
        self.assertNotIn(b"waits for an editor", self.ask(address).body)

    def test_what_nobody_else_reads_puts_no_page_out_of_date(self):
        self.seen()
        note = self.note(tags=["mine"])
        for field, value in (("body", "Else."), ("deleted_at", note.created_at)):
            with writing(note, opened=note.version):
                setattr(note, field, value)
        self.note(visibility="public")  # waits
        other = make.reader()
        make.note(self.source, other)
        accounts_leaving.close(other, keep=True)
        self.assertFalse(Mark.objects.exists())
        self.calls.clear()
        self.ask(self.here)
        self.assertEqual(self.calls, [])
