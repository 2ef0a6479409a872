from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import TestCase, override_settings
from django.utils import timezone

from sources.changes import change, keep_nothing, rehearsal
from sources.models import Stamp, Topic
from studyhall.keeping import memory, release, rows
from studyhall.keeping.answer import Answer
from studyhall.keeping.marks import raise_mark
from studyhall.keeping.models import KeptPage, Mark
from tests import curated, make
from tests.browser.case import PAGES
from tests.floor.kept_pages import LayerCase

NEVER_KEPT = ("settings", "404")
OTHER_PAGES = {
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "suggestions": "/search/suggest/?q=meg",
    "reference": "/references/?q=Megillah+17b",
    "nothing found": "/search/?q=nothing+holds+these+words",
    "in Hebrew": "/search/?q=%D7%A7%D7%99%D7%91%D7%95%D7%A5",
    "editing": "/about/editing/",
}


@pytest.mark.slow
class SideBySideTests(LayerCase, TestCase):
    """The layer and Django itself, asked the same."""

    @classmethod
    def setUpTestData(cls):
        curated.load()
        stamp = Stamp.objects.current()
        cls.pages = PAGES | OTHER_PAGES | {"picture": f"/picture-{stamp}.css"}

    def assertSame(self, address, **asked):
        """Django's own answer; asked three times the layer has kept it."""
        ours = self.ask(address, of=self.django, **asked)
        for _ in range(3):
            self.assertEqual(self.ask(address, **asked), ours)
        return ours

    @pytest.mark.once
    def test_every_kind_of_page_has_the_same_bytes_and_headers(self):
        for name, address in self.pages.items():
            for coding in ("", "gzip", "gzip, deflate, br"):
                with self.subTest(page=name, coding=coding):
                    self.assertSame(address, HTTP_ACCEPT_ENCODING=coding)
            with self.subTest(page=name):
                self.calls.clear()
                answer = self.ask(address)
                self.assertEqual(bool(self.calls), name in NEVER_KEPT)
                again = {"HTTP_IF_NONE_MATCH": answer.headers.get("ETag", "")}
                self.assertSame(address, method="HEAD")
                self.assertSame(address, **again)
                self.assertSame(address, method="HEAD", **again)
        self.assertEqual(self.kept(), 3 * (len(self.pages) - len(NEVER_KEPT)))

    def test_another_process_answers_with_what_this_one_kept(self):
        for name, address in self.pages.items():
            if name not in NEVER_KEPT:
                with self.subTest(page=name):
                    ours = self.assertSame(address)
                    other = self.process()
                    self.calls.clear()
                    self.assertEqual(self.ask(address, of=other), ours)
                    self.assertEqual(self.calls, [])

    def test_a_coding_that_is_refused_is_not_used(self):
        answer = self.assertSame("/about/", HTTP_ACCEPT_ENCODING="br;q=0, gzip")
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")

    def test_every_way_to_ask_again_is_understood(self):
        tag = self.assertSame("/about/").headers["ETag"]
        for asked in (tag, f"W/{tag}", f'"a", {tag}', "*", '"a"', "a", f"{tag}, *"):
            with self.subTest(asked=asked):
                self.assertSame("/about/", HTTP_IF_NONE_MATCH=asked)
        for name in ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"):
            for value in ('"a"', "*", "Thu, 01 Jan 1970 00:00:00 GMT"):
                with self.subTest(name=name, value=value):
                    self.assertSame("/about/", **{name: value})
        self.assertSame("/about/", HTTP_IF_MODIFIED_SINCE="Fri, 01 Jan 2100 00:00 GMT")

    def test_every_other_answer_is_djangos_own(self):
        for address in (
            "/works",
            "/works/none/",
            "/sources/megillah/",
            "/admin/",
            "/admin/login/",
            "/healthz",
            "/readyz",
            "/favicon.ico",
            "/settings/?theme=dark",
            "/?q=%00",
            "/?q=%FF",
            "/sources/?page=999",
            "/search/?q=" + "x" * 9000,
        ):
            with self.subTest(address=address[:40]):
                for _ in range(2):
                    ours = self.ask(address, of=self.django)
                    answer = self.ask(address)
                    self.assertEqual(answer.status, ours.status)
                    self.assertEqual({*answer.headers}, {*ours.headers})
        self.assertEqual(self.kept(), 0)

    def test_hosts_and_schemes_are_kept_apart(self):
        with override_settings(ALLOWED_HOSTS=["one.example", "two.example"]):
            for host in ("one.example", "two.example"):
                for scheme in ("http", "https"):
                    asked = {"HTTP_HOST": host, "wsgi.url_scheme": scheme}
                    answer = self.assertSame("/robots.txt", **asked)
                    self.assertIn(f"{scheme}://{host}/", answer.body.decode())
            strange = self.ask("/about/", HTTP_HOST="three.example")
        self.assertEqual(strange.status, "400 Bad Request")


class KeepingTests(LayerCase, TestCase):
    """When a page is kept, and when it no longer is."""

    @classmethod
    def setUpTestData(cls):
        cls.topic = make.topic(name="Ingathering")
        cls.address = cls.topic.get_absolute_url()

    def rename(self, name):
        topic = Topic.objects.get(pk=self.topic.pk)
        with change(topic, opened=topic.version):
            topic.name = name
            topic.save()

    def test_a_kept_page_costs_one_select(self):
        self.ask(self.address)
        for layer in (self.layer, self.process()):
            with patch.object(rows, "_fetched", wraps=rows._fetched) as fetched:
                with self.assertNumQueries(0):  # of Django's own
                    self.assertIsKept(of=layer)
                self.assertEqual(fetched.call_count, 1)

    def test_a_change_of_the_library_changes_the_page_at_once(self):
        self.ask(self.address)
        other = self.process()
        self.assertIn(b"Ingathering", self.assertIsKept(of=other).body)
        self.rename("The return")
        for layer in (self.layer, other):
            self.assertIn(b"The return", self.ask(self.address, of=layer).body)
        self.assertEqual(self.kept(), 1)

    def test_a_mark_makes_every_page_anew(self):
        self.ask(self.address)
        for _ in range(3):
            raise_mark("notes")
            self.assertComesFromDjango()
            self.assertIsKept()
        raise_mark("names")
        self.assertComesFromDjango()
        self.assertEqual(Mark.objects.count(), 2)

    def test_a_release_makes_every_page_anew(self):
        self.ask(self.address)
        self.assertComesFromDjango(of=self.process("another release"))
        self.assertEqual(self.kept(), 2)

    def test_the_release_follows_what_pages_are_made_of(self):
        files = release.files()
        with patch.object(release, "files", return_value=files):
            self.compare_digests(files)

    def compare_digests(self, files):
        now = release.digest()
        self.assertEqual(release.digest(), now)
        with override_settings(LIBRARY_ONE_EDITOR="changed"):
            self.assertNotEqual(release.digest(), now)
        with patch.object(release, "files", return_value=files[1:]):
            self.assertNotEqual(release.digest(), now)
        names = {file.name for file in files}
        self.assertLess({"base.html", "glossary.toml", "wsgi.py"}, names)

    def test_a_rehearsal_neither_reads_nor_writes_anything_kept(self):
        before = self.ask(self.address)
        with rehearsal():
            self.rename("Never said")
            keep_nothing()
            self.assertIn(b"Never said", self.assertComesFromDjango().body)
            self.assertComesFromDjango()
        self.assertEqual(self.assertIsKept(), before)

    def test_whoever_carries_a_cookie_of_ours_goes_to_django(self):
        self.ask(self.address)
        for name in ("sessionid", "csrftoken", "reading", "messages"):
            with self.subTest(cookie=name):
                answer = self.assertComesFromDjango(HTTP_COOKIE=f"_t=1; {name}=a")
                self.assertIn("private", answer.headers["Cache-Control"])
        self.assertIsKept(HTTP_COOKIE="_tracker=1")
        self.assertEqual(self.kept(), 1)

    def test_an_editors_page_is_never_kept(self):
        editor = get_user_model().objects.create_superuser("e@example.org", "word")
        self.client.force_login(editor)
        cookie = self.client.cookies["sessionid"].value
        self.assertComesFromDjango(HTTP_COOKIE=f"sessionid={cookie}")
        self.assertEqual(self.kept(), 0)

    def test_what_is_no_plain_reading_goes_to_django(self):
        self.ask(self.address)
        self.assertComesFromDjango(method="POST")
        self.assertComesFromDjango(method="OPTIONS")
        self.assertComesFromDjango(CONTENT_TYPE="text/plain", CONTENT_LENGTH="0")
        self.assertComesFromDjango(CONTENT_LENGTH="1")

    def test_a_page_made_while_the_library_changed_is_not_kept(self):
        django = self.django

        def slow(environ, start_response):
            answer = django(environ, start_response)
            self.rename("The return")
            return answer

        self.django = slow
        self.assertIn(b"Ingathering", self.ask(self.address).body)
        self.django = django
        self.assertEqual(self.kept(), 0)
        self.assertIn(b"The return", self.assertComesFromDjango().body)

    def test_who_asks_again_after_a_change_gets_a_page_that_is_kept(self):
        tag = self.ask(self.address).headers["ETag"]
        raise_mark("notes")
        again = self.assertComesFromDjango(HTTP_IF_NONE_MATCH=tag)
        self.assertEqual(again.status, "304 Not Modified")
        self.assertIsKept()

    def test_an_address_with_a_query_is_kept_when_it_comes_again(self):
        for number in range(20):
            self.ask(f"{self.address}?made-up={number}")
        self.assertEqual(self.kept(), 0)
        self.ask(f"{self.address}?made-up=3")
        self.assertEqual(self.kept(), 1)
        self.assertIsKept(f"{self.address}?made-up=3")

    def test_what_is_not_for_every_visitor_is_not_kept(self):
        public = {"ETag": '"a"', "Cache-Control": "public, max-age=0", "Vary": "Cookie"}
        for wrong in (
            {},
            {"Cache-Control": "private"},
            {"Cache-Control": "max-age=9"},
            {"Cache-Control": "public, no-store"},
            {"Vary": "Cookie, Accept-Language"},
            {"Vary": "*"},
        ):
            answer = Answer(None, {**public, **wrong}.items(), b"words")
            self.assertEqual(answer.may_be_kept(), not wrong, wrong)
        self.assertFalse(Answer(None, public.items(), b"x" * 2_000_000).may_be_kept())

    def test_nothing_is_kept_of_a_library_that_nothing_has_written(self):
        Stamp.objects.all().delete()
        self.assertComesFromDjango("/about/")
        self.assertComesFromDjango("/about/")
        self.assertEqual(self.kept(), 0)

    def test_a_page_that_cannot_be_written_is_answered_all_the_same(self):
        locked = OperationalError("database is locked")
        with patch.object(self.layer.rows.pages, "bulk_create", side_effect=locked):
            self.assertEqual(self.ask(self.address).status, "200 OK")
        self.assertEqual(self.kept(), 0)
        self.assertIsKept()  # in this process's memory

    def test_a_writer_at_work_is_not_waited_for(self):
        if connection.vendor == "sqlite":
            cursor = connection.cursor()
            with patch.object(connection, "in_atomic_block", False):
                with rows._without_waiting():
                    wait = cursor.execute("PRAGMA busy_timeout").fetchone()
                self.assertEqual(wait, (0,))
            self.assertEqual(cursor.execute("PRAGMA busy_timeout").fetchone(), (5000,))


class AwayTests(LayerCase, TestCase):
    """While the database does not answer."""

    @classmethod
    def setUpTestData(cls):
        cls.address = make.topic(name="Ingathering").get_absolute_url()

    def away(self):
        gone = OperationalError("the connection is gone")
        return patch.object(rows, "_fetched", side_effect=gone)

    def test_the_last_page_in_memory_is_answered_and_says_so(self):
        before = self.ask(self.address)
        with self.away() as asked:
            for _ in range(5):
                answer = self.ask(self.address)
                self.assertEqual(answer.status, "200 OK")
                self.assertEqual(answer.body, before.body)
                self.assertIn("110", answer.headers["Warning"])
                self.assertGreaterEqual(int(answer.headers["Age"]), 0)
            self.assertEqual(asked.call_count, 1)  # it is left alone for a moment
            again = {"HTTP_IF_NONE_MATCH": before.headers["ETag"]}
            self.assertEqual(self.ask(self.address, **again).status[:3], "304")
        self.layer.away_until = 0
        self.assertEqual(self.ask(self.address), before)

    def test_a_page_that_was_out_of_date_is_not_shown_again(self):
        self.ask(self.address)
        self.ask("/about/")
        raise_mark("notes")
        self.ask("/about/")
        self.calls.clear()
        with self.away():
            self.ask(self.address)
            self.assertEqual(self.calls, [self.address])
            self.ask("/about/")
            self.assertEqual(self.calls, [self.address])


class BoundsTests(LayerCase, TestCase):
    """Neither the table nor the memory grows without end."""

    def page(self, key, age=0, is_queried=False, number=1):
        KeptPage.objects.create(
            key=key,
            number=number,
            digest="d",
            marks=0,
            is_queried=is_queried,
            kept_at=timezone.now() - timedelta(minutes=age),
            size=10,
            head="[]",
            body=b"0123456789",
        )

    def keys(self):
        return {*KeptPage.objects.values_list("key", flat=True)}

    def test_pages_out_of_date_are_taken_out_after_an_hour(self):
        self.page("new", age=90, number=2)
        self.page("old", age=90)
        self.page("just now", age=5)
        rows.Rows().prune((2, "d", 0))
        self.assertEqual(self.keys(), {"new", "just now"})

    def test_the_oldest_go_first_and_those_with_a_query_have_less_room(self):
        for number in range(4):
            self.page(f"plain {number}", age=number)
            self.page(f"asked {number}", age=number, is_queried=True)
        with patch.dict(rows.MOST, {False: 3, True: 1}):
            rows.Rows().prune((1, "d", 0))
        self.assertEqual(self.keys(), {"plain 0", "plain 1", "plain 2", "asked 0"})

    def test_bytes_are_counted_too(self):
        for number in range(4):
            self.page(f"plain {number}", age=number)
        with patch.dict(rows.MOST_BYTES, {False: 25}):
            rows.Rows().prune((1, "d", 0))
        self.assertEqual(self.keys(), {"plain 0", "plain 1"})

    def test_keeping_prunes_now_and_then(self):
        make.topic(name="Ingathering")
        self.page("old", age=90, number=0)
        with patch.object(rows, "BETWEEN_PRUNINGS", 1):
            self.ask("/about/")
        self.assertNotIn("old", self.keys())
        self.assertEqual(self.kept(), 1)

    def test_memory_forgets_what_was_asked_for_longest_ago(self):
        pages = memory.Pages(room=3 * memory.HEAD + 100)
        for name in "abc":
            pages.put(name, Answer(None, [], b"0123456789"))
        pages.get("a")
        pages.put("d", Answer(None, [], b"0123456789"))
        self.assertEqual([*pages.answers], ["c", "a", "d"])
        pages.put("e", Answer(None, [], b"x" * 100_000))
        self.assertEqual(([*pages.answers], pages.taken), ([], 0))
        asked = memory.Asked(most=2)
        found = [asked.before(name) for name in "aabcab"]
        self.assertEqual(found, [False, True, False, False, False, False])
