"""Every kind of page is valid HTML that says the language of its words."""

import re
from collections import Counter
from functools import cache

import html5lib

from tests.pages.case import LibraryCase, error_pages

HEBREW = re.compile("[\u05d0-\u05ea]")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RIGHT_TO_LEFT = {"he", "arc"}
STYLE_OR_SCRIPT = re.compile(r"^(style|on[a-z]+)$")


@cache
def parsed(html):
    """The tree of a page, made once; raises ParseError at the first fault."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def said_in(element, language=""):
    """(text, its language) of all text below an element of the body."""
    language = element.get("lang") or element.get(LANG) or language
    if isinstance(element.tag, str):
        yield element.text or "", language
    for child in element:
        yield from said_in(child, language)
        yield child.tail or "", language


class HtmlTests(LibraryCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.errors = dict(error_pages())

    def trees(self):
        """(path, tree) of every page, those of errors too."""
        for path, html in (self.pages | self.errors).items():
            with self.subTest(path=path):
                yield path, parsed(html)

    def check_language(self, tree):
        for text, language in said_in(tree.find("body")):
            if HEBREW.search(text):
                self.assertIn(language, RIGHT_TO_LEFT, text[:80])

    def test_every_page_answers(self):
        refused = [path for path, status in self.statuses.items() if status != 200]
        self.assertEqual(refused, [])

    def test_every_page_is_valid_names_nothing_twice_and_leads_somewhere(self):
        for _, tree in self.trees():
            names = Counter(e.get("id") for e in tree.iter() if e.get("id"))
            twice = [name for name, count in names.items() if count > 1]
            self.assertEqual(twice, [])
            links = [e.get("href") or "" for e in tree.iter("a")]
            within = {link[1:] for link in links if link.startswith("#")}
            self.assertLessEqual(within, set(names))

    def test_the_parser_finds_what_is_invalid(self):
        with self.assertRaises(html5lib.html5parser.ParseError):
            parsed("<!doctype html><title>x</title><p><div></p>")

    def test_every_hebrew_letter_says_its_language(self):
        for _, tree in self.trees():
            self.check_language(tree)

    def test_hebrew_without_its_language_is_found(self):
        tree = parsed("<!doctype html><html lang=en><title>x</title><p>קיבוץ גלויות")
        with self.assertRaises(AssertionError):
            self.check_language(tree)

    def test_there_is_hebrew_to_look_at(self):
        self.assertRegex(self.pages["/"], HEBREW)

    def test_no_page_holds_a_script_or_a_style_of_its_own(self):
        for _, tree in self.trees():
            self.assertEqual(list(tree.iter("style")), [])
            for script in tree.iter("script"):
                data = script.get("type") == "application/ld+json"
                self.assertTrue(script.get("src") or data)
            own = [name for e in tree.iter() for name in e.attrib if is_own(name)]
            self.assertEqual(own, [])


def is_own(name):
    return isinstance(name, str) and bool(STYLE_OR_SCRIPT.match(name))
