"""The pins: each with its digests, and none that an advisory is known of."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import SimpleTestCase

CI = settings.BASE_DIR / ".ci"
SPAN = {"introduced": "1.0", "fixed": "1.4"}
KNOWN = {
    "id": "MADE-UP-1",
    "package": "made-up",
    "affected": [SPAN],
    "summary": "It leaks.",
    "address": "https://example.org/1",
}
OSV = {
    "id": "MADE-UP-2",
    "aliases": ["MADE-UP-1"],
    "summary": "It leaks more.",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Made_Up"},
            "ranges": [
                {
                    "type": "ECOSYSTEM",
                    "events": [{"introduced": "0"}, {"fixed": "1.6"}],
                }
            ],
        },
        {"package": {"ecosystem": "npm", "name": "made-up"}},
    ],
}


class PinTests(SimpleTestCase):
    def test_every_requirement_is_pinned_to_the_version_that_is_chosen_by_digests(self):
        chosen = set((CI / "constraints.txt").read_text().lower().split())
        for file in (CI / "requirements").glob("*.txt"):
            words = file.read_text().replace("\\\n", " ")
            for line in words.splitlines()[1:]:
                name, *digests = line.split()
                with self.subTest(name=name):
                    self.assertIn(name, {each.replace("_", "-") for each in chosen})
                    self.assertTrue(digests)
                    for digest in digests:
                        self.assertRegex(digest, r"^--hash=sha256:[0-9a-f]{64}$")


@pytest.mark.slow
class AdvisoryTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.list = self.folder / "list.json"
        self.write(self.list, {"listed": "2026-01-01", "advisories": [KNOWN]})

    def write(self, file, value):
        file.write_text(json.dumps(value))

    def compare(self, version, *more):
        """(status, what was said) of the check of one made-up pin."""
        (self.folder / "pins.txt").write_text(f"made-up=={version} \\\n  --hash=x\n")
        where = ("--list", self.list, "--pins", self.folder)
        return self.run_with(*where, *more)

    def run_with(self, *arguments):
        command = [sys.executable, CI / "advisories", *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def test_a_version_that_is_affected_fails_and_all_is_named(self):
        status, said = self.compare("1.3.9")
        self.assertEqual(status, 1)
        self.assertIn("made-up 1.3.9: MADE-UP-1, fixed in 1.4. It leaks.", said)
        self.assertIn("https://example.org/1", said)

    def test_a_version_before_or_after_passes(self):
        for version in ("0.9", "1.4", "1.10"):
            with self.subTest(version=version):
                self.assertEqual(self.compare(version)[0], 0)

    def test_it_says_how_old_the_list_is_and_how_to_make_it_anew(self):
        said = self.compare("1.4")[1]
        self.assertRegex(said, r"1 advisories, listed \d+ days ago\.")
        self.assertIn(".ci/advisories --from FILE", said)

    def test_an_export_in_the_osv_format_makes_the_list_anew(self):
        export = self.folder / "export.json"
        for shape in (OSV, [OSV], {"vulns": [OSV]}):
            self.write(self.list, {"listed": "2026-01-01", "advisories": [KNOWN]})
            self.write(export, shape)
            status, said = self.compare("1.5", "--from", export)
            self.assertEqual(status, 1, said)
            self.assertIn("MADE-UP-2, fixed in 1.6", said)
            listed = json.loads(self.list.read_text())
            self.assertEqual(
                [each["id"] for each in listed["advisories"]], ["MADE-UP-2"]
            )
            self.assertTrue(re.match(r"20\d\d-\d\d-\d\d$", listed["listed"]))

    def test_one_that_was_withdrawn_is_left_out(self):
        export = self.folder / "export.json"
        self.write(export, OSV | {"withdrawn": "2026-02-01T00:00:00Z"})
        self.assertEqual(self.compare("1.5", "--from", export)[0], 0)

    def test_none_is_known_of_what_is_pinned_here(self):
        status, said = self.run_with()
        self.assertEqual(status, 0, said)
