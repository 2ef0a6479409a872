"""All of one's own notes as files."""

import csv
import json

from django.test import TestCase
from django.utils import timezone

from studyhall.annotations import edits
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Correction, Flag
from tests import make

PUBLIC = {"visibility": "public", "standing": "approved"}


class ExportTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="בָּרוּךְ הַמָּקוֹם", supports="before")
        self.writer = make.reader(display_name="Dovid L.")
        self.client.force_login(self.writer)

    def note(self, **fields):
        return make.note(self.source, self.writer, **fields)

    def file(self, name):
        answer = self.client.get(f"/me/export/{name}")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.streaming)
        self.assertIn("private", answer["Cache-Control"])
        return answer.getvalue().decode()

    def json(self):
        return json.loads(self.file("notes.jsonld"))

    def test_a_note_on_words_is_a_web_annotation(self):
        note = self.note(words="המקום", body="A *name*.", tags=["names"])
        collection = self.json()
        self.assertEqual(collection["total"], 1)
        [made] = collection["first"]["items"]
        self.assertEqual(made["id"], f"http://testserver/notes/{note.uuid}/")
        [quote, place] = made["target"]["selector"]
        self.assertEqual(quote["exact"], "הַמָּקוֹם")
        self.assertEqual((place["start"], place["end"]), (note.start, note.end))
        self.assertEqual(
            [each["value"] for each in made["body"]], ["A *name*.", "names"]
        )
        self.assertTrue(made["created"].endswith("Z"))

    def test_a_reply_a_bearing_and_a_source_are_targets_too(self):
        first = self.note()
        bearing = self.source.bearings.get()
        terms = {"direction": "disputes", "basis": "implied"}
        terms |= {"position": make.position(), "motivation": "assessing"}
        self.note(bearing=bearing, **terms)
        self.note(parent=first, motivation="replying")
        [on_source, on_bearing, reply] = self.json()["first"]["items"]
        address = f"http://testserver{self.source.get_absolute_url()}"
        self.assertEqual(on_source["target"], address)
        selector = on_bearing["target"]["selector"]
        self.assertEqual(selector["value"], f"bearing-{bearing.pk}")
        self.assertEqual(on_bearing["body"][1]["purpose"], "classifying")
        self.assertEqual(reply["target"], on_source["id"])

    def test_versions_deleted_notes_flags_and_corrections_are_in_it(self):
        note = self.note(body="One.")
        with writing(note, opened=note.version):
            note.body = "Two."
        self.note(deleted_at=timezone.now())
        others = make.note(self.source, **PUBLIC)
        now = timezone.now()
        Flag.objects.create(note=others, by=self.writer, reason="spam", at=now)
        Correction.objects.create(
            source=self.source, by=self.writer, what="A slip.", at=now
        )
        collection = self.json()
        self.assertEqual(collection["total"], 2)
        own = collection["first"]["items"][0]["studyhall:note"]
        self.assertEqual([each["value"] for each in own["versions"]], ["One.", "Two."])
        self.assertEqual(collection["studyhall:flags"][0]["reason"], "spam")
        self.assertEqual(collection["studyhall:corrections"][0]["what"], "A slip.")

    def test_what_others_do_not_read_so_yet_is_in_it(self):
        note = self.note(body="One.", **PUBLIC)
        said = {"body": "Two.", "motivation": "questioning", "visibility": "public"}
        edits.save(note, opened=note.version, tags=["b"], **said)
        edit = self.json()["first"]["items"][0]["studyhall:note"]["edit"]
        kept = {"motivation": "questioning", "value": "Two.", "tags": ["b"]}
        self.assertEqual(edit, edit | kept)

    def test_a_correction_is_in_it_with_what_should_stand_there(self):
        said = {"words": "המקום", "instead": "הַשֵּׁם", "name": "Rivka"}
        Correction.objects.create(
            source=self.source, by=self.writer, at=timezone.now(), **said
        )
        [kept] = self.json()["studyhall:corrections"]
        self.assertEqual(kept, kept | said)
        self.assertIn("המקום → הַשֵּׁם", self.file("notes.md"))

    def test_nothing_written_is_an_empty_collection(self):
        collection = self.json()
        self.assertEqual(collection["total"], 0)
        self.assertNotIn("first", collection)

    def test_others_notes_are_in_no_file(self):
        make.note(self.source, body="Another's.", **PUBLIC)
        for name in ("notes.jsonld", "notes.md", "notes.csv"):
            self.assertNotIn("Another's.", self.file(name))

    def test_markdown_is_for_reading(self):
        self.note(words="המקום", body="A *name*.", tags=["names"])
        words = self.file("notes.md")
        for part in ("Megillah 17b, line 1", "> הַמָּקוֹם", "A *name*.", "#names"):
            self.assertIn(part, words)

    def test_no_cell_of_the_csv_is_a_formula(self):
        for body in ("=1+1", "+1", "-1", "@x", "\t=1", "＝1"):
            self.note(body=body, tags=["=t"])
        words = self.file("notes.csv")
        self.assertTrue(words.startswith("\ufeff"))
        rows = list(csv.DictReader(words[1:].splitlines()))
        self.assertEqual(len(rows), 6)
        for row in rows:
            self.assertTrue(row["note"].startswith("'"), row["note"])
            self.assertEqual(row["tags"], "'=t")

    def test_is_ones_own_only_when_signed_in(self):
        self.client.logout()
        for path in ("", "notes.csv", "notes.md", "notes.jsonld"):
            answer = self.client.get(f"/me/export/{path}")
            self.assertEqual(answer.status_code, 302)

    def test_its_page_offers_the_files_and_no_others_are_there(self):
        page = self.client.get("/me/export/")
        for name in ("notes.jsonld", "notes.md", "notes.csv"):
            self.assertContains(page, f'href="/me/export/{name}"')
        self.assertEqual(self.client.get("/me/export/notes.exe").status_code, 404)

    def test_many_notes_cost_as_many_queries_as_one(self):
        for _ in range(2):
            for _ in range(4):
                self.note(words="המקום", tags=["a"])
            with self.assertNumQueries(8):
                self.file("notes.jsonld")
