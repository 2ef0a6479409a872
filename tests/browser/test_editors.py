"""Two editors and a visitor, by keyboard alone: from a draft to the picture."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.browser import server
from tests.browser.case import PHONE, WIDE, BrowserCase
from tests.browser.test_accessibility import violations

PASSWORD = "gather-us-from-the-four-9"
MOST_TABS = 400
# In the Masoretic text of Tehillim 106:47, divided after its first half.
HEBREW = "הושיענו יהוה אלהינו וקבצנו מן הגוים\nלהדות לשם קדשך"
ENGLISH = "Save us, Hashem our G-d, and gather us from the nations\nto thank Your name"


@pytest.fixture(scope="class")
def desk(request, chromium, tmp_path_factory):
    """A site of its own, with an editor and a reviewer, for what is written here."""
    folder = tmp_path_factory.mktemp("desk")
    with server.running(folder) as address:
        settings = server.environment(folder) | {"EDITOR_PASSWORD": PASSWORD}
        for role in ("editor", "reviewer"):
            about = ["--email", f"{role}@example.org", "--name", role, "--role", role]
            server.manage(settings, "make_editor", "--noinput", *about)
        request.cls.chromium, request.cls.site = chromium, address
        yield


@pytest.mark.browser
@pytest.mark.usefixtures("desk")
class EditorsJourneyTests(BrowserCase):
    def test_a_source_is_written_reviewed_published_and_found(self):
        self.page = self.open("/admin/")
        self.sign_in("editor")
        self.write()
        self.preview()
        self.press("Send to review")
        self.assertIn("in review", self.page.locator(".messagelist").inner_text())

        self.page = self.open("/admin/")
        self.sign_in("reviewer")
        self.go_to("Tehillim 106:47")
        self.press("Publish")
        self.assertIn("published", self.page.locator(".messagelist").inner_text())

        self.page = self.open("/search/?q=Tehillim+106%3A47")
        self.assertEqual(urlsplit(self.page.url).path, "/sources/tehillim/106.47/")
        self.assertIn("Before", self.page.locator("main").inner_text())
        self.visit(self.page, "/")
        mark = self.page.locator(".pic.wide a[href='/sources/tehillim/106.47/']")
        self.assertEqual(mark.count(), 1)

    def sign_in(self, role):
        self.type_in("[name=username], [name=login]", f"{role}@example.org")
        self.type_in("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tab_to(self, selector):
        """Press Tab until what has the focus is this."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(
                "selector => document.activeElement.matches(selector)", selector
            ):
                return
            self.page.keyboard.press("Tab")
        self.fail(f"{selector} cannot be reached by Tab at {self.page.url}.")

    def type_in(self, selector, words):
        self.tab_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, name, value):
        """One of a group of radio buttons, by the arrows."""
        self.tab_to(f"[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(10):
            if self.page.locator(f"[name={name}][value='{value}']").is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        self.fail(f"{name} cannot be set to {value}.")

    def go_to(self, words):
        """Follow the link that holds these words."""
        link = self.page.get_by_role("link", name=words).first
        link.wait_for()
        address = link.get_attribute("href")
        self.tab_to(f"a[href='{address}']")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, words):
        button = self.page.get_by_role("button", name=words, exact=True)
        value = button.get_attribute("value")
        self.tab_to(f"button[name=_deed][value={value}]")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self):
        """A source with two lines, a bearing and a topic."""
        self.visit(self.page, "/admin/sources/source/add/")
        self.type_in("[name=written]", "Tehillim 106:47")
        self.page.get_by_text("תהלים ק״ו:מ״ז").first.wait_for()
        self.type_in("[name=summary]", "A prayer to be gathered from the nations.")
        self.type_in("[name=texts-0-words]", HEBREW)
        self.type_in("[name=texts-1-words]", ENGLISH)
        self.type_in("[name=texts-1-translator]", "the editors")
        before = self.page.get_by_label("Before", exact=True).first
        self.choose("bearings-0-direction", "supports")
        self.choose("bearings-0-position", before.get_attribute("value"))
        self.choose("bearings-0-basis", "implied")
        self.type_in("[name=bearings-0-words]", "וקבצנו מן הגוים")
        self.type_in("[name=bearings-0-reasoning]", "It asks for the gathering first.")

    def preview(self):
        """The mark stands lit in the picture, and nothing is saved."""
        self.tab_to("button[value=preview]")
        with self.page.context.expect_page() as opened:
            self.page.keyboard.press("Enter")
        shown = opened.value
        shown.wait_for_load_state()
        self.assertIn("Preview", shown.locator("main").inner_text())
        lit = shown.locator(".pic.wide a.lit")
        self.assertEqual(lit.get_attribute("href"), "/sources/tehillim/106.47/")
        shown.close()
