"""What a visit costs: bytes, requests, cookies, and complaints of the browser."""

import pytest

from tests.browser.case import QUESTION, BrowserCase

KILOBYTE = 1024
MOST_REQUESTS = 6


@pytest.mark.usefixtures("tabs")
class WeightTests(BrowserCase):
    def weight(self, kind):
        """Bytes of bodies and headers as they came over the wire."""
        sizes = [request.sizes() for request in self.tabs[kind].requests]
        return sum(
            size["responseBodySize"] + size["responseHeadersSize"] for size in sizes
        )

    def test_the_question_weighs_at_most_seventy_kilobytes_with_everything(self):
        weight = self.weight("question")
        self.assertLessEqual(weight, 70 * KILOBYTE)
        self.assertGreater(weight, 10 * KILOBYTE)

    def test_a_source_weighs_at_most_sixty_kilobytes_with_everything(self):
        weight = self.weight("source")
        self.assertLessEqual(weight, 60 * KILOBYTE)
        self.assertGreater(weight, 10 * KILOBYTE)

    def test_a_page_asks_at_most_six_times_and_no_other_host(self):
        for kind, tab in self.tabs.items():
            with self.subTest(page=kind):
                asked = [request.url for request in tab.requests]
                self.assertTrue(asked)
                self.assertLessEqual(len(asked), MOST_REQUESTS, asked)
                elsewhere = [url for url in asked if not url.startswith(self.site)]
                self.assertEqual(elsewhere, [])


@pytest.mark.usefixtures("tabs")
class QuietTests(BrowserCase):
    def test_the_browser_complains_of_nothing(self):
        """No error, no refused style or script, no file that is missing."""
        for kind, tab in self.tabs.items():
            with self.subTest(page=kind):
                # Of one page its own status is a complaint.
                self.assertEqual(tab.complaints[kind == "404" :], [])

    def test_the_policy_refuses_a_script_in_the_page(self):
        page = self.open(QUESTION)
        ran = page.evaluate(
            """() => {
              const script = document.createElement("script");
              try { script.textContent = "window.ran = true"; } catch { return false; }
              document.head.append(script);
              return window.ran === true;
            }"""
        )
        self.assertFalse(ran)

    def test_no_page_sets_a_cookie_for_a_visitor(self):
        for kind, tab in self.tabs.items():
            with self.subTest(page=kind):
                self.assertEqual(tab.page.evaluate("document.cookie"), "")
        self.assertEqual(tab.page.context.cookies(), [])
