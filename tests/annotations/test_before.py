"""Words that stand twice in a line: what a script says of their place is believed."""

from studyhall.annotations.models import Annotation
from tests.annotations.test_form_page import HEBREW, FormCase


class BeforeTests(FormCase):
    def test_points_in_them_make_no_difference(self):
        self.post(
            f"{self.address}?text=original",
            words="כי לעולם",
            before="כִּי לְעוֹלָם חַסְדּוֹ בָּרוּךְ ה' כִּי טוֹב ",
        )
        note = Annotation.objects.get()
        self.assertEqual(note.start, HEBREW.rindex("כי לעולם"))

    def test_letters_that_stand_before_none_of_them_leave_the_question(self):
        answer = self.post(
            f"{self.address}?text=original", words="כי לעולם", before="טוב"
        )
        self.assertContains(answer, "several places", status_code=422)
        self.assertFalse(Annotation.objects.exists())
