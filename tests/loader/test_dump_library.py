"""The library is written into files that a load finds nothing to do with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sources import loader
from sources.changes import change
from sources.dumper import DumpError, dump
from sources.library_writers import TRANSLATION_LICENCE
from sources.models import Bearing, Source, State, Text
from tests import make
from tests.loader.dumps import DumpCase, library

pytestmark = pytest.mark.slow

AWKWARD = (
    'He said "so", and """so""", and \\n is no line end, and \'this\' is no quote.\n'
    "\n  The second line ends in spaces   \nand the third begins בְּרֵאשִׁ֖ית\u200f, "
    "then \u200e(17b)\u200f, ״כך״, \u2068here\u2069 and 🙂, with a tab\tand a \\"
)


@pytest.mark.prove
class CuratedLibraryTests(DumpCase):
    def test_the_curated_library_comes_back(self):
        self.assert_comes_back(loader.load)
        records = library()
        self.assertIn(("Source", "megillah-17b"), records)
        self.assertIn(("Path", "the-oaths"), records)
        self.assertIn(("Essay", "why-two-stages"), records)


class AwkwardTests(DumpCase):
    def make_awkward(self):
        """Every kind of record, with text that is hard to write."""
        source = make.source(
            supports="two-stages",
            words=AWKWARD,
            translation=AWKWARD,
            topics=[make.topic(description=AWKWARD, name='A "topic"')],
            bearings=[{"position": "before", "reasoning": AWKWARD, "read_by": "י'"}],
            summary=AWKWARD,
            notes=AWKWARD,
            part="a-part",
            part_title='"',
        )
        make.author(note=AWKWARD, name="'\"\\")
        background = {"position": None, "direction": "background"}
        make.source(cites=[source], words="", bearings=[background])
        make.path(source, description=AWKWARD, state=State.PUBLISHED)
        make.essay(body=AWKWARD, state=State.PUBLISHED)
        text = Text.objects.get(role="translation")
        with change(text.source, opened=text.source.version):
            text.licence = TRANSLATION_LICENCE
            text.save()

    def test_awkward_text_comes_back(self):
        with transaction.atomic():
            self.make_awkward()
            self.assertEqual(dict(dump(self.above / "made").lost), {})
            transaction.set_rollback(True)
        self.assert_comes_back(lambda: loader.load(self.above / "made"))
        self.assertEqual(self.read(self.above / "made"), self.read())
        self.assertIn(AWKWARD, Source.objects.values_list("notes", flat=True))
        self.assertIn(AWKWARD, Bearing.objects.values_list("reasoning", flat=True))

    def test_what_a_load_would_trim_is_told(self):
        make.question()
        make.source("17b", notes="\n ends in a line end\n")
        lost = dump(self.folder).lost
        self.assertEqual(
            lost["white space at an end, and signs that are never stored"],
            ["sources/megillah-17b.toml"],
        )


class RecordsMadeHereTests(DumpCase):
    def setUp(self):
        super().setUp()
        make.question()

    def test_they_are_named_by_their_slug_or_place(self):
        make.source("17b", part="koresh", topics=[make.topic(slug="order")])
        dump(self.folder)
        files = self.read()
        self.assertIn("sources/megillah-17b-koresh.toml", files)
        self.assertIn("works/megillah.toml", files)
        self.assertIn("[order]", files["topics.toml"])

    def test_a_load_of_the_dump_adds_none_of_them_again(self):
        make.source("17b", supports="two-stages")
        before = library()
        written = dump(self.folder).written
        self.assertEqual(loader.load(self.folder).counts, {"kept": written})
        self.assertEqual(library(), before)

    def test_overwriting_gives_them_their_names_and_no_second_record(self):
        source = make.source("17b", supports="two-stages")
        written = dump(self.folder).written
        outcome = loader.load(self.folder, overwrite=True)
        self.assertEqual(outcome.counts, {"changed": written})
        source.refresh_from_db()
        self.assertEqual(source.library_name, "megillah-17b")
        self.assertEqual(loader.load(self.folder).counts, {"unchanged": written})

    def test_a_file_of_another_name_at_their_place_is_taken_for_them(self):
        make.source("17b")
        dump(self.folder)
        file = self.folder / "sources" / "megillah-17b.toml"
        file.rename(file.with_name("amidah.toml"))
        loader.load(self.folder, overwrite=True)
        self.assertEqual(Source.objects.get().library_name, "amidah")

    def test_two_places_of_one_name_get_two_names(self):
        work = make.work("isaiah", scheme="section", bounds={})
        make.source("1.2-3", work=work)
        make.source("1.2,3", work=work)
        dump(self.folder)
        names = {path.name for path in (self.folder / "sources").iterdir()}
        self.assertEqual(names, {"isaiah-1-2-3.toml", "isaiah-1-2-3-2.toml"})
        loader.load(self.folder)
        self.assertEqual(Source.objects.count(), 2)

    def test_an_edited_record_is_dumped_as_edited(self):
        make.source("17b")
        dump(self.folder)
        loader.load(self.folder, overwrite=True)
        source = Source.objects.get()
        with change(source, opened=source.version):
            source.summary = "An editor's summary."
            source.save()
        dump(self.above / "edited")
        file = self.above / "edited" / "sources" / "megillah-17b.toml"
        self.assertIn('summary = "An editor\'s summary."', file.read_text())


class CommandTests(DumpCase):
    def run_command(self, folder):
        out = StringIO()
        call_command("dump_library", folder, stdout=out)
        return out.getvalue()

    def test_says_what_it_wrote_and_what_no_file_holds(self):
        make.source("17b", bearings=[{"state": State.WITHDRAWN}])
        said = self.run_command(self.folder)
        self.assertIn("records written", said)
        self.assertIn("not in the files: withdrawn bearings: megillah-17b", said)
        self.assertIn("not in the files: the history (", said)

    def test_a_folder_that_holds_anything_is_refused(self):
        make.question()
        (self.above / "a.txt").write_text("mine")
        with self.assertRaisesMessage(CommandError, "is not empty"):
            self.run_command(self.above)
        self.assertEqual([path.name for path in self.above.iterdir()], ["a.txt"])

    def test_a_file_in_the_folders_place_is_refused(self):
        make.question()
        self.folder.write_text("mine")
        with self.assertRaisesMessage(CommandError, "is no folder"):
            self.run_command(self.folder)

    def test_a_folder_that_cannot_be_made_is_refused(self):
        make.question()
        self.folder.write_text("mine")
        with self.assertRaisesMessage(CommandError, "cannot be written"):
            self.run_command(self.folder / "below")

    def test_an_empty_library_is_refused(self):
        with self.assertRaisesMessage(DumpError, "has no question"):
            dump(self.folder)
        self.assertFalse(self.folder.exists())

    def test_the_queries_do_not_grow_with_the_library(self):
        topic = make.topic()
        make.source("17b", supports="two-stages", topics=[topic])
        with CaptureQueriesContext(connection) as queries:
            dump(self.above / "one")
        for folio in range(20, 30):
            make.source(f"{folio}a", supports="before", topics=[topic])
        with self.assertNumQueries(len(queries)):
            dump(self.above / "eleven")
