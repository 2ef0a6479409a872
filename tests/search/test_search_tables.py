"""The search tables are made again wherever a migration loses them."""

from io import StringIO
from unittest import skipUnless

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import TestCase, TransactionTestCase

from sources import search, search_tables
from sources.models import SearchDocument, SearchWord
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

    @pytest.mark.slow
    def test_a_long_text_can_be_searched(self):
        words = " ".join(f"מלה{number}" for number in range(20_000))
        make.source(words=words, translation="")
        self.assertEqual(total("מלה7"), 1)

    def test_a_document_is_of_one_record(self):
        source = make.source()
        with self.assertRaises(IntegrityError), transaction.atomic():
            SearchDocument.objects.create(source=None)
        with self.assertRaises(IntegrityError), transaction.atomic():
            SearchDocument.objects.filter(source=source).update(topic=make.topic())

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

    def test_what_is_written_while_nothing_is_kept_is_found_afterwards(self):
        search_tables.stop(connection)
        make.source(summary="Craftsmen.")
        connection.check_constraints()
        search_tables.make(connection)
        self.assertEqual(total("craftsmen"), 1)

    @skipUnless(connection.vendor == "postgresql", "the indexes are PostgreSQL's")
    def test_both_questions_are_asked_of_an_index(self):
        for most in (1, search_tables.ALL):
            clauses = search.read("a").clauses()
            held = search_tables.held_by(
                SearchDocument.objects.all(), connection, clauses, most
            )
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_indexscan = off")
            plan = held.order_by().explain()
            self.assertIn("sources_search_", plan)


class RebuildTests(TestCase):
    def test_makes_every_document_and_every_word_anew(self):
        topic = make.topic(name="Craftsmen")
        source = make.source(summary="Craftsmen.")
        SearchDocument.objects.all().delete()
        SearchWord.objects.all().delete()
        progress = StringIO()
        said = call_command("rebuild_search", stderr=progress)
        self.assertIn("documents rebuilt", said)
        self.assertIn("#" * 40, progress.getvalue())
        found = search.find("craftsmen", None).hits
        self.assertEqual([hit.record for hit in found], [topic, source])
        self.assertTrue(search.find("craftsmenn", None).is_loose)

    def test_an_empty_library_is_rebuilt_too(self):
        self.assertEqual(search.rebuild(), 0)

    def test_only_documents_made_in_another_way_are_outdated(self):
        make.source()
        self.assertEqual(search.rebuild_outdated(), 0)
        SearchDocument.objects.update(made_with=0)
        self.assertGreater(search.rebuild_outdated(), 0)
        self.assertEqual(search.rebuild_outdated(), 0)


class OtherTableTests(TransactionTestCase):
    """FTS5 does not forget a table whose making was undone: nothing is undone here."""

    @skipUnless(connection.vendor == "sqlite", "FTS5 alone is a table")
    def test_a_table_with_other_columns_is_made_anew(self):
        make.source(summary="Craftsmen.")
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE sources_search")
            cursor.execute("CREATE VIRTUAL TABLE sources_search USING fts5(titles)")
        search_tables.make(connection)
        self.assertEqual(total("craftsmen"), 1)
