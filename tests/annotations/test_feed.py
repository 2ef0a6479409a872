"""Atom feeds of public notes: the same bytes for everyone, whatever they hold."""

from xml.etree import ElementTree

from django.test import TestCase

from sources.models import FormerAddress, State
from tests import make

PUBLIC = {"visibility": "public", "standing": "approved"}
ATOM = "{http://www.w3.org/2005/Atom}"


class FeedTests(TestCase):
    def setUp(self):
        self.topic = make.topic()
        self.source = make.source("17b", topics=[self.topic])
        self.writer = make.reader(display_name="Dovid L.")
        self.paths = (
            f"{self.source.get_absolute_url()}notes.atom",
            f"/topics/{self.topic.slug}/notes.atom",
            "/readers/Dovid%20L./notes.atom",
        )

    def note(self, **fields):
        return make.note(self.source, self.writer, **fields)

    def entries(self, path):
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200, path)
        self.assertEqual(answer["Content-Type"], "application/atom+xml; charset=utf-8")
        return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")

    def test_each_holds_the_public_notes(self):
        note = self.note(body="For *all*.", **PUBLIC)
        self.note(body="Mine.")
        for path in self.paths:
            with self.subTest(path=path):
                [entry] = self.entries(path)
                self.assertIn("<em>all</em>", entry.find(f"{ATOM}summary").text)
                self.assertTrue(
                    entry.find(f"{ATOM}link")
                    .get("href")
                    .endswith(f"/notes/{note.uuid}/")
                )
                name = entry.find(f"{ATOM}author/{ATOM}name").text
                self.assertEqual(name, "Dovid L.")

    def test_everyone_gets_the_same_bytes_without_a_query_for_a_session(self):
        self.note(**PUBLIC)
        for path in self.paths:
            self.client.logout()
            visitor = self.client.get(path)
            self.assertFalse(visitor.cookies)
            self.note(body="Mine.")
            self.client.force_login(self.writer)
            self.assertEqual(self.client.get(path).content, visitor.content)
            self.assertEqual(self.client.get(f"{path}?x=1").content, visitor.content)

    def test_an_empty_feed_is_the_same_at_any_time(self):
        path = self.paths[0]
        self.assertEqual(self.entries(path), [])
        self.assertContains(self.client.get(path), "<updated>2000-01-01T00:00:00+00:00")

    def test_what_xml_cannot_hold_is_left_out(self):
        self.writer.display_name = "A\ufffe & <B>"
        self.writer.save()
        self.note(body="tail\uffff & <script> ]]> 𝄞", **PUBLIC)
        [entry] = self.entries(self.paths[0])
        self.assertEqual(entry.find(f"{ATOM}author/{ATOM}name").text, "A & <B>")
        self.assertIn("𝄞", entry.find(f"{ATOM}summary").text)

    def test_what_is_not_published_has_no_feed(self):
        draft = make.source(state=State.DRAFT)
        self.client.force_login(make.editor())
        paths = (
            f"{draft.get_absolute_url()}notes.atom",
            "/topics/none/notes.atom",
            "/readers/Nobody/notes.atom",
            "/readers/Dovid%20L./notes.atom",
        )
        for path in paths:
            with self.subTest(path=path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_a_former_readers_note_has_an_author_all_the_same(self):
        note = self.note(**PUBLIC)
        note.reader = None
        note.save()
        [entry] = self.entries(self.paths[0])
        name = entry.find(f"{ATOM}author/{ATOM}name").text
        self.assertEqual(name, "A former reader")

    def test_a_former_address_of_the_source_leads_to_its_feed(self):
        former = "/sources/megillah/99z/"
        FormerAddress.objects.create(
            path=former, kind="source", record_id=self.source.pk
        )
        answer = self.client.get(f"{former}notes.atom?x=1")
        self.assertEqual(answer.status_code, 301)
        self.assertEqual(answer["Location"], f"{self.paths[0]}?x=1")
        self.assertEqual(self.client.get("/sources/a/1/notes.atom").status_code, 404)
