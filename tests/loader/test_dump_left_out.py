"""What no file of the library can hold is named when it is dumped."""

from sources import loader
from sources.changes import change
from sources.dumper import dump
from sources.models import Citation, Source, State, Text
from tests import make
from tests.loader.dumps import DumpCase


class LeftOutTests(DumpCase):
    def setUp(self):
        super().setUp()
        make.question()

    def lost(self):
        """What a dump into the folder has left out."""
        return dict(dump(self.folder).lost)

    def source_file(self, name="megillah-17b"):
        return self.read()[f"sources/{name}.toml"]

    def test_a_withdrawn_source_is_written_as_withdrawn(self):
        make.source("17b", state=State.WITHDRAWN)
        self.assertNotIn("withdrawn", str(self.lost()))
        self.assertIn('state = "withdrawn"', self.source_file())

    def test_a_withdrawn_bearing_is_left_out_and_named(self):
        make.source("17b", bearings=[{"state": State.WITHDRAWN}])
        lost = self.lost()
        self.assertEqual(lost["withdrawn bearings"], ["megillah-17b"])
        self.assertNotIn("[[bearings]]", self.source_file())

    def test_a_draft_bearing_is_never_published_by_way_of_a_dump(self):
        make.source("17b", bearings=[{"state": State.DRAFT}])
        lost = self.lost()
        self.assertIn("unpublished bearings of a published source", lost)
        self.assertNotIn("[[bearings]]", self.source_file())

    def test_an_unpublished_topic_is_left_out_with_its_links(self):
        make.source("17b", topics=[make.topic(slug="quiet", state=State.DRAFT)])
        lost = self.lost()
        self.assertEqual(lost["topics that are not published"], ["quiet"])
        self.assertEqual(self.read()["topics.toml"], "")
        self.assertNotIn("quiet", self.source_file())

    def test_a_translation_by_others_is_left_out_and_named(self):
        source = make.source("17b")
        text = Text(source=source, role="translation", language="en", words="By me")
        with change(source, opened=source.version):
            text.translator = "Another"
            text.save()
        sentence = "texts other than the original and our translation"
        self.assertIn(sentence, self.lost())

    def test_citations_in_a_circle_are_broken_and_named(self):
        one = make.source("17b", bearings=[])
        make.source("18a", cites=[one])
        back = Citation(citing=one, cited=Source.objects.get(address="18a"))
        back.relation = "parallels"
        with change(one, opened=one.version):
            back.save()
        self.assertIn("citations that close a circle", self.lost())
        self.assertEqual(set(loader.load(self.folder).counts), {"kept"})

    def test_an_address_that_is_not_the_files_name_is_told(self):
        author = make.author(slug="rashi")
        make.source("17b")
        dump(self.folder)
        loader.load(self.folder, overwrite=True)
        author.refresh_from_db()
        with change(author, opened=author.version):
            author.slug = "rabbeinu-shlomo"
            author.save()
        lost = dump(self.above / "moved").lost
        self.assertEqual(lost["addresses that are not the file's name"], ["rashi"])
