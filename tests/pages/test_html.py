"""Every kind of page is valid HTML that says the language of its words."""

import re
from collections import Counter

import html5lib

from tests.pages.case import LibraryCase, error_pages

HEBREW = re.compile("[\u05d0-\u05ea]")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RIGHT_TO_LEFT = {"he", "arc"}
STYLE_OR_SCRIPT = re.compile(r"^(style|on[a-z]+)$")


def parsed(html):
    """The tree of a page; raises ParseError at the first fault."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def said_in(element, language="", direction=""):
    """(text, language, direction) of all text below an element of the body."""
    language = element.get("lang") or element.get(LANG) or language
    direction = element.get("dir") or direction
    if isinstance(element.tag, str):
        yield element.text or "", language, direction
    for child in element:
        yield from said_in(child, language, direction)
        yield child.tail or "", language, direction


class ValidityTests(LibraryCase):
    def test_every_page_is_valid_html(self):
        for path in self.paths():
            with self.subTest(path=path):
                parsed(self.html(path))

    def test_every_page_of_an_error_is_valid_html(self):
        for name, html in error_pages():
            with self.subTest(page=name):
                parsed(html)

    def test_the_parser_finds_what_is_invalid(self):
        with self.assertRaises(html5lib.html5parser.ParseError):
            parsed("<!doctype html><title>x</title><p><div></p>")

    def test_no_page_uses_a_name_twice(self):
        for path in self.paths():
            names = [e.get("id") for e in parsed(self.html(path)).iter() if e.get("id")]
            twice = [name for name, count in Counter(names).items() if count > 1]
            self.assertEqual(twice, [], path)

    def test_every_link_within_a_page_leads_somewhere(self):
        for path in self.paths():
            elements = list(parsed(self.html(path)).iter())
            names = {element.get("id") for element in elements}
            for element in elements:
                href = element.get("href") or ""
                if href.startswith("#"):
                    self.assertIn(href[1:], names, path)


class LanguageTests(LibraryCase):
    def check(self, name, html):
        body = parsed(html).find("body")
        for text, language, direction in said_in(body):
            if HEBREW.search(text):
                self.assertIn(language, RIGHT_TO_LEFT, (name, text[:80]))

    def test_every_hebrew_letter_says_its_language(self):
        for path in self.paths():
            with self.subTest(path=path):
                self.check(path, self.html(path))

    def test_every_hebrew_letter_of_an_error_says_its_language(self):
        for name, html in error_pages():
            with self.subTest(page=name):
                self.check(name, html)

    def test_hebrew_without_its_language_is_found(self):
        with self.assertRaises(AssertionError):
            self.check("a page", "<!doctype html><html lang=en><p>see קיבוץ גלויות")

    def test_there_is_hebrew_to_look_at(self):
        self.assertRegex(self.html("/"), HEBREW)


class PolicyTests(LibraryCase):
    def test_no_page_holds_a_script_or_a_style_of_its_own(self):
        for path in self.paths():
            for element in parsed(self.html(path)).iter():
                if element.tag == "script":
                    data = element.get("type") == "application/ld+json"
                    self.assertTrue(element.get("src") or data, path)
                self.assertNotEqual(element.tag, "style", path)
                own = [name for name in element.keys() if is_own(name)]
                self.assertEqual(own, [], path)


def is_own(name):
    return isinstance(name, str) and bool(STYLE_OR_SCRIPT.match(name))
