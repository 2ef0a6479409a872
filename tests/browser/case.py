"""What every browser test starts from: a context of its own, and the pages."""

import pytest
from django.test import SimpleTestCase

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

    def visit(self, page, path):
        return page.goto(self.site + path, wait_until="load")
