"""Notes follow the text through the real gate; nothing of them is lost."""

import random
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources.changes import change
from sources.models import Change, Revision
from sources.restoring import restore
from studyhall.annotations import carrying
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Annotation, Notice
from tests import make

LINES = [
    "וכיון שנתקבצו גליות נעשה דין ברשעים",
    "וכיון שנעשה דין ברשעים כלו המינים וכולל זדים עמהם",
    "וכיון שכלו המינים מתרוממת קרן צדיקים",
    "והיכן מתרוממת קרנם בירושלים",
    "וכיון שנבנית ירושלים בא דוד",
]
MOVED = "שנבנית ירושלים בא דוד"
ENGLISH = "\n".join(f"The line of number {number}" for number in range(1, 6))
ORIGINAL = ("made_on", "original_start", "original_end", "exact", "prefix", "suffix")
LITANY = "כי לעולם חסדו "


def edit(source, words, side="original", **fields):
    """Save other words for one text of a source, as an editor's form would."""
    source.refresh_from_db()
    with change(source, opened=source.version, why="a better edition"):
        text = source.texts.get(role=side)
        text.words, text.lines_differ = words, side != "original"
        for other in source.texts.exclude(pk=text.pk):
            other.lines_differ = True
            other.save()
        for name, value in fields.items():
            setattr(source, name, value)
        text.save()
        source.save()


def stands_on(note):
    """The words under a note, by its Revision; "" where it has no place."""
    if note.anchor != Annotation.Anchor.ANCHORED:
        return ""
    return note.holds_on.words[note.start : note.end]


def failing():
    """A save that is refused after its notes were carried."""
    refused = ValidationError("Refused.")
    return patch("sources.changes.rendering.render", side_effect=refused)


class CarryCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="\n".join(LINES), translation=ENGLISH)
        self.reader = make.reader()

    def note(self, words, **fields):
        return make.note(self.source, self.reader, words=words, **fields)

    def edit(self, *lines, **fields):
        edit(self.source, "\n".join(lines), **fields)

    def again(self, note):
        return Annotation.objects.select_related("holds_on", "text").get(pk=note.pk)


class CarryingTests(CarryCase):
    def test_a_note_follows_its_words_to_another_line(self):
        note = self.note("בא דוד")
        self.edit("שורה חדשה לגמרי", *LINES)
        there = self.again(note)
        self.assertEqual(stands_on(there), "בא דוד")
        self.assertEqual((there.line, note.line), (6, 5))
        self.assertEqual(there.holds_on.number, 2)

    def test_carrying_is_no_edit_of_the_note(self):
        note = self.note("בא דוד")
        before = {name: getattr(note, name) for name in ORIGINAL}
        self.edit("שורה חדשה לגמרי", *LINES)
        there = self.again(note)
        self.assertEqual({name: getattr(there, name) for name in ORIGINAL}, before)
        self.assertEqual((there.version, there.versions.count()), (1, 1))
        self.assertEqual(there.modified_at, note.modified_at)

    def test_every_carrying_is_logged(self):
        note = self.note("בא דוד")
        self.edit("שורה חדשה לגמרי", *LINES)
        [event] = note.events.all()
        there = self.again(note)
        self.assertEqual((event.old, event.new), (note.holds_on, there.holds_on))
        self.assertEqual((event.start, event.end), (there.start, there.end))
        self.assertEqual((event.state, event.method), ("anchored", "edit"))

    def test_words_that_go_leave_the_note_with_its_last_place(self):
        note = self.note("מתרוממת קרן צדיקים")
        self.edit(*LINES[:2], "וכיון", *LINES[3:])
        there = self.again(note)
        self.assertEqual(there.anchor, "orphaned")
        self.assertEqual(there.holds_on_id, note.holds_on_id)
        self.assertEqual((there.start, there.end), (note.start, note.end))
        self.assertEqual(note.events.get().start, None)

    def test_words_that_come_back_have_their_note_again(self):
        note = self.note("מתרוממת קרן צדיקים")
        self.edit(*LINES[:2], "וכיון", *LINES[3:])
        self.edit("שורה אחרת", *LINES[:2], "וכיון", *LINES[3:])
        self.edit("שורה אחרת", *LINES)
        there = self.again(note)
        self.assertEqual(stands_on(there), "מתרוממת קרן צדיקים")
        self.assertEqual(note.events.last().method, "again")

    def test_restoring_a_state_brings_the_notes_back(self):
        notes = [self.note(line) for line in LINES]
        self.edit("מלים אחרות לגמרי", "ועוד אחרות")
        self.source.refresh_from_db()
        kept = Change.objects.of("source", self.source.pk).get(number=1)
        restore(kept, opened=self.source.version, why="it was better")
        stands = [stands_on(self.again(note)) for note in notes]
        self.assertEqual(stands, LINES)

    def test_a_passage_that_moved_is_only_proposed(self):
        note = self.note(MOVED)
        self.edit(LINES[4], *LINES[:4])
        there = self.again(note)
        self.assertEqual(there.anchor, "proposed")
        event = note.events.get()
        self.assertEqual(event.new.words[event.start : event.end], MOVED)

    def test_what_is_proposed_follows_the_text(self):
        note = self.note(MOVED)
        self.edit(LINES[4], *LINES[:4])
        self.edit("שורה חדשה", LINES[4], *LINES[:4])
        self.assertEqual(self.again(note).anchor, "proposed")
        event = note.events.last()
        self.assertEqual(event.new.words[event.start : event.end], MOVED)

    def test_notes_on_the_other_text_stay(self):
        note = self.note("line of number 3", side="translation")
        self.edit("שורה חדשה", *LINES)
        self.assertEqual(note.events.count(), 0)
        self.assertEqual(stands_on(self.again(note)), "line of number 3")

    def test_a_deleted_note_is_carried_so_that_it_can_come_back(self):
        note = self.note("בא דוד")
        note.deleted_at = note.created_at
        note.save()
        self.edit("שורה חדשה", *LINES)
        self.assertEqual(stands_on(self.again(note)), "בא דוד")
        self.edit("מלים אחרות")
        self.assertEqual(Notice.objects.count(), 0)

    def test_a_note_that_is_saved_meanwhile_stays_where_it_was_carried(self):
        note = self.note("בא דוד")
        opened = self.again(note)
        self.edit("שורה חדשה", *LINES)
        with writing(opened, opened=1):
            opened.body = "Another thought."
        there = self.again(note)
        self.assertEqual((there.body, there.line), ("Another thought.", 6))
        self.assertEqual(stands_on(there), "בא דוד")

    def test_what_fails_after_carrying_carries_nothing(self):
        note = self.note("בא דוד")
        with failing(), self.assertRaises(ValidationError):
            self.edit("שורה חדשה", *LINES)
        self.assertEqual(note.events.count(), 0)
        self.assertEqual(self.again(note).holds_on_id, note.holds_on_id)

    def test_queries_do_not_grow_with_the_notes(self):
        self.note("בא דוד")
        with CaptureQueriesContext(connection) as few:
            self.edit("שורה חדשה", *LINES)
        for word in (*LINES[0].split(), *LINES[1].split()[:4]):
            self.note(word)
        with CaptureQueriesContext(connection) as many:
            self.edit("שורה אחרת לגמרי", *LINES)
        self.assertEqual(len(many), len(few))


class RefusalTests(CarryCase):
    def test_a_litany_is_refused_with_advice_and_nothing_is_saved(self):
        part = LITANY * 1700
        edit(self.source, part * 3)
        other = " ".join(LINES)
        new = f"{part}{other} {part}{other[::-1]} {part}"
        with self.assertRaisesMessage(ValidationError, "Save them in parts"):
            edit(self.source, new)
        self.assertEqual(Revision.objects.filter(text__role="original").count(), 2)


class ManyTests(CarryCase):
    def test_more_notes_than_one_piece_are_all_carried(self):
        words = LINES[4].split()
        for number in range(12):
            self.note(words[number % len(words)])
        before = carrying.PIECE
        carrying.PIECE = 5
        self.addCleanup(setattr, carrying, "PIECE", before)
        self.edit("שורה חדשה", *LINES)
        stand = [stands_on(note) for note in self.notes()]
        self.assertEqual(stand, [words[number % len(words)] for number in range(12)])
        self.edit("אחרת")
        self.edit(*LINES)
        self.assertEqual([stands_on(note) for note in self.notes()], stand)

    def notes(self):
        return Annotation.objects.select_related("holds_on").order_by("pk")


WORDS = " ".join(LINES).split()


@dataclass(frozen=True)
class Kept:
    """What of a note must never change."""

    body: str
    version: int
    original: tuple

    @classmethod
    def of(cls, note):
        original = tuple(getattr(note, name) for name in ORIGINAL)
        return cls(note.body, note.version, original)


class RandomCase(TestCase):
    """Random edits of annotated texts, through the gate, and restores."""

    def edits(self, count, seed):
        self.chance = random.Random(seed)
        self.source = make.source("17b", words="\n".join(LINES), translation=ENGLISH)
        readers = [make.reader() for _ in range(3)]
        for number in range(20):
            words = self.chance.choice(LINES).split()
            start = self.chance.randrange(len(words))
            words = words[start : start + self.chance.randint(1, 4)]
            reader = readers[number % 3]
            make.note(self.source, reader, words=" ".join(words), body=f"{number}")
        kept = {note.pk: Kept.of(note) for note in self.notes()}
        reached = set()
        for _ in range(count):
            self.step()
            reached |= self.check(kept)
        self.assertEqual(reached, {"anchored", "proposed", "orphaned"})

    def notes(self):
        rows = Annotation.objects.select_related("holds_on", "text", "made_on")
        return list(rows.order_by("pk"))

    def step(self):
        self.source.refresh_from_db()
        if self.chance.random() < 0.15:
            number = self.chance.randint(1, self.source.version)
            kept = Change.objects.of("source", self.source.pk).get(number=number)
            restore(kept, opened=self.source.version, why="a restore")
            return
        words = self.source.texts.get(role="original").words
        edited = self.edited([line.split() for line in words.split("\n")])
        text = "\n".join(" ".join(line) for line in edited if line)
        edit(self.source, text or LINES[0])

    def edited(self, lines):
        chance, line = self.chance, self.chance.choice(lines)
        deed = chance.randrange(6)
        if deed == 0:
            line.insert(chance.randrange(len(line) + 1), chance.choice(WORDS))
        elif deed == 1:
            del line[chance.randrange(len(line)) :][:2]
        elif deed == 2:
            at = chance.randrange(len(line))
            line[at] = line[at][::-1]
        elif deed == 3:
            lines.insert(0, lines.pop())
        elif deed == 4 and len(lines) > 1:
            lines.remove(line)
        else:
            lines.append(chance.choice(LINES).split())
        return lines[:12]

    def check(self, kept):
        """No note is lost; each stands in one of three ways, on what there is."""
        notes = self.notes()
        self.assertEqual({note.pk: Kept.of(note) for note in notes}, kept)
        [text] = {note.text for note in notes}
        for note in notes:
            self.stands(note, text)
        return {note.anchor for note in notes}

    def stands(self, note, text):
        made = note.made_on.words[note.original_start : note.original_end]
        self.assertEqual(made, note.exact)
        self.assertTrue(note.holds_on.words[note.start : note.end])
        if note.anchor == "anchored":
            self.assertEqual(note.holds_on.number, text.number)
            self.assertEqual(note.holds_on.words, text.words)
            line = text.words.count("\n", 0, note.start) + 1
            self.assertEqual(note.line, line)
        elif note.anchor == "proposed":
            event = note.events.last()
            self.assertEqual((event.state, event.new.words), ("proposed", text.words))
            self.assertTrue(event.new.words[event.start : event.end])


class FewEditsTests(RandomCase):
    def test_no_note_is_lost(self):
        self.edits(25, seed=5)


@pytest.mark.slow
@pytest.mark.once
class MoreEditsTests(RandomCase):
    def test_no_note_is_lost_in_a_hundred_edits(self):
        self.edits(100, seed=5786)


@pytest.mark.prove
class ManyEditsTests(RandomCase):
    def test_no_note_is_lost_in_a_thousand_edits(self):
        self.edits(1000, seed=5787)
