"""axe-core on every kind of page, light and dark, wide and narrow."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.case import PAGES, PHONE, WIDE, BrowserCase


def violations(page):
    """The rules that a page breaks, each with the places where it does."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return {
        rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]]
        for rule in found.response["violations"]
    }


class AccessibilityTests(BrowserCase):
    def check(self, width):
        # axe itself writes markup by script, which the site's own policy refuses.
        page = self.open(width=width, bypass_csp=True)
        for kind, path in PAGES.items():
            self.visit(page, path)
            for light in ("light", "dark"):
                with self.subTest(page=kind, light=light):
                    page.emulate_media(color_scheme=light)
                    self.assertEqual(violations(page), {})

    def test_axe_finds_nothing_on_a_wide_screen(self):
        self.check(WIDE)

    def test_axe_finds_nothing_on_a_phone(self):
        self.check(PHONE)

    def test_axe_is_looking(self):
        page = self.open("/settings/", bypass_csp=True)
        page.evaluate("document.querySelector('h1').innerHTML = '<img src=x>'")
        self.assertIn("image-alt", violations(page))
