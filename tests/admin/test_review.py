"""What takes two editors: publishing, and changing what is public."""

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings
from django.urls import reverse

from sources import proposals
from sources.changes import change
from sources.models import Change, Proposal, Source, State
from sources.review import TakesTwo
from tests import make
from tests.admin.forms import fields_of, url

pytestmark = pytest.mark.slow


class Case(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.dina = make.editor("editor", display_name="Dina")
        cls.ruth = make.editor("reviewer", display_name="Ruth")
        cls.noam = make.editor("reviewer", display_name="Noam")

    def changed(self, record, editor, *, why="", written_by=None, **fields):
        """Set some fields of a record, through the gate, as this editor."""
        record.refresh_from_db()
        gate = change(
            record,
            opened=record.version,
            editor=editor,
            why=why,
            written_by=written_by,
        )
        with gate:
            for name, value in fields.items():
                setattr(record, name, value)
            record.save()

    def bearing_changed(self, source, editor, **fields):
        source.refresh_from_db()
        with change(source, opened=source.version, editor=editor, why="a reason"):
            bearing = source.bearings.get()
            for name, value in fields.items():
                setattr(bearing, name, value)
            bearing.save()


class PublishingTests(Case):
    def test_a_draft_is_sent_to_review_and_published_by_another(self):
        source = make.source("17b", state=State.DRAFT)
        self.changed(source, self.dina, state=State.IN_REVIEW)
        self.changed(source, self.ruth, state=State.PUBLISHED)
        self.assertTrue(Source.objects.get().is_published)

    def test_an_editor_cannot_publish(self):
        source = make.source("17b", state=State.IN_REVIEW)
        with self.assertRaisesMessage(ValidationError, "A reviewer must publish"):
            self.changed(source, self.dina, state=State.PUBLISHED)
        self.assertEqual(Source.objects.get().state, State.IN_REVIEW)

    def test_who_sent_it_to_review_cannot_publish_it(self):
        source = make.source("17b", state=State.DRAFT)
        self.changed(source, self.ruth, state=State.IN_REVIEW)
        with self.assertRaisesMessage(ValidationError, "another editor must publish"):
            self.changed(source, self.ruth, state=State.PUBLISHED)
        self.changed(source, self.noam, summary="Clearer.")
        with self.assertRaisesMessage(ValidationError, "another editor must publish"):
            self.changed(source, self.ruth, state=State.PUBLISHED)

    def test_a_draft_is_not_published_past_review(self):
        source = make.source("17b", state=State.DRAFT)
        with self.assertRaisesMessage(ValidationError, "to review first"):
            self.changed(source, self.ruth, state=State.PUBLISHED)

    def test_every_stated_record_obeys(self):
        path = make.path(make.source("17b"))
        essay, topic = make.essay(), make.topic(state=State.DRAFT)
        for record in (path, essay, topic):
            with self.subTest(record=record):
                self.changed(record, self.ruth, state=State.IN_REVIEW)
                with self.assertRaises(ValidationError):
                    self.changed(record, self.ruth, state=State.PUBLISHED)
                self.changed(record, self.noam, state=State.PUBLISHED)

    @override_settings(LIBRARY_ONE_EDITOR=True)
    def test_a_site_of_one_person_may_allow_it(self):
        source = make.source("17b", state=State.DRAFT)
        self.changed(source, self.ruth, state=State.PUBLISHED)
        self.changed(source, self.ruth, summary="Clearer.")
        with self.assertRaises(ValidationError):
            self.changed(
                make.source("18a", state="draft"), self.dina, state="published"
            )

    def test_withdrawing_is_a_reviewers_and_wants_a_reason(self):
        source = make.source("17b")
        with self.assertRaisesMessage(ValidationError, "A reviewer must withdraw"):
            self.changed(source, self.dina, why="double", state=State.WITHDRAWN)
        with self.assertRaisesMessage(ValidationError, "Say why"):
            self.changed(source, self.ruth, state=State.WITHDRAWN)
        self.changed(source, self.ruth, why="double", state=State.WITHDRAWN)
        self.changed(source, self.dina, state=State.DRAFT)


class PublicTests(Case):
    def test_what_is_public_is_not_changed_by_one(self):
        source = make.source("17b")
        for editor in (self.dina, self.ruth):
            with self.subTest(editor=editor), self.assertRaises(TakesTwo):
                self.changed(source, editor, summary="Otherwise.")
        self.changed(source, self.ruth, written_by=self.dina, summary="Otherwise.")
        self.assertEqual(Source.objects.get().summary, "Otherwise.")

    def test_what_readers_do_not_see_is_changed_by_one(self):
        source = make.source("17b")
        self.changed(source, self.dina, notes="Look at the Venice print.")
        self.assertEqual(Source.objects.get().notes, "Look at the Venice print.")

    def test_a_draft_is_changed_by_one(self):
        source = make.source("17b", state=State.DRAFT)
        self.changed(source, self.dina, summary="Otherwise.")
        self.assertEqual(Source.objects.get().summary, "Otherwise.")

    def test_texts_and_topics_are_public(self):
        source, topic = make.source("17b"), make.topic()
        source.refresh_from_db()
        with (
            self.assertRaises(TakesTwo),
            change(source, opened=source.version, editor=self.ruth),
        ):
            source.topic_links.create(tag=topic)
        self.assertFalse(source.topic_links.exists())


class WorkTests(Case):
    def test_a_work_with_published_sources_is_a_reviewers_to_change(self):
        work = make.source("17b").work
        with self.assertRaisesMessage(ValidationError, "a reviewer must change"):
            self.changed(work, self.dina, title="Otherwise")
        self.changed(work, self.ruth, title="Otherwise")

    def test_an_author_too(self):
        author = make.author()
        make.source("17b", work=make.work("rashi", author=author))
        with self.assertRaisesMessage(ValidationError, "a reviewer must change"):
            self.changed(author, self.dina, name="Otherwise")

    def test_a_work_without_published_sources_is_an_editors(self):
        work = make.source("17b", state="draft").work
        self.changed(work, self.dina, title="Otherwise")


class BearingTests(Case):
    def source(self, **fields):
        fields = {"state": "draft", "words": "נתקבצו", **fields}
        return make.source("17b", bearings=[fields])

    def test_a_drafted_bearing_is_published_by_another_who_is_named(self):
        source = self.source()
        self.bearing_changed(source, self.dina, reasoning="The order of the words.")
        self.bearing_changed(source, self.ruth, state=State.IN_REVIEW)
        with self.assertRaisesMessage(ValidationError, "another editor must publish"):
            self.bearing_changed(source, self.ruth, state=State.PUBLISHED)
        self.bearing_changed(source, self.noam, state=State.PUBLISHED)
        bearing = source.bearings.get()
        self.assertEqual(bearing.reviewed_by, self.noam)
        kept = Change.objects.of("source", source.pk).last()
        self.assertEqual(bearing.reviewed_at, kept.at)
        self.assertEqual(kept.record["bearings"][0]["reviewed_by_id"], self.noam.pk)

    def test_an_explicit_bearing_needs_its_words(self):
        source = self.source(words="", state="in_review")
        with self.assertRaisesMessage(ValidationError, "Give the exact words"):
            self.bearing_changed(source, self.ruth, state=State.PUBLISHED)

    def test_a_bearing_that_others_read_so_does_without_words(self):
        source = self.source(words="", state="in_review", basis="inferred")
        self.bearing_changed(source, self.ruth, state=State.PUBLISHED)
        self.assertTrue(source.bearings.get().is_published)

    def test_a_bearing_needs_reasoning(self):
        source = self.source(reasoning=" ", state="in_review")
        with self.assertRaisesMessage(ValidationError, "Give a reason"):
            self.bearing_changed(source, self.ruth, state=State.PUBLISHED)

    def test_words_that_do_not_stand_in_the_text_are_refused(self):
        source = self.source(state="in_review")
        with self.assertRaisesMessage(ValidationError, "do not stand"):
            self.bearing_changed(source, self.ruth, state="published", words="אחרות")

    def test_one_who_wrote_nothing_confirms_a_loaded_bearing(self):
        source = self.source(state="published")
        self.bearing_changed(source, self.ruth, reviewed_by=self.ruth)
        self.assertEqual(source.bearings.get().reviewed_by, self.ruth)

    def test_nobody_signs_for_another_or_for_their_own(self):
        source = self.source(state="published")
        with self.assertRaisesMessage(ValidationError, "Only a reviewer"):
            self.bearing_changed(source, self.dina, reviewed_by=self.dina)
        with self.assertRaisesMessage(ValidationError, "Only a reviewer"):
            self.bearing_changed(source, self.ruth, reviewed_by=self.noam)


@pytest.mark.once
class FormTests(Case):
    def post(self, editor, record, deed="", **fields):
        self.client.force_login(editor)
        form = fields_of(self.client.get(url(record))) | fields
        if deed:
            form["_deed"] = deed
        return self.client.post(url(record), form)

    def test_from_draft_to_published_by_two(self):
        bearing = {"state": "draft", "words": "נתקבצו"}
        source = make.source("17b", state="draft", bearings=[bearing])
        self.assertEqual(self.post(self.dina, source, "review").status_code, 302)
        source.refresh_from_db()
        self.assertEqual(source.state, State.IN_REVIEW)
        answer = self.post(self.dina, source, "publish")
        self.assertContains(answer, "A reviewer must publish", status_code=422)
        self.assertEqual(self.post(self.ruth, source, "publish").status_code, 302)
        source.refresh_from_db()
        self.assertTrue(source.is_published)
        self.assertEqual(source.bearings.get().reviewed_by, self.ruth)

    def test_offers_what_each_may_do(self):
        source = make.source("17b", state="in_review")
        self.client.force_login(self.dina)
        page = self.client.get(url(source))
        self.assertNotContains(page, 'value="publish"')
        self.client.force_login(self.ruth)
        self.assertContains(self.client.get(url(source)), 'value="publish"')

    def test_withdrawing_asks_why_and_can_be_undone(self):
        source = make.source("17b")
        answer = self.post(self.ruth, source, "withdraw")
        self.assertContains(answer, "Say why", status_code=422)
        self.post(self.ruth, source, "withdraw", why="It stands twice.")
        self.assertEqual(self.client.get(source.get_absolute_url()).status_code, 410)
        self.post(self.dina, source, "restore")
        source.refresh_from_db()
        self.assertEqual(source.state, State.DRAFT)

    def test_a_change_of_what_is_public_becomes_a_proposal(self):
        source = make.source("17b", supports="before", topics=[make.topic()])
        answer = self.post(
            self.dina,
            source,
            summary="Otherwise.",
            why="It was unclear.",
            **{"bearings-0-reasoning": "Another reason.", "bearings-0-words": "נתקבצו"},
        )
        proposal = Proposal.objects.get()
        self.assertRedirects(
            answer, reverse("admin:sources_proposal_change", args=[proposal.pk])
        )
        self.assertEqual((proposal.by, proposal.why), (self.dina, "It was unclear."))
        source.refresh_from_db()
        self.assertNotEqual(source.summary, "Otherwise.")
        self.assertEqual(source.version, 1)
        self.assertEqual(set(proposal.changes), {"summary", "bearings"})

        self.client.force_login(self.ruth)
        page = self.client.get(f"{url(source)}?proposal={proposal.pk}")
        form = fields_of(page)
        self.assertEqual(form["summary"], "Otherwise.")
        self.assertEqual(form["why"], "It was unclear.")
        self.assertEqual(form["bearings-0-reasoning"], "Another reason.")
        self.assertContains(page, "<ins")
        self.assertEqual(self.client.post(url(source), form).status_code, 302)
        source.refresh_from_db()
        self.assertEqual(source.summary, "Otherwise.")
        bearing = source.bearings.get()
        self.assertEqual(bearing.reasoning, "Another reason.")
        self.assertEqual(bearing.reviewed_by, self.ruth)
        proposal.refresh_from_db()
        self.assertEqual(
            (proposal.outcome, proposal.decided_by), ("accepted", self.ruth)
        )

    def test_new_and_removed_rows_are_proposed_too(self):
        first, second = make.topic("First"), make.topic("Second")
        source = make.source("17b", topics=[first])
        rows = {
            "topic_links-0-DELETE": "on",
            "topic_links-1-tag": second.pk,
            "topic_links-1-why": "It names it.",
        }
        self.post(self.dina, source, **rows)
        proposal = Proposal.objects.get()
        self.client.force_login(self.ruth)
        page = self.client.get(f"{url(source)}?proposal={proposal.pk}")
        self.assertEqual(fields_of(page)["topic_links-1-tag"], str(second.pk))
        self.client.post(url(source), fields_of(page))
        self.assertEqual([row.tag for row in source.topic_links.all()], [second])

    def test_ones_own_proposal_is_kept_by_another(self):
        source = make.source("17b")
        self.post(self.ruth, source, summary="Otherwise.")
        first = Proposal.objects.get()
        page = self.client.get(f"{url(source)}?proposal={first.pk}")
        self.client.post(url(source), fields_of(page) | {"summary": "Again."})
        first.refresh_from_db()
        self.assertEqual(first.outcome, "superseded")
        waiting = Proposal.objects.waiting().get()
        self.assertEqual(waiting.changes, {"summary": "Again."})
        source.refresh_from_db()
        self.assertEqual(source.version, 1)

    def test_a_proposal_is_declined_with_a_word(self):
        source = make.source("17b")
        self.post(self.dina, source, summary="Otherwise.")
        page = reverse(
            "admin:sources_proposal_change", args=[Proposal.objects.get().pk]
        )
        self.client.force_login(make.editor("editor"))
        self.client.post(page, {"reply": "No."})
        self.assertEqual(Proposal.objects.get().outcome, "")
        self.client.force_login(self.ruth)
        self.assertContains(self.client.get(page), "Otherwise.")
        self.client.post(page, {"reply": "The print has it so."})
        proposal = Proposal.objects.get()
        self.assertEqual(proposal.outcome, "declined")
        self.assertContains(self.client.get(page), "The print has it so.")
        self.assertContains(self.client.get(page), "Otherwise.")

    def test_its_writer_finds_a_proposal_on_the_desk_until_and_after_it_is_declined(
        self,
    ):
        source = make.source("17b")
        self.post(self.dina, source, summary="Otherwise.")
        desk, declined = reverse("admin:index"), "Proposals of mine, declined"
        page = self.client.get(desk)
        self.assertContains(page, "Proposals of mine, waiting: <b>1</b>")
        self.assertNotContains(page, declined)
        proposals.decide(Proposal.objects.get(), "declined", by=self.ruth)
        self.assertContains(self.client.get(desk), f"{declined}: <b>1</b>")
        self.client.force_login(self.ruth)
        self.assertNotContains(self.client.get(desk), declined)

    def test_a_proposal_that_was_decided_fills_nothing(self):
        source = make.source("17b")
        self.post(self.dina, source, summary="Otherwise.")
        proposal = Proposal.objects.get()
        self.client.force_login(self.ruth)
        page = reverse("admin:sources_proposal_change", args=[proposal.pk])
        self.client.post(page, {"reply": ""})
        form = fields_of(self.client.get(f"{url(source)}?proposal={proposal.pk}"))
        self.assertNotEqual(form["summary"], "Otherwise.")

    def test_reviewers_confirm_what_was_loaded(self):
        source = make.source("17b", supports="before")
        self.post(self.ruth, source, "confirm")
        self.assertEqual(source.bearings.get().reviewed_by, self.ruth)


@pytest.mark.once
class PreviewTests(Case):
    def test_shows_the_page_and_the_mark_and_saves_nothing(self):
        make.source("30a", supports="after")
        bearing = {"state": "draft", "words": "נתקבצו"}
        source = make.source("17b", state="draft", bearings=[bearing])
        before = Change.objects.count()
        self.client.force_login(self.dina)
        form = fields_of(self.client.get(url(source)))
        form |= {"summary": "As it will stand.", "_deed": "preview"}
        page = self.client.post(url(source), form)
        self.assertEqual(page.status_code, 200)
        self.assertContains(page, "Preview: nothing is saved")
        self.assertContains(page, "As it will stand.")
        self.assertContains(page, 'class="s x3 lit"')
        source.refresh_from_db()
        self.assertEqual((source.version, source.state), (1, State.DRAFT))
        self.assertNotEqual(source.summary, "As it will stand.")
        self.assertEqual(Change.objects.count(), before)
        self.client.logout()
        self.assertEqual(self.client.get(source.get_absolute_url()).status_code, 404)

    def test_says_who_will_have_reviewed_a_drafted_bearing(self):
        source = make.source("17b", state="draft", supports="before")
        source.bearings.update(state="draft", reviewed_at=None)
        self.client.force_login(self.dina)
        form = fields_of(self.client.get(url(source))) | {"_deed": "preview"}
        page = self.client.post(url(source), form)
        self.assertContains(page, "By the editor who publishes it, on that day")
        self.assertNotContains(page, "no second editor has reviewed it yet")

    def test_shows_a_source_that_is_not_made_yet(self):
        work = make.work()
        self.client.force_login(self.dina)
        form = fields_of(self.client.get(url(Source(), "add")))
        form |= {
            "work": work.pk,
            "address": "17b",
            "summary": "New.",
            "_deed": "preview",
        }
        page = self.client.post(url(Source(), "add"), form)
        self.assertContains(page, "New.")
        self.assertFalse(Source.objects.exists())

    def test_shows_the_form_again_with_what_forbids_it(self):
        source = make.source("17b", state="draft")
        self.client.force_login(self.dina)
        form = fields_of(self.client.get(url(source)))
        form |= {"summary": "", "_deed": "preview"}
        self.assertEqual(self.client.post(url(source), form).status_code, 422)

    def test_what_visitors_get_is_the_same_after_a_preview(self):
        make.source("30a", supports="after")
        source = make.source("17b", supports="before")
        pages = ["/", source.get_absolute_url()]
        before = [self.client.get(page).content for page in pages]
        self.client.force_login(self.dina)
        form = fields_of(self.client.get(url(source))) | {"_deed": "preview"}
        self.client.post(url(source), form | {"summary": "As it will stand."})
        self.client.logout()
        self.assertEqual([self.client.get(page).content for page in pages], before)
