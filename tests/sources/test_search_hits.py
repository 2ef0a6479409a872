"""What the search page shows of each source that it found."""

from django.test import TestCase

from sources.models import State
from tests import make


class HitTests(TestCase):
    def test_what_only_a_reading_holds_is_shown_in_its_sentence(self):
        reasoning = "It is so. R. Zebulun *reads* it *thus*. And no more."
        make.source(
            "20a",
            bearings=[
                {"reasoning": "Zebulun in a draft.", "state": State.DRAFT},
                {"reasoning": reasoning, "position": "after"},
            ],
        )
        page = self.client.get("/search/", {"q": "zebulun thus"})
        self.assertContains(page, "R. <mark>Zebulun</mark> reads it <mark>thus</mark>.")
        self.assertNotContains(page, "draft")
        self.assertNotContains(page, "It is so.")
