"""The curated library is loaded whole, twice without change, and never over edits."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from sources import loader
from sources.changes import change
from sources.models import Bearing, Change, Source, State, Text
from tests import curated
from tests.loader.case import FilesCase


@pytest.mark.slow
class CuratedLibraryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.outcome = curated.load()

    def test_holds_all_146_sources_131_of_them_published(self):
        self.assertEqual(Source.objects.count(), 146)
        self.assertEqual(Source.objects.published().count(), 131)

    def test_79_published_sources_take_a_side(self):
        self.assertEqual(Source.objects.published().taking_a_side().count(), 79)

    def test_every_published_source_has_its_words_and_our_translation(self):
        for source in Source.objects.published().prefetch_related("texts"):
            roles = {text.role for text in source.texts.all()}
            self.assertEqual(roles, {"original", "translation"}, source)

    def test_no_draft_has_words_or_a_published_bearing(self):
        drafts = Source.objects.filter(state=State.DRAFT)
        self.assertFalse(Text.objects.filter(source__in=drafts).exists())
        bearings = Bearing.objects.filter(source__in=drafts)
        self.assertEqual(
            set(bearings.values_list("state", "basis")), {("draft", "inferred")}
        )

    def test_no_bearing_claims_a_review(self):
        self.assertFalse(Bearing.objects.filter(reviewed_at__isnull=False).exists())

    def test_a_second_load_changes_nothing(self):
        before = Change.objects.count()
        again = loader.load()
        self.assertEqual(again.counts["unchanged"], sum(self.outcome.counts.values()))
        self.assertEqual(set(again.counts), {"unchanged"})
        self.assertEqual(Change.objects.count(), before)

    def test_what_an_editor_changed_is_kept_and_named(self):
        source = Source.objects.get(library_name="megillah-17b")
        with change(source, opened=source.version):
            source.summary = "An editor's summary."
            source.save()
        again = loader.load()
        self.assertEqual(again.counts["kept"], 1)
        self.assertIn("megillah-17b", again.kept[0])
        source.refresh_from_db()
        self.assertEqual(source.summary, "An editor's summary.")

    def test_overwrite_brings_the_files_words_back(self):
        source = Source.objects.get(library_name="megillah-17b")
        summary = source.summary
        with change(source, opened=source.version):
            source.summary = "An editor's summary."
            source.save()
        self.assertEqual(loader.load(overwrite=True).counts["changed"], 1)
        source.refresh_from_db()
        self.assertEqual(source.summary, summary)


class FilesTests(FilesCase):
    def test_a_small_library_loads(self):
        self.assertEqual(loader.load(self.folder).counts["added"], 6)
        self.assertEqual(Source.objects.get().reference_en, "Megillah 17b")

    def test_a_changed_file_changes_its_record_only(self):
        loader.load(self.folder)
        source = self.source.replace("A summary.", "Another.")
        self.write("sources/megillah-17b.toml", source)
        outcome = loader.load(self.folder)
        self.assertEqual(
            (outcome.counts["changed"], outcome.counts["unchanged"]), (1, 5)
        )

    def test_an_unknown_key_is_named(self):
        self.write("sources/megillah-17b.toml", self.source + 'colour = "red"')
        self.assert_refused("sources/megillah-17b.toml", "colour", "is not a key")

    def test_a_table_where_a_list_belongs_is_named(self):
        for wrong in (
            'titles = { text = "A" }',
            "topics = [[1]]",
            'text = [{a = "b"}]',
        ):
            with self.subTest(wrong=wrong):
                self.write(
                    "sources/megillah-17b.toml", self.source_without_topics + wrong
                )
                self.assert_refused("sources/megillah-17b.toml")

    @property
    def source_without_topics(self):
        return self.source.replace('topics = ["order"]\n', "")

    def test_a_missing_key_is_named(self):
        self.write("sources/megillah-17b.toml", 'work = "megillah"')
        self.assert_refused("sources/megillah-17b.toml", "address", "is missing")

    def test_malformed_toml_is_named_with_its_line(self):
        self.write("works/megillah.toml", "title = = 1")
        self.assert_refused("works/megillah.toml", "is not TOML", "line 1")

    def test_bytes_that_are_no_text_are_named(self):
        (self.folder / "works/megillah.toml").write_bytes(b"\xff\xfe")
        self.assert_refused("works/megillah.toml", "is not UTF-8")

    def test_an_address_out_of_bounds_is_named(self):
        source = self.source.replace("17b", "400a")
        self.write("sources/megillah-17b.toml", source)
        self.assert_refused("sources/megillah-17b.toml", "address", "400a")

    def test_a_name_that_is_not_there_is_named(self):
        self.write("sources/megillah-17b.toml", self.source.replace("order", "odd"))
        self.assert_refused("sources/megillah-17b.toml", "topics", "odd")

    def test_a_wrong_choice_is_named(self):
        bearing = (
            '[[bearings]]\nposition = "before"\ndirection = "hints"\n'
            'basis = "explicit"\nreasoning = "So."\n'
        )
        self.write("sources/megillah-17b.toml", self.source + bearing)
        self.assert_refused("sources/megillah-17b.toml", "direction", "hints")

    def test_citations_in_a_circle_are_named(self):
        for name, other, address in (("a", "b", "3a"), ("b", "a", "4a")):
            link = f'[[citations]]\nsource = "{other}"\nrelation = "cites"\n'
            source = self.source.replace("17b", address) + link
            self.write(f"sources/{name}.toml", source)
        self.assert_refused("sources/a.toml", "sources/b.toml", "circle")

    def test_the_command_says_what_it_did_and_fails_with_a_sentence(self):
        out = StringIO()
        call_command("load_library", self.folder, stdout=out)
        self.assertIn("6 added, 0 changed, 0 unchanged, 0 kept", out.getvalue())
        with self.assertRaisesMessage(CommandError, "is no folder"):
            call_command("load_library", self.folder / "nowhere")
