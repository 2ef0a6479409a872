"""A small library in files, for tests of loading."""

import shutil
import tempfile
from pathlib import Path

from django.test import TestCase

from sources import loader
from sources.library_files import LibraryError
from sources.models import Work


class FilesCase(TestCase):
    """A small library in a folder of its own; a test writes its files over."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("positions", "works", "sources"):
            (self.folder / name).mkdir()
        self.write("question.toml", 'slug = "q"\ntitle = "When?"')
        self.write("authors.toml", '[rashi]\nname = "Rashi"')
        self.write("commentators.toml", "")
        self.write("topics.toml", '[order]\nname = "Order"')
        self.write(
            "positions/before.toml",
            'question = "q"\nname = "Before"\nkind = "answer"\nsign = "before"\n'
            'statement = "First."\nevents = ["ingathering"]',
        )
        self.write(
            "works/megillah.toml",
            'title = "Megillah"\ncategory = "Bavli"\nscheme = "daf"\n'
            '[bounds]\ndapim = ["2a", "32a"]',
        )
        self.source = (
            'work = "megillah"\naddress = "17b"\nstate = "published"\n'
            'summary = "A summary."\ntopics = ["order"]\n'
        )
        self.write("sources/megillah-17b.toml", self.source)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def assert_refused(self, *sentences):
        with self.assertRaises(LibraryError) as caught:
            loader.load(self.folder)
        for sentence in sentences:
            self.assertIn(sentence, str(caught.exception))
        self.assertEqual(Work.objects.count(), 0)
