"""Lists of notes: everyone's, one reader's, one's own."""

import re
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from studyhall.annotations import listing
from tests import make

PUBLIC = {"visibility": "public", "standing": "approved"}


class ListCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="בָּרוּךְ הַמָּקוֹם")
        self.writer = make.reader(display_name="Dovid L.")

    def note(self, **fields):
        return make.note(self.source, self.writer, **fields)

    def bodies(self, path):
        """What the notes of a page say, in its order."""
        html = self.client.get(path).content.decode()
        return re.findall(r'<div class="body"[^>]*><p>(.*?)</p>', html)


class PublicTests(ListCase):
    def test_the_newest_stands_first_and_private_ones_nowhere(self):
        day = timedelta(days=1)
        self.note(body="Older.", created_at=timezone.now() - day, **PUBLIC)
        self.note(body="Newer.", **PUBLIC)
        self.note(body="Mine.")
        self.assertEqual(self.bodies("/notes/"), ["Newer.", "Older."])
        self.client.force_login(self.writer)
        self.assertEqual(self.bodies("/notes/"), ["Newer.", "Older."])

    def test_a_list_is_read_on_from_its_last_note(self):
        at = timezone.now()  # all at once: the uuid decides
        total = listing.ON_A_PAGE + 2
        for number in range(total):
            self.note(body=f"Note {number}.", created_at=at, **PUBLIC)
        first = self.client.get("/notes/")
        older = first.context["listed"].older
        read = [*self.bodies("/notes/"), *self.bodies(f"/notes/{older}")]
        self.assertEqual(len(read), total)
        self.assertEqual(len(set(read)), total)
        self.assertNotContains(self.client.get(f"/notes/{older}"), 'rel="next"')

    def test_a_page_that_is_none_is_not_found(self):
        for after in ("x", "20261301T000000000000-" + "0" * 32, "1" * 5000):
            with self.subTest(after=after[:20]):
                answer = self.client.get("/notes/", {"after": after})
                self.assertEqual(answer.status_code, 404)

    def test_costs_the_same_however_many_there_are(self):
        self.note(tags=["a"], words="ברוך", **PUBLIC)
        for _ in range(2):
            with self.assertNumQueries(2):
                self.client.get("/notes/")
            for _ in range(5):
                make.note(self.source, make.reader(), tags=["b"], **PUBLIC)

    def test_an_empty_list_leads_on(self):
        page = self.client.get("/notes/")
        self.assertContains(page, "No one has written a note for everyone yet.")
        self.assertContains(page, 'href="/sources/"')


class ReaderTests(ListCase):
    def test_shows_what_a_reader_wrote_for_everyone(self):
        self.note(body="For all.", tags=["open"], **PUBLIC)
        self.note(body="Mine.", tags=["closed"])
        page = self.client.get("/readers/Dovid%20L./")
        self.assertContains(page, "For all.")
        self.assertContains(page, "open")
        for words in ("Mine.", "closed"):
            self.assertNotContains(page, words)
        self.assertContains(self.client.get("/notes/"), 'href="/readers/Dovid%20L./"')

    def test_a_reader_without_public_notes_has_no_page(self):
        self.note()
        absent = self.client.get("/readers/Nobody/")
        there = self.client.get("/readers/Dovid%20L./")
        self.assertEqual((absent.status_code, there.status_code), (404, 404))


class MineTests(ListCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.writer)

    def test_asks_a_visitor_to_sign_in(self):
        self.client.logout()
        answer = self.client.get("/me/notes/")
        self.assertEqual(answer.status_code, 302)
        self.assertIn("next=/me/notes/", answer["Location"])

    def test_shows_ones_own_and_nobody_elses(self):
        self.note(body="Mine.")
        make.note(self.source, body="Another's.", **PUBLIC)
        self.assertEqual(self.bodies("/me/notes/"), ["Mine."])

    def test_is_narrowed_by_state_and_tag(self):
        self.note(body="Private.", tags=["t"])
        self.note(body="Open.", **PUBLIC)
        self.note(body="Waits.", visibility="public", standing="waiting")
        self.note(body="Lost.", words="ברוך", anchor="orphaned")
        for asked, found in {
            "state=public": ["Open."],
            "state=waiting": ["Waits."],
            "state=orphaned": ["Lost."],
            "state=proposed": [],
            "tag=t": ["Private."],
        }.items():
            with self.subTest(asked=asked):
                self.assertEqual(self.bodies(f"/me/notes/?{asked}"), found)
        self.assertEqual(self.client.get("/me/notes/?state=x").status_code, 404)

    def test_what_was_deleted_can_be_brought_back_from_its_list(self):
        note = self.note(body="Gone.", deleted_at=timezone.now())
        self.assertNotContains(self.client.get("/me/notes/"), "Gone.")
        page = self.client.get("/me/notes/?state=deleted")
        self.assertContains(page, "Gone.")
        self.assertContains(page, f'action="/notes/{note.uuid}/restore/"')
        self.client.post(f"/notes/{note.uuid}/restore/")
        self.assertEqual(self.bodies("/me/notes/"), ["Gone."])

    def test_leads_to_the_export(self):
        self.assertContains(self.client.get("/me/notes/"), 'href="/me/export/"')
