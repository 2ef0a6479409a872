"""Publishing and withdrawing from the list; and no delete anywhere."""

from django.contrib import admin
from django.urls import reverse

from sources.models import Change, State
from tests import make
from tests.admin.forms import url
from tests.admin.test_saving import AdminTestCase


class StateTests(AdminTestCase):
    def act(self, action, *records):
        name = f"admin:sources_{records[0]._meta.model_name}_changelist"
        fields = {"action": action, "_selected_action": [row.pk for row in records]}
        fields |= {"confirmed": "yes", "act-why": "From the list."}
        return self.client.post(reverse(name), fields, follow=True)

    def test_publishes_each_chosen_source_through_the_gate(self):
        drafts = [make.source(f"{n}a", state=State.DRAFT) for n in (20, 21)]
        self.assertContains(self.act("publish", *drafts), "2 records changed.")
        for source in drafts:
            source.refresh_from_db()
            self.assertTrue(source.is_published)
            self.assertIsNotNone(source.first_published_at)
            self.assertEqual(self.last_change(source).editor, self.editor)

    def test_what_is_withdrawn_is_not_published_at_once(self):
        source = make.source("17b")
        self.act("withdraw", source)
        source.refresh_from_db()
        self.assertEqual(source.state, State.WITHDRAWN)
        self.assertContains(self.act("publish", source), "it is withdrawn")
        source.refresh_from_db()
        self.assertEqual(source.state, State.WITHDRAWN)

    def test_names_what_a_rule_keeps_back(self):
        path = make.path(make.source("17b", state=State.DRAFT))
        answer = self.act("publish", path)
        self.assertContains(answer, "0 records changed.")
        self.assertContains(answer, "is on an unpublished source")
        path.refresh_from_db()
        self.assertEqual((path.state, path.version), (State.DRAFT, 1))

    def test_who_may_only_look_may_not_publish(self):
        source = make.source("17b", state=State.DRAFT)
        reader = make.reader(is_staff=True)
        reader.user_permissions.set(
            self.editor.user_permissions.filter(codename__startswith="view_")
        )
        self.client.force_login(reader)
        self.act("publish", source)
        self.assertEqual(self.client.get(url(source)).status_code, 200)
        answer = self.client.post(url(source), {"opened": "1", "summary": "x"})
        self.assertEqual(answer.status_code, 403)
        source.refresh_from_db()
        self.assertEqual((source.state, source.version), (State.DRAFT, 1))


class NoDeleteTests(AdminTestCase):
    def test_no_record_of_the_library_can_be_deleted(self):
        make.source("17b", supports="two-stages", topics=[make.topic()])
        make.path()
        make.essay()
        for model in admin.site._registry:
            if model._meta.app_label != "sources":
                continue
            record = model.objects.first()
            with self.subTest(model=model._meta.model_name):
                name = f"admin:sources_{model._meta.model_name}"
                listed = self.client.get(reverse(f"{name}_changelist"))
                self.assertEqual(listed.status_code, 200)
                self.assertNotContains(listed, "delete_selected")
                if record:
                    address = reverse(f"{name}_delete", args=[record.pk])
                    answer = self.client.post(address, {"post": "yes"})
                    self.assertEqual(answer.status_code, 403)
                    self.assertTrue(model.objects.filter(pk=record.pk).exists())

    def test_texts_and_bearings_cannot_be_taken_out(self):
        source = make.source("17b", supports="before")
        form = self.opened(
            source, **{"texts-0-DELETE": "on", "bearings-0-DELETE": "on"}
        )
        self.client.post(url(source), form)
        self.assertEqual((source.texts.count(), source.bearings.count()), (2, 1))

    def test_a_topic_that_is_taken_out_is_kept_in_the_changes(self):
        source = make.source("17b", topics=[make.topic()])
        self.client.post(
            url(source), self.opened(source, **{"topic_links-0-DELETE": "on"})
        )
        self.assertFalse(source.topic_links.exists())
        first = Change.objects.of("source", source.pk).first()
        self.assertEqual(len(first.record["topic_links"]), 1)

    def test_changes_cannot_be_written(self):
        change = Change.objects.of("work", make.work().pk).get()
        answer = self.client.post(url(change), {"why": "another"})
        self.assertEqual(answer.status_code, 403)
