"""Hostile notes, as others read them in a real browser: nothing runs or is fetched."""

import pytest

from tests.browser import server
from tests.browser.case import BrowserCase
from tests.browser.test_layout import OVERHANG

REPORTS = """window.reports = [];
document.addEventListener("securitypolicyviolation", event =>
  window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));"""


@pytest.fixture(scope="class")
def hostile_site(request, chromium, tmp_path_factory):
    """A site of its own, where one source has every hostile note in public."""
    folder = tmp_path_factory.mktemp("hostile")
    with server.running(folder) as address:
        said = folder / "said.txt"
        code = f"from tests.browser.readers import hostile; hostile({str(said)!r})"
        server.manage(server.environment(folder), "shell", "--command", code)
        request.cls.chromium, request.cls.site = chromium, address
        request.cls.source, request.cls.count = said.read_text().split("\n")
        yield


@pytest.mark.usefixtures("hostile_site")
class HostileNotesTests(BrowserCase):
    def test_nothing_runs_nothing_is_fetched_and_nothing_is_reported(self):
        page, dialogs, asked, complaints = self.open(), [], [], []
        page.add_init_script(REPORTS)
        page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(self.site + self.source, wait_until="networkidle", timeout=60_000)
        self.assertEqual(page.locator("article.note").count(), int(self.count))
        self.assertEqual(dialogs, [])
        self.assertEqual(complaints, [])
        self.assertEqual(page.evaluate("window.reports"), [])
        self.assertEqual([url for url in asked if not url.startswith(self.site)], [])
        for name in ("script:not([src])", "iframe", "img", "style", "object", "base"):
            inside = page.locator(f"article.note {name}")
            self.assertEqual(inside.count(), 0, name)
        self.assertEqual(page.locator("h1").count(), 1)
        self.assertLessEqual(page.evaluate(OVERHANG), 0)
