"""What comes out on paper: A4, black on white, nothing that can only be pressed."""

import re

import pytest

from tests.browser.case import QUESTION, SOURCE, BrowserCase

A_PAGE = re.compile(rb"/Type\s*/Page\b")
# What remains of A4 between margins of 15 and 16 mm, in CSS pixels.
SHEET = {"width": 680, "height": 1001}
LONGEST, MOST_SHEETS = 5, 2
LONGEST_SOURCES = """async addresses => {
  const sizes = await Promise.all(addresses.map(async address =>
    [(await (await fetch(address)).text()).length, address]));
  return sizes.sort((a, b) => b[0] - a[0]).map(([, address]) => address);
}"""
SEEN = """wanted => [...document.querySelectorAll(wanted)]
  .filter(part => part.checkVisibility()).map(part => part.outerHTML.slice(0, 120))"""


@pytest.mark.usefixtures("tabs")
class PrintTests(BrowserCase):
    def on_paper(self, path):
        """A page as it is laid out for one sheet."""
        page = self.open(path, viewport=SHEET)
        page.emulate_media(media="print")
        return page

    def each_on_paper(self):
        return self.each_page(SHEET["width"], media="print")

    def sheets(self, path):
        """How many sheets of A4 a page takes."""
        pdf = self.open(path).pdf(prefer_css_page_size=True)
        return len(A_PAGE.findall(pdf))

    def longest_sources(self):
        page = self.open(QUESTION)
        listed = page.request.get(f"{self.site}/sitemap.xml").text()
        every = re.findall(r"<loc>[^<]*?(/sources/[^<]+/[^<]+)</loc>", listed)
        self.assertGreater(len(every), 100)
        return page.evaluate(LONGEST_SOURCES, every)[:LONGEST]

    @pytest.mark.prove
    def test_the_longest_sources_take_at_most_two_sheets(self):
        for path in self.longest_sources():
            with self.subTest(path=path):
                self.assertIn(self.sheets(path), range(1, MOST_SHEETS + 1))

    def test_sheets_are_counted(self):
        self.assertGreater(self.sheets("/sources/"), 1)

    def test_the_picture_stands_on_the_first_or_the_second_sheet(self):
        page = self.on_paper(QUESTION)
        box = page.locator("figure:has(.pic.wide)").bounding_box()
        self.assertGreater(box["height"], SHEET["height"] / 3)
        self.assertLessEqual(box["height"], SHEET["height"])
        self.assertLessEqual(box["y"], SHEET["height"])  # whole on the next, at worst

    def test_nothing_that_can_only_be_pressed_is_printed(self):
        for kind, page in self.each_on_paper():
            with self.subTest(page=kind):
                self.assertEqual(page.evaluate(SEEN, "nav, form, button, input"), [])
                self.assertTrue(page.evaluate(SEEN, "h1"))

    def test_every_page_ends_with_its_address(self):
        for kind, page in self.each_on_paper():
            with self.subTest(page=kind):
                canonical = page.locator("link[rel=canonical]").get_attribute("href")
                last = page.locator("body").inner_text().strip().splitlines()[-1]
                self.assertEqual(last, canonical)

    def test_the_address_is_for_paper_alone(self):
        page = self.open(SOURCE)
        self.assertFalse(page.locator(".print-only").is_visible())

    def test_folds_are_open_on_paper(self):
        shut = "details:not([open]) td"
        page = self.open(QUESTION)
        self.assertEqual(page.evaluate(SEEN, shut), [])
        page.emulate_media(media="print")
        self.assertTrue(page.evaluate(SEEN, shut))

    def test_nothing_is_wider_than_the_sheet(self):
        for kind, page in self.each_on_paper():
            with self.subTest(page=kind):
                width = page.evaluate("document.scrollingElement.scrollWidth")
                self.assertLessEqual(width, SHEET["width"])
