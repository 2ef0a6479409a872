"""The pages that say what is wrong."""

from unittest.mock import patch

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.test import Client, RequestFactory, SimpleTestCase, TestCase

from sources import errors
from sources.models import FormerAddress, State
from tests import make


class NotFoundTests(TestCase):
    def test_says_so_and_offers_a_search(self):
        page = self.client.get("/nothing/here/")
        self.assertContains(page, "No page here", status_code=404)

    def test_says_nothing_in_the_machines_words(self):
        page = self.client.get("/sources/nowhere/17b/")
        self.assertNotContains(page, "matches the given query", status_code=404)
        self.assertContains(page, 'action="/search/"', status_code=404)

    def test_a_path_that_reads_as_a_reference_names_the_nearest_sources(self):
        source = make.source("17b")
        for path in ("/sources/megillah/19a/", "/Megillah.19a", "/megillah-19a/"):
            with self.subTest(path=path):
                page = self.client.get(path)
                self.assertContains(page, source.get_absolute_url(), status_code=404)

    def test_a_former_address_leads_to_where_the_record_is(self):
        source = make.source("17b")
        FormerAddress.objects.create(
            path="/sources/megillah/old/", kind="source", record_id=source.pk
        )
        answer = self.client.get("/sources/megillah/old/")
        self.assertEqual(answer.status_code, 301)
        self.assertEqual(answer["Location"], "/sources/megillah/17b/")

    def test_a_former_hebrew_address_leads_on_as_well(self):
        topic = make.topic("Amidah")
        FormerAddress.objects.create(
            path="/topics/%D7%A2/", kind="topic", record_id=topic.pk
        )
        self.assertEqual(self.client.get("/topics/ע/").status_code, 301)

    def test_a_former_address_of_a_draft_leads_visitors_nowhere(self):
        draft = make.source("17b", state=State.DRAFT)
        FormerAddress.objects.create(path="/gone/", kind="source", record_id=draft.pk)
        self.assertEqual(self.client.get("/gone/").status_code, 404)

    def test_a_very_long_path_is_not_found(self):
        self.assertEqual(self.client.get(f"/{'a' * 3000}/").status_code, 404)

    def test_sets_no_cookie(self):
        self.assertFalse(self.client.get("/nothing/").cookies)


class OtherErrorsTests(TestCase):
    def setUp(self):
        self.request = RequestFactory().get("/somewhere/")

    def test_each_page_says_what_is_wrong_and_has_its_status(self):
        source = make.source("17b")
        said = Http404("No such leaf.")
        for answer, status, words in [
            (errors.page_not_found(self.request, said), 404, "No such leaf."),
            (errors.bad_request(self.request, BadRequest("A NUL.")), 400, "A NUL."),
            (errors.bad_request(self.request, None), 400, "cannot be read"),
            (errors.bad_request(self.request, RequestDataTooBig("x")), 413, "larger"),
            (errors.permission_denied(self.request, PermissionDenied()), 403, "right"),
            (errors.gone(self.request, source), 410, "withdrawn"),
            (errors.too_many(self.request, 30), 429, "30 seconds"),
            (errors.unavailable(self.request), 503, "busy"),
        ]:
            with self.subTest(status=status):
                self.assertContains(answer, words, status_code=status)

    def test_too_many_says_when_to_come_back_in_its_header(self):
        self.assertEqual(errors.too_many(self.request, 30)["Retry-After"], "30")

    def test_a_form_without_its_key_shows_what_was_typed(self):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(
            "/admin/login/", {"username": "dovid", "password": "hush", "note": "<b>א"}
        )
        self.assertContains(answer, "dovid", status_code=403)
        self.assertContains(answer, "&lt;b&gt;א", status_code=403)
        self.assertNotContains(answer, "hush", status_code=403)


class ServerErrorTests(SimpleTestCase):
    def test_stands_without_a_database_and_is_small(self):
        answer = errors.server_error(RequestFactory().get("/"))
        self.assertEqual(answer.status_code, 500)
        self.assertIn(b"fault of the site", answer.content)
        self.assertLess(len(answer.content), 10_000)

    def test_stands_where_the_stylesheet_is_not_known(self):
        with patch("sources.errors.static", side_effect=ValueError):
            answer = errors.server_error(RequestFactory().get("/"))
        self.assertNotIn(b"stylesheet", answer.content)
