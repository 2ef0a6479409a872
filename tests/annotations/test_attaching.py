"""A note without a place is attached again by its writer."""

from django.test import Client

from sources.models import State
from studyhall.annotations.models import Annotation, Notice
from tests import make
from tests.annotations.test_carrying import (
    LINES,
    MOVED,
    ORIGINAL,
    CarryCase,
    stands_on,
)


class AttachTests(CarryCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.reader)
        self.moved = self.note(MOVED)
        self.gone = self.note("מתרוממת קרן צדיקים")
        self.edit(LINES[4], *LINES[:2], "וכיון", LINES[3])

    def page(self, note):
        return self.client.get(f"/notes/{note.uuid}/attach/")

    def post(self, note, **fields):
        fields = {"version": 1, **fields}
        return self.client.post(f"/notes/{note.uuid}/attach/", fields)

    def test_the_notes_own_page_leads_here(self):
        page = self.client.get(f"/notes/{self.gone.uuid}/")
        self.assertContains(page, f'href="/notes/{self.gone.uuid}/attach/"')

    def test_shows_the_words_as_they_were_and_where_they_may_stand(self):
        page = self.page(self.moved)
        self.assertContains(page, f"<mark>{MOVED}</mark>", count=2)
        page = self.page(self.gone)
        self.assertContains(page, "<mark>מתרוממת קרן צדיקים</mark>", count=1)
        self.assertNotContains(page, 'name="accept"')

    def test_one_button_takes_what_is_proposed(self):
        seen = self.page(self.moved).context["seen"]
        answer = self.post(self.moved, accept=seen)
        there = self.again(self.moved)
        place = f"{self.source.get_absolute_url()}#note-{there.uuid}"
        self.assertRedirects(answer, place, 303, fetch_redirect_response=False)
        self.assertEqual((stands_on(there), there.line), (MOVED, 1))
        self.assertEqual(there.events.last().method, "accepted")

    def test_a_proposal_that_was_not_seen_is_shown_and_not_taken(self):
        seen = self.page(self.moved).context["seen"]
        self.edit("שורה חדשה", LINES[4], *LINES[:2], "וכיון", LINES[3])
        answer = self.post(self.moved, accept=seen)
        self.assertContains(answer, "has changed meanwhile", status_code=409)
        self.assertEqual(self.again(self.moved).anchor, "proposed")

    def test_other_words_can_be_named(self):
        before = {name: getattr(self.gone, name) for name in ORIGINAL}
        self.post(self.gone, words="מתרוממת קרנם")
        there = self.again(self.gone)
        self.assertEqual((stands_on(there), there.line), ("מתרוממת קרנם", 5))
        self.assertEqual({name: getattr(there, name) for name in ORIGINAL}, before)
        self.assertEqual(there.versions.count(), 1)
        self.assertEqual(there.events.last().method, "by hand")

    def test_words_of_the_translation_can_be_named(self):
        self.post(self.gone, words="line of number 3")
        there = self.again(self.gone)
        self.assertEqual(there.text.role, "translation")
        self.assertEqual(stands_on(there), "line of number 3")

    def test_words_that_stand_twice_are_asked_about(self):
        answer = self.post(self.gone, words="דין ברשעים")
        self.assertContains(answer, "several places", status_code=422)
        places = answer.context["form"].places
        self.post(self.gone, words="דין ברשעים", place=places[1].name)
        there = self.again(self.gone)
        self.assertEqual((there.start, there.line), (places[1].start, 3))

    def test_words_that_are_not_there_are_refused_and_given_back(self):
        for words in ("שולחן", "", "," * 30_000):
            with self.subTest(words=words[:9]):
                answer = self.post(self.gone, words=words)
                self.assertContains(answer, "There is a problem", status_code=422)
        answer = self.post(self.gone, words="שולחן")
        self.assertContains(answer, 'value="שולחן"', status_code=422)
        self.assertEqual(self.again(self.gone).anchor, "orphaned")

    def test_a_note_that_was_saved_meanwhile_is_not_attached(self):
        answer = self.post(self.gone, words="ירושלים", version="7")
        self.assertContains(answer, "has changed meanwhile", status_code=409)
        self.assertContains(answer, 'value="ירושלים"', status_code=409)
        self.assertEqual(self.again(self.gone).anchor, "orphaned")

    def test_its_writer_is_not_told_any_more(self):
        self.assertEqual(Notice.objects.filter(read_at=None).count(), 2)
        self.post(self.gone, words="ירושלים")
        [left] = Notice.objects.filter(read_at=None)
        self.assertEqual(left.note, self.moved)

    def test_follows_the_text_from_there(self):
        self.post(self.gone, words="וכיון שנבנית")
        self.edit("שורה חדשה", LINES[4], *LINES[:2], "וכיון", LINES[3])
        self.assertEqual(stands_on(self.again(self.gone)), "וכיון שנבנית")

    def test_anothers_note_is_not_found(self):
        self.client.force_login(make.reader())
        Annotation.objects.update(visibility="public", standing="approved")
        for note in (self.gone, self.moved):
            self.assertEqual(self.page(note).status_code, 404)
            self.assertEqual(self.post(note, words="ירושלים").status_code, 404)
        self.assertEqual(self.again(self.gone).anchor, "orphaned")

    def test_a_draft_shows_nothing_of_its_text(self):
        self.edit("מלים שאיש לא ראה", state=State.DRAFT)
        self.assertEqual(self.page(self.gone).status_code, 404)
        self.assertEqual(self.post(self.gone, words="שאיש").status_code, 404)

    def test_a_note_in_its_place_leads_there(self):
        note = self.note("ירושלים")
        self.assertRedirects(
            self.page(note), f"/notes/{note.uuid}/", fetch_redirect_response=False
        )

    def test_signed_out_leads_to_sign_in(self):
        answer = Client().get(f"/notes/{self.gone.uuid}/attach/")
        self.assertEqual(answer.status_code, 302)
        self.assertIn("next=", answer["Location"])
