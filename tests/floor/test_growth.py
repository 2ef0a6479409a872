"""Ten times the library and the notes: as many queries, and bounded rows.

The rows are PostgreSQL's own count (EXPLAIN ANALYZE). A table of a few hundred rows is
read whole sooner than its index, so the plans are those that a large table would get:
what no index bounds shows all the same.
"""

from unittest import mock, skipUnless

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import TestCase
from django.urls import reverse

from sources import catalogue
from sources.admin import lists
from sources.generator import generate
from sources.models import Source
from sources.pages import gathering, method
from sources.pages.source import supported
from sources.search import finding
from studyhall.annotations import generated, listing
from studyhall.annotations.models import Annotation
from tests import make
from tests.sources.test_queries import richest_source

FEW, MANY = 40, 400
KEPT = (catalogue.current, gathering.whole, method.example_keys, supported)
AS_IF_LARGE = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
# Bounds that a small library would never reach.
BOUNDS = ((lists, "MOST", 20), (finding, "MOST", 10), (listing, "ON_A_PAGE", 5))
EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) "
NOTES = 6  # on the source that is asked for, at either size


@pytest.mark.slow
class GrowthTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.reader = make.editor(), make.reader()

    def setUp(self):
        of_list = admin.site._registry[Source], "list_per_page", 5
        for module, name, bound in (*BOUNDS, of_list):
            patch = mock.patch.object(module, name, bound)
            patch.start()
            self.addCleanup(patch.stop)

    def at_both_sizes(self, measure):
        """What `measure` says of each page, in a small library and a large one."""
        found = []
        for size in (FEW, MANY):
            with transaction.atomic():
                generate(size, seed=7)
                generated.generate(size * 2, seed=7)
                for once in KEPT:
                    once.kept.clear()
                found.append(
                    {name: measure(*asked) for name, asked in self.pages().items()}
                )
                transaction.set_rollback(True)
        return found

    def pages(self):
        """{name: (who asks, address)}; each address has as much at either size."""
        source = richest_source()
        elsewhere = Source.objects.exclude(work=source.work).first()
        notes = Annotation.objects.filter(source__work=source.work)
        notes.update(source=elsewhere)
        first, *_ = [make.note(source, reader=self.reader) for _ in range(NOTES)]
        make.note(source, reader=self.reader, parent=first, motivation="replying")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return {
            "source": (None, source.get_absolute_url()),
            "work": (None, source.work.get_absolute_url()),
            "search": (None, "/search/?q=sample"),
            "notes": (None, reverse("notes")),
            "one's own notes": (self.reader, reverse("my_notes")),
            "source, reader": (self.reader, source.get_absolute_url()),
            "list of sources": (
                self.editor,
                reverse("admin:sources_source_changelist"),
            ),
        }

    def asked(self, user, address):
        """(sql, parameters) of all that a page asks, when what is kept is there."""
        self.client.logout()
        if user is not None:
            self.client.force_login(user)
        self.client.get(address)
        asked = []

        def remember(execute, sql, parameters, many, context):
            asked.append((sql, parameters))
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(remember):
            response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        return asked

    def queries(self, user, address):
        return len(self.asked(user, address))

    def rows(self, user, address):
        """The rows that the page's SELECTs read, found or passed over."""
        asked = self.asked(user, address)
        with connection.cursor() as cursor:
            for setting in AS_IF_LARGE:
                cursor.execute(f"SET LOCAL {setting} = off")
            read = 0
            for sql, parameters in asked:
                if sql.lstrip().startswith(("SELECT", "WITH")):
                    cursor.execute(EXPLAIN + sql, parameters)
                    read += rows_of(cursor.fetchone()[0][0]["Plan"])
            for setting in AS_IF_LARGE:
                cursor.execute(f"SET LOCAL {setting} = on")
        return read

    def test_every_page_costs_the_same_queries(self):
        few, many = self.at_both_sizes(self.queries)
        self.assertEqual(few, many)

    @skipUnless(connection.vendor == "postgresql", "EXPLAIN ANALYZE is PostgreSQL's")
    def test_no_page_reads_the_more_rows_the_more_there_are(self):
        few, many = self.at_both_sizes(self.rows)
        for page, rows in many.items():
            with self.subTest(page=page):
                # A table that is read whole adds as many as it has grown by.
                self.assertLess(rows - few[page], MANY - FEW)


def rows_of(plan):
    """The rows that the leaves of a plan read."""
    parts = plan.get("Plans", ())
    if parts:
        return sum(map(rows_of, parts))
    passed = plan.get("Rows Removed by Filter", 0)
    return (plan["Actual Rows"] + passed) * plan["Actual Loops"]
