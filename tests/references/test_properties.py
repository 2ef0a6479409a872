"""What holds for every work of the curated library and every address in it."""

from itertools import pairwise

import pytest
from django.test import SimpleTestCase
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sources.references import SCHEMES, Reference, Span, from_address

from .curated import catalogue, place, places, resolved
from .table_citations import ALL

QUICK = settings(max_examples=60)
LONG = settings(max_examples=3000)
UNBOUNDED = 60  # how far a work is walked whose end is not known

PIECES = [text for text, _, _ in ALL]
PIECES += ["ibid. ", "there", "שם ", "Rashi", " (", ") ", ", ", "; ", "17b", "1:1"]
PIECES += [" and ", "\n\n", "״", "'", "\u05b0", "\u200f", "\ud800", "Parshas ", "־"]


def places_of(work):
    """Every place of a work in printed order, as far as its bounds know it."""
    bounds = work.bounds
    if work.scheme == "verse":
        return [
            (chapter, verse)
            for chapter, last in enumerate(bounds["verses"], 1)
            for verse in range(1, last + 1)
        ]
    if work.scheme == "daf":
        return folios(bounds.get("dapim", ["2a", f"{UNBOUNDED}b"]))
    if work.scheme == "zohar":
        return [
            (volume, *folio)
            for volume, limits in enumerate(bounds["volumes"], 1)
            for folio in folios(limits)
        ]
    if work.scheme == "named":
        parts = range(1, len(bounds["sections"]) + 1)
        return [(part, number) for part in parts for number in range(1, 12)]
    if work.scheme == "chapter":
        last = bounds.get("chapters", UNBOUNDED)
        return [(chapter,) for chapter in range(1, last + 1)]
    return [(one, two) for one in range(1, 21) for two in range(1, 21)]


def folios(limits):
    """Every (folio, side) from the first of two sides such as "2a" to the last."""
    first, last = [(int(side[:-1]), "ab".index(side[-1]) + 1) for side in limits]
    every = [(folio, side) for folio in range(1, last[0] + 1) for side in (1, 2)]
    return [folio for folio in every if first <= folio <= last]


def works(*schemes):
    """The curated works of these schemes; of all but "whole" without any."""
    found = catalogue().works.values()
    return [w for w in found if w.scheme in (schemes or set(SCHEMES) - {"whole"})]


@st.composite
def references(draw):
    """A place or a range of any work with places, and perhaps one place more."""
    work = draw(st.sampled_from(works()))
    every = places_of(work)
    start = draw(st.sampled_from(every))
    end = draw(st.sampled_from([start, *every[every.index(start) :][:40]]))
    if work.scheme in ("zohar", "named"):
        assume(start[0] == end[0])
    more = draw(st.lists(st.sampled_from(every), max_size=1))
    return Reference(work, (Span(start, end), *(Span(one, one) for one in more)))


def running_texts():
    """Citations, words that lean on them and signs, in any order."""
    pieces = st.sampled_from(PIECES) | st.text(max_size=8)
    return st.lists(pieces, max_size=12).map("".join)


class Properties:
    """The checks; the classes below say how often each is tried."""

    def check_written_is_read(self, reference):
        for written in (reference.english, reference.hebrew):
            self.assertEqual(
                place(catalogue().read(written)), place(reference), written
            )
        self.assertEqual(from_address(reference.work, reference.address), reference)

    def check_is_found(self, reference):
        for sentence in (f"See {reference.english}.", f"עיין {reference.hebrew}, ועוד"):
            found = catalogue().find(sentence)
            self.assertEqual(found.rejected, (), sentence)
            self.assertEqual(resolved(found), places([reference]), sentence)

    def check_spans(self, text):
        found = catalogue().find(text)
        for part in (*found.citations, *found.rejected):
            self.assertTrue(0 <= part.start < part.end <= len(text))
            self.assertEqual(text[part.start : part.end], part.text)
        for one, next_one in pairwise(found.citations):
            self.assertLessEqual(one.end, next_one.start)
        for citation in found.citations:
            is_open = citation.reference is None
            self.assertEqual(is_open, len(citation.choices) > 1)


class QuickTests(Properties, SimpleTestCase):
    @QUICK
    @given(references())
    def test_reads_what_it_writes_in_both_languages(self, reference):
        self.check_written_is_read(reference)

    @QUICK
    @given(references())
    def test_finds_in_a_sentence_what_it_writes(self, reference):
        self.check_is_found(reference)

    @QUICK
    @given(running_texts())
    def test_marks_words_of_the_text_that_do_not_overlap(self, text):
        self.check_spans(text)

    def test_reads_the_first_and_the_last_place_of_every_work(self):
        for work in works():
            every = places_of(work)
            for one in (every[0], every[-1]):
                with self.subTest(work.slug, place=one):
                    self.check_written_is_read(Reference(work, (Span(one, one),)))

    def test_finds_the_first_and_the_last_place_of_every_work(self):
        for work in works():
            every = places_of(work)
            for one in (every[0], every[-1]):
                with self.subTest(work.slug, place=one):
                    self.check_is_found(Reference(work, (Span(one, one),)))

    def test_reads_every_work_as_a_whole_by_its_title(self):
        for work in works("whole"):
            with self.subTest(work.slug):
                self.check_written_is_read(Reference(work))

    def test_orders_every_place_as_it_is_printed(self):
        for work in works():
            keys = [
                Reference(work, (Span(one, one),)).sort_key for one in places_of(work)
            ]
            with self.subTest(work.slug):
                self.assertTrue(all(one < other for one, other in pairwise(keys)))
                self.assertLess(Reference(work).sort_key, keys[0])


@pytest.mark.prove
class LongTests(Properties, SimpleTestCase):
    def test_reads_every_place_of_every_work(self):
        for work in works():
            for one in places_of(work):
                self.check_written_is_read(Reference(work, (Span(one, one),)))

    def test_finds_every_place_of_every_work(self):
        for work in works():
            for one in places_of(work):
                self.check_is_found(Reference(work, (Span(one, one),)))

    @LONG
    @given(references())
    def test_reads_and_finds_ranges(self, reference):
        self.check_written_is_read(reference)
        self.check_is_found(reference)

    @LONG
    @given(running_texts())
    def test_marks_words_of_any_text(self, text):
        self.check_spans(text)
