"""Every link of every page leads somewhere, and every page is led to."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client, TestCase

from sources.models import Source
from tests import curated
from tests.pages.case import read

START = "/"
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.DOTALL)
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
# Crumbs lead back; what leads on stands below them.
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
# What stands at every line of every source, and is the same everywhere.
FORMS = re.compile(
    r"/(annotate|correct)/(?=\?|\Z)|/notes\.atom\Z|/cite/\?\w+=|/login/\?next="
    r"|/history/1/\Z|/compare/\?a="
)
FEW = 5
LISTED = re.compile(r"<loc>https?://[^/]+([^<]*)</loc>")


def links_in(html, page):
    """The site's own addresses that a piece of a page links to, without fragments."""
    for href in LINK.findall(html):
        address = urldefrag(urljoin(page, unescape(href))).url
        if not urlsplit(address).netloc and not address.startswith("mailto:"):
            yield address


def is_setting(address):
    """Whether an address writes the reading cookie: one each is enough to ask for."""
    return urlsplit(address).path == "/settings/" and "next=" in address


def is_another_form(address, met):
    """Whether such a form, or feed, of another source or line was asked for before."""
    kind = FORMS.search(address)
    if kind is None:
        return False
    met[kind[0]] += 1
    return met[kind[0]] > FEW


class Crawl:
    """A visitor who follows every link, page after page, from the question."""

    def __init__(self):
        self.clicks = {START: 0}  # how far each address is from the question
        self.statuses, self.without_a_way_on, self.forms = {}, [], Counter()
        waiting = [START]
        while waiting:
            waiting = [found for page in waiting for found in self.visit(page)]

    def visit(self, page):
        """Read a page; the addresses that were not known before are returned."""
        answer = read(page)
        self.statuses[page] = answer.status_code
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            location = answer.headers.get("Location", "")
            html = f'<a href="{location}">' if location else ""
        else:
            html = answer.content.decode()
            self.note_ways_on(page, html)
        # A filter's page may narrow further, without end: its links are left.
        is_narrowed = (
            set(urlsplit(page).query.split("&")) - {""} and "page=" not in page
        )
        return [] if is_narrowed else list(self.new(html, page))

    def note_ways_on(self, page, html):
        main = CRUMBS.sub("", MAIN.search(html)[0])
        if not set(links_in(main, page)) - {page, urlsplit(page).path}:
            self.without_a_way_on.append(page)

    def new(self, html, page):
        for address in links_in(html, page):
            if address in self.clicks or is_setting(address):
                continue
            if not is_another_form(address, self.forms):
                self.clicks[address] = self.clicks[page] + 1
                yield address


@pytest.mark.slow
@pytest.mark.once
class CrawlTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        curated.load()
        cls.crawl = Crawl()
        answer = Client().get("/sitemap.xml")
        cls.listed = set(LISTED.findall(answer.content.decode()))

    def test_no_link_leads_to_an_error(self):
        wrong = {
            address: status
            for address, status in self.crawl.statuses.items()
            if status >= 400
        }
        self.assertEqual(wrong, {})
        self.assertGreater(len(self.crawl.statuses), 500)

    def test_every_page_of_the_sitemap_is_linked_from_a_page(self):
        self.assertGreater(len(self.listed), 250)
        self.assertEqual(self.listed - set(self.crawl.clicks), set())

    def test_every_published_source_is_three_clicks_from_the_question(self):
        for source in Source.objects.published().select_related("work"):
            with self.subTest(source=str(source)):
                address = source.get_absolute_url()
                self.assertLessEqual(self.crawl.clicks[address], 3)

    def test_no_page_links_to_what_is_not_published(self):
        for source in Source.objects.filter(state="draft").select_related("work"):
            self.assertNotIn(source.get_absolute_url(), self.crawl.clicks)

    def test_every_page_has_a_way_on(self):
        self.assertEqual(self.crawl.without_a_way_on, [])

    def test_every_reading_setting_leads_back_to_its_page(self):
        page = "/sources/megillah/17b/"
        html = Client().get(page).content.decode()
        settings = [link for link in links_in(html, page) if is_setting(link)]
        self.assertTrue(settings)
        for setting in settings:
            answer = Client().get(setting)
            self.assertIn(answer.status_code, {200, 303})
