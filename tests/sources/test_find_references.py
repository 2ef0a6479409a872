"""Citations for other programs: JSON lines in, JSON lines out."""

import io
import json
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import TestCase

from tests import make


class FindReferencesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", titles=["Meg"], sefaria="Megillah")
        make.work("melachim", title="Melachim", titles=["Meg"])
        make.source("17b", work=cls.megillah)
        make.source("18a", work=cls.megillah, state="draft")

    def run_on(self, *lines):
        """(what it writes for each line, whether it fails)."""
        given = b"\n".join(
            line if isinstance(line, bytes) else json.dumps(line).encode()
            for line in lines
        )
        said, failed = io.StringIO(), False
        with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(given))):
            try:
                call_command("find_references", "--json", stdout=said)
            except CommandError:
                failed = True
        return [json.loads(line) for line in said.getvalue().splitlines()], failed

    def test_says_each_citation_with_its_place_in_code_points(self):
        text = "גאולה 🙂: see Megillah 17b."
        [said], failed = self.run_on({"text": text, "after": None})
        [citation] = said["citations"]
        start = text.index("Megillah")
        self.assertEqual(
            citation,
            {
                "text": "Megillah 17b",
                "start": start,
                "end": start + 12,
                "reference": "Megillah 17b",
                "sefaria": "Megillah 17b",
                "hebrew": "מגילה י״ז ע״ב",
                "source": "/sources/megillah/17b/",
                "choices": [],
                "rule": citation["rule"],
            },
        )
        self.assertFalse(failed)

    def test_after_is_the_reference_before_the_text(self):
        [said], _ = self.run_on({"text": "Ibid. 18a.", "after": "Megillah 17b"})
        [citation] = said["citations"]
        self.assertEqual(citation["reference"], "Megillah 18a")
        self.assertIsNone(citation["source"])  # a draft is not on the site

    def test_what_stays_open_has_choices_with_a_reason_each(self):
        [said], _ = self.run_on({"text": "See Meg 17b."})
        [citation] = said["citations"]
        self.assertIsNone(citation["reference"])
        names = {choice["reference"] for choice in citation["choices"]}
        self.assertEqual(names, {"Megillah 17b", "Melachim 17b"})
        self.assertTrue(all(choice["why"] for choice in citation["choices"]))

    def test_what_was_rejected_says_why(self):
        [said], _ = self.run_on({"text": "See Megillah 400a."})
        [rejected] = said["rejected"]
        self.assertIn("400a", rejected["text"])
        self.assertTrue(rejected["why"])

    def test_a_line_that_is_bad_is_answered_and_the_others_are_too(self):
        bad = [
            b"no json",
            b"\xff\xfe",
            b"[" * 5000,
            ["a list"],
            {"text": 3},
            {"text": "x", "after": 3},
            {"text": "x", "after": "Nothing 3"},
        ]
        said, failed = self.run_on(*bad, {"text": "Megillah 17b"})
        self.assertTrue(failed)
        self.assertEqual(len(said), len(bad) + 1)
        self.assertTrue(all(set(each) == {"error"} for each in said[:-1]))
        self.assertEqual(len(said[-1]["citations"]), 1)

    def test_hostile_texts_are_answered(self):
        texts = ["", "\0", "\ud800", "\u202e" * 100, "(" * 9999, "1:1," * 9999]
        said, failed = self.run_on(*({"text": text} for text in texts))
        self.assertEqual(len(said), len(texts))
        self.assertFalse(failed)
