"""The mirrored shell: a Hebrew interface can follow without moving a full stop."""

import pytest

from tests.browser.case import PHONE, WIDE, BrowserCase
from tests.browser.test_layout import OVERHANG

MIRROR = "dir => document.documentElement.setAttribute('dir', dir)"

# Every mark of punctuation that directly follows a letter, a digit or an element:
# in English it stands to the right of what it follows, in Hebrew to the left.
MISPLACED = """() => {
  const marks = /[.,;:!?)\\]”’…]/, hebrew = /[\\u0590-\\u05ff\\ufb1d-\\ufb4f]/;
  const english = /[A-Za-z0-9]/, wrong = [];
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getClientRects()[0];
  };
  const middle = rect => rect.left + rect.width / 2;
  const check = (before, after, isHebrew, words) => {
    if (!before || !after || !before.width || !after.width) return;
    if (before.bottom <= after.top || after.bottom <= before.top) return;
    const isRight = middle(after) > middle(before);
    if (isRight === isHebrew) wrong.push(words.trim().slice(0, 60));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const words = node.data;
    if (!words.trim() || node.parentElement.closest("svg, script, [hidden]")) continue;
    for (let at = 1; at < words.length; at++) {
      if (!marks.test(words[at])) continue;
      const before = words[at - 1], isHebrew = hebrew.test(before);
      if (isHebrew || english.test(before))
        check(box(node, at - 1), box(node, at), isHebrew, words);
    }
    const element = node.previousElementSibling;
    if (element === node.previousSibling && element && marks.test(words[0])) {
      const boxes = element.getClientRects();
      const isHebrew = node.parentElement.closest("[lang]").lang !== "en";
      check(boxes[boxes.length - 1], box(node, 0), isHebrew, words);
    }
  }
  return wrong;
}"""


@pytest.mark.usefixtures("tabs")
class MirroredShellTests(BrowserCase):
    def check(self, width):
        for kind, page in self.each_page(width):
            page.evaluate(MIRROR, "rtl")
            misplaced, overhang = page.evaluate(MISPLACED), page.evaluate(OVERHANG)
            page.evaluate(MIRROR, "ltr")
            with self.subTest(page=kind):
                self.assertEqual(misplaced, [])
                self.assertLessEqual(overhang, 0)

    def test_punctuation_and_width_hold_on_a_wide_screen(self):
        self.check(WIDE)

    def test_punctuation_and_width_hold_on_a_phone(self):
        self.check(PHONE)

    def test_words_without_a_direction_are_noticed(self):
        page = self.open("/settings/")
        page.evaluate(MIRROR, "rtl")
        page.evaluate(
            """() => {
              const main = document.querySelector('main');
              main.append(document.createElement('p'), document.createElement('p'));
              const [first, second] = main.querySelectorAll(':scope > p');
              first.textContent = 'Words without a direction.';
              const link = document.createElement('a');
              link.textContent = 'A link';
              second.append(link, '.');
            }"""
        )
        self.assertEqual(page.evaluate(MISPLACED), ["Words without a direction.", "."])
