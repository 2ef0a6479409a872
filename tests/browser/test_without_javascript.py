"""Every page is whole without JavaScript."""

from tests.browser.case import PAGES, PHONE, QUESTION, SOURCE, BrowserCase


class WithoutJavaScriptTests(BrowserCase):
    def open(self, *arguments, **options):
        return super().open(*arguments, java_script_enabled=False, **options)

    def test_the_question_shows_its_positions_and_its_picture(self):
        page = self.open(QUESTION)
        for name in ("Before", "In two stages", "After"):
            heading = page.get_by_role("heading", level=2, name=name)
            self.assertTrue(heading.first.is_visible(), name)
        self.assertTrue(page.locator("svg.pic.wide").is_visible())

    def test_a_phone_shows_the_narrow_picture_alone(self):
        page = self.open(QUESTION, width=PHONE)
        self.assertTrue(page.locator("svg.pic.narrow").is_visible())
        self.assertFalse(page.locator("svg.pic.wide").is_visible())

    def test_the_table_opens(self):
        page = self.open(QUESTION)
        table = page.get_by_role("table")
        self.assertFalse(table.is_visible())
        page.get_by_text("Read the same as a table").click()
        self.assertTrue(table.is_visible())

    def test_a_source_shows_how_it_bears_and_its_words_in_both_languages(self):
        page = self.open(SOURCE)
        self.assertTrue(page.locator(".bear").first.is_visible())
        for language in ("he", "en"):
            words = page.locator(f"ol.text p[lang={language}]").first
            self.assertTrue(words.is_visible())
            self.assertTrue(words.inner_text().strip())

    def test_how_a_source_bears_stands_above_the_fold(self):
        box = self.open(SOURCE).locator(".bear").first.bounding_box()
        self.assertLess(box["y"] + box["height"], 900)

    def test_every_kind_of_page_has_its_one_heading(self):
        page = self.open()
        for kind, path in PAGES.items():
            with self.subTest(page=kind):
                self.visit(page, path)
                heading = page.get_by_role("heading", level=1)
                self.assertEqual(heading.count(), 1)
                self.assertTrue(heading.is_visible())

    def test_the_search_box_opens_a_reference(self):
        page = self.open(QUESTION)
        page.get_by_role("searchbox").fill("Megillah 17b")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url(self.site + SOURCE)
