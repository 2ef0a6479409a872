"""Two records that are one: what hangs on the one goes over to the other."""

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings
from django.urls import reverse

from sources import merging, merging_topics
from sources.models import Change, EssayClaim, FormerAddress, Source, State
from tests import make

pytestmark = pytest.mark.slow
told = []


def sources_merged(kept, gone):
    """A follower of the library, for these tests."""
    told.append((kept.pk, gone.pk))


FOLLOWER = f"{__name__}.sources_merged"


class MergingTests(TestCase):
    def setUp(self):
        told.clear()
        self.topic = make.topic("Names")
        self.kept = make.source("17b", supports="before")
        self.gone = make.source(
            "17b",
            part="again",
            bearings=[
                {"position": "after"},
                {"position": None, "direction": "background"},
            ],
            topics=[self.topic],
        )

    def merge(self, **terms):
        terms = {"editor": None, "why": "They are one.", **terms}
        kept, gone = Source.objects.get(pk=self.kept.pk), self.gone
        said = merging.merge(kept, Source.objects.get(pk=gone.pk), **terms)
        self.kept.refresh_from_db()
        self.gone.refresh_from_db()
        return said

    def test_bearings_topics_and_links_go_over(self):
        cited = make.source("20a")
        self.gone = make.source("18b", cites=[cited], supports="after")
        self.merge()
        self.assertEqual(self.kept.bearings.count(), 2)
        self.assertEqual(self.kept.citations_made.get().cited, cited)
        self.assertTrue(self.kept.is_contested)

    def test_the_topics_go_over(self):
        self.merge()
        self.assertEqual(
            [link.tag for link in self.kept.topic_links.all()], [self.topic]
        )

    def test_the_one_that_goes_is_withdrawn_and_whole(self):
        self.merge()
        self.assertEqual(self.gone.state, State.WITHDRAWN)
        self.assertEqual(self.gone.bearings.count(), 2)
        self.assertEqual(self.gone.texts.count(), 2)

    def test_its_address_and_its_former_ones_lead_to_the_kept_one(self):
        FormerAddress.objects.create(
            path="/sources/megillah/99b/", kind="source", record_id=self.gone.pk
        )
        old = self.gone.get_absolute_url()
        self.merge()
        for path in (old, "/sources/megillah/99b/"):
            with self.subTest(path=path):
                answer = self.client.get(path)
                self.assertEqual(answer.status_code, 301)
                self.assertEqual(answer["Location"], self.kept.get_absolute_url())

    def test_who_cited_it_cites_the_kept_one(self):
        citing = make.source("20a", cites=[self.gone])
        both = make.source("21a", cites=[self.gone, self.kept])
        self.merge()
        for source in (citing, both):
            self.assertEqual(source.citations_made.get().cited, self.kept)
        self.assertEqual(Change.objects.of("source", citing.pk).last().number, 2)

    def test_the_two_no_longer_cite_each_other(self):
        self.gone = make.source("18b", cites=[self.kept])
        self.merge()
        self.assertFalse(self.kept.citations_made.exists())

    def test_paths_and_essays_stand_on_the_kept_one(self):
        path = make.path(self.gone)
        both = make.path(self.kept, self.gone)
        essay = make.essay()
        EssayClaim.objects.create(essay=essay, source=self.gone, number=1, claim="x")
        self.merge()
        self.assertEqual([step.source for step in path.steps.all()], [self.kept])
        self.assertEqual([step.source for step in both.steps.all()], [self.kept])
        self.assertEqual(essay.claims.get().source, self.kept)

    def test_the_same_bearing_twice_is_one(self):
        self.gone = make.source("18b", supports="before")
        said = self.merge()
        self.assertEqual(self.kept.bearings.count(), 1)
        self.assertTrue(any("stays once" in sentence for sentence in said))

    def test_two_that_differ_are_asked_about(self):
        self.gone = make.source("18b", bearings=[{"reasoning": "Otherwise."}])
        with self.assertRaises(merging.Clash) as caught:
            self.merge(takes=None)
        [(ours, theirs)] = caught.exception.bearings
        self.assertEqual((ours.source, theirs.source), (self.kept, self.gone))
        self.gone.refresh_from_db()
        self.assertEqual(self.gone.state, State.PUBLISHED)
        self.merge(takes=[theirs.pk])
        self.assertEqual(self.kept.bearings.get().reasoning, "Otherwise.")

    def test_a_text_that_the_kept_one_lacks_goes_over(self):
        self.kept = make.source("19a", words="וכיון שנתקבצו גליות", translation="")
        self.merge()
        self.assertEqual(self.kept.texts.get(role="translation").number, 1)

    def test_a_text_that_differs_stays_where_it_was(self):
        self.gone = make.source("18b", words="מילים אחרות", translation="Other words")
        said = self.merge()
        self.assertEqual(self.kept.texts.count(), 2)
        self.assertTrue(any("stays with it" in sentence for sentence in said))

    def test_words_that_do_not_stand_in_the_kept_text_make_a_draft(self):
        terms = {"position": "after", "words": "מילים אחרות"}
        self.gone = make.source("18b", words="מילים אחרות", bearings=[terms])
        self.merge()
        bearing = self.kept.bearings.get(position__slug="after")
        self.assertEqual((bearing.state, bearing.words), (State.DRAFT, ""))

    def test_nothing_changes_where_a_rule_forbids_it(self):
        hidden = make.source("19b", state=State.DRAFT)
        self.kept = hidden
        with self.assertRaises(ValidationError):
            self.merge()
        self.assertEqual(self.gone.state, State.PUBLISHED)
        self.assertEqual(Change.objects.of("source", self.gone.pk).count(), 1)

    @override_settings(LIBRARY_FOLLOWERS=[FOLLOWER])
    def test_those_who_follow_the_library_are_told(self):
        self.merge()
        self.assertEqual(told, [(self.kept.pk, self.gone.pk)])

    def test_what_one_reviewer_brings_is_published_by_another(self):
        reviewer = make.editor(role="reviewer")
        self.merge(editor=reviewer)
        brought = self.kept.bearings.exclude(position__slug="before")
        self.assertEqual({each.state for each in brought}, {State.IN_REVIEW})
        self.assertTrue(all(each.reviewed_by is None for each in brought))

    def test_mentions_are_written_again(self):
        address = self.gone.get_absolute_url()
        other = make.source("30a", summary="See Megillah 17b.")
        self.merge()
        other.refresh_from_db()
        self.assertNotIn(address, other.summary_html)
        self.assertIn(self.kept.get_absolute_url(), other.summary_html)


class TopicMergingTests(TestCase):
    def setUp(self):
        self.kept, self.gone = make.topic("Order"), make.topic("Sequence")

    def test_sources_and_narrower_topics_go_over(self):
        child = make.topic("Narrow", parent=self.gone)
        one = make.source("17b", topics=[self.gone])
        both = make.source("18b", topics=[self.gone, self.kept])
        old = self.gone.get_absolute_url()
        merging_topics.merge(self.kept, self.gone, editor=None, why="One.")
        for source in (one, both):
            self.assertEqual(source.topic_links.get().tag, self.kept)
        child.refresh_from_db()
        self.gone.refresh_from_db()
        self.assertEqual(child.parent, self.kept)
        self.assertEqual(self.gone.state, State.WITHDRAWN)
        answer = self.client.get(old)
        self.assertRedirects(answer, self.kept.get_absolute_url(), 301)

    def test_one_beneath_the_other_takes_its_place(self):
        above = make.topic("Above")
        gone = make.topic("Broad", parent=above)
        kept = make.topic("Fine", parent=gone)
        merging_topics.merge(kept, gone, editor=None, why="One.")
        kept.refresh_from_db()
        self.assertEqual(kept.parent, above)


class MergePageTests(TestCase):
    def setUp(self):
        self.client.force_login(make.editor(role="reviewer"))
        self.kept = make.source("17b", supports="before")
        self.gone = make.source("18b", bearings=[{"reasoning": "Otherwise."}])
        name = reverse("admin:sources_source_merge")
        self.page = f"{name}?kept={self.kept.pk}&gone={self.gone.pk}"

    def test_two_chosen_in_the_list_lead_to_the_page(self):
        keys = [self.kept.pk, self.gone.pk]
        fields = {"action": "merge", "_selected_action": keys}
        answer = self.client.post(reverse("admin:sources_source_changelist"), fields)
        self.assertRedirects(answer, self.page)

    def test_it_shows_what_would_go_over_and_does_nothing(self):
        page = self.client.get(self.page)
        self.assertContains(page, "is withdrawn; its address leads to")
        self.assertContains(page, "Otherwise.")
        self.gone.refresh_from_db()
        self.assertEqual((self.gone.state, self.gone.version), ("published", 1))

    def test_it_asks_which_of_two_bearings_stays(self):
        fields = {"seen": "1-1", "why": "They are one."}
        answer = self.client.post(self.page, fields)
        self.assertContains(answer, "which of the two stays", status_code=422)
        fields[f"take-{self.gone.bearings.get().pk}"] = ""
        self.assertEqual(self.client.post(self.page, fields).status_code, 302)
        self.gone.refresh_from_db()
        self.assertEqual(self.gone.state, State.WITHDRAWN)

    def test_it_needs_a_reason_and_the_versions_that_were_seen(self):
        self.assertEqual(self.client.post(self.page, {"seen": "1-1"}).status_code, 422)
        fields = {"seen": "1-9", "why": "They are one."}
        self.assertEqual(self.client.post(self.page, fields).status_code, 409)

    def test_what_cannot_be_merged_is_said(self):
        page = self.client.get(self.page.replace(f"gone={self.gone.pk}", "gone=x"))
        self.assertEqual(page.status_code, 404)
        same = self.page.replace(f"gone={self.gone.pk}", f"gone={self.kept.pk}")
        self.assertContains(self.client.get(same), "Choose two different records")

    def test_an_editor_may_not(self):
        self.client.force_login(make.editor(role="editor"))
        self.assertEqual(self.client.get(self.page).status_code, 403)
