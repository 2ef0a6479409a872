"""The admin's first page: what waits, for whom, and lists of exactly that."""

from unittest import mock

import pytest
from django.contrib import admin
from django.core import checks
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources import desk, proposals
from sources.changes import change
from sources.desk import findings, waiting, worklist
from sources.kept import kept_state
from sources.models import Bearing, EssayClaim, Source, State, Work
from tests import make

pytestmark = pytest.mark.slow

INDEX = reverse("admin:index")


def notes_waiting(user):
    """What a hall would add: one line that has something, and one that has nothing."""
    return [
        desk.Item("notes waiting", "/notes/", 3, f"For {user}."),
        desk.Item("flags waiting", "/flags/", 0),
    ]


def saved_by(editor, record, **fields):
    """Change a record as this editor."""
    with change(record, opened=record.version, editor=editor, why="x"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
    record.refresh_from_db()
    return record


class DeskCase(TestCase):
    def setUp(self):
        waiting.counts.kept.clear()
        for memory in findings.MEMORIES:
            memory.forget()
        self.reviewer = make.editor(role="reviewer", display_name="Rivka")
        self.client.force_login(self.reviewer)

    def items(self, user=None):
        """{title: Item} of the desk of this user."""
        groups = desk.for_user(user or self.reviewer)
        return {item.title: item for group in groups for item in group.items}

    def listed(self, url):
        """The records that a list of the admin shows."""
        return list(self.client.get(url).context["cl"].result_list)


class WaitingTests(DeskCase):
    def assertLeadsTo(self, title, *records):
        item = self.items()[title]
        self.assertEqual(item.count, len(records))
        self.assertCountEqual(self.listed(item.url), records)

    def test_names_each_lack_and_leads_to_exactly_those(self):
        whole = make.source(supports="before", verified_against="A text.")
        bare = make.source(
            words=None, bearings=[{"basis": "inferred", "words": ""}],
            verified_against="A text.",
        )  # fmt: skip
        silent = make.source(verified_against="A text.")
        unverified = make.source(bearings=[{"basis": "inferred"}])
        without = [each for each in self.items() if each.startswith("sources without")]
        self.assertEqual(len(without), 2)
        self.assertLeadsTo("sources without a translation", bare)
        self.assertLeadsTo("sources without a bearing", silent)
        self.assertLeadsTo("sources with a bearing without exact words", whole)
        self.assertLeadsTo("sources not verified against a text", unverified)

    def test_says_nothing_of_what_is_withdrawn(self):
        make.source(words=None, state=State.WITHDRAWN)
        self.assertEqual(self.items(), {})

    def test_a_bearing_that_is_withdrawn_is_none(self):
        source = make.source(bearings=[{"state": State.WITHDRAWN}])
        self.assertLeadsTo("sources without a bearing", source)

    def test_names_the_contested(self):
        source = make.source(bearings=[{"position": "before"}, {"position": "after"}])
        self.assertLeadsTo("sources whose readings are contested", source)

    def test_names_disputed_works_until_they_have_a_note(self):
        work = make.work(attribution="disputed")
        self.assertLeadsTo("works of disputed attribution without a note", work)
        with change(work, opened=work.version):
            work.attribution_note = "By whom, R. X asks."
            work.save()
        self.assertNotIn("works of disputed attribution without a note", self.items())

    def test_names_essays_that_claim_more_than_their_source(self):
        essay = make.essay(state=State.PUBLISHED)
        read_so = make.source(bearings=[{"basis": "inferred"}])
        plain = make.source(supports="before")
        with change(essay, opened=1):
            essay.save()
            for number, source in enumerate((plain, read_so), 1):
                EssayClaim.objects.create(
                    essay=essay, source=source, number=number, claim="It says so."
                )
        self.assertLeadsTo("essays that claim more than their sources", essay)
        with change(essay, opened=2):
            essay.save()
            claim = essay.claims.get(source=read_so)
            claim.finding = "It does not say so."
            claim.save()
        self.assertNotIn("essays that claim more than their sources", self.items())

    def test_counts_no_further_than_it_must(self):
        with mock.patch.object(waiting, "MOST", 2):
            for _ in range(4):
                make.source(verified_against="A text.")
            item = self.items()["sources without a bearing"]
            self.assertEqual((item.count, item.shown), (3, "2+"))
        self.assertEqual(desk.Item("x", "/", 1001).shown, "1\u00a0000+")

    def test_refuses_a_list_that_it_does_not_have(self):
        listed = reverse("admin:sources_source_changelist")
        answer = self.client.get(f"{listed}?waiting=nonsense", follow=True)
        self.assertEqual(answer.request["QUERY_STRING"], "e=1")


class ReviewTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.editor = make.editor(role="editor", display_name="Dina")

    def sent(self, **fields):
        source = make.source(state=State.DRAFT, **fields)
        return saved_by(self.editor, source, state=State.IN_REVIEW)

    def test_names_what_is_in_review_the_oldest_first(self):
        newer = make.source(state=State.DRAFT)
        older = self.sent()
        saved_by(self.editor, newer, state=State.IN_REVIEW)
        group = desk.for_user(self.reviewer)[0]
        self.assertEqual([row.name for row in group.oldest], [str(older), str(newer)])
        self.assertEqual({row.by for row in group.oldest}, {self.editor})
        self.assertEqual(self.items()["sources in review"].count, 2)
        self.assertContains(self.client.get(INDEX), "Dina")

    def test_only_who_may_publish_is_asked_to(self):
        self.sent()
        self.assertNotIn("sources in review", self.items(self.editor))

    def test_leads_to_a_bearing_that_is_in_review(self):
        source = make.source(bearings=[{"state": State.IN_REVIEW}])
        item = self.items()["sources with a bearing in review"]
        self.assertEqual(self.listed(item.url), [source])

    def test_shows_each_editor_their_own_drafts(self):
        mine = saved_by(self.editor, make.source(state=State.DRAFT), summary="Mine.")
        make.source(state=State.DRAFT)
        item = self.items(self.editor)["my sources in draft"]
        self.assertEqual(item.count, 1)
        self.client.force_login(self.editor)
        self.assertEqual(self.listed(item.url), [mine])
        self.assertNotIn("my sources in draft", self.items())

    def test_names_the_proposals_of_others(self):
        source = make.source()
        before = kept_state(source)
        proposals.propose(
            source, before, before | {"summary": "Other."}, by=self.editor, why="Why."
        )
        item = self.items()["proposals waiting"]
        page = self.client.get(item.url)
        self.assertContains(page, str(source))
        self.assertContains(page, "Why.")
        self.assertNotIn("proposals waiting", self.items(self.editor))


class FindingTests(DeskCase):
    def found(self, name):
        return [row.sentence for row in desk.look(name).found]

    def test_names_sources_that_overlap(self):
        work = make.work("yeshayah", scheme="verse", bounds={"verses": [31, 22, 26]})
        one, other = make.source("1.1-5", work=work), make.source("1.3", work=work)
        make.source("1.7", work=work)
        self.assertEqual(self.found("overlaps"), [f"{one} and {other} share a place."])

    def test_names_titles_that_may_mean_two_works(self):
        make.work("berachos", titles=["Ber."])
        make.work("bereishis", titles=["Ber."], title_he="בראשית")
        self.assertEqual(
            self.found("titles"), ["“Ber.” may mean Berachos or Bereishis."]
        )

    def test_names_references_that_lead_nowhere_until_they_are_corrected(self):
        source = make.source(summary="As Megillah 999a says.", state=State.DRAFT)
        [sentence] = self.found("references")
        self.assertIn("999a", sentence)
        saved_by(self.reviewer, source, summary="As Megillah 17b says.")
        self.assertEqual(self.found("references"), [])

    def test_reads_so_much_at_once_and_says_what_is_left(self):
        for _ in range(3):
            make.source(summary="As Megillah 999a says.")
        memory = findings.Memory(
            findings._written, findings._dead_references, at_once=2
        )
        self.assertEqual((len(memory.look().found), memory.look().unread), (2, 0))
        self.assertEqual(len(memory.look().found), 3)

    def test_a_glance_reads_nothing_of_a_large_library(self):
        for _ in range(3):
            make.source(summary="As Megillah 999a says.")
        memory = findings.Memory(findings._written, findings._dead_references)
        with mock.patch.object(findings, "SMALL", 2):
            glance = memory.look(is_glance=True)
            self.assertEqual((glance.found, glance.unread), ([], 3))
            memory.look()
            self.assertEqual(len(memory.look(is_glance=True).found), 3)

    def test_reads_again_only_what_has_changed(self):
        sources = [make.source() for _ in range(3)]
        read = mock.Mock(side_effect=findings._dead_references)
        memory = findings.Memory(findings._written, read)
        memory.look()
        saved_by(self.reviewer, make.source(state=State.DRAFT), summary="New.")
        memory.look()
        memory.look()
        counts = [len(call.args[0]) for call in read.call_args_list]
        self.assertEqual(counts, [len(sources), 1])

    def test_each_has_a_page_for_those_who_may_act(self):
        make.source(summary="As Megillah 999a says.")
        for name in desk.LOOKS:
            with self.subTest(name=name):
                page = self.client.get(reverse("admin:sources_desk", args=[name]))
                self.assertEqual(page.status_code, 200)
        nothing = reverse("admin:sources_desk", args=["nothing"])
        self.assertEqual(self.client.get(nothing).status_code, 404)
        self.client.force_login(make.reader(is_staff=True))
        for name in ("references", "proposals"):
            address = reverse("admin:sources_desk", args=[name])
            self.assertEqual(self.client.get(address).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)


class IndexTests(DeskCase):
    def queries(self):
        with CaptureQueriesContext(connection) as asked:
            self.client.get(INDEX)
        return len(asked)

    def test_shows_the_lines_and_leads_to_the_guide(self):
        make.source()
        page = self.client.get(INDEX)
        self.assertContains(page, "Sources without a bearing: <b>1</b>")
        self.assertContains(page, reverse("editing"))
        self.assertContains(page, "All that there is")

    def test_costs_the_same_queries_in_a_larger_library(self):
        make.source(state=State.IN_REVIEW, supports="before")
        first = self.queries()
        for _ in range(5):
            make.source(state=State.IN_REVIEW, summary="See Megillah 999a.")
        self.assertLessEqual(self.queries(), first)
        self.assertLess(self.queries(), first)

    def test_shows_nothing_to_who_may_do_nothing(self):
        make.source()
        self.client.force_login(make.reader(is_staff=True))
        page = self.client.get(INDEX)
        self.assertContains(page, "Nothing waits for you.")

    @override_settings(LIBRARY_DESK=[f"{__name__}.notes_waiting"])
    def test_the_hall_has_its_place(self):
        page = self.client.get(INDEX)
        self.assertContains(page, "Notes waiting: <b>3</b>")
        self.assertContains(page, "For Rivka.")
        self.assertNotContains(page, "Flags waiting")

    @override_settings(LIBRARY_DESK=["nowhere.at_all", f"{__name__}.INDEX"])
    def test_a_name_that_is_no_function_is_said_at_the_start(self):
        problems = worklist.check_desk(None)
        self.assertEqual([each.id for each in problems], ["sources.E003"] * 2)
        self.assertIn(worklist.check_desk, checks.registry.registry.get_checks())


class KindTests(TestCase):
    def test_each_kind_has_a_list_in_the_admin(self):
        for kind in desk.WAITING:
            with self.subTest(kind=kind.key):
                filters = admin.site._registry[kind.model].list_filter
                names = {getattr(each, "parameter_name", "") for each in filters}
                self.assertIn("waiting", names)
        keys = [kind.key for kind in desk.WAITING]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertTrue({Source, Work} <= {kind.model for kind in desk.WAITING})
        self.assertIn(Bearing.Basis.INFERRED, Bearing.Basis.values)
