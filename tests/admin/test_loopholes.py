"""Ways around the second editor, each of which is shut."""

import pytest
from django.urls import reverse

from sources.changes import change
from sources.models import Proposal, Source, State
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_review import Case

pytestmark = pytest.mark.slow


class FormCase(Case):
    def post(self, editor, record, deed="", **fields):
        """Send the record's form as it stands, but for these fields."""
        self.client.force_login(editor)
        form = fields_of(self.client.get(url(record))) | fields
        return self.client.post(url(record), form | ({"_deed": deed} if deed else {}))

    def proposal_of(self, editor, record, **fields):
        self.post(editor, record, **fields)
        return Proposal.objects.waiting().latest("pk")


@pytest.mark.once
class ProposalTests(FormCase):
    def test_a_proposal_carries_in_nothing_but_itself(self):
        source = make.source("17b")
        waiting = self.proposal_of(self.dina, source, summary="Dina's words.")
        self.post(self.ruth, source, proposal=waiting.pk, summary="Ruth's own words.")
        source.refresh_from_db()
        self.assertNotEqual(source.summary, "Ruth's own words.")
        ruths = Proposal.objects.waiting().get(by=self.ruth)
        self.assertEqual(ruths.changes, {"summary": "Ruth's own words."})
        waiting.refresh_from_db()
        self.assertEqual(waiting.outcome, "")

    def test_a_proposal_publishes_no_bearing_of_another_change(self):
        bearing = {"state": "draft", "words": "נתקבצו"}
        source = make.source("17b", bearings=[bearing])
        waiting = self.proposal_of(self.dina, source, summary="Dina's words.")
        self.post(self.ruth, source, "review")
        form = {"proposal": waiting.pk, "summary": "Dina's words."}
        answer = self.post(self.ruth, source, "publish", **form)
        self.assertContains(answer, "another editor must publish", status_code=422)
        self.assertEqual(source.bearings.get().state, State.IN_REVIEW)

    def test_a_proposal_publishes_no_draft(self):
        source = make.source("17b")
        waiting = self.proposal_of(self.dina, source, summary="Dina's words.")
        self.post(self.ruth, source, "withdraw", why="It stands twice.")
        self.post(self.ruth, source, "restore")
        self.post(self.ruth, source, "review")
        form = {"proposal": waiting.pk, "summary": "Dina's words."}
        answer = self.post(self.ruth, source, "publish", **form)
        self.assertContains(answer, "another editor must publish", status_code=422)

    def test_a_second_proposal_does_not_put_out_the_first(self):
        source, topic = make.source("17b"), make.topic()
        first = self.proposal_of(self.dina, source, summary="A clearer one.")
        row = {"topic_links-0-tag": topic.pk, "topic_links-0-why": "It names it."}
        self.post(self.dina, source, **row)
        first.refresh_from_db()
        self.assertEqual(first.outcome, "")
        self.assertEqual(Proposal.objects.waiting().count(), 2)

    def test_a_number_too_long_names_no_record(self):
        self.client.force_login(self.dina)
        address = reverse("admin:sources_source_change", args=["9" * 5000])
        answer = self.client.get(f"{address}?proposal=1")
        self.assertEqual(answer.status_code, 302)


@pytest.mark.once
class ReviewTests(FormCase):
    def test_who_rewrites_in_review_does_not_publish_it(self):
        source = make.source("17b", state="draft")
        self.post(self.dina, source, "review")
        answer = self.post(self.ruth, source, "publish", summary="Ruth's own words.")
        self.assertContains(answer, "You changed", status_code=422)
        self.post(self.ruth, source, summary="Ruth's own words.")
        answer = self.post(self.ruth, source, "publish")
        self.assertContains(answer, "You changed", status_code=422)
        self.assertEqual(self.post(self.noam, source, "publish").status_code, 302)

    def test_who_rewrites_a_bearing_in_review_does_not_publish_it(self):
        bearing = {"state": "draft", "words": "נתקבצו"}
        source = make.source("17b", bearings=[bearing])
        self.post(self.dina, source, "review")
        words = {"bearings-0-reasoning": "Ruth's own words."}
        answer = self.post(self.ruth, source, "publish", **words)
        self.assertContains(answer, "You changed", status_code=422)
        self.assertEqual(source.bearings.get().state, State.IN_REVIEW)

    def test_an_internal_note_is_no_change_of_what_is_published(self):
        source = make.source("17b", state="draft")
        self.post(self.dina, source, "review")
        self.post(self.ruth, source, "publish", notes="Compared with the print.")
        self.assertTrue(Source.objects.get().is_published)


@pytest.mark.once
class RestoringTests(FormCase):
    def test_a_published_bearing_does_not_go_out_by_restoring(self):
        source, position = make.source("17b"), make.position()
        with change(source, opened=1, why="a bearing"):
            source.bearings.create(
                question=position.question,
                position=position,
                direction="supports",
                basis="explicit",
                words="נתקבצו",
                reasoning="The order of the words.",
                state="published",
            )
        self.client.force_login(self.dina)
        page = reverse("admin:sources_source_history_at", args=[source.pk, 1])
        self.client.post(page, {"opened": 2, "why": "back", "as": ""})
        self.assertTrue(source.bearings.get().is_published)


@pytest.mark.once
class MergingTests(FormCase):
    def merged(self, kept, gone):
        self.client.force_login(self.ruth)
        page = reverse("admin:sources_topic_merge")
        page = f"{page}?kept={kept.pk}&gone={gone.pk}"
        for record in (kept, gone):
            record.refresh_from_db()
        seen = f"{kept.version}-{gone.version}"
        return self.client.post(page, {"why": "They are one.", "seen": seen})

    def test_a_draft_of_ones_own_is_not_made_public_by_merging(self):
        kept, gone = make.topic("The oaths"), make.topic("Oaths", state="draft")
        self.post(self.dina, gone, order=3)
        self.post(self.ruth, gone, description="Ruth's own words.")
        self.assertContains(self.merged(kept, gone), "takes two", status_code=422)
        kept.refresh_from_db()
        self.assertEqual(kept.description, "")

    def test_a_draft_of_another_is(self):
        kept, gone = make.topic("The oaths"), make.topic("Oaths", state="draft")
        self.post(self.dina, gone, description="Dina's words.")
        self.assertEqual(self.merged(kept, gone).status_code, 302)
        kept.refresh_from_db()
        self.assertEqual(kept.description, "Dina's words.")


class HostileTests(FormCase):
    def test_a_row_without_a_number_is_passed_over(self):
        source = make.source("17b")
        for number in ("x", "²", "9" * 400):
            with self.subTest(number=number[:3]):
                row = {f"texts-{number}-words": "A “quoted” word\u00a0here."}
                self.assertEqual(self.post(self.dina, source, **row).status_code, 302)

    def test_a_form_that_loses_its_address_is_shown_again(self):
        source, topic = make.source("17b"), make.topic()
        none = {"written": "", "work": "", "address": ""}
        for record, fields in ((source, none), (topic, {"slug": ""})):
            with self.subTest(record=record):
                answer = self.post(self.dina, record, **fields)
                self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.client.post(url(source), {}).status_code, 409)

    def test_what_is_no_key_is_not_chosen_in_a_list(self):
        make.source("17b")
        self.client.force_login(self.dina)
        page = reverse("admin:sources_source_changelist")
        for key in ("x", "²", "9" * 30):
            with self.subTest(key=key):
                form = {"action": "send_to_review", "_selected_action": key}
                self.assertLess(self.client.post(page, form).status_code, 400)

    def test_nor_in_a_list_that_is_djangos_own(self):
        self.client.force_login(make.editor(role="keeper"))
        for name in ("auth_group", "accounts_user", "account_emailaddress"):
            page = reverse(f"admin:{name}_changelist")
            for action in ("delete_selected", "take_password"):
                with self.subTest(list=name, action=action):
                    form = {"action": action, "_selected_action": "x"}
                    self.assertLess(self.client.post(page, form).status_code, 404)

    def test_a_text_that_names_no_key_is_refused_and_given_back(self):
        source = make.source("17b")
        row = {"texts-0-id": "x", "texts-0-words": "Words that are kept."}
        answer = self.post(self.dina, source, **row)
        self.assertContains(answer, "Words that are kept.", status_code=422)
