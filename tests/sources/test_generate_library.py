"""The generated library: for measuring, of any size, and never taken for Torah."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from sources.changes import change
from sources.generator import GeneratorError, generate
from sources.models import (
    Bearing,
    Citation,
    SearchDocument,
    Source,
    Stamp,
    State,
    Text,
    TopicLink,
    Work,
)
from tests import make

WORKED_OUT = (
    "address",
    "place_in_url",
    "reference_en",
    "reference_he",
    "sort_key",
    "is_contested",
)


def portrait():
    """All that a reader would see of the library, without ids."""
    return [
        list(Work.objects.order_by("order").values_list("slug", "year_from")),
        list(Source.objects.order_by("pk").values_list("creation_key", "summary")),
        list(Text.objects.order_by("pk").values_list("language", "words")),
        list(Bearing.objects.order_by("pk").values_list("direction", "reasoning_html")),
        list(TopicLink.objects.order_by("pk").values_list("tag__slug", "why")),
        list(
            Citation.objects.order_by("pk").values_list(
                "citing__summary", "cited__summary", "relation"
            )
        ),
        list(SearchDocument.objects.order_by("pk").values_list("titles", "body")),
        Stamp.objects.get().digest,
    ]


def portrait_of(count, seed):
    """The portrait of a generated library that is taken back at once."""
    with transaction.atomic():
        generate(count, seed)
        seen = portrait()
        transaction.set_rollback(True)
    return seen


@pytest.mark.slow
class GeneratedLibraryTests(TestCase):
    def test_the_same_seed_gives_the_same_library(self):
        self.assertEqual(portrait_of(25, seed=3), portrait_of(25, seed=3))

    def test_another_seed_gives_another(self):
        for ours, theirs in zip(
            portrait_of(25, seed=3), portrait_of(25, seed=4), strict=True
        ):
            self.assertNotEqual(ours, theirs)

    def test_has_as_many_sources_as_asked_each_with_all_that_stands_around_it(self):
        generate(40, seed=1)
        self.assertEqual(Source.objects.count(), 40)
        for parts in ("texts", "bearings", "topic_links", "search_document"):
            bare = Source.objects.filter(**{f"{parts}__isnull": True})
            self.assertFalse(bare.exists(), parts)
        self.assertTrue(Citation.objects.exists())
        self.assertEqual(
            set(Bearing.objects.values_list("direction", flat=True)),
            set(Bearing.Direction.values),
        )

    def test_every_name_says_that_it_is_generated(self):
        generate(12, seed=1)
        for source in Source.objects.select_related("work"):
            self.assertTrue(source.summary.startswith("Generated source "))
            self.assertTrue(source.work.title.startswith("Generated work "))

    def test_writes_what_the_gate_would_have_written(self):
        generate(30, seed=2)
        for source in Source.objects.order_by("pk"):
            before = {name: getattr(source, name) for name in WORKED_OUT}
            html = list(source.bearings.values_list("reasoning_html", "rendered_with"))
            found_by = SearchDocument.objects.values().get(source=source)
            with change(source, opened=source.version, why="as it stands"):
                source.save()
            source.refresh_from_db()
            self.assertEqual(before, {n: getattr(source, n) for n in WORKED_OUT})
            self.assertEqual(
                html,
                list(source.bearings.values_list("reasoning_html", "rendered_with")),
            )
            self.assertEqual(
                found_by, SearchDocument.objects.values().get(source=source)
            )

    def test_every_published_source_answers_and_every_other_does_not(self):
        generate(40, seed=5)
        for source in Source.objects.select_related("work"):
            expected = 200 if source.state == State.PUBLISHED else 404
            response = self.client.get(source.get_absolute_url())
            self.assertEqual(response.status_code, expected, source)

    def test_refuses_a_curated_library_and_writes_nothing(self):
        make.work(library_name="megillah", slug="curated")
        stamp = Stamp.objects.current()
        with self.assertRaisesMessage(GeneratorError, "holds the curated library"):
            generate(5, seed=1)
        self.assertEqual(Work.objects.count(), 1)
        self.assertEqual(Stamp.objects.current(), stamp)

    def test_is_mixed_into_a_curated_library_only_by_force(self):
        position = make.position("before", library_name="before")
        generate(5, seed=1, force=True)
        sides = Bearing.objects.filter(position__isnull=False)
        self.assertEqual({bearing.position for bearing in sides}, {position})

    def test_refuses_a_second_generated_library(self):
        generate(5, seed=1)
        with self.assertRaisesMessage(GeneratorError, "generated library already"):
            generate(5, seed=2, force=True)
        self.assertEqual(Source.objects.count(), 5)


class GenerateLibraryCommandTests(TestCase):
    def run_it(self, *arguments):
        out, err = StringIO(), StringIO()
        call_command("generate_library", *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    def test_says_what_it_did_and_draws_its_progress(self):
        out, err = self.run_it("--sources=7", "--seed=9")
        self.assertEqual(out, "7 sources generated with seed 9\n")
        self.assertTrue(err.endswith("] 7/7\n"), err)

    def test_says_why_it_refuses(self):
        make.work(library_name="megillah", slug="curated")
        with self.assertRaisesMessage(CommandError, "--force"):
            self.run_it("--sources=7")

    def test_refuses_a_number_that_is_none(self):
        for number in ("0", "-3", "many", "٣", "1000001"):
            with self.assertRaisesMessage(CommandError, "from 1 to 1000000"):
                self.run_it(f"--sources={number}")
        self.assertFalse(Source.objects.exists())
