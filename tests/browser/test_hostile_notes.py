"""Hostile notes, as others read them in a real browser: nothing runs or is fetched."""

import pytest

from tests.browser.case import BrowserCase
from tests.browser.test_layout import OVERHANG

REPORTS = """window.reports = [];
document.addEventListener("securitypolicyviolation", event =>
  window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));"""


@pytest.mark.usefixtures("written")
class HostileNotesTests(BrowserCase):
    def test_nothing_runs_nothing_is_fetched_and_nothing_is_reported(self):
        page, dialogs, asked, complaints = self.open(), [], [], []
        page.add_init_script(REPORTS)
        page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        for source, count in self.made["hostile"].items():
            page.goto(self.site + source, wait_until="networkidle", timeout=60_000)
            self.assertEqual(page.locator("article.note").count(), count)
            self.assertEqual(dialogs, [])
            self.assertEqual(complaints, [])
            self.assertEqual(page.evaluate("window.reports"), [])
            self.check(page)
        self.assertEqual([url for url in asked if not url.startswith(self.site)], [])

    def check(self, page):
        for name in ("script:not([src])", "iframe", "img", "style", "object", "base"):
            inside = page.locator(f"article.note {name}")
            self.assertEqual(inside.count(), 0, name)
        self.assertEqual(page.locator("h1").count(), 1)
        self.assertLessEqual(page.evaluate(OVERHANG), 0)
