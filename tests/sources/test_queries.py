"""Queries for each page: within bounds, and the same at ten times the library."""

import pytest
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import stamped
from sources.generator import generate
from sources.models import Source
from sources.pages.compare import address_of
from tests import make

FEW, MANY = 30, 300
ONCE_A_STAMP = ("question", "source", "browse", "browse, filtered", "method")
MOST = {"question": 12, "source": 14, "chain": 6, "browse": 10, "browse, filtered": 10}


def richest_source():
    """The published source with the most around it, so that no query is saved."""
    published = Source.objects.published().select_related("work")
    return max(
        published.order_by("pk"),
        key=lambda source: (
            source.bearings.published().count() > 1,
            min(source.citations_made.visible_to(None).count(), 1),
            min(source.citations_received.visible_to(None).count(), 1),
            source.topic_links.count() > 1,
        ),
    )


def compare_address(source):
    """The address at which a source stands beside one that it cites."""
    cited = source.citations_made.visible_to(None).order_by("pk").first().cited
    return address_of(source, cited)


def addresses():
    """Each page by its name here."""
    source = richest_source()
    return {
        "question": "/",
        "source": source.get_absolute_url(),
        "chain": f"{source.get_absolute_url()}chain/",
        "browse": "/sources/",
        "browse, filtered": "/sources/?era=rishonim",
        "position": "/positions/generated-answer-1/",
        "reconciliation": "/positions/generated-answer-3/",
        "work": source.work.get_absolute_url(),
        "topics": "/topics/",
        "topic": "/topics/generated-topic-1/",
        "search": "/search/?q=sample",
        "cite": f"{source.get_absolute_url()}cite/",
        "history": f"{source.get_absolute_url()}history/",
        "compare": compare_address(source),
        "contested": "/contested/",
        "author": source.work.author.get_absolute_url(),
        "paths": "/paths/",
        "method": "/method/",
        "sitemap": "/sitemap.xml",
    }


@pytest.mark.slow
@pytest.mark.once
class QueriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()

    def counts_at(self, size):
        """The queries of each page at this size of library; it is taken back."""
        with transaction.atomic():
            generate(size, seed=7)
            stamped.forget()  # what the same seed made for another test had other keys
            asked = addresses()
            for name in ONCE_A_STAMP:
                self.client.get(asked[name])
            counts = {name: self.cost(url) for name, url in asked.items()}
            transaction.set_rollback(True)
        return counts

    def cost(self, url):
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return len(queries)

    def test_ten_times_the_library_costs_a_visitor_no_more_queries(self):
        self.assertEqual(self.counts_at(FEW), self.counts_at(MANY))

    def test_ten_times_the_library_costs_an_editor_no_more_queries(self):
        self.client.force_login(self.editor)
        self.assertEqual(self.counts_at(FEW), self.counts_at(MANY))

    def test_a_page_costs_a_visitor_no_more_than_its_bound(self):
        counts = self.counts_at(FEW)
        for page, most in MOST.items():
            with self.subTest(page):
                self.assertLessEqual(counts[page], most)
