"""The lists of records: what a row shows, and what it costs."""

from unittest import mock

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.admin import lists
from sources.changes import change
from sources.models import Author, Essay, Path, Source, State, Topic, Work
from tests import make
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow


def list_of(model):
    return reverse(f"admin:sources_{model._meta.model_name}_changelist")


class ListCase(AdminTestCase):
    def page(self, model=Source, **asked):
        return self.client.get(list_of(model), asked, follow=True)

    def listed(self, model=Source, **asked):
        return list(self.page(model, **asked).context["cl"].result_list)


class RowTests(ListCase):
    def test_shows_reference_hebrew_era_signs_state_and_last_change(self):
        source = make.source("17b", supports="before", state=State.DRAFT)
        with change(source, opened=1, editor=self.editor):
            source.summary = "Other."
            source.save()
        page = self.page()
        for words in (
            '<bdi lang="en" dir="ltr">Megillah 17b</bdi>',
            '<bdi lang="he" dir="rtl">מגילה',
            "Amoraim",
            '<svg class="g"',
            "Before: says so outright",
            "draft",
            '<bdi dir="auto">Dina</bdi>',
        ):
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_names_the_files_where_no_editor_has_saved(self):
        make.source()
        self.assertContains(self.page(), "the library’s files")

    def test_says_which_bearing_is_not_published(self):
        make.source(bearings=[{"state": State.DRAFT}, {"state": State.WITHDRAWN,
                    "position": "after"}])  # fmt: skip
        page = self.page()
        self.assertContains(page, "says so outright (draft)")
        self.assertNotContains(page, "After: ")

    def test_every_list_opens_with_what_it_may_hold(self):
        source = make.source(topics=[make.topic(name_he="שם")])
        make.path(source)
        make.essay()
        make.author()
        for model in (Source, Topic, Path, Essay, Work, Author):
            with self.subTest(model=model):
                page = self.page(model)
                self.assertEqual(page.status_code, 200)
                self.assertContains(page, "Last change")

    def test_a_topic_leads_to_its_sources(self):
        topic = make.topic()
        source = make.source(topics=[topic])
        make.source()
        address = f"{list_of(Source)}?topic={topic.pk}"
        self.assertContains(self.page(Topic), f'<a href="{address}">1</a>')
        self.assertEqual(self.listed(topic=topic.pk), [source])


class FilterTests(ListCase):
    def test_asks_all_terms_of_one_bearing(self):
        one = make.source(
            bearings=[
                {"position": "before", "direction": "disputes"},
                {"position": "after", "direction": "supports"},
            ]
        )
        other = make.source(bearings=[{"position": "before", "basis": "implied"}])
        self.assertCountEqual(self.listed(position="before"), [one, other])
        asked = {"position": "before", "direction": "supports"}
        self.assertEqual(self.listed(**asked), [other])
        self.assertEqual(self.listed(**asked, basis="explicit"), [])

    def test_narrows_by_era_state_and_verified(self):
        old = make.source(verified_against="A text.")
        late = make.work("kuzari", era=Work.Era.RISHONIM, title_he="כוזרי")
        new = make.source(work=late, state=State.DRAFT)
        self.assertEqual(self.listed(era=5), [new])
        self.assertEqual(self.listed(state__exact="draft"), [new])
        self.assertEqual(self.listed(verified="yes"), [old])
        self.assertEqual(self.listed(verified="no"), [new])

    def test_refuses_what_is_no_choice(self):
        make.source(supports="before", topics=[make.topic()])
        for name in ("era", "position", "direction", "basis", "topic", "verified"):
            for value in ("nonsense", "9" * 30, "²", ""):
                with self.subTest(name=name, value=value):
                    answer = self.page(**{name: value})
                    self.assertEqual(answer.request["QUERY_STRING"], "e=1")

    def test_search_passes_over_points_and_spelling(self):
        source = make.source(words="וְכֵיוָן שֶׁנִּתְקַבְּצוּ גָּלֻיּוֹת")
        make.source(words="אחרת", translation="Other")
        for query in ("נתקבצו גליות", "שנתקבצו", "נִתְקַבְּצוּ"):
            with self.subTest(query=query):
                self.assertEqual(self.listed(q=query), [source])
        topic = make.topic("Oaths", name_he="שְׁבוּעוֹת")
        self.assertEqual(self.listed(Topic, q="שבועות"), [topic])


@pytest.mark.once
class CostTests(ListCase):
    def cost(self, model, rows):
        with (
            mock.patch.object(admin.site._registry[model], "list_per_page", rows),
            CaptureQueriesContext(connection) as asked,
        ):
            self.assertEqual(len(self.listed(model)), rows)
        return len(asked)

    def test_costs_the_same_at_5_rows_and_at_25(self):
        topic = make.topic()
        for number in range(26):
            make.source(supports="before", topics=[topic])
            make.topic(f"Topic {number}")
            make.work(f"work-{number}", title_he="ספר", author=make.author())
        for model in (Source, Topic, Work, Author):
            with self.subTest(model=model):
                self.assertEqual(self.cost(model, 5), self.cost(model, 25))

    def test_counts_no_further_than_it_leads(self):
        for _ in range(6):
            make.source()
        with (
            mock.patch.object(lists, "MOST", 4),
            CaptureQueriesContext(connection) as asked,
        ):
            page = self.page()
        self.assertContains(page, "and more: narrow the list")
        counting = [row["sql"] for row in asked if "COUNT(*)" in row["sql"]]
        self.assertEqual(len(counting), 1)
        self.assertIn("LIMIT 5", counting[0])

    def test_the_order_of_the_list_is_that_of_an_index(self):
        ordering = admin.site._registry[Source].ordering
        indexes = [index.fields for index in Source._meta.indexes]
        self.assertIn([name.removesuffix("_id") for name in ordering[:2]], indexes)
