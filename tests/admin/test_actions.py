"""What is done with a list is shown first, and then done record by record."""

import pytest
from django.test import TestCase
from django.urls import reverse

from sources.changes import change
from sources.models import Change, Proposal, State, Work
from tests import make

pytestmark = pytest.mark.slow


class ActionTests(TestCase):
    def setUp(self):
        self.writer = make.editor(role="editor")
        self.reviewer = make.editor(role="reviewer")
        self.client.force_login(self.writer)

    def act(self, action, *records, **fields):
        name = f"admin:sources_{records[0]._meta.model_name}_changelist"
        fields |= {"action": action, "_selected_action": [row.pk for row in records]}
        return self.client.post(reverse(name), fields, follow=True)

    def confirmed(self, action, *records, **fields):
        return self.act(action, *records, confirmed="yes", **fields)

    def drafts(self):
        return [make.source(f"{n}a", state=State.DRAFT) for n in (20, 21, 22)]

    def states(self, records):
        return [type(row).objects.get(pk=row.pk).state for row in records]

    def test_the_first_page_names_what_will_change_and_changes_nothing(self):
        drafts = self.drafts()
        page = self.act("send_to_review", *drafts)
        for source in drafts:
            self.assertContains(page, source.reference_en)
        self.assertContains(page, "in review")
        self.assertEqual(self.states(drafts), ["draft"] * 3)
        self.assertEqual(Change.objects.filter(number=2).count(), 0)

    def test_the_first_page_names_what_would_be_refused_and_why(self):
        source = make.source("20a")
        page = self.act("send_to_review", source)
        self.assertContains(page, "This stays as it is")
        self.assertContains(page, "it is published")

    def test_one_sends_to_review_and_another_publishes(self):
        drafts = self.drafts()
        self.assertContains(
            self.confirmed("send_to_review", *drafts), "3 records changed."
        )
        self.assertEqual(self.states(drafts), ["in_review"] * 3)
        self.client.force_login(self.reviewer)
        self.confirmed("publish", *drafts, **{"act-why": "Read and right."})
        self.assertEqual(self.states(drafts), ["published"] * 3)
        last = Change.objects.of("source", drafts[0].pk).last()
        self.assertEqual((last.editor, last.why), (self.reviewer, "Read and right."))

    def test_who_sent_it_to_review_does_not_publish_it(self):
        self.client.force_login(self.reviewer)
        [source, *_] = self.drafts()
        self.confirmed("send_to_review", source)
        answer = self.confirmed("publish", source)
        self.assertContains(answer, "another editor must publish it")
        self.assertEqual(self.states([source]), ["in_review"])

    def test_an_editor_is_not_offered_to_publish(self):
        make.source("20a")
        page = self.client.get(reverse("admin:sources_source_changelist"))
        self.assertNotContains(page, 'value="publish"')
        self.assertContains(page, 'value="send_to_review"')

    def test_one_that_is_refused_does_not_keep_back_the_others(self):
        drafts = self.drafts()
        published = make.source("30a")
        answer = self.confirmed("send_to_review", drafts[0], published)
        self.assertContains(answer, "1 record changed.")
        self.assertContains(answer, "stays as it was")
        self.assertEqual(
            self.states([drafts[0], published]), ["in_review", "published"]
        )

    def test_withdrawing_needs_a_reason(self):
        self.client.force_login(self.reviewer)
        source = make.source("20a")
        answer = self.confirmed("withdraw", source)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.states([source]), ["published"])
        self.confirmed("withdraw", source, **{"act-why": "It was not his."})
        self.assertEqual(self.states([source]), ["withdrawn"])

    def test_what_was_saved_since_the_page_was_shown_is_left_alone(self):
        [source, *_] = self.drafts()
        page = self.act("send_to_review", source)
        seen = page.context["seen"]
        self.assertEqual(seen, f"{source.pk}:1")
        with change(source, opened=1):
            source.summary = "Another."
            source.save()
        answer = self.confirmed("send_to_review", source, seen=seen)
        self.assertContains(answer, "someone has saved it since you looked")
        self.assertEqual(self.states([source]), ["draft"])

    def test_a_topic_is_added_to_drafts_and_proposed_for_what_is_public(self):
        topic = make.topic("Names")
        draft, public = make.source("20a", state=State.DRAFT), make.source("21a")
        fields = {"act-topic": topic.pk, "act-why_there": "It names them."}
        answer = self.confirmed("add_topic", draft, public, **fields)
        self.assertContains(answer, "1 record changed.")
        self.assertContains(answer, "waits as a proposal")
        self.assertEqual(draft.topic_links.get().why, "It names them.")
        self.assertFalse(public.topic_links.exists())
        self.assertEqual(Proposal.objects.get().record_id, public.pk)

    def test_the_era_of_works_is_set(self):
        work = make.work("shabbat")
        page = self.act("set_era", work)
        self.assertContains(page, "Chosen")
        answer = self.confirmed("set_era", work, **{"act-era": "3"})
        self.assertContains(answer, "it stands there already")
        self.confirmed("set_era", work, **{"act-era": "5"})
        work.refresh_from_db()
        self.assertEqual((work.era, work.version), (Work.Era.RISHONIM, 2))

    def test_a_damaged_form_is_no_fault_of_the_site(self):
        [source, *_] = self.drafts()
        for seen in ("x", "1:", ":1", "9" * 40 + ":1", f"{source.pk}:٣"):
            with self.subTest(seen=seen):
                answer = self.confirmed("send_to_review", source, seen=seen)
                self.assertLess(answer.status_code, 500)
        answer = self.confirmed("add_topic", source, **{"act-topic": "x"})
        self.assertEqual(answer.status_code, 422)

    def test_the_pages_run_under_the_strict_policy(self):
        [source, *_] = self.drafts()
        for action in ("send_to_review", "withdraw", "add_topic"):
            page = self.act(action, source)
            text = page.content.decode()
            self.assertNotRegex(text, r"<style|\sstyle=|\son[a-z]+=")
            self.assertNotIn("unsafe", page["Content-Security-Policy"])
