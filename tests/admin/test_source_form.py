"""The form of a source, and the list of sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import Source, State
from tests import make
from tests.admin.forms import url
from tests.admin.test_saving import AdminTestCase

pytestmark = pytest.mark.slow

LIST = reverse("admin:sources_source_changelist")


@pytest.mark.once
class AddressTests(AdminTestCase):
    def address_of(self, written, work=None):
        form = self.new(
            Source,
            work=(work or make.work()).pk,
            address=written,
            summary="It says.",
        )
        answer = self.client.post(url(Source(), "add"), form)
        self.assertEqual(answer.status_code, 302, written)
        return Source.objects.latest("pk").address

    def test_an_address_may_be_written_as_people_write_it(self):
        self.assertEqual(self.address_of("17b"), "17b")
        self.assertEqual(self.address_of("יח ע״ב"), "18b")
        self.assertEqual(self.address_of("Megillah 19b"), "19b")

    def test_a_verse_may_be_written_with_a_colon(self):
        work = make.work(
            "yechezkel", scheme="verse", bounds={"verses": [30] * 48}, title="Yechezkel"
        )
        self.assertEqual(self.address_of("36:8-12, 24-28", work), "36.8-12,24-28")

    def test_a_place_out_of_bounds_is_refused_with_its_reason(self):
        form = self.new(Source, work=make.work().pk, address="400a", summary="It says.")
        answer = self.client.post(url(Source(), "add"), form)
        self.assertContains(answer, "400a", status_code=422)
        errors = answer.context["adminform"].form.errors["address"]
        self.assertIn("2a to 176b", errors[0])
        self.assertFalse(Source.objects.exists())

    def test_a_place_in_another_work_is_refused(self):
        make.work("berachos", title="Berachos")
        form = self.new(
            Source, work=make.work().pk, address="Berachos 3a", summary="It says."
        )
        answer = self.client.post(url(Source(), "add"), form)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(Source.objects.exists())


@pytest.mark.once
class FaultTests(AdminTestCase):
    def test_each_is_said_at_the_top_with_a_way_to_its_field(self):
        make.question()
        form = self.new(Source, work=make.work().pk, address="17b", summary="")
        form |= {"bearings-0-reasoning": "It says so."}
        answer = self.client.post(url(Source(), "add"), form)
        faults = [(fault.where, fault.anchor) for fault in answer.context["faults"]]
        wanted = [
            ("Summary", "id_summary"),
            ("Bearing #1, direction", "id_bearings-0-direction_0"),
            ("Bearing #1, how plainly", "id_bearings-0-basis_0"),
        ]
        self.assertEqual(faults, wanted)
        for where, anchor in wanted:
            link = f'<a href="#{anchor}">{where}</a>: This field is required.'
            self.assertContains(answer, link, status_code=422)
            self.assertContains(answer, f'id="{anchor}"', status_code=422)

    def test_a_form_that_is_opened_says_none(self):
        page = self.client.get(url(Source(), "add"))
        self.assertNotContains(page, 'class="faults"')


@pytest.mark.once
class SourceFormTests(AdminTestCase):
    def test_hebrew_fields_run_from_right_to_left(self):
        source = make.source("17b")
        page = self.client.get(url(source)).content.decode()
        for name in ("place_he", "part_title_he", "short_he"):
            with self.subTest(name=name):
                tag = page.partition(f'name="{name}"')[2].partition(">")[0]
                self.assertIn('dir="rtl" lang="he"', tag)
        words = page.partition('name="texts-0-words"')[2].partition(">")[0]
        self.assertIn('dir="rtl" lang="he"', words)

    def test_runs_under_the_strict_policy(self):
        source = make.source("17b", supports="before", topics=[make.topic()])
        for address in (LIST, url(source), url(Source(), "add")):
            page = self.client.get(address)
            with self.subTest(address=address):
                self.assertNotIn("unsafe", page["Content-Security-Policy"])
                text = page.content.decode()
                self.assertNotRegex(text, r"<style|\sstyle=|\son[a-z]+=")
                self.assertNotRegex(text, r"<script(?![^>]*\ssrc=)[^>]*>")

    def test_leads_to_the_page_on_the_site(self):
        source = make.source("17b", state=State.DRAFT)
        self.assertContains(self.client.get(url(source)), source.get_absolute_url())

    @pytest.mark.slow
    def test_costs_the_same_however_many_sources_there_are(self):
        source = make.source("17b", supports="before")
        few = self.queries(url(source))
        for number in range(20, 40):
            make.source(f"{number}a", supports="before")
        self.assertEqual(self.queries(url(source)), few)

    def queries(self, address):
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(queries)


class SourceListTests(AdminTestCase):
    def found(self, **terms):
        answer = self.client.get(LIST, terms)
        return list(answer.context["cl"].result_list)

    @pytest.mark.slow
    def test_costs_the_same_at_thirty_rows_as_at_three(self):
        counts = []
        for numbers in (range(20, 23), range(23, 50)):
            for number in numbers:
                make.source(f"{number}a", supports="before")
            with CaptureQueriesContext(connection) as queries:
                self.found()
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])

    def test_search_passes_over_points(self):
        source = make.source("17b", words="וְכֵיוָן שֶׁנִּתְקַבְּצוּ גָּלֻיּוֹת")
        make.source("18b", words="מים")
        self.assertEqual(self.found(q="שנתקבצו"), [source])
        self.assertEqual(self.found(q="שֶׁנִּתְקַבְּצוּ"), [source])

    def test_search_takes_half_a_title(self):
        source = make.source("17b")
        self.assertEqual(self.found(q="Megil"), [source])

    def test_search_takes_what_is_no_word(self):
        make.source("17b")
        for query in ('"', "*", "a NEAR(", "%", "…", "x" * 200):
            with self.subTest(query=query):
                self.assertEqual(self.found(q=query), [])

    def test_search_says_what_is_too_long_for_it(self):
        answer = self.client.get("/admin/sources/source/", {"q": "x" * 5000})
        self.assertContains(answer, "use fewer words", status_code=400)

    def test_drafts_and_what_is_withdrawn_are_listed(self):
        for number, state in enumerate(State.values):
            make.source(f"{number + 20}a", state=state)
        self.assertEqual(len(self.found()), 4)
        self.assertEqual(len(self.found(state__exact="withdrawn")), 1)

    def test_autocomplete_finds_a_source(self):
        source = make.source("17b")
        fields = {"app_label": "sources", "model_name": "citation"}
        answer = self.client.get(
            reverse("admin:autocomplete"),
            fields | {"field_name": "cited", "term": "מגילה"},
        )
        self.assertEqual(
            [row["id"] for row in answer.json()["results"]], [str(source.pk)]
        )
