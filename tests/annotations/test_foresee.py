"""Before a save, the editor reads what the edit will do to public notes."""

from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.test import TestCase

from studyhall.annotations import carrying, followers
from studyhall.annotations.pairing import TooRepetitive
from tests import make
from tests.admin.forms import fields_of, url
from tests.annotations.test_carrying import LINES, MOVED


class ForeseeTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="\n".join(LINES), translation="")
        self.text = self.source.texts.get()
        self.reader = make.reader(display_name="Rivka")

    def note(self, words, **fields):
        fields = {"visibility": "public", "standing": "approved", **fields}
        return make.note(self.source, self.reader, words=words, **fields)

    def foresee(self, *lines):
        self.text.refresh_from_db()
        return followers.foresee(self.text, "\n".join(lines))

    def test_counts_what_follows_needs_a_look_and_loses_its_words(self):
        for words in ("נתקבצו", "דין ברשעים", "כלו המינים", "זדים", "עמהם"):
            self.note(words)
        self.note(MOVED)
        self.note("מתרוממת קרן צדיקים")
        said, *named = self.foresee(LINES[4], *LINES[:2], "וכיון", LINES[3])
        self.assertEqual(
            said,
            "This edit touches 7 public notes: 5 follow, 1 needs a look, "
            "1 loses its words.",
        )
        self.assertEqual(len(named), 7)
        self.assertIn("loses its words", named[0])
        self.assertIn("may have moved", named[1])

    def test_foresees_what_then_happens(self):
        notes = [self.note(words) for words in ("זדים", MOVED, "קרן צדיקים")]
        self.foresee(LINES[4], *LINES[:2], "וכיון", LINES[3])
        carrying.difference.cache_clear()
        text = self.text
        old = text.revisions.get()
        text.words = "\n".join([LINES[4], *LINES[:2], "וכיון", LINES[3]])
        new = text.revisions.create(number=2, words=text.words, at=old.at)
        followers.text_changed(old, new)
        for note in notes:
            note.refresh_from_db()
        states = [note.anchor for note in notes]
        self.assertEqual(states, ["anchored", "proposed", "orphaned"])

    def test_each_note_is_named_by_a_link(self):
        note = self.note("בא דוד")
        said, named = self.foresee("שורה חדשה", *LINES)
        self.assertEqual(said, "This edit touches 1 public note: 1 follows.")
        self.assertIn(f'<a href="/notes/{note.uuid}/">', named)
        self.assertIn('<bdi lang="he" dir="rtl">בא דוד</bdi>', named)
        self.assertIn("<bdi>Rivka</bdi>", named)

    def test_words_of_a_text_are_escaped(self):
        source = make.source("18a", words="<b>אבג</b> דהו זחט", translation="")
        make.note(
            source,
            make.reader(display_name="<i>"),
            words="אבג",
            visibility="public",
            standing="approved",
        )
        _said, named = followers.foresee(source.texts.get(), "חדש <b>אבג</b> דהו זחט")
        self.assertNotIn("<b>", named)
        self.assertNotIn("<i>", named)

    def test_an_edit_elsewhere_touches_nothing(self):
        self.note("נתקבצו")
        self.assertEqual(self.foresee(*LINES, "ושורה חדשה"), [])
        self.assertEqual(self.foresee(*LINES), [])

    def test_private_waiting_and_deleted_notes_are_not_told(self):
        self.note("נתקבצו", visibility="private", standing="")
        self.note("נתקבצו", standing="waiting")
        note = self.note("נתקבצו")
        note.deleted_at = note.created_at
        note.save()
        self.assertEqual(self.foresee("אחרת"), [])

    def test_what_cannot_be_compared_is_refused_with_or_without_notes(self):
        long = patch.object(carrying, "Difference", side_effect=TooRepetitive)
        advice = patch.object(followers, "refusal", return_value="Save it in parts.")
        carrying.difference.cache_clear()
        with long, advice, self.assertRaisesMessage(ValidationError, "in parts"):
            self.foresee("אחרת")

    def test_the_form_of_the_source_asks_before_it_saves(self):
        note = self.note("בא דוד")
        self.client.force_login(make.editor())
        page = self.client.get(url(self.source))
        form = fields_of(page) | {"_save": "Save", "_why": "a better edition"}
        name = next(
            name
            for name in form
            if name.endswith("-words") and form[name].startswith(LINES[0])
        )
        form[name] = "\n".join(["שורה חדשה", *LINES])
        answer = self.client.post(url(self.source), form)
        answer = answer.content.decode()
        self.assertIn("This edit touches 1 public note: 1 follows.", answer)
        self.assertIn(f'<li><a href="/notes/{note.uuid}/">A note by', answer)
