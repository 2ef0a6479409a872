"""Pages fit the smallest screen, and are not cut into too many regions."""

import re

import pytest

from tests.browser.case import PAGES, SMALLEST, BrowserCase

OVERHANG = """() => {
  const root = document.scrollingElement;
  return root.scrollWidth - root.clientWidth;
}"""
LANDMARK = re.compile(
    r"^ *- (banner|complementary|contentinfo|form|main|navigation|region|search)\b",
    re.MULTILINE,
)
MOST_LANDMARKS = 8


@pytest.mark.usefixtures("tabs")
class LayoutTests(BrowserCase):
    def test_nothing_scrolls_sideways_on_the_smallest_screen(self):
        for kind, page in self.each_page(SMALLEST):
            with self.subTest(page=kind):
                self.assertLessEqual(page.evaluate(OVERHANG), 0)

    def test_nothing_scrolls_sideways_where_every_fold_is_open(self):
        page = self.open(width=SMALLEST)
        for kind in ("question", "source", "browse"):
            with self.subTest(page=kind):
                self.visit(page, PAGES[kind])
                page.evaluate(
                    "document.querySelectorAll('details').forEach(d => d.open = true)"
                )
                self.assertLessEqual(page.evaluate(OVERHANG), 0)

    def test_a_page_has_at_most_eight_landmarks(self):
        for kind, page in self.each_page():
            with self.subTest(page=kind):
                found = LANDMARK.findall(page.locator("body").aria_snapshot())
                self.assertIn("main", found)
                self.assertLessEqual(len(found), MOST_LANDMARKS, found)
