"""Old and foreign addresses of sources lead to the one address."""

from django.test import TestCase

from sources.models import State
from tests import make


class OldAddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        megillah = make.work("megillah", titles=["Meg"])
        berachos = make.work(
            "berachos",
            title="Berachos",
            title_he="ברכות",
            titles=["Berakhot"],
        )
        rashi = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            title_he="רש״י על מגילה",
            explains=megillah,
        )
        make.source("17b", work=megillah)
        make.source("17a", work=megillah)
        make.source("49a", work=berachos)
        make.source("17b", work=rashi)

    def assertLeads(self, path, address):
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 301, path)
        self.assertEqual(answer["Location"], address)

    def test_other_ways_of_writing_an_address_lead_to_the_source(self):
        for path in (
            "/sources/Megillah.17b",
            "/sources/Megillah.17b/",
            "/sources/Megillah/17b/",
            "/sources/meg/17B/",
            "/sources/bavli/megillah/17b/",
            "/sources/Bavli/Megillah/17b",
            "/works/Megillah_17b/",
            "/sources/Megillah%2017b",
            "/sources/Talmud/Bavli/Megillah.17b",
        ):
            with self.subTest(path):
                self.assertLeads(path, "/sources/megillah/17b/")

    def test_an_old_name_of_one_piece_leads_there_in_the_end(self):
        self.assertRedirects(
            self.client.get("/sources/megillah-17b/", follow=True),
            "/sources/megillah/17b/",
            status_code=301,
        )

    def test_hebrew_addresses_lead_to_the_source(self):
        self.assertLeads("/sources/בבלי/מגילה/יז.", "/sources/megillah/17a/")
        self.assertLeads("/sources/מגילה/יז:/", "/sources/megillah/17b/")

    def test_sephardi_spellings_lead_to_the_source_and_to_the_work(self):
        self.assertLeads("/sources/Berakhot/49a/", "/sources/berachos/49a/")
        self.assertLeads("/sources/Berakhot.49a", "/sources/berachos/49a/")
        self.assertLeads("/sources/Berakhot.49a.3", "/sources/berachos/49a/")
        self.assertLeads("/sources/Berakhot.49a.3-7/", "/sources/berachos/49a/")
        self.assertLeads("/works/Berakhot/", "/works/berachos/")

    def test_sefarias_way_of_naming_a_commentary_leads_to_the_source(self):
        self.assertLeads(
            "/sources/Rashi_on_Megillah.17b", "/sources/rashi-on-megillah/17b/"
        )

    def test_pages_below_a_source_lead_to_the_source(self):
        self.assertLeads("/sources/Berakhot/49a/cite/", "/sources/berachos/49a/")

    def test_where_several_stand_the_list_is_the_address(self):
        make.source("98a", part="fish")
        make.source("98a", part="end")
        self.assertLeads("/sources/Megillah.98a", "/sources/megillah/98a/")

    def test_a_place_without_a_source_has_its_address_and_names_what_is_near(self):
        self.assertLeads("/sources/Berakhot/50a/", "/sources/berachos/50a/")
        page = self.client.get("/sources/berachos/50a/")
        self.assertContains(page, "/sources/berachos/49a/", status_code=404)

    def test_a_place_that_one_source_holds_leads_there_for_now(self):
        holder = make.source("20a-21b")
        self.assertLeads("/sources/Megillah.21a", "/sources/megillah/21a/")
        for place in ("21a", "21b-22a"):
            with self.subTest(place):
                answer = self.client.get(f"/sources/megillah/{place}/")
                self.assertRedirects(answer, holder.get_absolute_url())

    def test_a_place_that_several_sources_hold_lists_them(self):
        holders = [make.source("20a-21b"), make.source("21a-22b")]
        self.assertLeads("/sources/Megillah.21a", "/sources/megillah/21a/")
        page = self.client.get("/sources/megillah/21a/")
        self.assertContains(page, "2 sources hold this place or a part of it.")
        self.assertContains(page, "noindex")
        for holder in holders:
            self.assertContains(page, holder.get_absolute_url())

    def test_a_draft_that_holds_a_place_leads_no_visitor_there(self):
        draft = make.source("20a-21b", state=State.DRAFT)
        page = self.client.get("/sources/megillah/21a/")
        self.assertNotContains(page, draft.get_absolute_url(), status_code=404)

    def test_a_whole_work_leads_to_none_of_its_sources(self):
        self.assertEqual(self.client.get("/sources/berachos/whole/").status_code, 404)

    def test_a_place_that_is_none_names_what_there_is_of_its_work(self):
        page = self.client.get("/sources/Berakhot.400a")
        self.assertContains(page, "there is no 400a", status_code=404)
        self.assertContains(page, "/sources/berachos/49a/", status_code=404)
        self.assertContains(page, "/works/berachos/", status_code=404)

    def test_a_draft_is_for_visitors_as_though_nothing_stood_there(self):
        make.source("22a", part="fish", state=State.DRAFT)
        self.assertLeads("/sources/Megillah.22a", "/sources/megillah/22a/")
        self.assertEqual(self.client.get("/sources/megillah/22a/").status_code, 404)
        self.client.force_login(make.editor())
        self.assertLeads("/sources/Megillah.22a", "/sources/megillah/22a-fish/")

    def test_an_address_that_may_mean_two_places_names_both(self):
        make.work("melachim", title="Melachim", titles=["Meg"])
        page = self.client.get("/sources/Meg.17b")
        self.assertContains(page, "Melachim 17b", status_code=404)
        self.assertContains(page, "Megillah 17b", status_code=404)

    def test_hostile_addresses_are_refused(self):
        for path in (
            "/sources/%00/",
            "/sources/" + "a." * 1000,
            "/sources/%E2%80%AE/x/",
            "/sources/../../etc",
            "/sources/Megillah.400b",
            "/sources/%ff%fe",
        ):
            with self.subTest(path[:30]):
                self.assertIn(self.client.get(path).status_code, (400, 404))
