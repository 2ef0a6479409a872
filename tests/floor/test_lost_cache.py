"""The table that is the cache is gone: on either database, no statement that fails
takes what stands around it along."""

import time
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from studyhall import health
from studyhall.annotations import newcomers
from studyhall.annotations.models import Annotation
from tests import make

TABLE = settings.CACHES["default"]["LOCATION"]
PASSWORD = "the exiles come home"


def rename(table, other):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {other}")


class LostCacheTests(TransactionTestCase):
    def setUp(self):
        self.source, self.reader = make.source("17b"), make.reader()
        self.reader.set_password(PASSWORD)
        self.reader.save()
        rename(TABLE, "away")
        self.addCleanup(rename, "away", TABLE)
        health.parts_at.cache_clear()
        self.addCleanup(health.parts_at.cache_clear)

    def assertWaits(self, answer):
        self.assertContains(answer, "counts tries is away", status_code=503)
        self.assertIn("Retry-After", answer.headers)

    def test_pages_are_read_and_notes_are_written(self):
        self.client.force_login(self.reader)
        address = self.source.get_absolute_url()
        for path in ("/", address, "/search/?q=gathered", "/me/notes/", "/me/"):
            self.assertEqual(self.client.get(path).status_code, 200, path)
        form = {
            "opened_at": newcomers.stamped(time.time() - 60),
            "creation_key": str(uuid4()),
            "motivation": "commenting",
            "visibility": "public",
            "body": "It goes on.",
        }
        answer = self.client.post(f"{address}annotate/?line=1", form)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(Annotation.objects.get().body, "It goes on.")

    def test_what_is_counted_in_it_waits_and_changes_nothing(self):
        people = type(self.reader).objects
        for path, form in (
            ("/accounts/login/", {"login": self.reader.email, "password": PASSWORD}),
            ("/accounts/password/reset/", {"email": self.reader.email}),
            (
                "/accounts/signup/",
                {"email": "new@example.org", "username": "New", "password1": PASSWORD},
            ),
        ):
            with self.subTest(path=path):
                form["opened_at"] = newcomers.stamped(time.time() - 60)
                self.assertWaits(self.client.post(path, form))
        self.assertEqual(people.get(), self.reader)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_whoever_watches_is_told(self):
        answer = self.client.get("/readyz")
        self.assertContains(answer, "cache", status_code=503)
        self.assertEqual(self.client.get("/healthz").status_code, 200)
