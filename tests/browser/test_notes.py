"""Readers write notes: by mouse, by keyboard, by touch, and without a script."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import SimpleTestCase

from sources.reading import ReadingSettings
from tests.browser.case import PHONE, WIDE, BrowserCase
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import OVERHANG

MOST_KEYS = 12  # from the line to the saved note, the note's own letters aside
LIT = """name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())"""
# Select words of an element by the code points of its text.
SELECT = """([selector, words, nth]) => {
  const frame = document.querySelector(selector), text = frame.textContent;
  let start = -1;
  for (let each = 0; each <= nth; each++) start = text.indexOf(words, start + 1);
  const place = at => {
    const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); at -= node.length)
      if (at <= node.length) return [node, at];
  };
  getSelection().setBaseAndExtent(...place(start), ...place(start + words.length));
}"""
BOXES = """([selector, words]) => {
  const frame = document.querySelector(selector), range = document.createRange();
  const node = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT).nextNode();
  const at = node.data.indexOf(words);
  range.setStart(node, at); range.setEnd(node, at + words.length);
  const { left, top, right, bottom } = range.getBoundingClientRect();
  return { left, top, right, bottom };
}"""
LINE_1 = "#line-1 .original"
LINE_2 = "#line-2 .original"
KINDNESS = "כִּי לְעוֹלָם חַסְדּוֹ"


PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = PROJECT / "static" / "js"
HEAVIEST = 6 * 1024  # bytes, compressed


class ScriptTests(SimpleTestCase):
    def weight(self, names):
        files = ((SCRIPTS / name).read_bytes() for name in names)
        return sum(len(gzip.compress(file, 9)) for file in files)

    def test_the_module_weighs_at_most_six_kilobytes_in_all(self):
        self.assertLessEqual(self.weight(["annotate.js", "writing.js"]), HEAVIEST)

    def test_so_do_the_scripts_that_come_with_a_page(self):
        """Of its template and of the frame around it; more come only when called."""
        for template in (PROJECT / "templates").rglob("*.html"):
            names = re.findall(r"static 'js/([\w/]+\.js)'", template.read_text())
            if names and "admin" not in template.parts:
                with self.subTest(template=template.name):
                    weight = self.weight({*names, "suggest.js"})
                    self.assertLessEqual(weight, HEAVIEST)


@pytest.mark.usefixtures("written")
class NotesCase(BrowserCase):
    def setUp(self):
        self.source = self.made["sources"].pop()  # each test has one of its own

    def signed_in(self, who="reader", **options):
        """A page in somebody's own browser."""
        page = self.open(**options)
        cookie = {"name": "sessionid", "value": self.made[who], "url": self.site}
        page.context.add_cookies([cookie])
        return page

    def reader(self, path=None, **options):
        """The source in a reader's own browser."""
        page = self.signed_in(**options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda message: page.complaints.append(message.text))
        self.visit(page, path or self.source)
        return page

    def select(self, page, frame, words, nth=0):
        page.evaluate(SELECT, [frame, words, nth])

    def drag(self, page, first, last):
        """Select with the mouse from the start of words to the end of others."""
        start, end = (page.evaluate(BOXES, place) for place in (first, last))
        is_english = "translation" in last[0]
        page.mouse.move(start["right"] - 1, (start["top"] + start["bottom"]) / 2)
        page.mouse.down()
        to = end["right"] - 1 if is_english else end["left"] + 4
        page.mouse.move(to, (end["top"] + end["bottom"]) / 2, steps=8)
        page.mouse.up()

    def write(self, page, words):
        page.get_by_label("Your note").fill(words)
        page.get_by_role("button", name="Save the note").click()
        self.saved(page, words)

    def saved(self, page, words):
        """The note stands on the page, has the focus and is announced."""
        page.locator("[role=status]", has_text="Your note is saved").wait_for()
        focused = page.locator("article.note:focus")
        focused.wait_for()
        self.assertIn(words, focused.inner_text())
        return focused


class WritingTests(NotesCase):
    def test_by_mouse(self):
        page = self.reader()
        self.drag(page, [LINE_1, "לְעוֹלָם"], [LINE_1, "לְעוֹלָם"])
        page.get_by_role("toolbar").get_by_role("button", name="Write a note").click()
        self.assertIn("לְעוֹלָם", page.get_by_label("Which words?").input_value())
        self.write(page, "By mouse.")
        self.assertIn("לְעוֹלָם", page.evaluate(LIT, "my-notes"))
        self.assertEqual(page.complaints, [])

    def test_by_keyboard_alone(self):
        page = self.reader()
        page.locator("#line-2 .number").focus()
        keys = self.tab(page, "#line-2 a.annotate")
        page.keyboard.press("Enter")
        page.locator("textarea:focus").wait_for()
        page.keyboard.type("By keyboard.")
        keys += 1 + self.tab(page, ".in-place .button.go")
        page.keyboard.press("Enter")
        self.saved(page, "By keyboard.")
        self.assertLessEqual(keys + 1, MOST_KEYS)

    def tab(self, page, selector):
        """How often Tab is pressed until this has the focus."""
        for pressed in range(MOST_KEYS + 1):
            if page.locator(f"{selector}:focus").count():
                return pressed
            page.keyboard.press("Tab")
        return self.fail(f"{selector} is too far away.")

    def test_the_toolbar_by_keyboard(self):
        page = self.reader()
        self.select(page, LINE_1, "אֲשֶׁר")
        page.get_by_role("toolbar").wait_for()
        told = page.locator("[role=status]", has_text="Tab leads to")
        self.assertEqual(told.count(), 1)
        page.keyboard.press("Tab")
        names = [page.locator("button:focus").inner_text()]
        for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
            names.append(page.locator("button:focus").inner_text())
        self.assertEqual(
            names, ["Write a note", "Highlight", "Bookmark", "Write a note"]
        )
        page.keyboard.press("Escape")
        self.assertEqual(page.get_by_role("toolbar").count(), 0)
        self.assertEqual(page.evaluate("`${getSelection()}`"), "אֲשֶׁר")

    def test_without_javascript(self):
        page = self.reader(java_script_enabled=False)
        page.locator("#line-1 a.annotate").click()
        page.get_by_label("Which words?").fill("אשר")
        page.get_by_label("Your note").fill("Without a script.")
        page.get_by_role("button", name="Save the note").click()
        page.get_by_role("status").get_by_text("Your note is saved").wait_for()
        note = page.locator("article.note", has_text="Without a script.")
        self.assertIn("#note-", page.url)
        self.assertTrue(note.is_visible())
        self.assertEqual(note.locator("blockquote").inner_text(), "אֲשֶׁר")

    def test_by_touch_on_a_phone(self):
        page = self.reader(width=PHONE, has_touch=True, is_mobile=True)
        self.select(page, LINE_1, "אֲשֶׁר")
        button = page.get_by_role("toolbar").get_by_role("button", name="Write a note")
        button.wait_for()
        box, bar = button.bounding_box(), page.get_by_role("toolbar").bounding_box()
        self.assertGreaterEqual(box["height"], 44)
        self.assertAlmostEqual(bar["y"] + bar["height"], 900, delta=1)
        button.tap()
        self.assertEqual(page.get_by_label("Which words?").input_value(), "אֲשֶׁר")
        self.write(page, "By touch.")
        self.assertLessEqual(page.evaluate(OVERHANG), 0)

    def test_what_is_wrong_is_said_with_the_form(self):
        page = self.reader()
        page.locator("#line-2 a.annotate").click()
        page.get_by_role("button", name="Save the note").click()
        page.locator(".problem:focus").wait_for()
        self.assertIn("Write your note", page.locator(".problem").inner_text())
        self.write(page, "Now it is written.")

    def test_words_changed_after_an_answer_was_lost_are_shown_beside_the_saved(self):
        page = self.reader()

        def lose(route):
            route.fetch()  # the note is stored, and nobody is told
            route.abort()

        page.locator("#line-2 a.annotate").click()
        page.get_by_label("Your note").fill("Stored already.")
        page.route("**/annotate/**", lose, times=1)
        page.get_by_role("button", name="Save the note").click()
        page.get_by_role("alert").get_by_text("It could not be sent").wait_for()
        page.get_by_label("Your note").fill("Stored and changed.")
        with page.expect_navigation():
            page.get_by_role("button", name="Save the note").click()
        saved = page.get_by_label("The saved text").input_value()
        self.assertEqual(saved.strip(), "Stored already.")
        typed = page.get_by_label("Your note").input_value()
        self.assertEqual(typed.strip(), "Stored and changed.")

    def test_a_visitor_is_led_to_sign_in_and_the_words_are_kept(self):
        page = self.open(self.source)
        self.assertEqual(page.context.cookies(), [])
        page.locator("#line-1 a.annotate").click()
        page.get_by_label("Your note").fill("Of a visitor.")
        with page.expect_navigation():
            page.get_by_role("button", name="Save the note").click()
        self.assertIn("/accounts/login/", page.url)
        self.visit(page, f"{self.source}annotate/?line=1")
        kept = page.get_by_label("Your note").input_value()
        self.assertEqual(kept, "Of a visitor.")


class DraftTests(NotesCase):
    def assert_forgotten(self, page):
        """No draft is kept any more, or will not be in a moment."""
        for _ in range(50):
            if not page.evaluate("localStorage.length"):
                return
            page.wait_for_timeout(20)
        self.fail("The draft of what is stored is still kept.")

    def test_what_was_typed_outlives_the_page_until_it_is_stored(self):
        page = self.reader()
        link = page.locator("#line-1 a.annotate")
        link.click()
        page.get_by_label("Your note").press_sequentially("A draft.")
        page.reload()
        link.click()
        page.get_by_role("status").get_by_text("What you typed").wait_for()
        self.assertEqual(page.get_by_label("Your note").input_value(), "A draft.")
        page.get_by_role("button", name="Save the note").click()
        self.saved(page, "A draft.")
        self.assert_forgotten(page)

    def test_the_forms_own_page_keeps_it_too(self):
        page = self.reader(f"{self.source}annotate/?line=2")
        page.get_by_label("Your note").press_sequentially("A page of its own.")
        page.reload()
        self.assertIn("A page", page.get_by_label("Your note").input_value())
        page.get_by_role("button", name="Save the note").click()
        page.get_by_role("status").get_by_text("Your note is saved").wait_for()
        page.locator("article.note:focus").wait_for()
        self.assert_forgotten(page)

    def test_replies_and_edits_are_kept_until_they_are_stored(self):
        page = self.reader(f"{self.source}annotate/?line=2")
        self.write(page, "First.")
        note = page.locator("article.note:focus")
        for name, label in (("Reply", "Your reply"), ("Edit", "Your note")):
            with self.subTest(form=name):
                note.get_by_role("link", name=name, exact=True).first.click()
                box = page.get_by_label(label)
                box.press_sequentially("Then. ")
                page.reload()
                page.get_by_role("status").get_by_text("What you typed").wait_for()
                self.assertIn("Then.", box.input_value())
                page.get_by_role("button", name="Save the").click()
                page.get_by_role("status").get_by_text("is saved").wait_for()
                self.assert_forgotten(page)
                note = page.locator("article.note:focus")

    def test_an_edit_kept_while_the_note_was_saved_elsewhere_shows_both(self):
        page = self.reader(f"{self.source}annotate/?line=2")
        self.write(page, "First.")
        page.locator("article.note:focus").get_by_role("link", name="Edit").click()
        page.get_by_label("Your note").fill("From here.")
        elsewhere = self.reader(page.url.removeprefix(self.site))
        self.write(elsewhere, "From elsewhere.")
        page.reload()
        page.get_by_role("status").get_by_text("What you typed").wait_for()
        page.get_by_role("button", name="Save the note").click()
        page.get_by_role("heading", name="saved elsewhere").wait_for()
        self.assertEqual(page.get_by_label("Your note").input_value(), "From here.")

    def test_another_readers_draft_is_not_shown(self):
        page = self.reader(f"{self.source}annotate/?line=2")
        page.get_by_label("Your note").press_sequentially("Mine alone.")
        page.context.clear_cookies()
        page.reload()
        self.assertEqual(page.get_by_label("Your note").input_value(), "")

    def test_the_form_counts_down_near_the_end(self):
        page = self.reader(f"{self.source}annotate/?line=2")
        box, told = page.get_by_label("Your note"), page.get_by_text("Letters left:")
        box.fill("x" * 18_999)
        self.assertEqual(told.count(), 0)
        box.fill("𝄞" * 19_001)
        self.assertEqual(told.inner_text(), "Letters left: 999")
        box.fill("x" * 20_003)
        page.get_by_text("Letters too many: 3").wait_for()


class HighlightTests(NotesCase):
    def highlight(self, page, frame, words, nth=0):
        notes = page.locator("article.note")
        stood = notes.count()
        self.select(page, frame, words, nth)
        page.get_by_role("toolbar").get_by_role("button", name="Highlight").click()
        notes.nth(stood).wait_for()
        page.get_by_text("The words are highlighted").wait_for()

    def test_it_stands_on_the_right_words_after_signs_of_two_units(self):
        page = self.reader()
        for frame in (LINE_1, "#line-1 .translation"):
            words = "טוֹב" if frame == LINE_1 else "for it is good"
            with self.subTest(words=words):
                elements = page.evaluate("document.querySelectorAll('mark').length")
                self.highlight(page, frame, words)
                self.assertIn(words, page.evaluate(LIT, "my-notes"))
                count = page.evaluate("document.querySelectorAll('mark').length")
                self.assertEqual(count, elements)
        self.visit(page, self.source)
        self.assertIn("for it is good", page.evaluate(LIT, "my-notes"))

    def test_it_stands_on_the_same_words_without_points(self):
        page = self.reader()
        self.highlight(page, LINE_1, "בָּרוּךְ")
        bare = ReadingSettings(vowels="none").cookie
        cookie = {"name": "reading", "value": bare, "url": self.site}
        page.context.add_cookies([cookie])
        self.visit(page, self.source)
        self.assertNotIn("בָּ", page.locator(LINE_1).inner_text())
        self.assertIn("ברוך", page.evaluate(LIT, "my-notes"))
        self.highlight(page, LINE_1, "לעולם")
        page.context.clear_cookies(name="reading")
        self.visit(page, self.source)
        self.assertIn("לְעוֹלָם", page.evaluate(LIT, "my-notes"))

    def test_the_second_of_the_same_words_is_the_second(self):
        page = self.reader()
        self.highlight(page, LINE_2, KINDNESS, nth=1)
        length = page.evaluate(
            "() => Math.max(...[...CSS.highlights.get('my-notes')]"
            ".filter(range => range.startContainer.parentElement.closest('#line-2'))"
            ".map(range => range.startOffset))"
        )
        self.assertGreater(length, len(KINDNESS))

    def test_half_a_word_becomes_the_whole_word(self):
        page = self.reader()
        self.select(page, LINE_1, "שֶׁר")
        page.get_by_role("toolbar").get_by_role("button", name="Write a note").click()
        self.assertEqual(page.get_by_label("Which words?").input_value(), "אֲשֶׁר")

    def test_words_over_two_lines_stand_on_both(self):
        page = self.reader()
        self.drag(page, [LINE_1, "חַסְדּוֹ"], [LINE_2, "כִּי"])
        bar = page.get_by_role("toolbar")
        bar.wait_for()
        # By keyboard it goes on to the words after.
        for _ in range(3):
            page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_timeout(400)
        bar.get_by_role("button", name="Write a note").click()
        words = "חַסְדּוֹ כִּי לְעוֹלָם"
        self.assertEqual(page.get_by_label("Which words?").input_value(), words)
        self.write(page, "On two lines.")
        self.assertEqual(page.evaluate(LIT, "this-note"), ["חַסְדּוֹ", "כִּי לְעוֹלָם"])
        self.visit(page, self.source)
        lit = page.evaluate(LIT, "my-notes")
        self.assertLessEqual({"חַסְדּוֹ", "כִּי לְעוֹלָם"}, set(lit))

    def test_words_of_both_texts_get_no_toolbar(self):
        page = self.reader()
        self.drag(page, [LINE_1, "חַסְדּוֹ"], [f"{LINE_2} + .translation", "kindness"])
        page.wait_for_timeout(400)
        self.assertEqual(page.get_by_role("toolbar").count(), 0)

    def test_notes_on_the_same_words_are_listed_at_the_point(self):
        page = self.reader()
        for words in ("One of two.", "The other of two."):
            self.select(page, LINE_1, "אֲשֶׁר")
            bar = page.get_by_role("toolbar")
            bar.get_by_role("button", name="Write a note").click()
            self.write(page, words)
        self.visit(page, self.source)
        box = page.evaluate(BOXES, [LINE_1, "אֲשֶׁר"])
        page.mouse.click(
            (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
        )
        listed = page.get_by_role("list", name="Notes on these words")
        self.assertGreaterEqual(listed.get_by_role("link").count(), 2)
        listed.get_by_role("link", name="The other of two.").click()
        focused = page.locator("article.note:focus").inner_text()
        self.assertIn("The other of two.", focused)
        self.assertEqual(page.evaluate(LIT, "this-note"), ["אֲשֶׁר"])


class OpenNotesTests(NotesCase):
    def test_axe_finds_nothing_with_notes_and_the_form_open(self):
        page = self.reader(bypass_csp=True)
        page.locator("#line-1 a.annotate").click()
        self.write(page, "Seen by axe.")
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            self.visit(page, self.source)
            page.locator("#line-2 a.annotate").click()
            page.get_by_label("Your note").wait_for()
            self.select(page, LINE_1, "אֲשֶׁר")
            page.get_by_role("toolbar").wait_for()
            for light in ("light", "dark"):
                with self.subTest(width=width, light=light):
                    page.emulate_media(color_scheme=light)
                    self.assertEqual(violations(page), {})
            self.assertLessEqual(page.evaluate(OVERHANG), 0)
