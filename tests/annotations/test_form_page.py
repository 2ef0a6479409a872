"""The form in which a note is written, without a script."""

import re
import time
from datetime import timedelta
from io import StringIO
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client, TestCase
from django.utils import timezone

from sources.changes import change
from sources.models import FormerAddress, State
from studyhall.accounts import limits
from studyhall.accounts.limits import ADDRESS, Limit, Rate
from studyhall.annotations import newcomers, pace, saving
from studyhall.annotations.models import Annotation
from tests import make

HEBREW = "כי לעולם חסדו\nברוך ה' כי טוב כי לעולם חסדו"
ENGLISH = "For ever is His kindness\nBlessed, for it is good, for ever"


def typed(**fields):
    usual = {
        "creation_key": str(uuid4()),
        "opened_at": newcomers.stamped(time.time() - 60),
        "motivation": "commenting",
        "visibility": "private",
        "body": "A thought.",
    }
    return usual | fields


class FormCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words=HEBREW, translation=ENGLISH)
        self.address = f"{self.source.get_absolute_url()}annotate/"
        self.reader = make.reader()
        self.client.force_login(self.reader)

    def post(self, address="", **fields):
        return self.client.post(address or f"{self.address}?line=2", typed(**fields))


@pytest.mark.once
class FormPageTests(FormCase):
    def test_shows_the_line_in_both_languages(self):
        page = self.client.get(f"{self.address}?line=2")
        self.assertContains(page, "ברוך ה&#x27; כי טוב")
        self.assertContains(page, "Blessed, for it is good, for ever")
        self.assertNotContains(page, "For ever is His kindness")

    def test_offers_four_kinds_and_only_me_first(self):
        page = self.client.get(self.address).content.decode()
        self.assertEqual(len(re.findall('name="motivation"', page)), 4)
        chosen = re.findall(r'name="visibility" value="(\w+)"[^>]*checked', page)
        self.assertEqual(chosen, ["private"])

    def test_what_is_not_there_is_not_found(self):
        for asked in ("line=3", "line=0", "line=x", "text=99999", "bearing=1"):
            with self.subTest(asked=asked):
                page = self.client.get(f"{self.address}?{asked}")
                self.assertEqual(page.status_code, 404)

    def test_a_draft_is_not_found_by_a_reader(self):
        draft = make.source(state=State.DRAFT)
        page = self.client.get(f"{draft.get_absolute_url()}annotate/")
        self.assertEqual(page.status_code, 404)

    def test_shows_the_bearing_that_is_read_otherwise(self):
        source = make.source(supports="before")
        bearing = source.bearings.get()
        address = f"{source.get_absolute_url()}annotate/?bearing={bearing.pk}"
        page = self.client.get(address)
        self.assertContains(page, "The order of the blessings")
        self.assertRegex(page.content.decode(), 'value="assessing"[^>]*checked')
        other = f"{self.address}?bearing={bearing.pk}"
        self.assertEqual(self.client.get(other).status_code, 404)

    def test_a_draft_bearing_is_not_found(self):
        source = make.source(bearings=[{"state": "draft"}])
        bearing = source.bearings.get()
        address = f"{source.get_absolute_url()}annotate/?bearing={bearing.pk}"
        self.assertEqual(self.client.get(address).status_code, 404)


@pytest.mark.once
class ProblemTests(FormCase):
    def test_an_empty_note_is_named_in_the_summary_and_at_its_field(self):
        page = self.post(body="  ", words="אין כאן")
        self.assertEqual(page.status_code, 422)
        self.assertContains(page, 'href="#id_body"', status_code=422)
        self.assertContains(page, 'href="#id_words"', status_code=422)
        field = re.search(r"<textarea[^>]*id=\"id_body\"[^>]*>", page.content.decode())[
            0
        ]
        self.assertIn("id_body_error", field)
        self.assertIn('aria-invalid="true"', field)
        self.assertContains(page, 'value="אין כאן"', status_code=422)
        self.assertFalse(Annotation.objects.exists())

    def test_words_of_another_line_are_refused(self):
        page = self.post(f"{self.address}?line=1", words="טוב")
        sentence = "exactly as they stand in line 1 and on from it"
        self.assertContains(page, sentence, status_code=422)

    def test_words_may_run_on_into_the_lines_after(self):
        words = "לעולם חסדוברוך"  # as a box of one line holds two
        page = self.post(f"{self.address}?line=2", words=words)
        self.assertEqual(page.status_code, 422)
        self.post(f"{self.address}?line=1", words=words)
        note = Annotation.objects.get()
        self.assertEqual((note.line, note.exact), (1, "לעולם חסדו\nברוך"))

    def test_words_that_stand_twice_are_asked_about_in_their_surroundings(self):
        page = self.post(words="כי")
        self.assertContains(page, "<mark>כי</mark>", 2, status_code=422)
        [_, second] = re.findall(
            r'name="place" value="([\d-]+)"', page.content.decode()
        )
        self.assertEqual(self.post(words="כי", place=second).status_code, 303)
        note = Annotation.objects.get()
        self.assertEqual(note.exact, "כי")
        self.assertEqual(note.start, HEBREW.rindex("כי"))

    def test_a_long_body_is_refused_and_given_back(self):
        page = self.post(body="א" * 20_001)
        self.assertContains(page, "20,001", status_code=422)
        self.assertContains(page, "א" * 20_001, status_code=422)

    def test_a_body_of_the_longest_kind_is_kept_whatever_its_line_ends(self):
        self.assertEqual(self.post(body="\r\n".join("a" * 10_000)).status_code, 303)
        self.assertEqual(len(Annotation.objects.get().body), 19_999)

    def test_reading_otherwise_asks_how(self):
        page = self.post(motivation="assessing")
        self.assertContains(page, 'href="#id_direction"', status_code=422)
        background = {"direction": "background", "basis": "implied"}
        terms = background | {"position": make.position().pk}
        page = self.post(motivation="assessing", **terms)
        self.assertContains(page, 'href="#id_position"', status_code=422)
        self.assertEqual(
            self.post(motivation="assessing", **background).status_code, 303
        )

    def test_a_line_that_changed_since_is_asked_about_once(self):
        seen = self.client.get(f"{self.address}?line=2").context["about"].seen
        with change(self.source, opened=self.source.version, why="a new line"):
            text = self.source.texts.get(role="original")
            text.words = f"חדש\n{HEBREW}"
            text.save()
            english = self.source.texts.get(role="translation")
            english.words = f"New\n{ENGLISH}"
            english.save()
        page = self.post(seen=seen)
        self.assertContains(page, "have changed since", status_code=409)
        self.assertContains(page, "A thought.", status_code=409)
        seen = page.context["about"].seen
        self.assertEqual(self.post(seen=seen).status_code, 303)


@pytest.mark.once
class SignedOutTests(FormCase):
    def setUp(self):
        super().setUp()
        self.client.logout()
        self.line = f"{self.address}?line=2"

    def test_the_form_shows_without_a_session(self):
        page = self.client.get(self.line)
        self.assertContains(page, "Save the note")
        self.assertNotIn("sessionid", page.cookies)

    def test_saving_leads_to_sign_in_and_back_with_the_text(self):
        fields = typed(body="Kept for me.", words="טוב", tags="a, b")
        answer = self.client.post(self.line, fields)
        self.assertEqual(answer.status_code, 302)
        self.assertIn("next=", answer["Location"])
        self.assertFalse(Annotation.objects.exists())
        self.client.force_login(self.reader)
        page = self.client.get(self.line)
        for words in ("Kept for me.", 'value="טוב"', "a, b", fields["creation_key"]):
            self.assertContains(page, words)
        self.assertEqual(self.client.post(self.line, fields).status_code, 303)
        self.assertNotContains(self.client.get(self.line), "Kept for me.")

    def test_a_session_is_made_for_a_day_and_then_no_longer_for_a_day(self):
        self.client.post(self.line, typed())
        self.assertEqual(self.client.session.get_expiry_age(), 24 * 60 * 60)
        self.client.force_login(self.reader)
        self.client.get(self.line)
        self.assertGreater(self.client.session.get_expiry_age(), 24 * 60 * 60)

    def test_a_wrong_form_makes_no_session(self):
        page = self.client.post(self.line, typed(body=""))
        self.assertEqual(page.status_code, 422)
        self.assertNotIn("sessionid", page.cookies)

    def test_what_another_typed_is_not_shown(self):
        self.client.post(self.line, typed(body="Mine alone."))
        self.assertNotContains(Client().get(self.line), "Mine alone.")

    def test_a_form_without_its_key_gives_the_text_back(self):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(self.line, typed(body="Typed for an hour."))
        self.assertContains(answer, "Typed for an hour.", status_code=403)
        self.assertContains(answer, "without the key", status_code=403)

    def test_an_address_makes_so_many_sessions_and_then_has_its_text_back(self):
        few = Limit("drafts", (Rate(2, 86400, ADDRESS),))
        with patch.object(limits, "drafts", few):
            for _ in range(2):
                self.assertEqual(Client().post(self.line, typed()).status_code, 302)
            answer = Client().post(self.line, typed(body="Typed for an hour."))
            self.assertContains(answer, "Typed for an hour.", status_code=429)
            self.assertNotIn("sessionid", answer.cookies)
            other = Client(REMOTE_ADDR="192.0.2.9").post(self.line, typed())
        self.assertEqual(other.status_code, 302)

    def test_what_was_typed_a_day_ago_is_purged(self):
        self.client.post(self.line, typed())
        Client().post(self.line, typed())
        Session.objects.filter(pk=self.client.session.session_key).update(
            expire_date=timezone.now() - timedelta(seconds=1)
        )
        call_command("purge_notes", stdout=StringIO())
        self.assertEqual(Session.objects.count(), 1)


@pytest.mark.once
class UnsignedTests(FormCase):
    def setUp(self):
        super().setUp()
        self.strict = Client(enforce_csrf_checks=True)
        self.strict.force_login(self.reader)

    def test_a_form_without_its_key_is_sent_again_from_the_page_that_says_so(self):
        fields = typed(body='An hour. </textarea><b a="">', tags="a, b")
        page = self.strict.post(self.address, fields)
        self.assertContains(page, "&lt;/textarea&gt;&lt;b", status_code=403)
        self.assertNotContains(page, "readonly", status_code=403)
        self.assertFalse(Annotation.objects.exists())
        fields["csrfmiddlewaretoken"] = page.context["csrf_token"]
        again = self.strict.post(self.address, fields)
        self.assertEqual(again.status_code, 303)
        self.assertEqual(Annotation.objects.get().body, fields["body"])

    def test_it_goes_to_its_own_address_with_all_its_fields(self):
        fields = typed(body="An hour.", tags="a, b")
        page = self.strict.post(f"{self.address}?line=2", fields)
        self.assertContains(page, f'action="{self.address}?line=2"', status_code=403)
        for name, value in fields.items():
            if value:
                self.assertContains(page, f'name="{name}"', status_code=403)

    def test_what_another_site_sent_is_shown_and_no_more(self):
        for origin in ("https://evil.example", "null"):
            answer = self.strict.post(
                self.address, typed(body="Sent for you."), HTTP_ORIGIN=origin
            )
            self.assertContains(answer, "readonly", status_code=403)
            self.assertNotContains(answer, 'name="body"', status_code=403)


@pytest.mark.once
class LostTests(FormCase):
    def test_a_source_withdrawn_meanwhile_gives_the_text_back(self):
        with change(self.source, opened=self.source.version, why="withdrawn"):
            self.source.state = State.WITHDRAWN
            self.source.save()
        answer = self.post(body="Typed for an hour.")
        self.assertContains(answer, "Typed for an hour.", status_code=410)

    def test_a_source_that_moved_opens_there_with_the_text(self):
        FormerAddress.objects.create(
            path="/sources/megillah/99a/", kind="source", record_id=self.source.pk
        )
        answer = self.post("/sources/megillah/99a/annotate/?line=2", body="An hour.")
        self.assertRedirects(answer, f"{self.address}?line=2", 303)
        self.assertContains(self.client.get(f"{self.address}?line=2"), "An hour.")

    def test_a_highlight_of_a_source_that_moved_opens_the_form_there(self):
        FormerAddress.objects.create(
            path="/sources/megillah/99a/", kind="source", record_id=self.source.pk
        )
        answer = self.post("/sources/megillah/99a/highlight/?line=2", words="טוב")
        self.assertRedirects(answer, f"{self.address}?line=2", 303)

    def test_words_that_change_while_they_are_saved_are_asked_about(self):
        with patch.object(saving, "anchor", side_effect=saving.Moved):
            answer = self.post(words="טוב", body="Typed for an hour.")
        self.assertContains(answer, "have changed since", status_code=409)
        self.assertContains(answer, "Typed for an hour.", status_code=409)

    def test_a_busy_database_gives_the_text_back_to_be_sent_again(self):
        busy = OperationalError("database is locked")
        with patch.object(saving, "create", side_effect=busy):
            answer = self.post(body="Typed for an hour.")
        self.assertContains(answer, "Typed for an hour.", status_code=503)
        self.assertContains(answer, "Send it again", status_code=503)
        self.assertEqual(answer["Retry-After"], "2")

    def test_too_many_notes_wait_and_give_the_text_back(self):
        for _ in range(3):
            make.note(self.source, self.reader)
        with patch.object(pace, "LIMITS", ((timedelta(hours=1), 3),)):
            answer = self.post(body="One more.")
            self.assertContains(answer, "One more.", status_code=429)
            self.assertGreater(int(answer["Retry-After"]), 3000)
        self.assertEqual(self.post(body="One more.").status_code, 303)
