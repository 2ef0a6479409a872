"""The planner knows of what was just loaded."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import loader, statistics
from tests import make
from tests.loader.case import FilesCase

COUNTED = {
    "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'sources_work'",
    "sqlite": "SELECT stat + 0 FROM sqlite_stat1 WHERE tbl = 'sources_work' LIMIT 1",
}


class LoadedTests(FilesCase):
    def test_a_load_that_wrote_counts_the_tables_and_no_other_does(self):
        for counts in (1, 0):
            with CaptureQueriesContext(connection) as queries:
                loader.load(self.folder)
            asked = [query["sql"] for query in queries]
            self.assertEqual(asked.count("ANALYZE"), counts)


class RefreshTests(TestCase):
    def test_the_planner_knows_how_many_rows_there_are(self):
        for number in range(3):
            make.work(f"work-{number}")
        statistics.refresh(connection)
        with connection.cursor() as cursor:
            cursor.execute(COUNTED[connection.vendor])
            self.assertEqual(cursor.fetchone()[0], 3)
