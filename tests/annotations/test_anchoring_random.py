"""No note in a wrong place: long pointed texts, edited, with every letter followed."""

import tomllib
from pathlib import Path

import pytest
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text import skeleton
from studyhall.annotations.alignment import Letters
from studyhall.annotations.anchoring import CONTEXT, Difference, carry, describe
from studyhall.annotations.pairing import Pairing

from .edits import Hand, Sign, Written

LIBRARY = Path(__file__).parents[2] / "sources/library/sources"
LONG = 50_000  # code points
PIECES = ["נייר", "שֻׁלְחָן", "ה'", " ", " ", "\n", "־", "\u05b0", "😀", "𝄞", "\ufb2a"]
PIECES += ["paper", ","]


def notes_on(hand, words, count=1000):
    """The letters of notes on one to twelve words each."""
    for _ in range(count):
        size = hand.chance.randint(1, 12)
        start = hand.chance.randrange(len(words) - size)
        yield [sign.number for word in words[start : start + size] for sign in word]


def of_the_library(hand):
    """The pointed verses of the library as words whose letters are numbered."""
    words, numbers = [], iter(range(1_000_000))
    for file in sorted(LIBRARY.glob("*.toml")):
        text = tomllib.loads(file.read_text()).get("text", {}).get("words", "")
        letters = Letters.of(text)
        if "\u05b8" not in text or "\u05b4" not in text or "ה'" in text:
            continue
        for start, past in pairs(letters):
            places = range(start, past)
            words.append([Sign(written(letters, at), next(numbers)) for at in places])
    hand.chance.shuffle(words)
    return words


def pairs(letters):
    """The letters of each word: the first, and past the last."""
    return zip(letters.firsts, [*letters.firsts[1:], len(letters.chars)], strict=True)


def written(letters, at):
    """A letter with its marks, as it stands in the text."""
    past = letters.ends[at]
    while "\u0591" <= letters.text[past : past + 1] <= "\u05c7":
        past += 1
    return letters.text[letters.starts[at] : past].replace("\u05be", "")


class EightKindsOfEditsTests(SimpleTestCase):
    def wrong(self, hand, words, kind):
        """Each note that is anchored or proposed where none of its letters stands."""
        edit, dressed = hand.kinds()[kind]
        old, new = Written.of(words), Written.of(edit(words), dressed)
        notes = list(notes_on(hand, words))
        carried = Difference(old.text, new.text).carry(map(old.span, notes))
        self.assertEqual(len(carried), len(notes))
        self.assertGreater(sum(note.state == "anchored" for note in carried), 700)
        for note, letters in zip(carried, notes, strict=True):
            if note.start is None:
                continue
            if not new.holds((note.start, note.end), letters):
                start, end = old.span(letters)
                yield old.text[start:end], new.text[note.start : note.end]

    def test_no_note_of_a_long_text_is_in_a_wrong_place(self):
        for kind in Hand(0).kinds():
            hand = Hand(1)
            with self.subTest(kind):
                words = hand.text(LONG)
                self.assertEqual(list(self.wrong(hand, words, kind)), [])

    def test_no_note_of_the_verses_of_the_library_is_in_a_wrong_place(self):
        for kind in Hand(0).kinds():
            hand = Hand(2)
            with self.subTest(kind):
                words = of_the_library(hand)
                self.assertGreater(len(words), 150)
                self.assertEqual(list(self.wrong(hand, words, kind)), [])

    def test_what_is_only_written_otherwise_moves_no_note(self):
        for kind in ["cantillation stripped", "points stripped", "NFC"]:
            hand = Hand(3)
            words = hand.text(5000)
            new = Written.of(words, hand.kinds()[kind][1])
            old = Written.of(words)
            notes = list(notes_on(hand, words))
            carried = carry(old.text, new.text, [old.span(note) for note in notes])
            for note, letters in zip(carried, notes, strict=True):
                self.assertEqual((note.start, note.end), new.span(letters))

    def test_most_notes_of_a_moved_block_are_proposed(self):
        hand = Hand(4)
        words = hand.text(5000)
        old, new = Written.of(words), Written.of(hand.moved(words))
        carried = carry(old.text, new.text, map(old.span, notes_on(hand, words)))
        states = [note.state for note in carried]
        self.assertGreater(states.count("proposed"), 100)
        self.assertLess(states.count("orphaned"), 10)

    @pytest.mark.prove
    def test_no_note_is_in_a_wrong_place_whatever_the_chance(self):
        for seed in range(10, 20):
            for kind in Hand(0).kinds():
                hand = Hand(seed)
                words = hand.text(20_000)
                with self.subTest(kind, seed=seed):
                    self.assertEqual(list(self.wrong(hand, words, kind)), [])


class DeletedWordsTests(SimpleTestCase):
    def test_unique_words_that_are_deleted_are_anchored_nowhere(self):
        hand = Hand(5)
        words = hand.text(LONG)
        old = Written.of(words)
        letters_of_all = skeleton(old.text)
        for _ in range(3):
            gone, notes = set(), []
            for letters in notes_on(hand, words, 150):
                start, end = old.span(letters)
                times = letters_of_all.count(skeleton(old.text[start:end]))
                if times == 1 and not gone.intersection(letters):
                    notes.append((start, end))
                    gone.update(letters)
            rest = [word for word in words if word[0].number not in gone]
            new = Written.of(hand.some_edited(rest, 0.01))
            carried = carry(old.text, new.text, notes)
            self.assertGreater(len(notes), 100)
            self.assertEqual([note for note in carried if note.state == "anchored"], [])


class RandomEditsTests(SimpleTestCase):
    @settings(max_examples=1000, deadline=None)
    @given(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=40),
        st.lists(
            st.tuples(
                st.integers(0, 200),
                st.integers(0, 12),
                st.lists(st.sampled_from(PIECES), max_size=8),
            ),
            max_size=5,
        ),
        st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=5),
    )
    def test_no_note_is_lost(self, pieces, edits, marked):
        old = new = "".join(pieces)
        for at, size, other in edits:
            at %= len(new) + 1
            new = f"{new[:at]}{''.join(other)}{new[at + size :]}"
        starts = [(at % len(old), size) for at, size in marked]
        spans = [(at, min(len(old), at + size)) for at, size in starts]
        carried = carry(old, new, spans)
        self.assertEqual(len(carried), len(spans))
        for note, (start, end) in zip(carried, spans, strict=True):
            self.check(note, old, new)
            about = describe(old, start, end)
            self.assertEqual(about.exact, old[start:end])
            self.assertTrue(old[:start].endswith(about.prefix))
            self.assertTrue(old[end:].startswith(about.suffix))
            self.assertLessEqual(max(len(about.prefix), len(about.suffix)), CONTEXT)

    def check(self, note, old, new):
        """A note has a place within the text, or it says that it has none."""
        if note.state == "orphaned":
            self.assertIsNone(note.start)
            self.assertIsNone(note.end)
            return
        self.assertIn(note.state, {"anchored", "proposed"})
        self.assertTrue(0 <= note.start < note.end <= len(new))
        if note.kept and old != new:
            found = skeleton(new[note.start : note.end])
            self.assertTrue(found)
            self.assertLessEqual(len(found), 2 * note.letters + 4)


class WorkTests(SimpleTestCase):
    def test_comparing_a_long_text_takes_few_steps(self):
        for share in [0.01, 0.1]:
            hand = Hand(6)
            words = hand.text(LONG)
            old = Letters.of(Written.of(words).text)
            new = Letters.of(Written.of(hand.some_edited(words, share)).text)
            self.assertLess(Pairing(old.words, new.words).steps, 10 * len(words))
