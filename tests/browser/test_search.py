"""The search box in a browser: suggestions by keyboard and pointer, and without."""

import json

from tests.browser.case import PHONE, SOURCE, BrowserCase
from tests.browser.test_accessibility import violations

HEADER_BOX = ".site-search input"
PAGE_BOX = "#search-words"


class SuggestionsTests(BrowserCase):
    def offered(self, selector, words, path=SOURCE, **options):
        """A page whose box holds the words, with its list of suggestions open."""
        page = self.open(path, **options)
        page.locator(selector).press_sequentially(words)
        page.wait_for_selector(f"{selector}[aria-expanded=true]")
        return page

    def test_the_arrows_walk_the_list_and_enter_opens_what_is_chosen(self):
        page = self.offered(HEADER_BOX, "megil")
        page.keyboard.press("ArrowDown")
        box = page.locator(HEADER_BOX)
        chosen = page.locator("[role=option][aria-selected=true]")
        self.assertEqual(
            box.get_attribute("aria-activedescendant"), chosen.get_attribute("id")
        )
        self.assertIn("Megillah", chosen.inner_text())
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertNotIn("/search/", page.url)

    def test_past_the_last_stands_the_box_itself(self):
        page = self.offered(HEADER_BOX, "megil")
        page.keyboard.press("ArrowUp")
        last = page.locator("[role=option]").last
        self.assertEqual(last.get_attribute("aria-selected"), "true")
        page.keyboard.press("ArrowDown")
        box = page.locator(HEADER_BOX)
        self.assertIsNone(box.get_attribute("aria-activedescendant"))
        self.assertEqual(page.locator("[role=option][aria-selected=true]").count(), 0)

    def test_enter_without_a_choice_sends_the_form(self):
        page = self.offered(HEADER_BOX, "ingather")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertIn("/search/?q=ingather", page.url)

    def test_escape_closes_the_list_and_keeps_the_words(self):
        page = self.offered(HEADER_BOX, "megil")
        page.keyboard.press("Escape")
        box = page.locator(HEADER_BOX)
        self.assertEqual(box.get_attribute("aria-expanded"), "false")
        self.assertEqual(box.input_value(), "megil")
        self.assertFalse(page.locator("[role=listbox]").first.is_visible())

    def test_leaving_the_box_closes_the_list(self):
        page = self.offered(HEADER_BOX, "megil")
        page.keyboard.press("Tab")
        expanded = page.locator(HEADER_BOX).get_attribute("aria-expanded")
        self.assertEqual(expanded, "false")

    def test_a_click_opens_what_it_hits(self):
        page = self.offered(HEADER_BOX, "megil")
        with page.expect_navigation():
            page.locator("[role=option]").first.click()
        self.assertNotIn("/search/", page.url)

    def test_the_home_page_offers_them_too(self):
        page = self.offered(HEADER_BOX, "megil", path="/")
        self.assertGreater(page.locator("[role=option]").count(), 0)

    def test_on_a_phone_the_list_stays_within_the_page(self):
        page = self.offered(PAGE_BOX, "megil", path="/search/", width=PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(wide, PHONE)

    def test_axe_finds_nothing_with_the_list_open(self):
        page = self.offered(PAGE_BOX, "megil", path="/search/", bypass_csp=True)
        page.keyboard.press("ArrowDown")
        self.assertEqual(violations(page), {})

    def test_what_was_understood_is_the_first_of_the_list_and_is_said(self):
        page = self.offered(HEADER_BOX, "megillah 17b")
        first = page.locator("[role=option]").first
        self.assertIn("Megillah 17b", first.inner_text())
        self.assertEqual(first.locator("bdi[lang=he]").inner_text(), "מגילה י״ז ע״ב")
        said = page.locator(".site-search [role=status]").inner_text()
        self.assertEqual(said, "Megillah 17b: a source here.")
        page.keyboard.press("Escape")
        self.assertEqual(page.locator(".site-search [role=status]").inner_text(), "")

    def test_why_a_place_is_none_is_said_with_its_hebrew_isolated(self):
        page = self.open("/search/")
        self.suggesting(page, self.answer("No מגילה ת. there", "/search/?q=x"))
        page.locator(PAGE_BOX).press_sequentially("xx")
        page.wait_for_selector("[role=option]")
        hebrew = page.locator("[role=option] span bdi").first
        self.assertEqual(hebrew.inner_text(), "מגילה ת")

    def answer(self, text, url):
        """What the site may answer: one suggestion."""
        row = {"text": text, "text_he": "", "kind": "Work", "url": url}
        return json.dumps({"said": text, "suggestions": [row]})

    def suggesting(self, page, answer):
        """Let the page hear this answer, whatever is typed."""
        page.route(
            "**/search/suggest/**",
            lambda route: route.fulfill(body=answer, content_type="application/json"),
        )

    def test_words_of_the_library_are_no_markup(self):
        page = self.open("/search/")
        answer = self.answer("<b>x</b>", "/about/")
        self.suggesting(page, answer)
        page.locator(PAGE_BOX).press_sequentially("xx")
        page.wait_for_selector("[role=option]")
        self.assertEqual(page.locator("[role=option] b").count(), 0)

    def test_an_address_elsewhere_is_not_offered(self):
        page = self.open("/search/")
        answer = self.answer("a", "//elsewhere.example/")
        self.suggesting(page, answer)
        with page.expect_response("**/search/suggest/**"):
            page.locator(PAGE_BOX).press_sequentially("xx")
        page.wait_for_timeout(200)
        self.assertEqual(page.locator("[role=option]").count(), 0)


class WithoutThemTests(BrowserCase):
    def test_a_failing_answer_leaves_the_form_as_it_is(self):
        page = self.open("/search/")
        page.route("**/search/suggest/**", lambda route: route.abort())
        page.locator(PAGE_BOX).press_sequentially("gathering")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertIn("q=gathering", page.url)

    def test_without_javascript_the_box_is_a_plain_search_box(self):
        page = self.open("/search/", java_script_enabled=False)
        self.assertEqual(page.locator(PAGE_BOX).get_attribute("type"), "search")
        page.locator(PAGE_BOX).fill("gathering")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertGreater(page.locator(".hits > li").count(), 0)
