"""Pages fit the smallest screen, and are not cut into too many regions."""

from tests.browser.case import PAGES, SMALLEST, BrowserCase

OVERHANG = """() => {
  const root = document.scrollingElement;
  return root.scrollWidth - root.clientWidth;
}"""
LANDMARKS = (
    "banner",
    "complementary",
    "contentinfo",
    "form",
    "main",
    "navigation",
    "region",
    "search",
)
MOST_LANDMARKS = 8


class LayoutTests(BrowserCase):
    def test_nothing_scrolls_sideways_on_the_smallest_screen(self):
        page = self.open(width=SMALLEST)
        for kind, path in PAGES.items():
            with self.subTest(page=kind):
                self.visit(page, path)
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
        page = self.open()
        for kind, path in PAGES.items():
            with self.subTest(page=kind):
                self.visit(page, path)
                found = [
                    role
                    for role in LANDMARKS
                    for _ in range(page.get_by_role(role).count())
                ]
                self.assertIn("main", found)
                self.assertLessEqual(len(found), MOST_LANDMARKS, found)
