"""Reading settings, set by clicking."""

import re

from tests.browser.case import PHONE, SOURCE, BrowserCase

POINT = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
POINTED = "/sources/amos/9.11-15/"


class ReadingSettingsTests(BrowserCase):
    def choose(self, page, name, path=SOURCE):
        tools = page.get_by_role("group", name="Reading settings")
        with page.expect_navigation(url=self.site + path):
            tools.get_by_role("link", name=name, exact=True).click()

    def test_english_only_hides_the_hebrew_words(self):
        page = self.open(SOURCE)
        hebrew = page.locator("ol.text p[lang=he]").first
        self.assertTrue(hebrew.is_visible())
        self.choose(page, "English")
        self.assertFalse(hebrew.is_visible())
        self.assertTrue(page.locator("ol.text p[lang=en]").first.is_visible())

    def test_hebrew_only_hides_the_english_words(self):
        page = self.open(SOURCE)
        self.choose(page, "עברית")
        self.assertTrue(page.locator("ol.text p[lang=he]").first.is_visible())
        self.assertFalse(page.locator("ol.text p[lang=en]").first.is_visible())

    def test_dark_holds_where_the_device_is_light(self):
        page = self.open(SOURCE, color_scheme="light")
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(ground)
        self.choose(page, "Dark")
        theme = page.locator("html").get_attribute("data-theme")
        self.assertEqual(theme, "dark")
        self.assertNotEqual(page.evaluate(ground), light)

    def test_larger_text_is_larger(self):
        page = self.open(SOURCE)
        size = "getComputedStyle(document.querySelector('ol.text p')).fontSize"
        usual = float(page.evaluate(size).removesuffix("px"))
        self.choose(page, "A+, larger text")
        self.assertGreater(float(page.evaluate(size).removesuffix("px")), usual)

    def test_without_vowels_the_words_keep_their_letters(self):
        page = self.open(POINTED)
        words = page.locator("ol.text p[lang=he]").first
        pointed = words.inner_text()
        self.assertRegex(pointed, POINT)
        self.choose(page, "None", POINTED)
        self.assertEqual(words.inner_text(), POINT.sub("", pointed))

    def test_a_phone_opens_the_settings_by_a_button(self):
        page = self.open(SOURCE, width=PHONE)
        dark = page.get_by_role("link", name="Dark", exact=True)
        self.assertFalse(dark.is_visible())
        page.get_by_role("button", name="Reading settings").click()
        with page.expect_navigation(url=self.site + SOURCE):
            dark.click()
        self.assertEqual(page.locator("html").get_attribute("data-theme"), "dark")

    def test_a_choice_is_kept_from_page_to_page(self):
        page = self.open(SOURCE)
        self.choose(page, "Dark")
        self.visit(page, "/topics/")
        self.assertEqual(page.locator("html").get_attribute("data-theme"), "dark")
