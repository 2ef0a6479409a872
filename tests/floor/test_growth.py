"""Ten times the library and the notes: as many queries, and bounded rows.

The notes on the source that is asked for grow too. The rows are PostgreSQL's own count
(EXPLAIN ANALYZE). A table of a few hundred rows is read whole sooner than its index, so
the plans are those that a large table would get: what no index bounds shows all the
same.
"""

from unittest import mock, skipUnless

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.urls import reverse

from sources import stamped
from sources.admin import lists
from sources.generator import generate
from sources.models import Source
from sources.search import finding
from studyhall.annotations import choosing, generated, listing, shown
from tests import make
from tests.annotations.test_many_notes import PUBLIC, copies
from tests.floor.every_address import HERE, Kind, table
from tests.floor.whole_site import WholeSiteCase
from tests.sources.test_queries import richest_source

FEW, MANY = 40, 400
ONCE_A_STAMP = ("/", "/method/", "/sources/")
AS_IF_LARGE = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
# Bounds that a small library would never reach.
BOUNDS = (
    (lists, "MOST", 20),
    (finding, "MOST", 10),
    (listing, "ON_A_PAGE", 5),
    (choosing, "MOST", 10),
    (shown, "COUNTED", 10),
)
EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) "


@pytest.mark.slow
class GrowthTests(WholeSiteCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.asker = make.reader()

    def setUp(self):
        super().setUp()
        of_list = admin.site._registry[Source], "list_per_page", 5
        for module, name, bound in (*BOUNDS, of_list):
            patch = mock.patch.object(module, name, bound)
            patch.start()
            self.addCleanup(patch.stop)

    def at_both_sizes(self, pages, measure):
        """What `measure` says of each of the pages, in a small library and a large one.

        `pages` gives {name: (who asks, address)} of the source that is asked for.
        """
        found = []
        for size in (FEW, MANY):
            with transaction.atomic():
                generate(size, seed=7)
                generated.generate(size * 2, seed=7)
                stamped.forget()
                source = richest_source()
                self.annotate(source, size)
                for address in (*ONCE_A_STAMP, source.get_absolute_url()):
                    self.client.get(address)  # what is made once a stamp is there then
                asked = pages(source)
                found.append({name: measure(*asked[name]) for name in asked})
                transaction.set_rollback(True)
        return found

    def annotate(self, source, count):
        """Let a source have so many public notes, and as many of who asks alone."""
        note = make.note(source, self.reader, **PUBLIC)
        copies(note, count)
        copies(note, count // 4, parent=note, motivation="replying")
        copies(note, count, reader=self.asker, visibility="private", standing="")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def main_pages(self, source):
        """Those that must read no more rows than few."""
        address = source.get_absolute_url()
        return {
            "source": (None, address),
            "work": (None, source.work.get_absolute_url()),
            "search": (None, "/search/?q=sample"),
            "notes": (None, reverse("notes")),
            "notes of a source": (None, f"{address}notes/"),
            "notes of a line": (None, f"{address}notes/?line=1"),
            "notes of a reader": (None, reverse("reader", args=["Rivka"])),
            "one's own notes": (self.asker, reverse("my_notes")),
            "source, reader": (self.asker, address),
            "notes of a source, reader": (self.asker, f"{address}notes/"),
            "list of sources": (
                self.keeper,
                reverse("admin:sources_source_changelist"),
            ),
        }

    def every_page(self, source):
        """Each page that every visitor gets alike, about what has grown where it can;
        and the main pages."""
        grown = {
            HERE: source.get_absolute_url(),
            "/works/megillah/": source.work.get_absolute_url(),
            "/authors/rashi/": source.work.author.get_absolute_url(),
            "/topics/ingathering/": "/topics/generated-topic-1/",
            "?q=gathered": "?q=sample",
        }
        pages = self.main_pages(source)
        for row in table():
            if row.kind is Kind.PAGE:
                address = row.at(self.values)
                for small, large in grown.items():
                    address = address.replace(small, large)
                pages[row.route] = None, address
        return pages

    def asked(self, user, address):
        """(sql, parameters) of all that a page asks."""
        self.client.logout()
        if user is not None:
            self.client.force_login(user)
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
        few, many = self.at_both_sizes(self.every_page, self.queries)
        self.assertEqual(few, many)

    @skipUnless(connection.vendor == "postgresql", "EXPLAIN ANALYZE is PostgreSQL's")
    def test_no_page_reads_the_more_rows_the_more_there_are(self):
        few, many = self.at_both_sizes(self.main_pages, self.rows)
        for page, rows in many.items():
            with self.subTest(page=page):
                # A table that is read whole adds as many as it has grown by.
                self.assertLess(rows - few[page], MANY - FEW)


def rows_of(plan):
    """The rows that the leaves of a plan read, but for what only an index was asked."""
    parts = plan.get("Plans", ())
    if parts and plan["Node Type"] != "Bitmap Heap Scan":
        return sum(map(rows_of, parts))
    passed = plan.get("Rows Removed by Filter", 0)
    return (plan["Actual Rows"] + passed) * plan["Actual Loops"]
