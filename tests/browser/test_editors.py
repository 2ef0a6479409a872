"""Two editors and a visitor, by keyboard alone: from a draft to the picture."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import server
from tests.browser.case import BrowserCase
from tests.browser.test_accessibility import VIEWS, violations

WRITTEN = "/sources/tehillim/106.47/"
PASSWORD = "gather-us-from-the-four-9"
MOST_TABS = 400
ADMIN_PAGES = {
    "desk": "/admin/",
    "adding a source": "/admin/sources/source/add/",
    "list": "/admin/sources/source/",
    "import": "/admin/sources/source/import/",
    "merging": "/admin/sources/source/merge/?kept=1&gone=2",
    "inviting": "/admin/accounts/invitation/add/",
    "guide": "/about/editing/",
}
# In the Masoretic text of Tehillim 106:47, divided after its first half.
HEBREW = "הושיענו יהוה אלהינו וקבצנו מן הגוים\nלהדות לשם קדשך"
ENGLISH = "Save us, Hashem our G-d, and gather us from the nations\nto thank Your name"


AT_REST = "document.getAnimations().forEach(each => each.finish())"
MAKE_EDITORS = """
from django.core.management import call_command
for role in ("editor", "reviewer", "keeper"):
    about = {"email": f"{role}@example.org", "name": role, "role": role}
    call_command("make_editor", noinput=True, **about)
"""


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory):
    """A site of its own, with an editor and a reviewer, for what is written here."""
    folder = tmp_path_factory.mktemp("desk")
    with server.running(folder) as address:
        settings = server.environment(folder) | {"EDITOR_PASSWORD": PASSWORD}
        server.manage(settings, "shell", "--command", MAKE_EDITORS)
        yield address


@pytest.fixture(scope="class")
def desk(request, chromium, desk_site):
    request.cls.chromium, request.cls.site = chromium, desk_site


@pytest.mark.browser
@pytest.mark.usefixtures("desk")
class DeskCase(BrowserCase):
    """A test at the desk: what an editor does with the keys."""

    def sign_in(self, role):
        self.type_in("[name=username], [name=login]", f"{role}@example.org")
        self.type_in("[name=password]", PASSWORD)
        self.enter()

    def enter(self):
        """Press Enter, and wait for the page to which it leads."""
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
        self.enter()

    def press(self, words):
        button = self.page.get_by_role("button", name=words, exact=True)
        value = button.get_attribute("value")
        self.tab_to(f"button[name=_deed][value={value}]")
        self.enter()


class EditorsJourneyTests(DeskCase):
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

        self.page = self.open("/")
        self.type_in("[name=q]", "prayer gathered nations")
        self.enter()
        self.go_to("Tehillim 106:47")
        self.assertEqual(urlsplit(self.page.url).path, WRITTEN)
        shown = self.page.locator("main").inner_text()
        self.assertIn("It asks for the gathering first.", shown)
        self.assertIn("Ingathering of the Exiles", shown)
        self.visit(self.page, "/")
        self.assertEqual(self.page.locator(f".pic.wide a[href='{WRITTEN}']").count(), 1)

    def write(self):
        """A source with two lines, a bearing and a topic."""
        self.visit(self.page, "/admin/sources/source/add/")
        self.type_in("[name=written]", "Tehillim 106:47")
        self.page.get_by_text("תהילים ק״ו, מ״ז").first.wait_for()
        self.type_in("[name=summary]", "A prayer to be gathered from the nations.")
        self.type_in("[name=texts-0-words]", HEBREW)
        self.type_in("[name=texts-1-words]", ENGLISH)
        before = self.page.get_by_label("Before", exact=True).first
        self.choose("bearings-0-direction", "supports")
        self.choose("bearings-0-position", before.get_attribute("value"))
        self.choose("bearings-0-basis", "implied")
        self.type_in("[name=bearings-0-words]", "וקבצנו מן הגוים")
        self.type_in("[name=bearings-0-reasoning]", "It asks for the gathering first.")
        self.choose_topic("Ingathering")
        self.type_in("[name=topic_links-0-why]", "The verse asks for it.")

    def choose_topic(self, words):
        """Look for a topic in the box that finds one, and take the first."""
        self.tab_to("#topic_links-0 .select2-selection")
        self.page.keyboard.press("Enter")
        self.page.locator(".select2-search__field").wait_for()
        self.page.keyboard.insert_text(words)
        first = self.page.locator(".select2-results__option--highlighted")
        expect(first).to_contain_text(words)
        self.page.keyboard.press("Enter")
        chosen = self.page.locator("#topic_links-0 .select2-selection__rendered")
        expect(chosen).to_contain_text(words)

    def preview(self):
        """The mark stands lit in the picture, and nothing is saved."""
        self.tab_to("button[value=preview]")
        with self.page.context.expect_page() as opened:
            self.page.keyboard.press("Enter")
        shown = opened.value
        shown.wait_for_load_state()
        self.assertIn("Preview", shown.locator("main").inner_text())
        lit = shown.locator(".pic.wide a.lit")
        self.assertEqual(lit.get_attribute("href"), WRITTEN)
        shown.close()


@pytest.mark.prove
class AdminAccessibilityTests(DeskCase):
    def test_axe_finds_nothing_wide_in_light_or_narrow_in_the_dark(self):
        """Every page that an editor meets, and the three of one public source."""
        # axe itself writes markup by script, which the site's own policy refuses.
        self.page = self.open("/admin/", bypass_csp=True)
        self.sign_in("keeper")
        for kind, path in ADMIN_PAGES.items():
            self.visit(self.page, path)
            self.find_nothing(kind)
        self.visit(self.page, "/admin/sources/source/?q=Megillah+17b")
        self.go_to("Megillah 17b")
        self.find_nothing("changing a source")
        form = self.page.url
        self.type_in("[name=summary]", "Other words.")
        self.tab_to("[name=_save]")
        self.enter()
        self.assertIn("/proposal/", self.page.url)
        self.find_nothing("proposal")
        self.visit(self.page, urlsplit(form).path.replace("change", "history"))
        self.find_nothing("history")

    def find_nothing(self, kind):
        self.assertEqual(self.page.locator("h1").count(), 1)
        for width, light, rules in VIEWS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=light)
            self.page.evaluate(AT_REST)
            with self.subTest(page=kind, light=light):
                self.assertEqual(violations(self.page, *rules), {})
