"""What became of a record, and the way back."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.changes import change
from sources.models import Change, Proposal, Source, State
from tests import make
from tests.admin.forms import fields_of, url
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow


def history(record):
    name = f"admin:sources_{record._meta.model_name}_history"
    return reverse(name, args=[record.pk])


def history_at(record, number):
    return f"{history(record)}{number}/"


def save(record, editor=None, **fields):
    record.refresh_from_db()
    with change(record, opened=record.version, editor=editor, why="clearer"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


class HistoryTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.source = make.source("17b", summary="First words.", words="אבג דהו")
        save(self.source, self.editor, notes="Read again.")

    def queries(self, address):
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(queries)

    def test_says_who_when_and_why(self):
        page = self.client.get(history(self.source))
        self.assertContains(page, "Dina")
        self.assertContains(page, "clearer")
        at = self.last_change(self.source).at
        self.assertContains(page, f"{at:%H:%M} UTC")

    def test_shows_what_changed_word_by_word(self):
        save(self.source, summary="Second words.")
        page = self.client.get(history(self.source))
        self.assertContains(page, '<del lang="en" dir="ltr">First</del>')
        self.assertContains(page, '<ins lang="en" dir="ltr">Second</ins>')

    def test_shows_hebrew_in_its_own_direction(self):
        text = self.source.texts.get(role="original")
        text.words = "אבג חטי"
        with change(self.source, opened=2):
            text.save()
        page = self.client.get(history(self.source))
        self.assertContains(page, '<del lang="he" dir="rtl"> דהו</del>')
        self.assertContains(page, '<ins lang="he" dir="rtl"> חטי</ins>')

    def test_names_the_records_that_a_state_points_to(self):
        path = make.path(self.source)
        self.assertContains(self.client.get(history(path)), "Megillah 17b")

    def test_every_record_has_one(self):
        make.author(), make.topic(), make.position(), make.path(), make.essay()
        for model in admin.site._registry:
            record = model.objects.first() if hasattr(model, "parts") else None
            if record is None:
                continue
            for address in (history(record), history_at(record, 1)):
                with self.subTest(address=address):
                    self.assertEqual(self.client.get(address).status_code, 200)

    def test_many_states_are_shown_in_pages(self):
        for number in range(25):
            save(self.source, section=f"{number}")
        page = self.client.get(history(self.source))
        self.assertContains(page, '<a href="?page=2">')
        last = self.client.get(history(self.source), {"page": 2})
        self.assertContains(last, "Version 1<")
        for wrong in ("3", "x", "0", "9" * 30):
            answer = self.client.get(history(self.source), {"page": wrong})
            self.assertEqual(answer.status_code, 404)

    def test_costs_the_same_however_many_states_there_are(self):
        save(self.source, section="one")
        few = self.queries(history(self.source))
        for number in range(15):
            save(self.source, self.editor, section=f"{number}")
        self.assertEqual(self.queries(history(self.source)), few)

    def test_what_is_not_there_is_not_found(self):
        for number in (9, 10**30):
            answer = self.client.get(history_at(self.source, number))
            self.assertEqual(answer.status_code, 404)
        other = reverse("admin:sources_source_history", args=["999"])
        self.assertEqual(self.client.get(other).status_code, 302)

    def test_a_stranger_sees_none(self):
        self.client.force_login(make.reader(is_staff=True))
        for address in (history(self.source), history_at(self.source, 1)):
            self.assertEqual(self.client.get(address).status_code, 403)

    def test_no_second_log_is_kept(self):
        form = self.opened(self.source, notes="Otherwise.")
        self.assertEqual(self.client.post(url(self.source), form).status_code, 302)
        self.assertFalse(LogEntry.objects.exists())

    def test_runs_under_the_strict_policy(self):
        for address in (history(self.source), history_at(self.source, 1)):
            page = self.client.get(address)
            self.assertNotIn("unsafe", page["Content-Security-Policy"])
            self.assertNotRegex(page.content.decode(), r"<style|\sstyle=|\son[a-z]+=")


class RestoreTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.source = make.source("17b", summary="First.", state=State.DRAFT)
        save(self.source, summary="Second.")

    def restore(self, number=1, **fields):
        form = {"opened": self.source.version, "why": "It was better."} | fields
        return self.client.post(history_at(self.source, number), form)

    def stored(self):
        return Source.objects.get(pk=self.source.pk)

    def test_a_state_is_shown_in_full_with_what_restoring_would_change(self):
        page = self.client.get(history_at(self.source, 1))
        self.assertContains(page, '<del lang="en" dir="ltr">Second.</del>')
        self.assertContains(page, "וכיון שנתקבצו גליות")
        self.assertContains(page, "Restore this version")

    def test_the_state_that_stands_offers_no_restoring(self):
        page = self.client.get(history_at(self.source, 2))
        self.assertContains(page, "the record stands so now")
        self.assertNotContains(page, "restore_form")

    def test_brings_the_state_back_as_a_new_version_with_who_and_why(self):
        answer = self.restore()
        self.assertRedirects(answer, history(self.source))
        self.assertEqual((self.stored().summary, self.stored().version), ("First.", 3))
        row = self.last_change(self.source)
        self.assertEqual(row.editor, self.editor)
        self.assertEqual(row.why, "Restored version 1: It was better.")

    def test_asks_for_a_reason(self):
        answer = self.restore(why=" ")
        self.assertContains(answer, "Say why", status_code=422)
        self.assertEqual(self.stored().version, 2)

    def test_who_saw_an_older_version_is_told(self):
        for opened, status in (("1", 409), ("", 422), ("x", 422), ("9" * 40, 422)):
            with self.subTest(opened=opened):
                answer = self.restore(opened=opened)
                self.assertEqual(answer.status_code, status)
        self.assertEqual(self.stored().version, 2)

    def test_says_which_rule_refuses_it(self):
        topic = make.topic("First", slug="first")
        save(topic, slug="second", name="Second")
        make.topic("First", slug="first")
        form = {"opened": 2, "why": "Because."}
        answer = self.client.post(history_at(topic, 1), form)
        self.assertContains(answer, "Nothing was saved", status_code=422)

    def test_who_may_only_look_may_not_restore(self):
        reader = make.reader(is_staff=True)
        rights = self.editor.user_permissions.filter(codename__startswith="view_")
        reader.user_permissions.set(rights)
        self.client.force_login(reader)
        page = self.client.get(history_at(self.source, 1))
        self.assertNotContains(page, "restore_form")
        self.assertEqual(self.restore().status_code, 403)
        self.assertEqual(self.stored().version, 2)

    def test_what_is_withdrawn_can_be_brought_back(self):
        save(self.source, state=State.PUBLISHED)
        save(self.source, state=State.WITHDRAWN)
        page = self.client.get(history_at(self.source, 3))
        form = fields_of_restore(page)
        self.assertEqual(form["as"], "draft")
        answer = self.client.post(
            history_at(self.source, 3), form | {"why": "It is needed."}
        )
        self.assertRedirects(answer, history(self.source))
        self.assertEqual(self.stored().state, State.DRAFT)

    @override_settings(LIBRARY_ONE_EDITOR=False)
    def test_what_is_public_waits_for_a_second_editor(self):
        save(self.source, state=State.PUBLISHED)
        save(self.source, summary="Third.")
        answer = self.restore(3)
        self.assertRedirects(answer, history(self.source))
        self.assertEqual(self.stored().summary, "Third.")
        proposal = Proposal.objects.get()
        self.assertEqual(proposal.by, self.editor)
        self.assertEqual(proposal.changes["summary"], "Second.")

    @override_settings(LIBRARY_ONE_EDITOR=False)
    def test_says_why_one_editor_may_not_publish_it(self):
        save(self.source, state=State.PUBLISHED)
        save(self.source, state=State.WITHDRAWN)
        answer = self.restore(3, **{"as": "then"})
        self.assertContains(answer, "to review first", status_code=422)
        self.assertEqual(self.stored().state, State.WITHDRAWN)


def fields_of_restore(page):
    """The fields of the form that restores."""
    return {"opened": page.context["record"].version, "as": "draft"} | {
        name: value for name, value in fields_of(page).items() if name != "why"
    }


class ChangesListTests(AdminTestCase):
    LIST = reverse("admin:sources_change_changelist")

    def test_leads_to_the_state_of_the_record(self):
        source = make.source("17b")
        self.assertContains(self.client.get(self.LIST), history_at(source, 1))

    def test_is_filtered_by_kind_editor_and_day(self):
        source = make.source("17b")
        save(source, self.editor, summary="Otherwise.")
        for terms, count in (
            ({"kind": "source"}, 2),
            ({"kind": "source", "by": self.editor.pk}, 1),
            ({"kind": "source", "by": "files"}, 1),
            ({"kind": "source", "at__lt": "2001-01-02 00:00:00+00:00"}, 0),
        ):
            with self.subTest(terms=terms):
                page = self.client.get(self.LIST, terms)
                self.assertEqual(len(page.context["cl"].result_list), count)

    def test_shows_what_a_change_changed(self):
        source = make.source("17b", summary="First.")
        save(source, self.editor, summary="Second.")
        page = self.client.get(url(self.last_change(source)))
        self.assertContains(page, '<del lang="en" dir="ltr">First.</del>')
        self.assertContains(page, history_at(source, 2))

    def test_costs_the_same_at_forty_rows_as_at_ten(self):
        source = make.source("17b")
        counts = []
        for _ in range(2):
            for number in range(20):
                save(source, self.editor, section=f"{number}")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.LIST)
            counts.append(len(queries))
        self.assertEqual(*counts)
        self.assertGreater(Change.objects.count(), 40)
