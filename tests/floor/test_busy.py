"""What is no defect says when to come back, by a page that needs nothing."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from unittest.mock import Mock, patch
from uuid import uuid4

from django.core.exceptions import MiddlewareNotUsed
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.http import HttpResponse
from django.test import (
    RequestFactory,
    SimpleTestCase,
    TransactionTestCase,
    override_settings,
)
from django.urls import path
from redis.exceptions import ConnectionError as RedisAway

from studyhall import busy, turns, waits
from studyhall.annotations import saving
from studyhall.annotations.models import Annotation
from studyhall.urls import urlpatterns as site
from tests import make

WRITERS, EACH = 8, 3
LOCKED = OperationalError("database is locked")
failures = []  # what the next requests meet


def failing(request):
    """A page that meets the next failure of the list."""
    if failures:
        request.session["seen"] = "never kept"
        raise failures.pop(0)
    return HttpResponse("read")


handler500 = "studyhall.busy.server_error"
urlpatterns = [path("failing/", failing), *site]


class Said(Exception):
    """What the driver of PostgreSQL raises: `pgcode` is what the server said."""

    def __init__(self, pgcode):
        super().__init__()
        self.pgcode = pgcode


def raised(kind, pgcode, words=""):
    """The exception that Django makes of the driver's."""
    error = kind(words)
    error.__cause__ = Said(pgcode)
    return error


LOST = raised(OperationalError, None, "server closed the connection unexpectedly")


class TroubleTests(SimpleTestCase):
    def test_every_trouble_is_known_by_what_the_database_says(self):
        for error, trouble in (
            (LOCKED, busy.BUSY),
            (OperationalError("database or disk is full"), busy.FULL),
            (OperationalError("no such table: studyhall_cache"), busy.UNCOUNTED),
            (RedisAway("refused"), busy.UNCOUNTED),
            (LOST, busy.AWAY),
            (raised(DatabaseError, None, "no message from the libpq"), busy.AWAY),
            (raised(InterfaceError, None, "connection already closed"), busy.AWAY),
            (raised(OperationalError, "57P01"), busy.AWAY),
            (raised(OperationalError, "08006"), busy.AWAY),
            (raised(OperationalError, "53300"), busy.AWAY),
            (raised(OperationalError, "53100"), busy.FULL),
            (raised(OperationalError, "55P03"), busy.BUSY),
            (raised(OperationalError, "57014"), busy.BUSY),
            (raised(OperationalError, "40P01"), busy.BUSY),
            (raised(ProgrammingError, "42P01", 'no "studyhall_cache"'), busy.UNCOUNTED),
        ):
            with self.subTest(error=repr(error), cause=repr(error.__cause__)):
                self.assertEqual(busy.trouble_of(error), trouble)

    def test_every_other_fault_is_a_defect(self):
        for error in (
            OperationalError("no such table: sources_source"),
            ProgrammingError("database is locked"),
            raised(InterfaceError, None, "cursor already closed"),
            raised(ProgrammingError, None, "the query is empty"),
            raised(ProgrammingError, "42P01"),
            raised(OperationalError, "22003"),
            ValueError("database is locked"),
        ):
            with self.subTest(error=repr(error)):
                self.assertIsNone(busy.trouble_of(error))


@override_settings(ROOT_URLCONF="tests.floor.test_busy")
class BusyTests(SimpleTestCase):
    """A SimpleTestCase refuses every query: what is answered here has made none."""

    def setUp(self):
        failures.clear()

    def meet(self, *met):
        failures.extend(met)

    def test_says_when_to_come_back_and_keeps_no_session(self):
        self.meet(LOCKED)
        answer = self.client.get("/failing/?line=2")
        self.assertContains(answer, "busy just now", status_code=503)
        self.assertContains(answer, 'href="/failing/?line=2"', status_code=503)
        self.assertEqual(answer["Retry-After"], "2")
        self.assertFalse(answer.cookies)

    def test_a_full_disk_is_said_in_words(self):
        self.meet(OperationalError("database or disk is full"))
        answer = self.client.post("/failing/")
        self.assertContains(answer, "no room left", status_code=507)

    def test_a_lost_cache_is_said_in_words(self):
        self.meet(RedisAway("refused"))
        answer = self.client.post("/failing/")
        self.assertContains(answer, "counts tries is away", status_code=503)

    def test_what_was_typed_comes_back_to_be_sent_again(self):
        self.meet(LOCKED)
        typed = {"body": "Typed for\nan hour. <i>", "key": "a", "tags": ["א", "ב"]}
        answer = self.client.post("/failing/?line=2", typed)
        shown = "Typed for\nan hour. &lt;i&gt;</textarea>"
        self.assertContains(answer, shown, 2, status_code=503)
        self.assertContains(answer, 'action="/failing/?line=2"', status_code=503)
        self.assertContains(answer, '<textarea name="key" hidden>', status_code=503)
        self.assertContains(answer, '<textarea name="tags" hidden>', 2, 503)

    def test_a_form_of_another_site_is_not_signed(self):
        for origin, is_ours in (
            ("http://testserver", True),
            ("https://evil.example", False),
            ("null", False),
        ):
            with self.subTest(origin=origin):
                self.meet(LOCKED)
                typed = {"body": "Typed elsewhere."}
                headers = {"origin": origin}
                answer = self.client.post("/failing/", typed, headers=headers)
                self.assertEqual(answer.status_code, 503)
                page = answer.content.decode()
                self.assertEqual("<form" in page, is_ours)
                self.assertEqual("csrfmiddlewaretoken" in page, is_ours)

    def test_no_password_comes_back_nor_a_form_without_it(self):
        self.meet(LOCKED)
        typed = {"login": "Reader of books", "password": "hush hush"}
        answer = self.client.post("/failing/", typed)
        self.assertContains(answer, "Reader of books", status_code=503)
        self.assertNotContains(answer, "hush", status_code=503)
        self.assertNotContains(answer, "<form", status_code=503)

    def test_another_fault_of_the_database_is_a_defect(self):
        self.client.raise_request_exception = False
        self.meet(OperationalError("no such table: sources_source"))
        self.assertEqual(self.client.get("/failing/").status_code, 500)

    def test_a_lock_met_outside_the_view_says_so_too(self):
        request = RequestFactory().get("/")
        try:
            raise LOCKED
        except OperationalError:
            self.assertEqual(busy.server_error(request).status_code, 503)

    def test_a_reading_whose_connection_was_lost_is_asked_once_more(self):
        self.meet(LOST)
        self.assertContains(self.client.get("/failing/"), "read")
        self.meet(LOST, LOST, LOST)
        self.assertEqual(self.client.get("/failing/").status_code, 503)
        self.assertEqual(len(failures), 1)

    def test_nothing_else_is_asked_again(self):
        self.meet(LOST, LOCKED)
        self.assertEqual(self.client.post("/failing/").status_code, 503)
        self.assertEqual(self.client.get("/failing/").status_code, 503)
        self.assertEqual(failures, [])
        self.meet(LOST)
        with patch.object(busy, "SOON", 0):
            self.assertEqual(self.client.get("/failing/").status_code, 503)


class WaitsTests(SimpleTestCase):
    def test_only_postgresql_without_a_pooler_is_told_how_long_to_wait(self):
        said = {"options": "-c search_path=site"}
        database = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": said}
        waits.bound(database)
        self.assertRegex(said["options"], "lock_timeout=5s .*statement_timeout=15s")
        self.assertIn("search_path=site", said["options"])
        for other in (
            {"ENGINE": "django.db.backends.sqlite3"},
            {**database, "OPTIONS": {}, "DISABLE_SERVER_SIDE_CURSORS": True},
        ):
            waits.bound(other)
            self.assertFalse(other.get("OPTIONS"))


class TurnsTests(SimpleTestCase):
    def setUp(self):
        sqlite = patch.object(turns, "connection", Mock(vendor="sqlite"))
        sqlite.start()
        self.addCleanup(sqlite.stop)
        self.now, self.most = 0, 0
        self.middleware = turns.Turns(self.answer)

    def answer(self, request):
        """Takes a moment, and counts how many do at once."""
        self.now += 1
        self.most = max(self.most, self.now)
        sleep(0.02)
        self.now -= 1

    def send(self, method):
        requests = [RequestFactory().generic(method, "/") for _ in range(WRITERS)]
        with ThreadPoolExecutor(WRITERS) as senders:
            list(senders.map(self.middleware, requests))
        return self.most

    def test_who_may_write_goes_one_by_one_and_who_reads_does_not(self):
        self.assertEqual(self.send("POST"), 1)
        self.assertGreater(self.send("GET"), 1)

    def test_nobody_waits_for_long_for_who_may_not_write_at_all(self):
        with self.middleware.turn, patch.object(turns, "LONGEST", 0.01):
            self.assertGreater(self.send("POST"), 1)
        self.assertFalse(self.middleware.turn.locked())

    def test_postgresql_needs_no_turns(self):
        with (
            patch.object(turns, "connection", Mock(vendor="postgresql")),
            self.assertRaises(MiddlewareNotUsed),
        ):
            turns.Turns(self.answer)


class WritersTests(TransactionTestCase):
    """Several who write at the same moment."""

    def write(self, reader, source):
        try:
            for number in range(EACH):
                key = uuid4()
                for _ in range(2):  # who is impatient sends it twice
                    saving.create(reader, source, key=key, body=f"Note {number}.")
        finally:
            connection.close()

    def test_eight_writers_at_once_meet_no_error_and_each_note_is_stored_once(self):
        source = make.source("17b")
        readers = [make.reader() for _ in range(WRITERS)]
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(self.write, readers, [source] * WRITERS))
        self.assertEqual(Annotation.objects.count(), WRITERS * EACH)
        for reader in readers:
            bodies = {note.body for note in Annotation.objects.filter(reader=reader)}
            self.assertEqual(len(bodies), EACH)
