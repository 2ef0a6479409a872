"""/readyz: whether all that a page needs is there, in plain words."""

from unittest import mock

from django.core.cache import cache
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase

from studyhall import health
from tests import make


class ReadyTests(TestCase):
    def setUp(self):
        make.question()
        health.parts_at.cache_clear()
        self.addCleanup(health.parts_at.cache_clear)

    def answer(self):
        return self.client.get("/readyz")

    def assertNotReady(self, line):
        answer = self.answer()
        self.assertEqual(answer.status_code, 503)
        self.assertIn(line, answer.content.decode().splitlines())
        self.assertEqual(answer.headers["Retry-After"], "5")
        return answer

    def test_says_of_each_part_that_it_is_there(self):
        answer = self.answer()
        self.assertEqual(answer.status_code, 200)
        lines = ["database: ok", "migrations: ok", "cache: ok", "library: ok"]
        self.assertEqual(answer.content.decode().splitlines(), lines)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertEqual(answer.headers["Content-Type"], "text/plain")
        self.assertFalse(answer.cookies)
        live = self.client.get("/healthz")
        self.assertEqual({*answer.headers}, {*live.headers})

    def test_asks_once_in_a_second_however_many_ask(self):
        with mock.patch("time.monotonic", return_value=1000.0):
            self.answer()
            with self.assertNumQueries(0):
                self.answer()

    def test_a_database_that_is_away_is_named_and_its_words_are_not(self):
        secret = OperationalError("password of postgres://studyhall:secret@host")
        with mock.patch.object(health, "_database", side_effect=secret):
            answer = self.assertNotReady("database: does not answer")
        self.assertNotIn(b"secret", answer.content)
        self.assertIn(b"library: not asked", answer.content)
        with mock.patch.object(health, "_database", side_effect=secret):
            self.assertEqual(self.client.get("/healthz").status_code, 200)

    def test_a_migration_that_waits_is_said(self):
        last = MigrationRecorder.Migration.objects.filter(app="annotations")
        last.order_by("-name").first().delete()
        self.assertNotReady("migrations: 1 apps wait for `manage.py migrate`")

    def test_a_cache_that_keeps_nothing_is_said(self):
        with mock.patch.object(cache, "get", return_value=None):
            self.assertNotReady("cache: does not keep what it is given")

    def test_an_empty_library_is_said(self):
        with mock.patch.object(health.Question.objects, "exists", return_value=False):
            self.assertNotReady("library: empty: run `manage.py load_library`")
