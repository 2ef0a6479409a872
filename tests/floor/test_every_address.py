"""The table of addresses is whole, and each answer has exactly its kind's headers."""

import os
import runpy
from collections import Counter
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, SimpleTestCase, override_settings

from sources.changes import change
from sources.models import State
from studyhall.caching import PRIVATE, PUBLIC, WORTH_PACKING
from tests import make
from tests.floor.every_address import HERE, Kind, routes, table
from tests.floor.whole_site import WholeSiteCase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": f"{POLICY}; require-trusted-types-for 'script'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), "
    "microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NO_STORE = "max-age=0, no-cache, no-store, must-revalidate, private"
HTML = "text/html; charset=utf-8"
PLAIN, PACKED = "Cookie", "Cookie, Accept-Encoding"
# (Cache-Control, Vary, whether the cookie of a form's token is set) of each kind.
OF_KIND = {
    Kind.PAGE: (PUBLIC, PACKED, False),
    Kind.CHOICES: (PRIVATE, PACKED, False),
    Kind.FORM: (PRIVATE, PLAIN, True),
    Kind.ENTRY: (NO_STORE, PLAIN, True),
    Kind.FEED: (PUBLIC, PLAIN, False),
    Kind.DATA: (PUBLIC, PLAIN, False),
    Kind.MOVED: (PUBLIC, PLAIN, False),
    Kind.LED: (NO_STORE, PLAIN, False),
    Kind.HEALTH: (NO_STORE, PLAIN, False),
    Kind.OWN: (PRIVATE, PLAIN, True),
    Kind.ACCOUNT: (NO_STORE, PLAIN, True),
    Kind.TAKEN: (PRIVATE, PLAIN, False),
    Kind.DEED: (PRIVATE, PLAIN, False),
    Kind.STAFF: (PRIVATE, PLAIN, True),
    Kind.ADMIN: (NO_STORE, PLAIN, True),
    Kind.ADMIN_LED: (NO_STORE, PLAIN, False),
    Kind.ADMIN_DATA: (NO_STORE, PLAIN, False),
    Kind.ADMIN_SCRIPT: (PRIVATE, PLAIN, False),
    Kind.ADMIN_DEED: (NO_STORE, PLAIN, False),
    Kind.ADMIN_REFUSED: (PRIVATE, PLAIN, True),
}
TYPES = {
    Kind.FEED: {"application/atom+xml; charset=utf-8"},
    Kind.DATA: {"application/json", "application/xml", "text/plain; charset=utf-8"},
    Kind.TAKEN: {"text/csv; charset=utf-8"},
    Kind.ADMIN_DATA: {"application/json"},
    Kind.ADMIN_SCRIPT: {'text/javascript; charset="utf-8"'},
    Kind.HEALTH: {"text/plain"},
}
UNLISTED = "noindex, noodp, noarchive"  # a sitemap is not itself found by searching
# What tells of one answer and not of its kind.
OF_THE_MOMENT = {"Content-Length", "Location", "ETag", "Expires", "Allow", "Set-Cookie"}
OF_THE_MOMENT |= {"Content-Disposition", "Retry-After", "Last-Modified"}


def under_https():
    """The settings that are otherwise where HTTPS is spoken in front."""
    file = str(settings.BASE_DIR / "studyhall" / "settings.py")
    with mock.patch.dict(os.environ, {"HTTPS": "1"}):
        there = runpy.run_path(file)
    names = [name for name in there if name.startswith(("SESSION_COOKIE", "SECURE_"))]
    names += ["CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "READING_COOKIE_NAME"]
    return {name: there[name] for name in (*names, "MESSAGES_COOKIE_NAME")}


class HeadersCase(WholeSiteCase):
    """What is asked of an answer; `secure` says that it went over HTTPS."""

    secure = False

    def check_everywhere(self, answer, in_admin=False, **more):
        """All headers but Cache-Control, Vary and Content-Type."""
        expected = EVERYWHERE | more
        if in_admin:
            expected["Content-Security-Policy"] = POLICY
        if self.secure:
            expected["Strict-Transport-Security"] = "max-age=31536000"
        own = OF_THE_MOMENT | {"Cache-Control", "Vary", "Content-Type"}
        said = {name: each for name, each in answer.headers.items() if name not in own}
        self.assertEqual(said, expected)

    def check_cookies(self, answer, names):
        """Each cookie is for this host alone, and for no script."""
        prefix = "__Host-" if self.secure else ""
        self.assertEqual({*answer.cookies}, {prefix + name for name in names})
        for cookie in answer.cookies.values():
            said = {key: value for key, value in cookie.items() if value}
            for passing in ("expires", "max-age"):
                said.pop(passing, None)
            expected = {"path": "/", "samesite": "Lax"}
            expected |= {"httponly": True} if cookie.value else {}  # else it is deleted
            expected |= {"secure": True} if self.secure else {}
            self.assertEqual(said, expected)

    def check(self, row, answer):
        cache, vary, has_form = OF_KIND[row.kind]
        if row.kind is Kind.DATA and len(answer.content) >= WORTH_PACKING:
            vary = PACKED
        self.assertEqual(answer.status_code, row.status)
        self.assertEqual(answer.headers["Cache-Control"], cache)
        self.assertEqual(answer.headers["Vary"], vary)
        types = TYPES.get(row.kind, {HTML})
        self.assertIn(answer.headers["Content-Type"], types)
        more = {"X-Robots-Tag": UNLISTED} if row.route.endswith(".xml") else {}
        self.check_everywhere(answer, row.route.startswith("admin/"), **more)
        self.check_cookies(answer, {"csrftoken"} if has_form else ())

    def ask(self, row):
        """The answer to whom the row names, with no cookie but that of the session."""
        client = self.clients[row.kind.who]
        for name in {*client.cookies} - {settings.SESSION_COOKIE_NAME}:
            del client.cookies[name]
        return client.get(row.at(self.values), secure=self.secure)


class TableTests(SimpleTestCase):
    def test_no_url_pattern_is_left_out_and_none_is_made_up(self):
        known = Counter(row.route for row in table())
        there = Counter(routes())
        self.assertEqual(sorted((there - known).elements()), [], "not in the table")
        self.assertEqual(sorted((known - there).elements()), [], "not on the site")


@pytest.mark.once
class EveryHeaderTests(HeadersCase):
    def test_each_address_has_exactly_the_headers_of_its_kind(self):
        for row in table():
            with self.subTest(route=row.route):
                self.check(row, self.ask(row))

    def test_a_file_for_the_browser_has_them_too(self):
        answer = self.client.get("/static/css/studyhall.css")
        self.assertEqual(answer.status_code, 200)
        self.check_everywhere(answer)


@override_settings(**under_https())
@pytest.mark.once
class HttpsTests(HeadersCase):
    secure = True

    def test_one_of_each_kind_is_kept_to_https_and_to_this_host(self):
        rows = {row.kind: row for row in table()}
        self.assertEqual({*rows}, {*Kind})
        for row in rows.values():
            with self.subTest(kind=row.kind):
                self.check(row, self.ask(row))

    def test_so_are_the_cookies_of_the_session_the_settings_and_what_is_said_once(self):
        chosen = self.client.get("/settings/?text=he", secure=True)
        self.check_cookies(chosen, {"reading"})
        client = self.clients["reader"]
        form = {"display_name": "Rivka"}
        saved = client.post("/me/settings/", form, secure=True)
        self.check_cookies(saved, {"messages"})
        out = client.post("/accounts/logout/", secure=True)
        self.check_cookies(out, {"sessionid", "messages"})

    def test_plain_http_is_led_on(self):
        answer = self.client.get("/about/")
        self.assertEqual(answer.status_code, 301)
        self.assertEqual(answer.headers["Location"], "https://testserver/about/")


@pytest.mark.once
class ErrorTests(HeadersCase):
    """Every refusal has the headers of a page, and none is kept as a reader's."""

    def refused(self, status, answer, cache=PRIVATE):
        with self.subTest(status=status):
            self.assertEqual(answer.status_code, status)
            self.assertEqual(answer.headers["Cache-Control"], cache)
            self.assertIn("Cookie", answer.headers["Vary"])
            self.check_everywhere(answer)

    def test_what_a_visitor_may_not_ask(self):
        ask = self.clients["visitor"]
        withdrawn = make.source("30a")
        with change(withdrawn, opened=withdrawn.version, why="withdrawn"):
            withdrawn.state = State.WITHDRAWN
            withdrawn.save()
        self.refused(400, ask.get("/?q=%00"), PUBLIC)
        self.refused(404, ask.get("/nothing/"), PUBLIC)
        self.refused(410, ask.get(withdrawn.get_absolute_url()), PUBLIC)
        self.refused(405, ask.post("/healthz"))
        self.refused(413, ask.post("/accounts/login/", {"login": 1024 * 1024 * "a"}))
        self.refused(422, ask.post(f"{HERE}correct/", {"what": "x"}))
        strict = Client(enforce_csrf_checks=True)
        self.refused(403, strict.post("/accounts/login/", {"login": "a"}))

    def test_what_a_reader_may_not_do(self):
        ask = self.clients["reader"]
        self.refused(403, ask.get("/moderation/"))
        again = {"deed": "approve", "version": "99"}
        address = f"/moderation/notes/{self.values['waiting']}/"
        self.refused(409, self.clients["keeper"].post(address, again))

    def test_what_comes_too_often(self):
        for _ in range(31):
            answer = self.clients["visitor"].get("/invitations/unknown/")
        self.refused(429, answer)

    def test_what_is_no_fault_of_who_asks(self):
        for status, error in (
            (500, ZeroDivisionError),
            (503, OperationalError("database is locked")),
        ):
            with mock.patch("sources.pages.about.render", side_effect=error):
                self.refused(status, self.clients["visitor"].get("/about/"))

    def test_a_host_that_is_not_ours(self):
        answer = self.client.get("/", headers={"host": "elsewhere.example"})
        self.assertEqual(answer.status_code, 400)
        self.check_everywhere(answer)
