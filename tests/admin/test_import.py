"""A file is shown as it would stand, and is stored whole or not at all."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from openpyxl import Workbook

from sources.admin.exchange import reading, writing
from sources.changes import change
from sources.models import Bearing, Change, Citation, Source, State, Work
from tests import make

HEAD = "reference,summary"


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data, **parts):
    """The same archive with other or more parts, names with __ for / and ___ for ."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        given = {
            name.replace("___", ".").replace("__", "/"): parts[name] for name in parts
        }
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, content in given.items():
            new.writestr(name, content)
    return file.getvalue()


class ReadingTests(SimpleTestCase):
    def refused(self, data, *words):
        with self.assertRaises(reading.Unreadable) as caught:
            reading.table_of(data)
        for word in words:
            self.assertIn(word, str(caught.exception))
        return caught.exception

    def test_reads_what_programs_write(self):
        for data in (
            b"a,b\r\n1,2\r\n",
            b"\xef\xbb\xbfA;B\n1;2\n",
            b"a\tb\n1\t2",
            "a\tb\n1\t2\n".encode("utf-16"),
            b'"a", b\n1,2\n\n,\n',
            xlsx(["a", "b"], [1, 2.0]),
        ):
            with self.subTest(data=data[:20]):
                table = reading.table_of(data)
                self.assertEqual((table.headers, table[0]), (["a", "b"], ("1", "2")))

    def test_names_the_row_and_column_of_a_formula(self):
        for sign in "=+-@＝＋－＠\t":
            with self.subTest(sign=sign):
                row = f'x,"{sign}cmd|x"\n'
                self.refused(f"a,b\n1,2\n{row}".encode(), "Row 3", "“b”")
        self.refused(xlsx(["a", "b"], [1, "=1+1"]), "Row 2, column 2", "formula")

    def test_a_number_with_a_sign_is_no_formula(self):
        self.assertEqual(reading.table_of(b"a,b\n-1312,+5\n")[0], ("-1312", "+5"))

    def test_the_quote_before_a_formula_is_taken_off(self):
        self.assertEqual(reading.table_of(b"a,b\n'=x,'tis\n")[0], ("=x", "'tis"))

    def test_names_the_encoding_that_it_may_be(self):
        data = "a,b\n1,שלום\n".encode("windows-1255")
        self.refused(data, "Line 2", "windows-1255", "CSV UTF-8")
        self.refused(b"a,b\n1,\xc3(\n", "Line 2", "UTF-8")

    def test_refuses_what_is_too_much(self):
        rows = b"x,y\n" * (reading.ROWS + 1)
        self.assertTrue(self.refused(b"a,b\n" + rows, "5000 rows").is_too_large)
        names = ",".join(f"c{n}" for n in range(reading.COLUMNS + 1))
        self.refused(names.encode(), "60 columns")
        long = "x" * (reading.LONGEST_CELL + 1)
        self.refused(f"a\n{long}\n".encode(), "Row 2")

    def test_refuses_a_head_that_is_none(self):
        self.refused(b"", "empty")
        self.refused(b",,\n1,2,3", "empty")
        self.refused(b"a,A\n1,2", "two columns “a”")
        self.refused(b"a,,b\n1,2,3", "column 2")
        self.refused(b"a,b\n1,2,3", "Row 2")

    def test_refuses_what_is_no_csv(self):
        self.refused(b'a,b\n"x"y,2\n', "Line 2")
        self.refused(b"a,b\n\x00,2\n", "NUL")
        self.refused(b'a,b\n"never closed\n', "Line")

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        bomb = repacked(xlsx(["a"], ["b"]), xl__big___xml=b"0" * (reading.UNPACKED + 1))
        self.assertLess(len(bomb), 1_000_000)
        self.assertTrue(self.refused(bomb, "Unpacked").is_too_large)
        parts = {f"p{n}": b"" for n in range(reading.PARTS)}
        self.refused(repacked(xlsx(["a"], ["b"]), **parts), "Unpacked")

    def test_entities_and_macros_are_refused(self):
        sheet = (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
            'main"><sheetData><row r="1"><c t="inlineStr"><is><t>&a;</t></is></c>'
            "</row></sheetData></worksheet>"
        )
        good = xlsx(["a"], ["b"])
        self.refused(repacked(good, xl__worksheets__sheet1___xml=sheet), "no XLSX")
        self.refused(repacked(good, xl__vbaProject___bin=b"x"), "macros")

    def test_a_damaged_workbook_is_refused(self):
        good = xlsx(["a", "b"], ["1", "2"])
        for data in (
            good[: len(good) // 2],
            b"PK\x03\x04",
            b"PK" + b"\x00" * 100,
            repacked(good, xl__workbook___xml=b"<x"),
            repacked(good, xl__workbook___xml=b"<x/>"),
            repacked(good, xl__worksheets__sheet1___xml=b"\xff"),
        ):
            with self.subTest(data=data[-20:]):
                self.refused(data)

    def test_a_row_far_away_costs_nothing(self):
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
            'main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
            '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            "</worksheet>"
        )
        data = repacked(xlsx(["a"]), xl__worksheets__sheet1___xml=sheet)
        self.refused(data, "5000 rows")

    def test_what_a_program_made_a_time_of_is_said(self):
        book = Workbook()
        book.active.append(["reference"])
        book.active.append(["36:8"])
        book.active["A2"].value = 1.5055
        book.active["A2"].number_format = "h:mm"
        file = io.BytesIO()
        book.save(file)
        self.refused(file.getvalue(), "Row 2, column 1", "a date or a time")

    def test_a_cell_that_a_workbook_would_cut_off_is_said(self):
        with self.assertRaisesRegex(writing.TooLong, "Row 2"):
            writing.xlsx_of(["a"], [["x" * 40_000]])


class ImportTestCase(TestCase):
    def setUp(self):
        self.editor = make.editor(role="editor")
        self.client.force_login(self.editor)
        make.work("megillah", ["Megilla"])

    def page(self, model="source"):
        return reverse(f"admin:sources_{model}_import")

    def send(self, data, rows="sources", model="source", name="finds.csv"):
        data = data.encode() if isinstance(data, str) else data
        fields = {"rows": rows, "file": SimpleUploadedFile(name, data)}
        return self.client.post(self.page(model), fields)

    def store(self, shown, rows="sources", model="source"):
        context = shown.context
        fields = {"rows": rows, "key": context["key"]}
        fields["digest"] = context["result"].digest
        return self.client.post(self.page(model), fields)

    def stored(self, data, rows="sources", model="source"):
        shown = self.send(data, rows, model)
        self.assertEqual(shown.context["problems"], [])
        self.assertEqual(self.store(shown, rows, model).status_code, 302)


@pytest.mark.slow
class SourceImportTests(ImportTestCase):
    def test_a_dry_run_shows_each_row_and_stores_nothing(self):
        shown = self.send(f"{HEAD}\nMegillah 17b,It says so.\n")
        self.assertContains(shown, "Megillah 17b")
        self.assertContains(shown, "It says so.")
        self.assertContains(shown, "Nothing is stored yet")
        self.assertFalse(Source.objects.exists())
        self.assertFalse(Change.objects.filter(kind="source").exists())

    def test_what_was_shown_is_stored_through_the_gate_with_the_files_name(self):
        self.stored(f"{HEAD}\nMegillah 17b,It says so.\n")
        source = Source.objects.get()
        self.assertEqual((source.address, source.state), ("17b", State.DRAFT))
        change = Change.objects.of("source", source.pk).get()
        self.assertEqual((change.editor, change.why), (self.editor, "finds.csv"))

    def test_a_second_press_stores_nothing_more(self):
        shown = self.send(f"{HEAD}\nMegillah 17b,It says so.\n")
        self.assertEqual(self.store(shown).status_code, 302)
        self.assertEqual(self.store(shown).status_code, 410)
        self.assertEqual(Source.objects.get().version, 1)

    def test_takes_a_reference_in_any_spelling(self):
        spellings = ["Megilla 17b", "מגילה יז ע״ב", "Megillah 17B"]
        for spelling in spellings:
            with self.subTest(spelling=spelling):
                shown = self.send(f"{HEAD}\n{spelling},It says so.\n")
                self.assertEqual(shown.context["problems"], [])
        self.stored("work,reference,summary\nmegillah,18a,So.\nMegilla,19a,So.\n")
        addresses = set(Source.objects.values_list("address", flat=True))
        self.assertEqual(addresses, {"18a", "19a"})

    def test_texts_and_topics_come_with_their_source(self):
        topic = make.topic("Names")
        head = "reference,summary,original,translation,translator,topics"
        row = 'Megillah 17b,So.,"א\nב","a\nb",us,Names; names'
        self.stored(f"{head}\n{row}\n")
        source = Source.objects.get()
        self.assertEqual(
            list(source.texts.values_list("language", "words")),
            [("he", "א\nב"), ("en", "a\nb")],
        )
        self.assertEqual(source.topic_links.get().tag, topic)

    def test_names_each_fault_with_its_row_and_column(self):
        make.source("20a")
        rows = [
            "Nowhere 5,So.,,",
            "Megillah 999a,So.,,",
            "Megillah 17b,,,",
            "Megillah 18b,So.,nonsense,",
            "Megillah 18a,So.,published,",
            "Megillah 19a,So.,,None such",
            "Megillah 21a,So.,,",
            "Megilla 21a,Again.,,",
        ]
        head = "reference,summary,state,topics"
        shown = self.send("\n".join([head, *rows]))
        self.assertEqual(shown.status_code, 422)
        found = [(row, column) for row, column, _why in shown.context["problems"]]
        self.assertEqual(
            found,
            [
                (2, "reference"),
                (3, "reference"),
                (4, "summary"),
                (5, "state"),
                (6, "state"),
                (7, "topics"),
                (9, ""),
            ],
        )
        self.assertEqual(Source.objects.count(), 1)

    def test_a_rule_of_the_gate_is_named_at_its_row(self):
        head = "reference,summary,original,translation"
        shown = self.send(f'{head}\nMegillah 17b,So.,"א\nב",a\n')
        [(row, _column, why)] = shown.context["problems"]
        self.assertEqual(row, 2)
        self.assertIn("has 2 lines", why)

    def test_what_is_public_is_not_changed_by_one_editor(self):
        make.source("17b", summary="As it was.")
        shown = self.send(f"{HEAD}\nMegillah 17b,Otherwise.\n")
        [(_row, _column, why)] = shown.context["problems"]
        self.assertIn("takes two editors", why)

    def test_a_draft_is_changed_only_in_the_columns_of_the_file(self):
        source = make.source("17b", state=State.DRAFT, notes="Kept.")
        self.stored(f"{HEAD}\nMegillah 17b,Clearer.\n")
        source.refresh_from_db()
        self.assertEqual((source.summary, source.notes), ("Clearer.", "Kept."))
        self.assertEqual(source.version, 2)

    def test_what_the_library_has_become_since_is_not_written_over(self):
        source = make.source("17b", state=State.DRAFT)
        shown = self.send(f"{HEAD}\nMegillah 17b,Mine.\n")
        with change(source, opened=1):
            source.summary = "Theirs."
            source.save()
        answer = self.store(shown)
        self.assertContains(answer, "has changed since", status_code=422)
        source.refresh_from_db()
        self.assertEqual(source.summary, "Theirs.")

    def test_another_editor_cannot_confirm_it(self):
        shown = self.send(f"{HEAD}\nMegillah 17b,So.\n")
        self.client.force_login(make.editor(role="editor"))
        self.assertEqual(self.store(shown).status_code, 410)
        self.assertFalse(Source.objects.exists())

    def test_columns_that_are_not_known_are_named(self):
        shown = self.send("reference,sumary\nMegillah 17b,So.\n")
        self.assertContains(shown, "Is “summary” meant?", status_code=422)
        shown = self.send("summary\nSo.\n")
        self.assertContains(shown, "missing: reference", status_code=422)

    def test_what_is_no_file_is_refused(self):
        self.assertEqual(self.client.post(self.page()).status_code, 422)
        self.assertEqual(self.send(b"\xff\xd8\xff").status_code, 422)
        self.assertEqual(self.send(b"a\n" * 6000).status_code, 413)
        self.assertEqual(self.send(f"{HEAD}\n", rows="x").status_code, 404)
        fields = {"rows": "sources", "key": "x", "digest": "x"}
        self.assertEqual(self.client.post(self.page(), fields).status_code, 410)

    def test_who_may_not_write_may_not_import(self):
        reader = make.reader(is_staff=True)
        self.client.force_login(reader)
        self.assertEqual(self.client.get(self.page()).status_code, 403)

    def test_a_template_is_taken_back_as_it_is(self):
        for type_ in ("csv", "xlsx"):
            for rows in ("sources", "bearings", "citations"):
                with self.subTest(type=type_, rows=rows):
                    terms = {"template": type_, "rows": rows}
                    file = self.client.get(self.page(), terms)
                    data = b"".join(file.streaming_content)
                    self.assertEqual(self.send(data, rows).context["problems"], [])

    def test_the_pages_run_under_the_strict_policy(self):
        for page in (
            self.client.get(self.page()),
            self.send(f"{HEAD}\nMegillah 17b,So.\n"),
            self.send(f"{HEAD}\nNowhere,So.\n"),
        ):
            text = page.content.decode()
            self.assertNotRegex(text, r"<style|\sstyle=|\son[a-z]+=")
            self.assertNotRegex(text, r"<script(?![^>]*\ssrc=)[^>]*>")


@pytest.mark.slow
class PartImportTests(ImportTestCase):
    def test_bearings_of_one_source_that_follow_each_other_are_one_change(self):
        for slug in ("before", "after"):
            make.position(slug)
        first = make.source("17b", state=State.DRAFT)
        second = make.source("18b", state=State.DRAFT)
        self.stored(
            "reference,direction,position,basis,reasoning\n"
            "Megillah 17b,supports,Before,explicit,So.\n"
            "Megillah 17b,disputes,after,implied,So.\n"
            "Megillah 18b,gives background,,inferred,So.\n",
            "bearings",
        )
        self.assertEqual(first.bearings.count(), 2)
        self.assertEqual(Change.objects.of("source", first.pk).last().number, 2)
        bearing = second.bearings.get()
        self.assertEqual((bearing.state, bearing.position), (State.DRAFT, None))

    def test_faults_of_bearings_are_named(self):
        make.position("before")
        make.source("17b", state=State.DRAFT)
        shown = self.send(
            "reference,direction,position,basis,reasoning,words,according_to\n"
            "Megillah 18b,supports,before,explicit,So.,,\n"
            "Megillah 17b,likes,before,explicit,So.,,\n"
            "Megillah 17b,supports,,explicit,So.,,\n"
            "Megillah 17b,supports,before,explicit,,,\n"
            "Megillah 17b,supports,before,explicit,So.,,Nobody\n"
            "Megillah 17b,supports,before,explicit,So.,אין כזה,\n",
            "bearings",
        )
        found = [(row, column) for row, column, _why in shown.context["problems"]]
        self.assertEqual(
            found,
            [
                (2, "reference"),
                (3, "direction"),
                (4, "position"),
                (5, "reasoning"),
                (6, "according_to"),
                (7, ""),
            ],
        )
        self.assertFalse(Bearing.objects.exists())

    def test_citations(self):
        citing = make.source("17b", state=State.DRAFT)
        cited = make.source("18b")
        self.stored(
            "reference,relation,cited_reference\nMegillah 17b,cites,Megillah 18b\n",
            "citations",
        )
        link = Citation.objects.get()
        self.assertEqual((link.citing, link.cited), (citing, cited))

    def test_works_and_titles(self):
        self.client.force_login(make.editor(role="keeper"))
        self.stored(
            "slug,title,category,scheme,era,year_from,year_to,bounds\n"
            "yoma,Yoma,Talmud Bavli,daf,Amoraim,-5,600,"
            '"{""dapim"": [""2a"", ""88a""]}"\n',
            "works",
            "work",
        )
        work = Work.objects.get(slug="yoma")
        self.assertEqual((work.era, work.year_from), (Work.Era.AMORAIM, -5))
        self.stored(
            "work,text,language\nYoma,Yuma,en\nyoma,יומא,he\n", "titles", "work"
        )
        self.assertEqual(work.titles.count(), 2)
        self.assertEqual(Change.objects.of("work", work.pk).last().number, 2)
