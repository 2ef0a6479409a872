"""axe-core on every kind of page, light and dark, wide and narrow."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.case import PAGES, PHONE, WIDE, BrowserCase

BROKEN = """async rules => {
  const options = {resultTypes: ["violations"]};
  if (rules.length) options.runOnly = rules;
  const {violations} = await axe.run(options);
  const places = nodes => nodes.slice(0, 3).map(({html}) => html.slice(0, 120));
  return violations.map(({id, nodes}) => [id, places(nodes)]);
}"""
OF_COLOURS = ("color-contrast", "link-in-text-block")
# Of the second view, what a light or a width can change; `make prove` asks all of both.
OF_LOOKS = (*OF_COLOURS, "target-size", "scrollable-region-focusable")
VIEWS = ((WIDE, "light", ()), (PHONE, "dark", OF_LOOKS))


def violations(page, *rules):
    """The rules that a page breaks, of these or of all, each with places where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return dict(page.evaluate(BROKEN, rules))


class AccessibilityTests(BrowserCase):
    def test_axe_finds_nothing_wide_in_light_or_narrow_in_the_dark(self):
        # axe itself writes markup by script, which the site's own policy refuses.
        page = self.open(bypass_csp=True)
        for kind, path in PAGES.items():
            self.visit(page, path)
            for width, light, rules in VIEWS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=light)
                with self.subTest(page=kind, width=width, light=light):
                    self.assertEqual(violations(page, *rules), {})

    def test_axe_is_looking(self):
        page = self.open("/settings/", bypass_csp=True)
        page.evaluate("document.querySelector('h1').innerHTML = '<img src=x>'")
        self.assertIn("image-alt", violations(page))

    def test_axe_is_looking_in_the_dark(self):
        page = self.open("/settings/", bypass_csp=True, color_scheme="dark")
        page.add_style_tag(content="h1 { color: #302c24 }")
        self.assertIn("color-contrast", violations(page, *OF_COLOURS))
