"""What becomes of what readers write: by moderators' keys, and at the editors' desk."""

import re

from studyhall.annotations.newcomers import QUICKEST
from tests.browser.test_accessibility import violations
from tests.browser.test_notes import NotesCase

SLOWLY = QUICKEST * 1000  # milliseconds: who is quicker is taken for a machine


class ModeratorTests(NotesCase):
    def test_a_reading_is_written_returned_and_approved_with_two_keys(self):
        page = self.reader()
        page.get_by_role("link", name="I read it otherwise").first.click()
        page.get_by_label("Your note").fill("I read it of both stages.")
        page.get_by_label("Which position does it bear on?").select_option(index=1)
        page.get_by_label("How does it bear on it?").select_option(index=1)
        page.get_by_label("How plainly?").select_option(index=1)
        page.get_by_label("Everyone").check()
        page.wait_for_timeout(SLOWLY)
        self.write(page, "I read it of both stages.")
        self.assertEqual(page.complaints, [])

        desk = self.signed_in("moderator", bypass_csp=True)
        self.visit(desk, "/moderation/")
        self.assertEqual(violations(desk), {})
        self.decide(desk, "r", "2", said="Returned")
        self.visit(desk, "/moderation/decided/")
        desk.get_by_role("button", name="Undo").first.click()
        desk.get_by_role("status").get_by_text("Undone").wait_for()
        self.visit(desk, "/moderation/")
        self.decide(desk, "a", said="Approved")

        self.visit(page, "/me/notices/")
        self.assertIn("It advertises.", page.locator("main").inner_text())
        visitor = self.open(self.source)
        self.assertIn("both stages", visitor.locator("article.note").inner_text())

    def decide(self, page, *keys, said):
        """Press these keys on the note of this test."""
        place = page.locator(f".decision:has(a[href='{self.source}'])")
        place.first.focus()
        for key in keys:
            page.keyboard.press(key)
        page.get_by_role("status").get_by_text(said).wait_for()


class CorrectionTests(NotesCase):
    def test_a_correction_is_taken_up_by_two_editors(self):
        page = self.open(self.source)
        page.get_by_role("link", name="Report a mistake").click()
        page.locator("[name=words]").fill("kindness, for ever")
        page.locator("[name=instead]").fill("mercy, for ever")
        page.wait_for_timeout(SLOWLY)
        page.get_by_role("button", name="Send it").click()
        number = page.get_by_role("heading", level=1).inner_text().split()[-1]

        first = self.signed_in("reviewer")
        self.visit(first, f"/moderation/corrections/{number}/")
        first.get_by_role("button", name="Open the source’s form").click()
        filled = first.locator("[name=texts-1-words]").input_value()
        self.assertIn("mercy, for ever", filled)
        first.locator("[name=_save]").first.click()
        first.get_by_text("Another editor must keep it").wait_for()
        proposal = re.search(r"/admin/.*", first.url)[0]

        second = self.signed_in("second reviewer")
        self.visit(second, proposal)
        second.get_by_role("link", name="Open the form on it").click()
        second.locator("[name=_save]").first.click()
        second.get_by_text("The proposal is accepted").wait_for()
        self.visit(page, self.source)
        self.assertIn("mercy, for ever", page.locator("ol.text").inner_text())
