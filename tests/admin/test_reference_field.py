"""One field takes the reference of a source however a person writes it."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase

from sources.admin import address
from sources.models import Source, State, Work
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow


class UnderstandTests(TestCase):
    def setUp(self):
        self.work = make.work("megillah", title="Megillah", title_he="מגילה")
        self.other = make.work("berachos", title="Berachos", title_he="ברכות")

    def read(self, written):
        return str(address.understand(written).reference)

    def test_takes_english_hebrew_and_addresses_on_the_web(self):
        for written in (
            "Megillah 17b",
            "מגילה יז:",
            "https://www.sefaria.org/Megillah.17b?lang=bi",
            "https://www.sefaria.org/Megillah.17b.3",
            "https://example.org/sources/megillah/17b/",
            "/sources/megillah/17b/",
        ):
            with self.subTest(written=written):
                self.assertEqual(self.read(written), "Megillah 17b")

    def test_takes_the_address_of_a_source_with_a_part(self):
        make.source("17b", work=self.work, part="second")
        self.assertEqual(self.read("/sources/megillah/17b-second/"), "Megillah 17b")

    def test_says_what_is_out_of_bounds(self):
        found = address.understand("Megillah 400a")
        self.assertIn("2a to 176b", found.problem)
        self.assertEqual(found.title, "")

    def test_knows_what_may_be_the_title_of_a_new_work(self):
        found = address.understand("Book of Somewhere 12:4")
        self.assertIsNone(found.reference)
        self.assertEqual(found.title.strip(), "Book of Somewhere")
        self.assertEqual(address.understand("12:3").title, "")

    def test_a_choice_decides_and_another_does_not(self):
        make.work("mechilta", title="Mechilta", titles=["Me"])
        make.work("menachos", title="Menachos", titles=["Me"])
        found = address.understand("Me 17b")
        self.assertEqual(len(found.choices), 2)
        self.assertEqual(str(found.chosen("menachos/17b").reference), "Menachos 17b")
        self.assertIsNone(found.chosen("megillah/17b").reference)

    def test_takes_anything_at_all(self):
        for written in ("", "/", "http://[", "//", "x" * 5000, "%00", "17b", "סוכה"):
            with self.subTest(written=written):
                self.assertIsNone(address.understand(written).reference)


class CitedTests(TestCase):
    def setUp(self):
        self.user = make.editor()

    def test_finds_the_one_source_at_a_place(self):
        source = make.source("17b")
        for written in ("Megillah 17b", "מגילה יז:", "/sources/megillah/17b/"):
            with self.subTest(written=written):
                self.assertEqual(address.cited(written, self.user), source)

    def test_asks_which_of_several_and_takes_the_answer(self):
        first = make.source("17b", part="a", part_title="the first")
        make.source("17b", part="b", part_title="the second")
        with self.assertRaisesMessage(ValidationError, "“Megillah 17b (the second)”"):
            address.cited("Megillah 17b", self.user)
        self.assertEqual(address.cited("Megillah 17b (the first)", self.user), first)

    def test_says_that_a_place_is_not_in_the_library_yet(self):
        make.work()
        with self.assertRaisesMessage(ValidationError, "Megillah 17b is not in the"):
            address.cited("Megillah 17b", self.user)

    def test_finds_no_draft_for_someone_who_may_not_see_it(self):
        make.source("17b", state=State.DRAFT)
        with self.assertRaisesMessage(ValidationError, "is not in the library yet"):
            address.cited("Megillah 17b", make.reader())


@pytest.mark.once
class FormTests(AdminTestCase):
    def checked(self, record, form, field="written"):
        return self.client.post(
            url(record, "change" if record.pk else "add"), form | {"_check": field}
        )

    def test_the_reference_alone_makes_a_source(self):
        make.work(title="Megillah", title_he="מגילה")
        form = self.new(Source, written="מגילה יז:", summary="It says.")
        answer = self.client.post(url(Source(), "add"), form)
        self.assertEqual(answer.status_code, 302)
        source = Source.objects.get()
        self.assertEqual((source.address, source.reference_en), ("17b", "Megillah 17b"))
        self.assertEqual(source.reference_he, "מגילה י״ז ע״ב")

    def test_a_stored_source_moves_with_its_reference(self):
        source = make.source("17b")
        form = self.opened(source)
        self.assertEqual(form["written"], "Megillah 17b")
        self.client.post(url(source), form | {"written": "Megillah 18a"})
        source.refresh_from_db()
        self.assertEqual(source.address, "18a")

    def test_a_reference_and_another_place_written_apart_are_refused(self):
        work = make.work()
        form = self.new(
            Source, written="Megillah 17b", work=work.pk, address="18a", summary="S."
        )
        answer = self.client.post(url(Source(), "add"), form)
        self.assertContains(answer, "says otherwise", status_code=422)

    def test_without_a_reference_the_form_says_what_to_write(self):
        form = self.new(Source, summary="It says.")
        answer = self.client.post(url(Source(), "add"), form)
        self.assertContains(answer, "Write where the source stands", status_code=422)

    def test_a_check_says_what_is_understood_and_saves_nothing(self):
        make.work(title_he="מגילה")
        form = self.new(Source, written="מגילה יז:", summary="It says.")
        answer = self.checked(Source(), form)
        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "Understood:")
        self.assertContains(answer, "מגילה י״ז ע״ב")
        self.assertEqual(fields_of(answer)["summary"], "It says.")
        self.assertFalse(Source.objects.exists())

    def test_a_check_takes_no_lock(self):
        source = make.source("17b")
        form = self.opened(source, summary="Other.")
        with mock.patch("sources.admin.base.change", side_effect=AssertionError):
            self.assertEqual(self.checked(source, form).status_code, 200)
        source.refresh_from_db()
        self.assertEqual(source.version, 1)

    def test_a_check_warns_of_what_stands_there_and_of_what_overlaps(self):
        there = make.source("17b")
        around = make.source("17a-18a", work=there.work)
        form = self.new(Source, written="Megillah 17b", summary="S.")
        answer = self.checked(Source(), form)
        self.assertContains(answer, "stands at this place already")
        self.assertContains(answer, "overlaps with it")
        for source in (there, around):
            self.assertContains(answer, source.get_absolute_url())

    def test_a_check_does_not_warn_a_source_of_itself(self):
        source = make.source("17b")
        answer = self.checked(source, self.opened(source))
        self.assertNotContains(answer, "stands at this place already")

    def test_several_meanings_are_asked_for_and_the_answer_is_taken(self):
        for slug in ("mechilta", "menachos"):
            make.work(slug, title=slug.capitalize(), titles=["Me"])
        form = self.new(Source, written="Me 17b", summary="S.")
        answer = self.client.post(url(Source(), "add"), form)
        self.assertContains(answer, "Which one do you mean?", status_code=422)
        form["written_choice"] = "menachos/17b"
        self.assertEqual(self.client.post(url(Source(), "add"), form).status_code, 302)
        self.assertEqual(Source.objects.get().work.slug, "menachos")

    def test_an_unknown_work_can_be_added_with_its_title(self):
        form = self.new(Source, written="Book of Somewhere 12", summary="S.")
        answer = self.checked(Source(), form)
        self.assertContains(answer, f"{url(Work(), 'add')}?title=Book+of+Somewhere")
        page = self.client.get(url(Work(), "add"), {"title": "Book of Somewhere"})
        self.assertEqual(fields_of(page)["title"], "Book of Somewhere")

    def test_a_citation_is_written_as_a_reference(self):
        cited, source = make.source("17b"), make.source("18a")
        form = self.opened(source)
        row = {
            "citations_made-0-cited": "Megillah 17b",
            "citations_made-0-relation": "cites",
        }
        self.assertEqual(self.client.post(url(source), form | row).status_code, 302)
        self.assertEqual(source.citations_made.get().cited, cited)
        stored = self.opened(source)
        self.assertEqual(stored["citations_made-0-cited"], "Megillah 17b")

    def test_a_citation_of_what_is_not_here_says_so(self):
        source = make.source("18a")
        row = {
            "citations_made-0-cited": "Megillah 20b",
            "citations_made-0-relation": "cites",
        }
        answer = self.client.post(url(source), self.opened(source) | row)
        said = "Megillah 20b is not in the library yet"
        self.assertContains(answer, said, status_code=422)
