"""The planner knows of what was just loaded."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import loader, statistics
from tests.loader.case import FilesCase

COUNTED = "SELECT reltuples FROM pg_class WHERE relname = 'sources_work'"


class LoadedTests(FilesCase):
    def test_a_load_that_wrote_counts_the_tables_and_no_other_does(self):
        expected = 1 if connection.vendor == "postgresql" else 0
        for counts in (expected, 0):
            with CaptureQueriesContext(connection) as queries:
                loader.load(self.folder)
            asked = [query["sql"] for query in queries]
            self.assertEqual(asked.count("ANALYZE"), counts)


class RefreshTests(TestCase):
    def test_postgresql_is_asked_to_count_and_sqlite_plans_without(self):
        with CaptureQueriesContext(connection) as queries:
            statistics.refresh(connection)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(COUNTED)
                self.assertEqual(cursor.fetchone()[0], 0)  # counted, and empty
        else:
            self.assertEqual(len(queries), 0)
