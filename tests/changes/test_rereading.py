"""What is rendered again when more can be read, or led to, than at its save."""

from django.test import TestCase

from sources import rereading
from sources.models import Work, WorkTitle
from tests import make


class PlacesAroundTests(TestCase):
    """A citation of more, or of other words, than the one source that we hold."""

    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", sefaria="Megillah")

    def test_a_wider_place_leads_to_its_only_part_here(self):
        essay = make.essay(body="In Megillah 17b-18b.")
        self.assertIn("www.sefaria.org", essay.body_html)
        source = make.source("17b")
        essay.refresh_from_db()
        self.assertIn(f'href="{source.get_absolute_url()}"', essay.body_html)
        make.source("18a")
        essay.refresh_from_db()
        self.assertIn("www.sefaria.org", essay.body_html)

    def test_a_place_that_overlaps_one_source_leads_there(self):
        source = make.source("17a-18a")
        essay = make.essay(body="In Megillah 17b-18b.")
        self.assertIn(f'href="{source.get_absolute_url()}"', essay.body_html)

    def test_a_title_alone_leads_to_no_source_of_its_work(self):
        make.source("17b")
        self.assertNotIn("href", make.essay(body="In Megillah.").body_html)

    def test_what_a_source_is_a_part_of_is_not_that_source(self):
        source = make.source("17b", summary="It stands in Megillah 17b-18b.")
        self.assertIn("www.sefaria.org", source.summary_html)

    def test_a_draft_is_led_to_by_nothing(self):
        make.source("17b", state="draft", library_name="x")
        essay = make.essay(body="In Megillah 17a-18b.")
        self.assertIn("www.sefaria.org", essay.body_html)


class NewTitlesTests(TestCase):
    """What could not be read when it was saved is read once its work has the title."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make.essay(body="In Meggila 17b, or מגלה יז:, it stands.")
        cls.topic = make.topic(description="So has Meggila 17b.")
        cls.megillah = make.work("megillah")
        cls.source = make.source(
            "17b", bearings=[{"reasoning": "As Meggila 18a has it."}]
        )
        cls.link = f'href="{cls.source.get_absolute_url()}"'

    def links(self):
        self.essay.refresh_from_db()
        return self.essay.body_html.count(self.link)

    def entitle(self, text, language="en"):
        work = Work.objects.get(slug="megillah")
        with make.change(work, opened=work.version):
            WorkTitle.objects.create(work=work, text=text, language=language)

    def test_a_new_title_is_found_in_whatever_holds_it(self):
        self.assertEqual(self.links(), 0)
        self.entitle("Meggila")
        self.assertEqual(self.links(), 1)
        self.topic.refresh_from_db()
        self.assertIn(self.link, self.topic.description_html)
        self.entitle("מגלה", "he")
        self.assertEqual(self.links(), 2)

    def test_a_new_work_is_found_as_well(self):
        essay = make.essay(body="In Berachos 49a.")
        make.work("berachos", title="Berachos", title_he="ברכות", sefaria="Berakhot")
        essay.refresh_from_db()
        self.assertIn("www.sefaria.org/Berakhot_49a", essay.body_html)

    def test_a_new_name_elsewhere_is_led_to(self):
        essay = make.essay(body="In Megillah 3a.")
        self.assertNotIn("href", essay.body_html)
        work = Work.objects.get(slug="megillah")
        work.sefaria = "Megillah"
        with make.change(work, opened=work.version):
            work.save()
        essay.refresh_from_db()
        self.assertIn("www.sefaria.org/Megillah_3a", essay.body_html)

    def test_wider_bounds_let_a_place_be_read(self):
        essay = make.essay(body="In Megillah 180a.")
        work = Work.objects.get(slug="megillah")
        work.bounds, work.sefaria = {"dapim": ["2a", "190b"]}, "Megillah"
        with make.change(work, opened=work.version):
            work.save()
        essay.refresh_from_db()
        self.assertIn("www.sefaria.org/Megillah_180a", essay.body_html)

    def test_what_only_stands_in_the_work_is_not_rendered_again(self):
        self.assertEqual(rereading.holding({"megillah"}), set())
        self.assertEqual(
            rereading.holding({"meggila"}),
            {
                ("essay", self.essay.pk),
                ("topic", self.topic.pk),
                ("source", self.source.pk),
            },
        )

    def test_a_work_that_reads_as_before_renders_nothing(self):
        work = Work.objects.get(slug="megillah")
        before = rereading.as_read(work)
        with self.assertNumQueries(2):
            rereading.follow(work, before)
