"""What the library lacks is told in plain sentences, each under its kind."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from sources import gaps
from sources.changes import change
from sources.models import EssayClaim, State, Work
from tests import make

pytestmark = pytest.mark.slow


def found():
    return {gap.title: gap.sentences for gap in gaps.find()}


def whole(address, **fields):
    """A source that lacks nothing."""
    words = "וכיון שנתקבצו גליות"
    bearing = {"words": words, **fields.pop("bearing", {})}
    return make.source(address, words=words, bearings=[bearing], **fields)


def kuzari():
    years = {"year_from": 1140, "year_to": 1140}
    return make.work("kuzari", title_he="כוזרי", era=Work.Era.RISHONIM, **years)


def claim(source, finding=""):
    essay = make.essay(title="Why?", state=State.PUBLISHED)
    row = EssayClaim(essay=essay, source=source, number=1, claim="So.", finding=finding)
    with change(essay, opened=essay.version):
        row.save()


class GapsTests(TestCase):
    def assert_found(self, title, *sentences):
        self.assertEqual(found(), {title: list(sentences)})

    def test_a_whole_source_leaves_nothing_to_say(self):
        whole("17b", topics=[make.topic()])
        self.assertEqual(found(), {})

    def test_an_empty_library_has_no_gaps(self):
        self.assertEqual(gaps.find(), [])

    def test_a_source_without_translation(self):
        whole("17b", translation="")
        self.assert_found(
            "Published sources without a translation",
            "Megillah 17b has no translation.",
        )

    def test_a_source_without_bearing(self):
        make.source("17b")
        self.assert_found(
            "Published sources without a bearing",
            "Megillah 17b has no bearing on the question.",
        )

    def test_a_withdrawn_bearing_counts_for_nothing(self):
        whole("17b", bearing={"state": State.WITHDRAWN})
        self.assertIn("Published sources without a bearing", found())

    def test_bearings_without_words(self):
        whole("17b", bearing={"words": ""})
        self.assert_found(
            "Bearings without exact words",
            "Megillah 17b has a bearing without the exact words.",
        )

    def test_a_citation_of_a_later_source(self):
        late = kuzari()
        later = whole("2a", work=late)
        whole("17b", cites=[later])
        self.assert_found(
            "Citations of a later source",
            "Megillah 17b (Amoraim, 450–600) cites Kuzari 2a (Rishonim, 1140), which "
            "is later.",
        )

    def test_a_citation_of_an_earlier_source_is_as_it_should_be(self):
        late = kuzari()
        whole("2a", work=late, cites=[whole("17b")])
        self.assertEqual(found(), {})

    def test_a_work_that_its_shelf_puts_earlier_is_not_called_later(self):
        years = {"year_from": 1270, "year_to": 1300}
        zohar = make.work("zohar", title_he="זוהר", era=Work.Era.TANNAIM, **years)
        whole("17b", cites=[whole("2a", work=zohar)])
        self.assertEqual(found(), {})

    def test_a_title_that_two_works_share(self):
        make.work("bereishis", titles=["Ber."], title_he="בראשית")
        make.work("berachos", titles=["ber"], title_he="ברכות")
        self.assert_found(
            "Titles that two works share without a rule",
            "“Ber.” may mean Bereishis or Berachos.",
        )

    def test_a_claim_on_what_is_only_read_so_by_others(self):
        claim(whole("17b", bearing={"basis": "inferred"}))
        self.assert_found(
            "Essays that claim more than the source, without a note",
            "“Why?”, claim 1: Megillah 17b is only read so by others, and the claim "
            "has no note.",
        )

    def test_a_claim_on_a_draft(self):
        claim(make.source("17b", state=State.DRAFT))
        sentences = found()["Essays that claim more than the source, without a note"]
        self.assertEqual(
            sentences,
            ["“Why?”, claim 1: Megillah 17b is a draft, and the claim has no note."],
        )

    def test_a_claim_with_a_note_is_in_order(self):
        claim(whole("17b", bearing={"basis": "inferred"}), finding="It says less.")
        self.assertEqual(found(), {})

    def test_a_claim_on_what_the_source_says_is_in_order(self):
        claim(whole("17b"))
        self.assertEqual(found(), {})

    def test_a_path_with_a_step_on_a_draft(self):
        make.path(make.source("17b", state=State.DRAFT), title="Way")
        self.assertEqual(
            found()["Paths with a step on an unpublished source"],
            ["“Way”, step 1: Megillah 17b is a draft."],
        )

    def test_drafts_are_named(self):
        make.source("17b", state=State.IN_REVIEW)
        self.assert_found("Drafts", "Megillah 17b is in review.")

    def test_a_topic_without_a_published_source(self):
        topic = make.topic("Dew")
        make.source("17b", state=State.DRAFT, topics=[topic])
        self.assertEqual(
            found()["Topics without a source"], ["Dew has no published source."]
        )


class OverlapTests(TestCase):
    def overlaps(self):
        return found().get("Sources that overlap", [])

    def verses(self):
        return make.work("yeshayah", scheme="verse", bounds={"verses": [31, 22, 26]})

    def test_a_chapter_and_a_verse_of_it_overlap(self):
        work = self.verses()
        for address in ("1.5-9", "2", "2.4-6", "3.1"):
            make.source(address, work=work)
        self.assertEqual(
            self.overlaps(), ["Yeshayah 2 and Yeshayah 2:4-6 share a place."]
        )

    def test_a_long_place_overlaps_all_that_begin_in_it(self):
        work = self.verses()
        for address in ("1.1-3.4", "1.2", "2.1", "3.5"):
            make.source(address, work=work)
        self.assertEqual(len(self.overlaps()), 2)

    def test_two_spans_that_share_places_twice_are_told_once(self):
        work = self.verses()
        make.source("1.1-5,2.1-5", work=work)
        make.source("1.3,2.3", work=work)
        self.assertEqual(len(self.overlaps()), 1)

    def test_parts_of_one_place_do_not_overlap(self):
        make.source("17b", part="one")
        make.source("17b", part="two")
        self.assertEqual(self.overlaps(), [])

    def test_a_whole_work_overlaps_what_stands_in_it(self):
        make.source("whole")
        make.source("17b")
        self.assertEqual(self.overlaps(), ["Megillah and Megillah 17b share a place."])

    def test_the_same_place_in_two_works_is_no_overlap(self):
        make.source("17b")
        make.source("17b", work=make.work("berachos"))
        self.assertEqual(self.overlaps(), [])


class CommandTests(TestCase):
    def run_command(self, *options):
        out = StringIO()
        call_command("check_library", *options, stdout=out)
        return out.getvalue()

    def test_tells_each_kind_with_its_count(self):
        make.source("17b")
        said = self.run_command()
        self.assertIn("Published sources without a bearing: 1\n  Megillah 17b", said)
        self.assertIn("1 gap in the library", said)

    def test_fails_only_when_it_is_asked_to(self):
        make.source("17b")
        with self.assertRaisesMessage(CommandError, "1 gap in the library"):
            self.run_command("--fail")

    def test_does_not_fail_where_there_is_no_gap(self):
        self.assertIn("The library has no gaps", self.run_command("--fail"))

    def test_the_queries_do_not_grow_with_the_library(self):
        work = make.work("yeshayah", scheme="verse", bounds={"verses": [31, 22, 26]})
        whole("17b", topics=[make.topic()])
        claim(make.source("1.1", work=work, state=State.DRAFT))
        with self.assertNumQueries(QUERIES):
            gaps.find()
        for verse in range(2, 8):
            whole(f"1.{verse}", work=work, topics=[make.topic(f"Topic {verse}")])
        with self.assertNumQueries(QUERIES):
            gaps.find()


QUERIES = 9
