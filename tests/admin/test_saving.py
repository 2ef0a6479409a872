"""Every form of the admin saves through the gate."""

import pytest
from django.test import TestCase, override_settings

from sources.models import Bearing, Change, Source, State, Topic
from tests import make
from tests.admin.forms import fields_of, url

pytestmark = pytest.mark.slow


@override_settings(LIBRARY_ONE_EDITOR=True)
class AdminTestCase(TestCase):
    """One editor with every right, at a site that one person keeps."""

    def setUp(self):
        self.editor = make.editor(display_name="Dina")
        self.client.force_login(self.editor)

    def opened(self, record, **changes):
        """What a browser posts for this record's form, with these changes."""
        return fields_of(self.client.get(url(record))) | changes

    def new(self, model, **fields):
        return fields_of(self.client.get(url(model(), "add"))) | fields

    def last_change(self, record):
        return Change.objects.of(record._meta.model_name, record.pk).last()


class SavingTests(AdminTestCase):
    def test_a_saved_form_is_a_change_by_its_editor_with_its_reason(self):
        source = make.source("17b")
        form = self.opened(source, summary="Clearer.", why="It was unclear.")
        self.assertEqual(self.client.post(url(source), form).status_code, 302)
        change = self.last_change(source)
        self.assertEqual((change.editor, change.why), (self.editor, "It was unclear."))
        self.assertEqual((change.number, change.record["summary"]), (2, "Clearer."))

    def test_every_record_opens_and_saves(self):
        source = make.source("17b", supports="two-stages", topics=[make.topic()])
        records = [
            source,
            source.work,
            make.author(),
            make.topic("Names"),
            make.question(),
            make.position("two-stages"),
            make.path(source),
            make.essay(),
        ]
        for record in records:
            with self.subTest(record=record):
                answer = self.client.post(url(record), self.opened(record))
                self.assertEqual(answer.status_code, 302)
                self.assertEqual(self.last_change(record).number, 2)

    def test_what_is_typed_is_cleaned(self):
        source = make.source("17b")
        form = self.opened(source, summary="One.\r\nTwo\u202e.", why="a\u202eb")
        self.client.post(url(source), form)
        self.assertEqual(self.last_change(source).why, "ab")
        source.refresh_from_db()
        self.assertEqual(source.summary, "One.\nTwo.")

    def test_rows_are_saved_with_their_source(self):
        source, topic = make.source("17b"), make.topic("Names")
        form = self.opened(
            source,
            **{"topic_links-0-tag": topic.pk, "topic_links-0-why": "It names them."},
            **{"bearings-0-direction": "background", "bearings-0-basis": "implied"},
            **{"bearings-0-reasoning": "It tells the *order*."},
        )
        make.question()
        self.assertEqual(self.client.post(url(source), form).status_code, 302)
        self.assertEqual(source.topic_links.get().tag, topic)
        bearing = source.bearings.get()
        self.assertEqual(bearing.question, make.question())
        self.assertIn("<em>order</em>", bearing.reasoning_html)

    def test_a_rule_of_the_gate_is_said_in_the_form(self):
        source = make.source("17b", supports="before")
        words = "מלים שאינן כאן"
        answer = self.client.post(
            url(source), self.opened(source, **{"bearings-0-words": words})
        )
        self.assertContains(answer, "These words do not stand", status_code=422)
        self.assertContains(answer, words, status_code=422)
        self.assertEqual(self.last_change(source).number, 1)

    def test_a_form_with_an_error_claims_nothing(self):
        source = make.source("17b")
        answer = self.client.post(url(source), self.opened(source, summary=""))
        self.assertEqual(answer.status_code, 422)
        source.refresh_from_db()
        self.assertEqual(source.version, 1)
        self.assertEqual(fields_of(answer)["opened"], "1")

    def test_a_rule_of_the_database_is_said_in_the_form(self):
        make.source("17b", part="b")
        other = make.source("17a")
        answer = self.client.post(
            url(other), self.opened(other, address="17b", part="b")
        )
        self.assertContains(answer, "A source stands at this place", status_code=422)

    def test_a_rule_that_only_the_database_can_check_is_said_in_the_form(self):
        make.source("17b", bearings=[{"position": None, "direction": "background"}])
        source = Source.objects.get()
        form = self.opened(
            source,
            **{"bearings-TOTAL_FORMS": 2, "bearings-1-state": "draft"},
            **{"bearings-1-direction": "background", "bearings-1-basis": "implied"},
            **{"bearings-1-reasoning": "Again.", "bearings-1-order": 0},
        )
        answer = self.client.post(url(source), form)
        self.assertContains(answer, "one background a reading", status_code=422)
        self.assertEqual(Bearing.objects.count(), 1)

    def test_says_nothing_of_success_when_the_gate_refuses(self):
        source = make.source("17b", supports="before")
        form = self.opened(source, **{"bearings-0-words": "אין"})
        self.assertNotContains(
            self.client.post(url(source), form), "successfully", status_code=422
        )
        self.assertNotContains(self.client.get(url(source)), "successfully")


@pytest.mark.slow
@pytest.mark.once
class StaleTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.source = make.source("17b", summary="First.", topics=[make.topic()])
        self.mine = self.opened(self.source, summary="Mine, <kept>.")
        theirs = self.opened(self.source, summary="Theirs.")
        self.client.post(url(self.source), theirs)

    def stored(self):
        return Source.objects.get(pk=self.source.pk)

    def test_the_second_of_two_is_refused_and_loses_nothing(self):
        answer = self.client.post(url(self.source), self.mine)
        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "Dina saved this record on", status_code=409)
        own = {"csrfmiddlewaretoken": "another each time", "seen": "2"}
        self.assertEqual(fields_of(answer) | own, self.mine | own)
        self.assertEqual(self.stored().summary, "Theirs.")

    def test_says_in_what_the_two_versions_differ(self):
        answer = self.client.post(url(self.source), self.mine)
        for words in ("First.", "Mine, &lt;kept&gt;."):
            self.assertContains(answer, words, status_code=409)
        inserted = '<ins lang="en" dir="ltr">Theirs.</ins>'
        self.assertContains(answer, inserted, status_code=409)

    def test_who_has_read_the_newer_version_may_save_over_it(self):
        self.client.post(url(self.source), self.mine)
        mine = self.mine | {"seen": "2", "take-summary": "mine"}
        answer = self.client.post(url(self.source), mine)
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(
            (self.stored().summary, self.stored().version), ("Mine, <kept>.", 3)
        )

    def test_a_newer_version_than_the_one_read_is_refused_again(self):
        third = self.opened(self.source, summary="Third.")
        self.client.post(url(self.source), third)
        answer = self.client.post(url(self.source), self.mine | {"seen": "2"})
        self.assertEqual(answer.status_code, 409)

    def test_a_form_that_names_no_version_is_refused(self):
        for opened in ("", "x", "-1", "9" * 40, "٣", "0"):
            form = self.opened(self.source) | {"opened": opened}
            with self.subTest(opened=opened):
                answer = self.client.post(url(self.source), form)
                self.assertEqual(answer.status_code, 409)
        self.assertEqual(self.stored().version, 2)

    def test_rows_stay_with_their_words_when_another_took_one_out(self):
        topic = make.topic("Second")
        self.client.post(
            url(self.source),
            self.opened(self.source, **{"topic_links-1-tag": topic.pk}),
        )
        mine = self.opened(
            self.source,
            **{"topic_links-0-why": "First why.", "topic_links-1-why": "Second why."},
        )
        theirs = self.opened(self.source, **{"topic_links-0-DELETE": "on"})
        self.client.post(url(self.source), theirs)
        answer = self.client.post(url(self.source), mine)
        row = self.source.topic_links.model.objects.get().pk
        again = fields_of(answer)
        for gone in range(row):
            again |= {f"take-topic_links-{gone}": "mine"}
        self.assertEqual(self.client.post(url(self.source), again).status_code, 302)
        rows = self.source.topic_links.values_list("tag__name", "why")
        self.assertCountEqual(
            rows,
            [("Order of the redemption", "First why."), ("Second", "Second why.")],
        )

    def test_a_row_that_another_added_stays(self):
        topic = make.topic("Second")
        mine = self.opened(self.source, summary="Mine.")
        theirs = self.opened(
            self.source,
            **{"topic_links-1-tag": topic.pk, "topic_links-1-why": "Theirs."},
        )
        self.client.post(url(self.source), theirs)
        answer = self.client.post(url(self.source), mine)
        again = fields_of(answer)
        self.assertEqual(self.client.post(url(self.source), again).status_code, 302)
        self.assertEqual(self.source.topic_links.get(tag=topic).why, "Theirs.")


class AddingTests(AdminTestCase):
    def test_a_form_posted_twice_makes_one_record(self):
        form = self.new(Topic, name="Names", slug="names")
        first = self.client.post(url(Topic(), "add"), form)
        again = self.client.post(url(Topic(), "add"), form)
        self.assertEqual((first.status_code, again.status_code), (302, 302))
        topic = Topic.objects.get()
        self.assertEqual(again.url, url(topic))
        self.assertEqual(str(topic.creation_key), form["creation_key"])
        self.assertEqual((topic.version, self.last_change(topic).number), (1, 1))

    def test_two_forms_make_two_records(self):
        for name in ("one", "two"):
            form = self.new(Topic, name=name, slug=name)
            self.client.post(url(Topic(), "add"), form)
        self.assertEqual(Topic.objects.count(), 2)

    def test_a_form_with_an_error_keeps_its_key(self):
        form = self.new(Topic, name="", slug="names")
        answer = self.client.post(url(Topic(), "add"), form)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(fields_of(answer)["creation_key"], form["creation_key"])

    def test_a_damaged_key_is_refused(self):
        form = self.new(Topic, name="Names", slug="names") | {"creation_key": "x"}
        self.assertEqual(self.client.post(url(Topic(), "add"), form).status_code, 400)
        self.assertFalse(Topic.objects.exists())

    def test_a_new_source_is_a_draft_at_its_address(self):
        form = self.new(Source, work=make.work().pk, address="17b", summary="It says.")
        self.assertEqual(self.client.post(url(Source(), "add"), form).status_code, 302)
        source = Source.objects.get()
        self.assertEqual((source.state, source.address), (State.DRAFT, "17b"))
        self.assertEqual(source.get_absolute_url(), "/sources/megillah/17b/")
