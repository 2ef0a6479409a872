"""Whatever a reader writes, it comes out as inert HTML or is clearly refused."""

import time
import unicodedata
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase

from studyhall.annotations.gate import html_of
from studyhall.annotations.models import Annotation
from tests import make
from tests.annotations import hostile
from tests.annotations.test_form_page import FormCase

PATIENCE = 5  # seconds of the processor that one body may take
ELEMENTS = (
    {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "br"}
    | {"a", "em", "strong", "s", "code", "sup", "span", "bdi", "section"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"href", "title", "rel", "id", "lang", "dir", "start", "class"} | {
    "data-place"
}
CLASSES = {"reference", "away", "unseen"}  # and those of footnotes


def elements(html):
    """Every element of the HTML as a browser reads it."""
    found = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [each for each in found.iter() if each is not found]


@pytest.mark.once
class HostileBodyTests(TestCase):
    def check(self, html):
        for each in elements(html):
            self.assertIn(each.tag, ELEMENTS)
            self.assertLessEqual(set(each.keys()), ATTRIBUTES)
            for name in set(each.get("class", "").split()) - CLASSES:
                self.assertTrue(name.startswith("footnote"), name)
            address = urlsplit(each.get("href", ""))
            self.assertIn(address.scheme, {"", "http", "https"})
            if address.netloc:
                self.assertIn("nofollow", each.get("rel", "").split())

    def test_there_are_at_least_fifty_five(self):
        self.assertGreaterEqual(len(set(hostile.BODIES)), 55)

    def test_each_comes_out_inert_in_bounded_time(self):
        make.source("17b")
        for body in hostile.BODIES:
            with self.subTest(body=ascii(body[:50])):
                began = time.process_time()
                html = html_of(body)
                self.assertLess(time.process_time() - began, PATIENCE)
                self.check(html)

    def test_no_sign_that_turns_or_ends_what_stands_around_it(self):
        for body in hostile.SIGNS:
            with self.subTest(body=ascii(body[:50])):
                html = html_of(body)
                hidden = {
                    sign for sign in html if unicodedata.category(sign) in ("Cc", "Cs")
                }
                self.assertLessEqual(hidden, {"\n", "\t"})
                for sign in ("\u202a", "\u202b", "\u202d", "\u202e", hostile.TAG):
                    self.assertNotIn(sign, html)
                opened = sum(html.count(sign) for sign in "\u2066\u2067\u2068")
                self.assertEqual(opened, html.count("\u2069"))

    def test_what_is_too_long_is_refused_at_once(self):
        for body in hostile.TOO_LONG:
            with self.subTest(length=len(body)):
                began = time.process_time()
                with self.assertRaises(ValidationError):
                    html_of(body)
                self.assertLess(time.process_time() - began, 1)

    def test_the_check_sees_what_it_looks_for(self):
        for html in (
            "<script>x</script>",
            "<p onclick=x>",
            "<a href='javascript:x'>",
            "<a href='//evil.example'>",
            "<p class=site-header>",
        ):
            with self.subTest(html=html), self.assertRaises(AssertionError):
                self.check(html)


class HostileFormTests(FormCase):
    def test_what_is_too_long_is_given_back_and_nothing_is_stored(self):
        for body in hostile.TOO_LONG:
            with self.subTest(length=len(body)):
                answer = self.post(body=body)
                self.assertIn(answer.status_code, (413, 422))
                self.assertFalse(Annotation.objects.exists())

    def test_every_body_is_stored_or_refused_and_its_page_stands(self):
        self.client.raise_request_exception = False
        for body in hostile.BODIES[::3]:
            with self.subTest(body=ascii(body[:50])):
                body = body.encode("utf-8", "replace").decode()
                answer = self.post(body=body, tags="", words="")
                self.assertIn(answer.status_code, (303, 400, 413, 422))
        page = self.client.get(self.source.get_absolute_url())
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("<script>alert", page.content.decode())

    def test_hostile_tags_and_words_are_words(self):
        attack = '"><script>alert(1)</script>'
        self.post(tags=attack)
        page = self.client.get(self.source.get_absolute_url()).content.decode()
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;alert(1)", page)
        answer = self.post(words=attack)
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("<script>alert", answer.content.decode())
