"""The picture of the question, as it is seen, heard and lit."""

from tests.browser.case import PHONE, QUESTION, WIDE, BrowserCase

NAMES = """() => [...document.querySelectorAll("svg.pic a[href]")].map(link => [
  [...link.querySelectorAll("text")].map(text => text.textContent).join(" "),
  link.querySelector("title").textContent,
])"""
DIM = """() => [...document.querySelectorAll("svg.pic.wide .arc[data-k]")].map(arc => [
  arc.dataset.k.split(" "), Number(getComputedStyle(arc).opacity),
])"""


class PictureTests(BrowserCase):
    def test_the_name_of_every_link_begins_with_its_visible_words(self):
        names = self.open(QUESTION).evaluate(NAMES)
        self.assertGreater(len(names), 100)
        for seen, name in names:
            self.assertTrue(seen.strip(), name)
            self.assertTrue(name.startswith(seen), (seen, name))

    def test_the_table_has_a_row_for_every_bearing_that_takes_a_side(self):
        page = self.open(QUESTION)
        rows = page.locator("#after-picture tbody tr").count()
        folded = page.locator("svg.pic.wide a.more text.t").all_text_contents()
        marks = page.locator("svg.pic.wide a.s").count()
        hidden = sum(int(words.strip("+").split()[0]) for words in folded)
        self.assertGreater(rows, 50)
        self.assertEqual(marks + hidden, rows)

    def lit_by(self, deed):
        """The arcs before and after `deed(link)`, and the key of the link."""
        page = self.open(QUESTION)
        before = page.evaluate(DIM)
        self.assertTrue(before, "The picture draws no line of descent.")
        key = before[0][0][1]
        deed(page.locator(", ".join(f"#w-{key}{letter}" for letter in "bsa")).first)
        return before, page.evaluate(DIM), key

    def check_lit(self, before, after, key):
        own = [(was, now) for (keys, was), (_, now) in pairs(before, after, key, True)]
        rest = [
            (was, now) for (keys, was), (_, now) in pairs(before, after, key, False)
        ]
        self.assertTrue(own)
        self.assertTrue(all(now >= was for was, now in own), own)
        self.assertTrue(any(now < was for was, now in rest), rest)

    def test_pointing_at_a_mark_lights_its_chain_and_dims_the_rest(self):
        self.check_lit(*self.lit_by(lambda link: link.hover()))

    def test_the_focus_on_a_mark_lights_its_chain_and_dims_the_rest(self):
        self.check_lit(*self.lit_by(lambda link: link.focus()))

    def test_marks_are_large_enough_for_a_finger(self):
        page = self.open(QUESTION, width=PHONE, has_touch=True)
        heights = page.eval_on_selector_all(
            "svg.pic.narrow a .hit",
            "marks => marks.map(mark => mark.getBoundingClientRect().height)",
        )
        self.assertGreater(len(heights), 50)
        self.assertGreaterEqual(min(heights), 23.5)

    def test_words_are_seen_in_forced_colours(self):
        page = self.open(QUESTION, width=WIDE, forced_colors="active")
        fill = page.locator("svg.pic.wide .t").first.evaluate(
            "text => getComputedStyle(text).fill"
        )
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertNotEqual(fill, ground)


def pairs(before, after, key, touches):
    """The arcs that do, or do not, begin or end at a source, before and after."""
    together = zip(before, after, strict=True)
    return [pair for pair in together if (key in pair[0][0]) is touches]
