"""The method page: the library's own examples, and what is not verified."""

import pytest
from django.test import TestCase

from sources.models import State
from tests import make

WORDS = "שנתקבצו גליות"


def example(address, **fields):
    """A published source whose one bearing quotes words of it."""
    terms = {"words": WORDS, "reasoning": f"Working of {address}.", **fields}
    state = terms.pop("source_state", State.PUBLISHED)
    work = terms.pop("work", None)
    return make.source(address, bearings=[terms], state=state, work=work)


def unverified(address="40a", **fields):
    fields = {"state": State.DRAFT, "library_name": f"draft-{address}", **fields}
    return make.source(
        address,
        summary="What the essay says of it.",
        notes="A note for editors.",
        bearings=[{"words": WORDS, "reasoning": "Its draft reasoning."}],
        **fields,
    )


class MethodPageTests(TestCase):
    def page(self):
        return self.client.get("/method/")

    def examples(self, terms, name):
        (found,) = [term for term in self.page().context[terms] if term.name == name]
        return [each.bearing.source for each in found.examples]

    def test_shows_examples_of_each_direction_and_each_basis(self):
        weighs = example("18a", direction="disputes", basis="implied")
        read = example("19a", basis="inferred")
        self.assertEqual(self.examples("directions", "Weighs against"), [weighs])
        self.assertEqual(self.examples("bases", "Is read so by others"), [read])
        page = self.page()
        self.assertContains(page, "Working of 18a.")
        self.assertContains(page, "Weighs against it, by what it implies")

    def test_takes_the_first_two_that_quote_exact_words(self):
        make.source("3a", bearings=[{"direction": "disputes"}])
        first = example("18a", direction="disputes")
        second = example("19a", direction="disputes")
        example("20a", direction="disputes")
        found = self.examples("directions", "Weighs against")
        self.assertEqual(found, [first, second])

    def test_prefers_examples_from_different_works(self):
        first = example("18a", direction="disputes")
        example("19a", direction="disputes")
        later = make.work("succah", year_from=500, order=9)
        other = example("20a", direction="disputes", work=later)
        found = self.examples("directions", "Weighs against")
        self.assertEqual(found, [first, other])

    def test_says_so_where_nothing_shows_a_word(self):
        self.assertContains(self.page(), "No published source shows it yet.", count=7)

    def test_drafts_are_no_examples(self):
        example("18a", source_state=State.DRAFT)
        example("19a", state=State.DRAFT)
        page = self.page()
        self.assertNotContains(page, "Working of")
        self.client.force_login(make.editor())
        self.assertNotContains(self.page(), "Working of")

    def test_names_what_is_not_verified_and_nothing_more_of_it(self):
        author = make.author(slug="ramban", name="Ramban")
        draft = unverified(work=make.work("sefer-hageulah", author=author))
        page = self.page()
        self.assertContains(page, draft.reference_en)
        self.assertContains(page, "Ramban")
        self.assertContains(page, "No text was found to check the words against.")
        for words in (
            draft.get_absolute_url(),
            "What the essay says of it.",
            "A note for editors.",
            "Its draft reasoning.",
            WORDS,
        ):
            with self.subTest(words=words):
                self.assertNotContains(page, words)

    def test_does_not_name_an_editors_own_draft_or_what_was_checked(self):
        make.source("40a", state=State.DRAFT)
        unverified("41a", verified_against="A printed book.")
        unverified("42a", state=State.WITHDRAWN)
        self.assertEqual(list(self.page().context["unverified"]), [])

    @pytest.mark.slow
    def test_costs_the_same_however_much_there_is(self):
        example("18a")
        unverified("40a")
        with self.assertNumQueries(6):
            self.page()
        for folio in range(20, 30):
            example(f"{folio}a", direction="qualifies")
            unverified(f"{folio + 30}a")
        with self.assertNumQueries(6):
            self.page()

    def test_looks_for_its_examples_once_until_the_library_changes(self):
        example("18a")
        self.page()
        with self.assertNumQueries(5):
            self.page()
        new = example("18a", work=make.work("sukkah"))
        self.assertIn(new, self.examples("directions", "Supports"))
