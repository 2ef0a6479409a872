import gzip

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import path

from studyhall.caching import PRIVATE, PUBLIC
from studyhall.urls import urlpatterns as site


def page(request):
    """What any visitor may read."""
    return HttpResponse("<p>words</p>" * 200)


def form(request):
    """A page with a form, which sets the cookie of its token."""
    return HttpResponse(get_token(request))


def forever(request):
    """A file that never changes."""
    response = HttpResponse("a{}", content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


urlpatterns = [
    path("page/", page),
    path("form/", form),
    path("forever/", forever),
    *site,
]


class PolicyTests(TestCase):
    def policy_of(self, address):
        return self.client.get(address).headers["Content-Security-Policy"]

    def test_allows_nothing_unsafe_anywhere(self):
        for address in ("/", "/no-such-page/", "/admin/login/", "/healthz"):
            with self.subTest(address=address):
                policy = self.policy_of(address)
                self.assertTrue(policy.startswith("default-src 'none'; "))
                self.assertNotIn("unsafe", policy)

    def test_asks_for_trusted_types_everywhere_but_in_the_admin(self):
        self.assertIn("require-trusted-types-for 'script'", self.policy_of("/"))
        self.assertNotIn("require-trusted-types-for", self.policy_of("/admin/login/"))

    def test_says_what_else_a_browser_must_not_do(self):
        headers = self.client.get("/").headers
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")
        self.assertEqual(headers["Cross-Origin-Opener-Policy"], "same-origin")
        self.assertEqual(headers["Cross-Origin-Resource-Policy"], "same-origin")
        self.assertIn("geolocation=()", headers["Permissions-Policy"])

    def test_a_refused_request_has_the_policy_too(self):
        response = self.client.get("/?q=%00")
        self.assertEqual(response.status_code, 400)
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])


@override_settings(ROOT_URLCONF="tests.floor.test_headers")
class WhoMayKeepTests(SimpleTestCase):
    def get(self, address="/page/", cookies=(), **headers):
        self.client.cookies.clear()
        for name in cookies:
            self.client.cookies[name] = "a"
        return self.client.get(address, headers=headers)

    def test_any_cache_may_keep_a_visitors_page_and_asks_again(self):
        response = self.get()
        self.assertEqual(response.headers["Cache-Control"], PUBLIC)
        self.assertIn("Cookie", response.headers["Vary"])
        self.assertFalse(response.cookies)

    def test_a_page_asked_for_with_a_cookie_of_ours_is_private(self):
        for name in ("sessionid", "csrftoken", "reading"):
            with self.subTest(name=name):
                response = self.get(cookies=[name])
                self.assertEqual(response.headers["Cache-Control"], PRIVATE)

    def test_a_cookie_of_someone_elses_changes_nothing(self):
        response = self.get(cookies=["_tracker"])
        self.assertEqual(response.headers["Cache-Control"], PUBLIC)

    def test_an_answer_that_sets_a_cookie_is_private(self):
        response = self.get("/form/")
        self.assertIn(settings.CSRF_COOKIE_NAME, response.cookies)
        self.assertEqual(response.headers["Cache-Control"], PRIVATE)

    def test_a_file_that_never_changes_keeps_its_own_word(self):
        response = self.get("/forever/")
        self.assertIn("immutable", response.headers["Cache-Control"])
        self.assertNotIn("Vary", response.headers)

    def test_whoever_has_the_page_is_not_sent_it_again(self):
        tag = self.get().headers["ETag"]
        again = self.get(**{"if-none-match": tag})
        self.assertEqual(again.status_code, 304)
        self.assertEqual(again.content, b"")
        self.assertEqual(again.headers["Cache-Control"], PUBLIC)

    def test_another_page_is_sent_in_full(self):
        again = self.get(**{"if-none-match": '"another"'})
        self.assertEqual(again.status_code, 200)

    def test_a_page_is_packed_alike_every_time(self):
        first, second = (self.get(**{"accept-encoding": "gzip"}) for _ in range(2))
        self.assertEqual(first.headers["Content-Encoding"], "gzip")
        self.assertEqual(first.content, second.content)
        self.assertEqual(gzip.decompress(first.content), self.get().content)
        self.assertNotEqual(first.headers["ETag"], self.get().headers["ETag"])

    def test_is_not_packed_for_whoever_refuses_it(self):
        response = self.get(**{"accept-encoding": "br;q=0, gzip;q=0"})
        self.assertNotIn("Content-Encoding", response.headers)

    def test_a_page_of_someone_signed_in_is_not_packed(self):
        response = self.get(cookies=["sessionid"], **{"accept-encoding": "gzip"})
        self.assertNotIn("Content-Encoding", response.headers)


class HealthTests(TestCase):
    def test_a_process_that_lives_says_so_without_the_database(self):
        with self.assertNumQueries(0):
            response = self.client.get("/healthz")
        self.assertEqual(response.content, b"ok\n")
        self.assertIn("no-store", response.headers["Cache-Control"])
