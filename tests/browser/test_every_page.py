"""axe-core on every address of the site that answers with a page.

Chromium asks Django itself, without a server between them, so that each page is seen
by whom the table of tests/floor/every_address.py names.
"""

from contextvars import copy_context
from urllib.parse import urlsplit

import pytest

from tests.browser.case import PHONE, WIDE
from tests.browser.test_accessibility import violations
from tests.floor.every_address import Kind, table
from tests.floor.whole_site import WholeSiteCase

HOST, DJANGOS = "http://testserver", 'class="help-tooltip'
PAGES = [row for row in table() if row.status == 200 or row.kind is Kind.ADMIN_REFUSED]


def ours(found):
    """What axe found, but for a tooltip that Django's own script makes."""
    return {
        rule: places
        for rule, places in found.items()
        if not all(DJANGOS in place for place in places)
    }


@pytest.fixture(scope="class")
def looking(request, chromium):
    """Gives a test case its browser."""
    request.cls.chromium = chromium


@pytest.mark.browser
@pytest.mark.prove
@pytest.mark.usefixtures("looking")
class EveryPageTests(WholeSiteCase):
    def open(self, client, width, light):
        """A page whose every request is answered by a test client."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=light,
            reduced_motion="reduce",
            bypass_csp=True,  # axe itself writes markup by script
        )
        self.addCleanup(context.close)
        page = context.new_page()
        # Playwright answers in a context of its own, where Django would open another
        # connection, which sees nothing of what the test has made.
        within = copy_context()
        page.route("**/*", lambda route: self.answer(route, client, within))
        return page

    def answer(self, route, client, within):
        parts = urlsplit(route.request.url)
        answer = within.run(client.get, f"{parts.path}?{parts.query}")
        body = b"".join(answer) if answer.streaming else answer.content
        kept = ("Content-Type",)
        headers = {name: answer.headers[name] for name in kept}
        route.fulfill(status=answer.status_code, headers=headers, body=body)

    def check(self, width, light):
        pages = {
            who: self.open(client, width, light) for who, client in self.clients.items()
        }
        for row in PAGES:
            address = row.at(self.values)
            answer = self.clients[row.kind.who].get(address)
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            with self.subTest(route=row.route):
                page = pages[row.kind.who]
                shown = page.goto(HOST + address, wait_until="load")
                self.assertEqual(shown.status, row.status)
                self.assertEqual(ours(violations(page)), {})

    def test_axe_finds_nothing_on_a_wide_screen_by_day(self):
        self.check(WIDE, "light")

    def test_axe_finds_nothing_on_a_phone_by_night(self):
        self.check(PHONE, "dark")
