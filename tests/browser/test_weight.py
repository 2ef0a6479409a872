"""What a visit costs: bytes, requests, cookies, and complaints of the browser."""

import pytest

from tests.browser.case import PAGES, PHONE, QUESTION, WIDE, BrowserCase, Tab

KILOBYTE = 1024
LEAST = 10 * KILOBYTE
MOST_REQUESTS = 6
# Kilobytes of a first visit with everything, on the six pages most people come to.
MOST_KILOBYTES = {
    "question": 70,
    "position": 50,
    "source": 60,
    "browse": 50,
    "search results": 50,
    "topic": 50,
}
MOST_SHIFT = 0.02  # of the layout, from its first drawing until nothing more arrives
SHIFT = """() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) shift += one.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(shift), 100));
})"""
PUSH = "() => document.body.prepend(document.querySelector('footer').cloneNode(true))"


class MainPagesTests(BrowserCase):
    def first_visit(self, kind, width=WIDE):
        """A Tab with nothing in its cache, when all that it asks for has arrived."""
        tab = Tab(self.open(width=width))
        tab.listen()
        tab.page.goto(self.site + PAGES[kind], wait_until="networkidle")
        return tab

    def test_each_weighs_no_more_than_its_bound_with_everything(self):
        for kind, most in MOST_KILOBYTES.items():
            with self.subTest(page=kind):
                weight = self.first_visit(kind).weight()
                self.assertLessEqual(weight, most * KILOBYTE)
                self.assertGreater(weight, LEAST)

    def test_nothing_moves_while_they_arrive(self):
        on_phones = [(kind, PHONE) for kind in MOST_KILOBYTES]
        for kind, width in [*on_phones, ("question", WIDE), ("source", WIDE)]:
            with self.subTest(page=kind, width=width):
                page = self.first_visit(kind, width).page
                self.assertLessEqual(page.evaluate(SHIFT), MOST_SHIFT)

    def test_what_moves_would_be_seen(self):
        page = self.first_visit("question").page
        page.evaluate(PUSH)
        self.assertGreater(page.evaluate(SHIFT), MOST_SHIFT)


@pytest.mark.usefixtures("tabs")
class RequestTests(BrowserCase):
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
