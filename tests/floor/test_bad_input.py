from io import BytesIO
from unittest.mock import Mock

from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.urls import path

from studyhall.input import LARGEST, MEGABYTE, MULTIPART, BadInput, is_sound
from studyhall.urls import urlpatterns as site


def echo(request):
    """A page that reads a form, for no page of the library takes every field."""
    return HttpResponse(" ".join(request.POST.dict().values()))


handler400 = "sources.errors.bad_request"
urlpatterns = [
    path("echo/", echo),
    *site,
]


class AddressTests(TestCase):
    def assertRefused(self, **environ):
        response = self.client.generic("GET", "/", **environ)
        self.assertEqual(response.status_code, 400)

    def test_refuses_a_nul_in_the_path(self):
        self.assertEqual(self.client.get("/sources/%00/").status_code, 400)

    def test_refuses_a_nul_in_the_query(self):
        self.assertRefused(QUERY_STRING="q=a%00b")

    def test_refuses_half_a_character_in_the_query(self):
        self.assertRefused(QUERY_STRING="q=%ED%A0%80")

    def test_refuses_a_query_that_is_not_utf_8(self):
        self.assertRefused(QUERY_STRING="q=%FF%FE")

    def test_refuses_a_path_that_is_not_utf_8(self):
        self.assertRefused(PATH_INFO="/topics/\xff\xfe/")

    def test_refuses_an_address_longer_than_a_page_could_have(self):
        self.assertRefused(QUERY_STRING="q=" + 9000 * "a")

    def test_refuses_headers_longer_than_a_browser_sends(self):
        long = {f"x-{number}": 4000 * "a" for number in range(9)}
        answer = self.client.get("/", headers=long)
        self.assertContains(answer, "The headers are too long", status_code=431)
        self.assertEqual(answer.reason_phrase, "Request Header Fields Too Large")
        del long["x-0"], long["x-1"]
        self.assertEqual(self.client.get("/", headers=long).status_code, 200)

    def test_takes_pointed_hebrew(self):
        response = self.client.get("/search/", {"q": "קִבּוּץ גָּלֻיּוֹת"})
        self.assertEqual(response.status_code, 200)

    def test_refuses_a_host_that_is_not_ours(self):
        response = self.client.get("/", headers={"host": "elsewhere.example"})
        self.assertEqual(response.status_code, 400)


@override_settings(ROOT_URLCONF="tests.floor.test_bad_input")
class FormTests(SimpleTestCase):
    def test_refuses_a_nul_in_a_form(self):
        response = self.client.post("/echo/", {"words": "a\x00b"})
        self.assertEqual(response.status_code, 400)

    def test_refuses_an_encoded_form_that_is_not_utf_8(self):
        for body in ("words=%FF", "words=a%00b", "words=%ED%B0%80"):
            with self.subTest(body=body):
                kind = "application/x-www-form-urlencoded"
                response = self.client.post("/echo/", body, content_type=kind)
                self.assertEqual(response.status_code, 400)

    def test_refuses_a_field_name_with_a_nul(self):
        response = self.client.post("/echo/", {"na\x00me": "words"})
        self.assertEqual(response.status_code, 400)

    def test_gives_a_sound_form_to_the_page_as_it_was(self):
        words = "רש״י\r\nAnd Rashi: “so”."
        response = self.client.post("/echo/", {"words": words})
        self.assertEqual(response.content.decode(), words)

    def test_refuses_a_body_that_is_too_large(self):
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            with self.subTest(kind=kind):
                self.assertEqual(self.post_much(kind).status_code, 413)

    def test_what_is_too_large_is_given_back_but_for_secrets(self):
        much = 1024 * 1024 * "a"
        body = f"words=kept+words&password1=hidden+word&more={much}"
        kind = "application/x-www-form-urlencoded"
        response = self.client.post("/echo/", body, content_type=kind)
        self.assertContains(response, "kept words", status_code=413)
        self.assertNotContains(response, "hidden word", status_code=413)

    def test_what_no_text_can_hold_is_refused_and_the_rest_given_back(self):
        body = "words=kept%FFwords&password1=hidden+word"
        kind = "application/x-www-form-urlencoded"
        response = self.client.post("/echo/", body, content_type=kind)
        self.assertContains(response, "kept\ufffdwords", status_code=400)
        self.assertNotContains(response, "hidden word", status_code=400)

    def post_unread(self, length, session=""):
        """What is answered to a body of which the length alone was heard."""
        said = {"CONTENT_TYPE": f"{MULTIPART}; boundary=b", "CONTENT_LENGTH": length}
        request = RequestFactory().post("/echo/", **said)
        request.COOKIES.update({"sessionid": session} if session else {})
        request._stream = Mock(wraps=BytesIO())
        answer = BadInput(echo)(request)
        return answer.status_code, request._stream.read.called

    def test_a_file_larger_than_any_is_refused_before_it_is_read(self):
        for length, session in ((LARGEST + 1, "a"), (2 * MEGABYTE, ""), (60**9, "")):
            with self.subTest(length=length):
                self.assertEqual(self.post_unread(length, session), (413, False))

    def test_what_an_editor_may_send_is_read(self):
        self.assertEqual(self.post_unread(LARGEST, "a"), (200, True))

    def post_much(self, kind):
        much = 1024 * 1024 * "a"
        if kind == "multipart/form-data":
            return self.client.post("/echo/", {"words": much})
        return self.client.post("/echo/", f"words={much}", content_type=kind)

    def test_refuses_more_fields_than_a_form_has(self):
        fields = {f"field-{number}": "a" for number in range(2100)}
        self.assertEqual(self.client.post("/echo/", fields).status_code, 400)

    def test_a_cookie_with_a_nul_is_as_if_it_had_not_come(self):
        self.client.cookies.load('reading="a\\000b"')
        response = self.client.post("/echo/", {"words": "heard"})
        self.assertEqual(response.content, b"heard")


class SoundTests(SimpleTestCase):
    def test_halves_of_characters_and_nul_are_no_text(self):
        for words in ("\x00", "a\ud800", "\udfffb", "\ufffd"):
            with self.subTest(words=ascii(words)):
                self.assertFalse(is_sound(words))

    def test_every_script_is_text(self):
        self.assertTrue(is_sound("א\u05b8 \u2067a\u2069 😀\r\n"))
