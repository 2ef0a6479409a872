"""What a visit costs: bytes, requests, cookies, and complaints of the browser."""

from tests.browser.case import PAGES, QUESTION, SOURCE, BrowserCase

KILOBYTE = 1024
MOST_REQUESTS = 6


class WeightTests(BrowserCase):
    def requests_for(self, path):
        """Every request of a first visit, when all of it has arrived."""
        page, requests = self.open(), []
        page.on("requestfinished", lambda request: requests.append(request))
        page.on("requestfailed", lambda request: requests.append(request))
        page.goto(self.site + path, wait_until="networkidle")
        return requests

    def weight(self, requests):
        """Bytes of bodies and headers as they came over the wire."""
        sizes = [request.sizes() for request in requests]
        return sum(
            size["responseBodySize"] + size["responseHeadersSize"] for size in sizes
        )

    def test_the_question_weighs_at_most_seventy_kilobytes_with_everything(self):
        weight = self.weight(self.requests_for(QUESTION))
        self.assertLessEqual(weight, 70 * KILOBYTE)
        self.assertGreater(weight, 10 * KILOBYTE)

    def test_a_source_weighs_at_most_sixty_kilobytes_with_everything(self):
        weight = self.weight(self.requests_for(SOURCE))
        self.assertLessEqual(weight, 60 * KILOBYTE)
        self.assertGreater(weight, 10 * KILOBYTE)

    def test_a_page_asks_at_most_six_times_and_no_other_host(self):
        for kind, path in PAGES.items():
            with self.subTest(page=kind):
                asked = [request.url for request in self.requests_for(path)]
                self.assertTrue(asked)
                self.assertLessEqual(len(asked), MOST_REQUESTS, asked)
                elsewhere = [url for url in asked if not url.startswith(self.site)]
                self.assertEqual(elsewhere, [])


class QuietTests(BrowserCase):
    def test_the_browser_complains_of_nothing(self):
        """No error, no refused style or script, no file that is missing."""
        page, complaints = self.open(), []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        for kind, path in PAGES.items():
            if kind == "404":  # its own status is a complaint
                continue
            with self.subTest(page=kind):
                complaints.clear()
                page.goto(self.site + path, wait_until="networkidle")
                self.assertEqual(complaints, [])

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
        page = self.open()
        for kind, path in PAGES.items():
            with self.subTest(page=kind):
                self.visit(page, path)
                self.assertEqual(page.context.cookies(), [])
