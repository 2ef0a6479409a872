"""What the log says of an event, and what it never says."""

import json
import logging
from io import StringIO
from unittest import mock

from django.db import IntegrityError
from django.test import Client, SimpleTestCase, TestCase

from studyhall.operations.logs import JsonLines, PlainLines
from tests import make

NOTE = "what-I-think-of-it-in-private"
MAIL = "someone@example.org"
MACHINE = "203.0.113.77"
PLANTED = (NOTE, MAIL, MACHINE, "someone", "Reader-Of-Note")


class Case(SimpleTestCase):
    """Listens to every logger as production's console does."""

    lines = JsonLines

    def setUp(self):
        super().setUp()
        self.heard = StringIO()
        handler = logging.StreamHandler(self.heard)
        handler.setFormatter(self.lines())
        for name in ("", "django"):
            logger = logging.getLogger(name)
            logger.addHandler(handler)
            self.addCleanup(logger.removeHandler, handler)

    def events(self):
        return [json.loads(line) for line in self.heard.getvalue().splitlines()]

    def assertNothingPlanted(self):
        for planted in PLANTED:
            self.assertNotIn(planted, self.heard.getvalue())


class LogTests(Case, TestCase):
    def setUp(self):
        super().setUp()
        self.client = Client(raise_request_exception=False, REMOTE_ADDR=MACHINE)
        self.client.force_login(make.reader(email=MAIL, display_name="Reader-Of-Note"))

    def failing(self, view, error):
        return mock.patch(view, side_effect=error)

    def test_a_defect_is_one_line_that_says_where_and_not_what(self):
        error = IntegrityError(f"Key (email)=({MAIL}) exists, of {NOTE}")
        with self.failing("studyhall.annotations.pages.mine.render", error):
            answer = self.client.get(
                f"/me/notes/?q={NOTE}",
                headers={"x-request-id": "4f2a9c1e-77", "user-agent": NOTE},
            )
        self.assertEqual(answer.status_code, 500)
        (event,) = self.events()
        self.assertEqual(event["level"], "ERROR")
        self.assertEqual(event["logger"], "django.request")
        self.assertEqual(event["message"], "Internal Server Error")
        self.assertEqual(event["method"], "GET")
        self.assertEqual(event["path"], "/me/notes/")
        self.assertEqual(event["status"], 500)
        self.assertEqual(event["request"], "4f2a9c1e-77")
        self.assertEqual(event["error"], ["django.db.utils.IntegrityError"])
        self.assertRegex(event["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        where = [line for line in event["trace"] if "annotations/pages/mine.py" in line]
        self.assertTrue(where)
        self.assertNothingPlanted()

    def test_a_form_that_fails_leaves_none_of_its_words(self):
        source = make.source("17b", supports="before")
        address = f"{source.get_absolute_url()}annotate/"
        with self.failing("studyhall.annotations.saving.html_of", ValueError(NOTE)):
            sent = {"body": NOTE, "visibility": "private", "motivation": "commenting"}
            self.client.post(address, sent)
        self.assertNothingPlanted()
        self.assertIn("annotate", self.events()[-1]["path"])

    def test_what_is_refused_is_said_without_who_and_what(self):
        strict = Client(
            enforce_csrf_checks=True, REMOTE_ADDR=MACHINE, raise_request_exception=False
        )
        strict.force_login(make.reader())
        strict.post("/me/settings/", {"display_name": NOTE}, headers={"referer": NOTE})
        self.client.get("/", headers={"host": f"{NOTE}.example"})
        self.client.get("/readers/Reader-Of-Note/nothing/")
        self.client.get(f"/{MAIL}/")
        self.client.get(f"/notes/?q={NOTE}%00")
        self.assertNothingPlanted()
        events = self.events()
        self.assertIn("csrf", [event["message"] for event in events])
        self.assertLessEqual({400, 403, 404}, {e.get("status") for e in events})

    def test_who_tries_too_often_is_not_named(self):
        visitor = Client(REMOTE_ADDR=MACHINE)
        for _ in range(12):
            answer = visitor.post("/accounts/login/", {"login": MAIL, "password": NOTE})
        self.assertEqual(answer.status_code, 429)
        self.assertIn(429, [event["status"] for event in self.events()])
        self.assertNothingPlanted()

    def test_a_readers_name_is_cut_out_of_an_address_that_is_ours(self):
        self.client.get("/readers/Reader-Of-Note/")
        self.assertEqual(self.events()[-1]["path"], "/readers/…/")
        self.assertNothingPlanted()


class WordsOfOthersTests(Case):
    """A library puts into its words what it will; ours are our own to answer for."""

    def test_only_our_own_words_are_filled_in(self):
        logging.getLogger("other").warning("Sent to %s", MAIL)
        logging.getLogger("studyhall.x").warning("%s rows, from %s", 3, MACHINE)
        said = [event["message"] for event in self.events()]
        self.assertEqual(said, ["Sent to %s", "3 rows, from …"])
        self.assertNothingPlanted()

    def test_an_event_is_one_line_whatever_it_holds(self):
        logging.getLogger("studyhall.x").warning('a\n{"level": "ERROR"}\x1b[2J\u2028')
        self.assertEqual(len(self.heard.getvalue().splitlines()), 1)


class PlainLinesTests(Case):
    lines = PlainLines

    def test_holds_the_same_and_no_more(self):
        try:
            raise ValueError(NOTE)
        except ValueError:
            logging.getLogger("other").exception("Failed\n%s", MAIL)
        first, *frames = self.heard.getvalue().splitlines()
        self.assertIn("ERROR other Failed", first)
        self.assertIn("test_logs.py", frames[-1])
        self.assertNothingPlanted()
