"""The search tables are made again wherever a migration loses them."""

from unittest import skipUnless

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase

from sources import search, search_tables
from sources.models import SearchDocument
from tests import make


def total(query):
    return search.find(query, AnonymousUser()).total


class SearchTablesTests(TestCase):
    def test_making_them_twice_changes_nothing(self):
        make.source(summary="Craftsmen.")
        search_tables.make(connection)
        search_tables.make(connection)
        self.assertEqual(total("craftsmen"), 1)

    def test_a_row_that_goes_is_found_no_more(self):
        source = make.source(summary="Craftsmen.")
        SearchDocument.objects.filter(source=source).delete()
        self.assertEqual(total("craftsmen"), 0)

    def test_a_long_text_can_be_searched(self):
        words = " ".join(f"מלה{number}" for number in range(20_000))
        make.source(words=words, translation="")
        self.assertEqual(total("מלה7"), 1)

    @skipUnless(connection.vendor == "sqlite", "SQLite alone loses triggers")
    def test_words_written_while_a_trigger_was_lost_are_found(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER sources_search_insert")
        make.source(summary="Craftsmen.")
        self.assertEqual(total("craftsmen"), 0)
        search_tables.make(connection)
        self.assertEqual(total("craftsmen"), 1)
        make.source(summary="Craftsmen.")
        self.assertEqual(total("craftsmen"), 2)

    @skipUnless(connection.vendor == "postgresql", "the indexes are PostgreSQL's")
    def test_both_questions_are_asked_of_an_index(self):
        for titles_only in (True, False):
            ids = search_tables.matching(connection, ["a"], titles_only=titles_only)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"EXPLAIN {ids.sql}", ids.params)
                plan = " ".join(row[0] for row in cursor.fetchall())
            self.assertIn("sources_search_", plan)
