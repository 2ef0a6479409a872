"""What a list shows, as a file: safe in a spreadsheet, and the same when it returns."""

import csv
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sources.admin.exchange import cells, reading, writing
from sources.admin.exchange.resource import problems, run
from sources.admin.exchange.views import RESOURCES
from sources.models import Source, State
from tests import make


def exported(rows, type_):
    """The bytes of a file of all the records of a resource."""
    records = rows.model.objects.order_by("pk").prefetch_related(*rows.prefetched)
    table = rows.exported(records.iterator(chunk_size=200))
    if type_ == "csv":
        return "".join(writing.csv_of(rows.head(), table)).encode()
    return writing.xlsx_of(rows.head(), table).read()


class CellTests(SimpleTestCase):
    @given(st.text())
    def test_every_text_comes_back_as_it_was(self, text):
        self.assertEqual(cells.plain(cells.safe(text)), text)

    @given(st.text())
    def test_no_text_begins_as_a_formula(self, text):
        self.assertFalse(cells.is_formula(cells.safe(text)))

    def test_numbers_stay_numbers(self):
        self.assertEqual(cells.safe(-1312), -1312)
        self.assertFalse(cells.is_formula("-1312"))


@pytest.mark.prove
class RoundTripTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_library", verbosity=0)

    def test_the_curated_library_comes_back_unchanged(self):
        for model, kinds in RESOURCES.items():
            for kind in kinds:
                for type_ in ("csv", "xlsx"):
                    with self.subTest(rows=kind.kind, type=type_):
                        table = reading.table_of(exported(kind(), type_))
                        result = run(kind(None, "back"), table, store=False)
                        self.assertEqual(problems(result), [])
                        self.assertEqual(result.totals["skip"], len(table))
                        self.assertGreater(len(table), model.objects.count() // 2)

    def test_both_kinds_of_file_say_the_same(self):
        for kinds in RESOURCES.values():
            for kind in kinds:
                with self.subTest(rows=kind.kind):
                    first, second = (
                        reading.table_of(exported(kind(), type_))
                        for type_ in ("csv", "xlsx")
                    )
                    self.assertEqual(list(first), list(second))


@pytest.mark.slow
class ExportTests(TestCase):
    def setUp(self):
        self.client.force_login(make.editor(role="editor"))

    def take(self, model="source", **terms):
        address = reverse(f"admin:sources_{model}_export")
        answer = self.client.get(address, terms)
        self.assertEqual(answer.status_code, 200)
        return b"".join(answer.streaming_content)

    def rows(self, data):
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def test_gives_what_the_list_shows(self):
        make.source("17b", state=State.DRAFT)
        make.source("18b")
        terms = {"file": "csv", "rows": "sources"}
        found = self.rows(self.take(**terms, state__exact="draft"))
        self.assertEqual([row["reference"] for row in found], ["Megillah 17b"])
        self.assertEqual(len(self.rows(self.take(**terms, q="Megillah"))), 2)

    def test_what_a_spreadsheet_would_run_is_quoted(self):
        make.source("17b", state=State.DRAFT, summary="=cmd|' /C calc'!A0")
        [row] = self.rows(self.take(file="csv", rows="sources"))
        self.assertEqual(row["summary"], "'=cmd|' /C calc'!A0")
        table = reading.table_of(self.take(file="xlsx", rows="sources"))
        at = table.headers.index("summary")
        self.assertEqual(table[0][at], "=cmd|' /C calc'!A0")

    def test_costs_the_same_however_many_there_are(self):
        make.source("17b", supports="before", topics=[make.topic()])
        address = reverse("admin:sources_source_export")
        self.client.get(address, {"file": "csv", "rows": "sources"})  # is counted, once
        counts = []
        for numbers in (range(20, 22), range(30, 50)):
            for number in numbers:
                make.source(f"{number}a", supports="before")
            for rows in ("sources", "bearings", "citations"):
                terms = {"file": "csv", "rows": rows}
                with CaptureQueriesContext(connection) as queries:
                    b"".join(self.client.get(address, terms).streaming_content)
                counts.append(len(queries))
        self.assertEqual(counts[:3], counts[3:])

    def test_every_list_can_be_taken(self):
        make.essay()
        make.path(make.source("17b", supports="before", topics=[make.topic()]))
        make.author()
        for model in ("author", "topic", "position", "question", "path", "essay"):
            with self.subTest(model=model):
                found = self.rows(self.take(model, file="csv", rows="records"))
                self.assertTrue(found)

    def test_the_page_offers_what_there_is(self):
        make.source("17b")
        page = self.client.get(reverse("admin:sources_source_export"))
        self.assertContains(page, "The list shows 1 record.")
        self.assertContains(page, 'value="bearings"')
        listed = self.client.get(reverse("admin:sources_source_changelist"), {"q": "M"})
        self.assertContains(listed, reverse("admin:sources_source_export") + "?q=M")

    def test_what_is_no_file_is_refused(self):
        address = reverse("admin:sources_source_export")
        for terms in ({"file": "exe"}, {"file": "csv", "rows": "x"}):
            with self.subTest(terms=terms):
                self.assertEqual(self.client.get(address, terms).status_code, 404)

    def test_who_may_not_look_gets_nothing(self):
        self.client.force_login(make.reader(is_staff=True))
        address = reverse("admin:sources_source_export")
        self.assertEqual(self.client.get(address).status_code, 403)


WORKS = ("megillah", "yoma", "sukkah", "chagigah", "menachos")
# What can be wrong with a row: (its cell, what stands there instead).
BAD = ((0, "Megillah 9999a"), (1, ""), (3, "a\nb"), (4, "None such"))


class LargeFileTests(TestCase):
    """A file of many rows: 50 faults are 50 sentences, and then none is stored."""

    FAULTS = 50

    def setUp(self):
        self.editor = make.editor(role="editor")
        for slug in WORKS:
            make.work(slug, bounds={"dapim": ["2a", "600b"]})
        self.topics = [make.topic(f"Topic {n}") for n in range(3)]

    def file(self, count, faults=0):
        """CSV of `count` sources, of which `faults` have one fault each."""
        rows = [["reference", "summary", "original", "translation", "topics", "notes"]]
        every = count // self.FAULTS
        for number in range(count):
            nth, work = number // len(WORKS), WORKS[number % len(WORKS)]
            place = f"{work.capitalize()} {nth // 2 + 2}{'ab'[nth % 2]}"
            row = [place, f"It says {number}.", f"מילה {number}", f"word {number}"]
            row += [self.topics[number % 3].name, "'=x"]
            if number % every == 0 and number // every < faults:
                at, bad = BAD[number // every % len(BAD)]
                row[at] = bad
            rows.append(row)
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()

    def check(self, count):
        kind = RESOURCES[Source][0]
        bad = reading.table_of(self.file(count, self.FAULTS))
        result = run(kind(self.editor, "bad.csv"), bad, store=True)
        found = problems(result)
        self.assertEqual(len(found), self.FAULTS)
        self.assertEqual(len({row for row, _column, _why in found}), self.FAULTS)
        self.assertTrue(all(why for _row, _column, why in found))
        self.assertFalse(Source.objects.exists())
        good = reading.table_of(self.file(count))
        self.assertEqual(problems(run(kind(self.editor, "x"), good, store=True)), [])
        self.assertEqual(Source.objects.count(), count)
        back = reading.table_of(exported(kind(), "csv"))
        for name in ("summary", "original", "translation", "notes"):
            self.assertEqual(back[name], good[name])
        again = run(kind(self.editor, "x"), back, store=True)
        self.assertEqual(again.totals["skip"], count)
        self.assertEqual(problems(again), [])

    @pytest.mark.slow
    @pytest.mark.once
    def test_fifty_rows(self):
        self.check(self.FAULTS)

    @pytest.mark.prove
    def test_five_thousand_rows(self):
        self.check(5000)
