"""Paths and essays in the library's files."""

from sources import loader
from sources.models import Essay, Path
from tests.loader.case import FilesCase

PATH = """
title = "The order"
description = "Two *steps*."
[[steps]]
source = "megillah-17b"
why_next = "The next leaf goes on."
[[steps]]
source = "megillah-18a"
"""
ESSAY = """
title = "Why?"
lede = "An argument."
body = "It opens with [[Megillah 17b]]."
[[claims]]
source = "megillah-17b"
claim = "The first proof."
finding = "It says less."
"""


class WaysTests(FilesCase):
    def setUp(self):
        super().setUp()
        for name in ("paths", "essays"):
            (self.folder / name).mkdir()
        self.other = self.source.replace("17b", "18a")
        self.write("sources/megillah-18a.toml", self.other)

    def test_a_path_is_loaded_with_its_steps_in_order(self):
        self.write("paths/the-order.toml", PATH)
        loader.load(self.folder)
        path = Path.objects.published().get(slug="the-order")
        steps = path.steps.values_list("number", "source__address", "why_next")
        self.assertEqual(
            list(steps), [(1, "17b", "The next leaf goes on."), (2, "18a", "")]
        )
        self.assertIn("<em>steps</em>", path.description_html)

    def test_an_essay_is_loaded_with_its_claims_and_rendered(self):
        self.write("essays/why.toml", ESSAY)
        loader.load(self.folder)
        essay = Essay.objects.published().get(slug="why")
        claim = essay.claims.get()
        self.assertEqual(claim.claim, "The first proof.")
        self.assertEqual(claim.finding, "It says less.")
        self.assertIn('href="/sources/megillah/17b/"', essay.body_html)

    def test_a_changed_path_has_its_new_steps_and_no_other(self):
        self.write("paths/the-order.toml", PATH)
        loader.load(self.folder)
        first, second = PATH.split("[[steps]]")[1:]
        turned = PATH.split("[[steps]]")[0] + f"[[steps]]{second}[[steps]]{first}"
        self.write("paths/the-order.toml", turned)
        self.assertEqual(loader.load(self.folder).counts["changed"], 1)
        addresses = Path.objects.get().steps.values_list("source__address", flat=True)
        self.assertEqual(list(addresses), ["18a", "17b"])
        self.assertEqual(loader.load(self.folder).counts["changed"], 0)

    def test_a_step_on_no_source_is_named(self):
        self.write("paths/the-order.toml", PATH.replace("18a", "19a"))
        self.assert_refused("paths/the-order.toml", "steps.source", "megillah-19a")

    def test_a_step_on_a_draft_is_named(self):
        draft = self.other.replace("published", "draft")
        self.write("sources/megillah-18a.toml", draft)
        self.write("paths/the-order.toml", PATH)
        self.assert_refused("paths/the-order.toml", "Step 2", "unpublished")

    def test_a_claim_without_words_is_named(self):
        claim = ESSAY.replace('claim = "The first proof."', "")
        self.write("essays/why.toml", claim)
        self.assert_refused("essays/why.toml", "claims[1].claim", "is missing")
