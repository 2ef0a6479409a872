"""What robots are told: the sitemap, robots.txt and the icon."""

import re
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from django.contrib.sitemaps import Sitemap
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from sources.models import State
from tests import make
from tests.pages.case import LibraryCase
from tests.pages.test_metadata import SITE, head_of

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(answer):
    """(address, day or None) of every entry, in order."""
    tree = ElementTree.fromstring(answer.content)
    return [
        (
            entry.findtext("s:loc", namespaces=NAMES),
            entry.findtext("s:lastmod", namespaces=NAMES),
        )
        for entry in tree
    ]


class SitemapOfTheLibraryTests(LibraryCase):
    def addresses(self):
        found = [address for address, _ in listed(self.client.get("/sitemap.xml"))]
        return [address.removeprefix(SITE) for address in found]

    def test_every_address_is_there_once_and_is_to_be_indexed(self):
        addresses = self.addresses()
        self.assertEqual(len(addresses), len(set(addresses)))
        self.assertGreater(len(addresses), 200)
        for address in addresses:
            with self.subTest(address=address):
                page = self.pages.get(address) or self.html(address)
                head = head_of(page)
                self.assertEqual(head["canonical"], SITE + address)
                self.assertNotIn("noindex", head.get("robots", ""))

    def test_every_published_source_is_in_it_with_a_day(self):
        days = dict(listed(self.client.get("/sitemap.xml")))
        for source in self.published:
            self.assertRegex(
                days[SITE + source.get_absolute_url()], r"^\d{4}-\d{2}-\d{2}$"
            )

    def test_every_kind_of_page_is_in_it(self):
        addresses = self.addresses()
        kinds = {re.sub(r"(?<=.)/.*", "", address) for address in addresses}
        self.assertEqual(
            kinds,
            {
                "/",
                *("/about", "/accessibility", "/authors", "/contested", "/essays"),
                *("/glossary", "/method", "/paths", "/positions", "/sources"),
                *("/topics", "/works"),
            },
        )


class SitemapTests(TestCase):
    def test_what_is_not_published_is_not_in_it(self):
        hidden = [
            make.source(state=state, work=make.work(slug=f"work-{state}"))
            for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN)
        ]
        words = self.client.get("/sitemap.xml").content.decode()
        for source in hidden:
            self.assertNotIn(source.get_absolute_url(), words)
            self.assertNotIn(source.work.get_absolute_url(), words)
        self.assertIn("/method/", words)

    def test_a_chain_is_in_it_where_a_visitor_sees_a_link(self):
        draft = make.source(state=State.DRAFT)
        cited, alone = make.source(), make.source(cites=[draft])
        citing = make.source(cites=[cited])
        words = self.client.get("/sitemap.xml").content.decode()
        for source, is_there in ((cited, True), (citing, True), (alone, False)):
            found = f"{source.get_absolute_url()}chain/</loc>" in words
            self.assertEqual(found, is_there, source)

    def test_a_list_too_long_for_one_file_becomes_an_index(self):
        make.source()
        with patch.object(Sitemap, "limit", 5):
            answer = self.client.get("/sitemap.xml")
            parts = [address for address, _ in listed(answer)]
            self.assertIn(f"{SITE}/sitemap-sources.xml", parts)
            found = [
                address
                for part in parts
                for address, _ in listed(self.client.get(part.removeprefix(SITE)))
            ]
        whole = [address for address, _ in listed(self.client.get("/sitemap.xml"))]
        self.assertEqual(sorted(found), sorted(whole))

    def test_an_index_counts_records_and_reads_none(self):
        make.source(cites=[make.source()])
        with patch.object(Sitemap, "limit", 5), CaptureQueriesContext(connection) as on:
            self.client.get("/sitemap.xml")
        self.assertTrue(on.captured_queries)
        for query in on.captured_queries:
            self.assertRegex(query["sql"], r"COUNT\(|MAX\(")

    def test_a_part_that_is_none_is_not_found(self):
        for path in ("/sitemap-nothing.xml", "/sitemap-sources.xml?p=7"):
            self.assertEqual(self.client.get(path).status_code, 404)

    @pytest.mark.slow
    def test_it_costs_the_same_however_much_there_is(self):
        def one_of_each(number):
            work = make.work(slug=f"work-{number}", author=make.author())
            topic = make.topic(name=f"Topic {number}")
            cited = make.source(work=work, topics=[topic])
            sources = [cited, make.source(work=work, topics=[topic], cites=[cited])]
            make.path(*sources, state=State.PUBLISHED)
            make.essay(state=State.PUBLISHED)

        make.position()
        one_of_each(0)
        with self.assertNumQueries(23):
            self.client.get("/sitemap.xml")
        for number in range(1, 5):
            one_of_each(number)
        with self.assertNumQueries(23):
            self.client.get("/sitemap.xml")

    def test_it_is_the_same_for_editors_and_visitors(self):
        make.source(state=State.DRAFT)
        of_a_visitor = Client().get("/sitemap.xml").content
        self.client.force_login(make.editor())
        self.assertEqual(self.client.get("/sitemap.xml").content, of_a_visitor)

    def test_addresses_have_the_host_that_was_asked(self):
        answer = self.client.get("/sitemap.xml", headers={"host": "localhost"})
        address, _ = listed(answer)[0]
        self.assertEqual(address, "http://localhost/")


class RobotsTests(TestCase):
    def test_robots_are_told_what_to_leave_alone_and_where_the_list_is(self):
        answer = self.client.get("/robots.txt")
        self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
        self.assertEqual(
            answer.content.decode(),
            "User-agent: *\n"
            "Disallow: /admin/\n"
            "Disallow: /search/\n"
            "Disallow: /settings/\n"
            "Disallow: /compare/\n"
            "\n"
            f"Sitemap: {SITE}/sitemap.xml\n",
        )

    def test_the_icon_is_found_at_its_old_address(self):
        answer = self.client.get("/favicon.ico")
        self.assertRedirects(
            answer, "/static/icons/studyhall.svg", fetch_redirect_response=False
        )

    def test_nothing_of_it_sets_a_cookie(self):
        for path in ("/sitemap.xml", "/robots.txt", "/favicon.ico"):
            answer = self.client.get(path)
            self.assertEqual(answer.cookies.output(), "")
            self.assertIn("public", answer["Cache-Control"])
