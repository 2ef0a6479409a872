"""The glossary: its file, its page, and the links at first use."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.core import checks
from django.template import Context, Template
from django.test import SimpleTestCase, TestCase

from sources import glossary
from tests import make

TWO = """
[[word]]
slug = "mashiach"
word = "Mashiach"
says = "The anointed one."

[[word]]
slug = "ben-david"
word = "Mashiach ben David"
word_he = "משיח בן דוד"
says = "The king & redeemer."
also = ["ben David's day"]
"""


def one(**keys):
    """The file with one word in it, some of its keys changed or taken away (None)."""
    keys = {"slug": "galus", "word": "Galus", "says": "Exile.", **keys}
    lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items() if value]
    return "\n".join(["[[word]]", *lines])


class FileTests(SimpleTestCase):
    def assertRefused(self, toml, *words):
        with self.assertRaises(glossary.GlossaryError) as refused:
            glossary.read(toml)
        for word in words:
            self.assertIn(word, str(refused.exception))

    def test_reads_every_word_of_the_sites_own_file(self):
        self.assertGreater(len(glossary.words()), 1)

    def test_reads_words_in_the_files_order(self):
        self.assertEqual(
            [word.slug for word in glossary.read(TWO)], ["mashiach", "ben-david"]
        )

    def test_names_the_key_that_is_wrong(self):
        self.assertRefused(one(says=None), "word 1", "says", "missing")
        self.assertRefused(one(meaning="Exile"), "word 1", "meaning")
        self.assertRefused(one(also="exile"), "word 1", "also")
        self.assertRefused(one(also=[1]), "word 1", "also")
        self.assertRefused(one(word=3), "word 1", "word")
        self.assertRefused(one(slug="Galus!"), "word 1", "slug")

    def test_refuses_a_slug_that_stands_twice(self):
        self.assertRefused(one() + "\n" + one(), "slug", "galus")

    def test_refuses_what_is_no_list_of_words(self):
        self.assertRefused("word = 3", "[[word]]")
        self.assertRefused("[[word", "glossary.toml")
        self.assertRefused("[other]", "[[word]]")

    def test_a_file_may_hold_no_word_yet(self):
        self.assertEqual(glossary.read(""), ())

    def test_a_file_that_is_wrong_or_missing_is_named_by_a_system_check(self):
        self.assertEqual(checks.run_checks(), [])
        with TemporaryDirectory() as folder:
            file = Path(folder, "words.toml")
            with mock.patch.object(glossary, "FILE", file):
                for content in (None, one(says=None).encode(), b"\xff"):
                    if content is not None:
                        file.write_bytes(content)
                    problems = checks.run_checks()
                    with self.subTest(content):
                        (problem,) = problems
                        self.assertEqual(problem.id, "sources.E002")
                        self.assertIn("words.toml", problem.msg)


class LinkTests(SimpleTestCase):
    def setUp(self):
        words = mock.patch.object(glossary, "words", lambda: glossary.read(TWO))
        words.start()
        self.addCleanup(words.stop)
        for cached in (glossary.by_spelling, glossary.pattern):
            cached.cache_clear()
            self.addCleanup(cached.cache_clear)

    def page(self, template, **context):
        return Template("{% load sources %}" + template).render(Context(context))

    def linked(self, html):
        return self.page("{% dfns %}" + html + "{% enddfns %}")

    def test_links_a_word_once_on_a_page(self):
        page = self.linked("Mashiach")
        self.assertEqual(page, '<dfn><a href="/glossary/#mashiach">Mashiach</a></dfn>')
        twice = self.page(
            "{% dfns %}Mashiach, Mashiach{% enddfns %}"
            "{% for i in '12' %}{% dfns %}mashiach{% enddfns %}{% endfor %}"
        )
        self.assertEqual(twice.count("<dfn>"), 1)

    def test_every_page_begins_anew(self):
        self.assertEqual(self.linked("Mashiach"), self.linked("Mashiach"))

    def test_takes_the_longest_word_and_only_whole_words(self):
        self.assertIn(">Mashiach ben David</a>", self.linked("Mashiach ben David"))
        for text in ("Mashiachs", "pre-Mashiach", "Mashiach-like", "MASHIACH"):
            with self.subTest(text=text):
                self.assertEqual(self.linked(text), text)

    def test_knows_a_word_that_begins_small(self):
        self.assertIn(">mashiach</a>", self.linked("the mashiach"))

    def test_knows_a_word_that_had_to_be_escaped(self):
        page = self.page("{% dfns %}{{ x }}{% enddfns %}", x="ben David's day")
        self.assertIn(">ben David&#x27;s day</a>", page)

    def test_leaves_links_headings_and_hebrew_alone(self):
        for html in (
            '<a href="/x/">Mashiach <b>Mashiach</b></a>',
            "<h2>Mashiach</h2>",
            '<bdi lang="he" dir="rtl">Mashiach</bdi>',
            '<p title="Mashiach"></p>',
            '<span lang="he"><span>x</span> Mashiach</span>',
        ):
            with self.subTest(html=html):
                self.assertEqual(self.linked(html), html)

    def test_links_again_after_what_it_left_alone(self):
        self.assertIn("</a>, <dfn>", self.linked("<a>Mashiach</a>, Mashiach"))

    def test_what_is_inside_stays_escaped(self):
        page = self.page("{% dfns %}{{ x }}{% enddfns %}", x="<b>Mashiach</b> & q")
        self.assertTrue(page.startswith("&lt;b&gt;<dfn>"), page)
        self.assertTrue(page.endswith("&lt;/b&gt; &amp; q"), page)


class GlossaryPageTests(TestCase):
    def test_holds_every_word_with_an_address_of_its_own(self):
        page = self.client.get("/glossary/")
        for word in glossary.words():
            with self.subTest(word=word.slug):
                self.assertContains(page, f'<dfn id="{word.slug}">')

    def test_its_linked_data_names_every_word(self):
        with self.assertNumQueries(0):
            (terms,) = self.client.get("/glossary/").context["linked_data"]
        names = [term["name"] for term in terms["hasDefinedTerm"]]
        self.assertEqual(names, [word.word for word in glossary.words()])

    def test_pages_link_a_word_once_over_all_their_pieces(self):
        word = glossary.words()[0]
        make.question(
            slug="q", title="When?", lede=f"{word.word}: before, or {word.word} after?"
        )
        make.position("before", statement=f"{word.word} comes first.")
        make.position("after", statement=f"{word.word} comes last.")
        page = self.client.get("/").content.decode()
        links = re.findall(rf'<a href="/glossary/#{word.slug}"', page)
        self.assertEqual(len(links), 1)

    def test_a_position_links_the_words_of_its_statement(self):
        word = glossary.words()[0]
        make.position("before", statement=f"{word.word} comes first.")
        self.assertContains(
            self.client.get("/positions/before/"),
            f'<dfn><a href="/glossary/#{word.slug}">',
            count=1,
        )
