"""What every browser test starts from: a context of its own, and the pages."""

from dataclasses import dataclass, field

import pytest
from django.test import SimpleTestCase
from playwright.sync_api import Page

QUESTION = "/"
SOURCE = "/sources/megillah/17b/"
PAGES = {
    "question": QUESTION,
    "position": "/positions/two-stages/",
    "source": SOURCE,
    "browse": "/sources/",
    "work": "/works/megillah/",
    "topics": "/topics/",
    "topic": "/topics/ingathering/",
    "search results": "/search/?q=ingathering",
    "settings": "/settings/",
    "paths": "/paths/",
    "path": "/paths/order-of-the-amidah/",
    "step": "/paths/order-of-the-amidah/2/",
    "essay": "/essays/why-two-stages/",
    "chain": SOURCE + "chain/",
    "history": SOURCE + "history/",
    "history at": SOURCE + "history/1/",
    "cite": SOURCE + "cite/",
    "compare": "/compare/megillah:17b/berachos:49a/",
    "compare, choosing": "/compare/?a=megillah:17b",
    "contested": "/contested/",
    "author": "/authors/rashi/",
    "method": "/method/",
    "glossary": "/glossary/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "404": "/nothing/stands/here/",
}
WIDE, PHONE, SMALLEST = 1280, 390, 320  # CSS pixels
PATIENCE = 10_000  # milliseconds


@dataclass
class Tab:
    """A page as a first visit found it, with nothing in the browser's cache.

    `requests` are all that it made, `complaints` what the browser said of it.
    """

    page: Page
    requests: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def listen(self):
        self.page.on("requestfinished", lambda request: self.requests.append(request))
        self.page.on("requestfailed", self.failed)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))

    def weight(self):
        """Bytes of all bodies and headers as they came over the wire."""
        sizes = [request.sizes() for request in self.requests]
        return sum(
            size["responseBodySize"] + size["responseHeadersSize"] for size in sizes
        )

    def failed(self, request):
        self.requests.append(request)
        self.complaints.append(request.url)


def opened(chromium, site):
    """A Tab for each of PAGES, when all that they ask for has arrived."""
    context, tabs = chromium.new_context(reduced_motion="reduce"), {}
    for kind, path in PAGES.items():
        tab = tabs[kind] = Tab(context.new_page())
        protocol = context.new_cdp_session(tab.page)
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
        tab.listen()
        tab.page.goto(site + path, wait_until="commit")
    for tab in tabs.values():
        tab.page.wait_for_load_state("networkidle")
    return tabs


@pytest.mark.browser
@pytest.mark.usefixtures("visited")
class BrowserCase(SimpleTestCase):
    """A test that looks at the site in a real browser."""

    def open(self, path=None, width=WIDE, **options):
        """A page in a fresh context (no cookie, no cache), at `path` if given."""
        options = {"viewport": {"width": width, "height": 900}, **options}
        context = self.chromium.new_context(reduced_motion="reduce", **options)
        self.addCleanup(context.close)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if path is not None:
            self.visit(page, path)
        return page

    def each_page(self, width=WIDE, media="screen"):
        """(kind, page) for PAGES, each open already: for a test that only looks."""
        for kind, tab in self.tabs.items():
            tab.page.set_viewport_size({"width": width, "height": 900})
            tab.page.emulate_media(media=media)
            yield kind, tab.page

    def visit(self, page, path):
        return page.goto(self.site + path, wait_until="load")
