"""What a save renders: references of places, of one source among several, anew."""

import re
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from sources import rendering
from sources.models import Bearing, Essay, Mention
from tests import make


class ReferenceTests(TestCase):
    def html_of(self, body):
        return make.essay(body=body).body_html

    def test_a_reference_says_which_place_it_names(self):
        make.source("17b")
        self.assertIn(
            'data-place="megillah/17b" href="/sources/megillah/17b/"',
            self.html_of("See [[Megillah 17b]]."),
        )

    def test_where_several_sources_stand_the_link_leads_to_the_place(self):
        make.source("17b", part="order")
        make.source("17b", part="fruit")
        self.assertIn('href="/sources/megillah/17b/"', self.html_of("[[Megillah 17b]]"))

    def test_an_address_of_the_site_names_one_of_several_sources(self):
        make.source("17b", part="order")
        make.source("17b", part="fruit")
        html = self.html_of("[[megillah/17b-fruit|the hills]]")
        self.assertHTMLEqual(
            html,
            '<p><a class="reference" data-place="megillah/17b-fruit" '
            'href="/sources/megillah/17b-fruit/">the hills</a></p>',
        )

    def test_a_draft_named_by_its_address_is_no_link_until_it_is_published(self):
        draft = make.source("17b", state="draft")
        essay = make.essay(body="[[megillah/17b]]")
        self.assertNotIn("href", essay.body_html)
        self.assertIn("not yet verified", essay.body_html)
        draft.state = "published"
        with make.change(draft, opened=draft.version):
            draft.save()
        essay.refresh_from_db()
        self.assertIn('href="/sources/megillah/17b/"', essay.body_html)
        self.assertNotIn("not yet verified", essay.body_html)

    def test_an_address_of_nothing_stands_as_it_was_written(self):
        essay = make.essay(body="[[megillah/17b]] and [[either/or/more]]")
        self.assertNotIn("href", essay.body_html)
        self.assertFalse(Mention.objects.exists())


class CitationTests(TestCase):
    """Citations in running text, as the gate renders them."""

    @classmethod
    def setUpTestData(cls):
        cls.megillah = make.work("megillah", sefaria="Megillah")
        cls.berachos = make.work("berachos", title="Berachos", title_he="ברכות")

    def html_of(self, body):
        return make.essay(body=body).body_html

    def test_a_citation_leads_to_our_source_where_it_is_published(self):
        make.source("17b")
        self.assertHTMLEqual(
            self.html_of("In Megillah 17b the gemara asks."),
            '<p>In <a class="reference" data-place="megillah/17b" '
            'href="/sources/megillah/17b/">Megillah 17b</a> the gemara asks.</p>',
        )

    def test_a_citation_leads_to_the_one_source_that_holds_its_place(self):
        essay = make.essay(body="In Megillah 17b.")
        source = make.source("17a-18b")
        essay.refresh_from_db()
        self.assertIn(f'href="{source.get_absolute_url()}"', essay.body_html)
        self.assertIn('data-place="megillah/17a-18b"', essay.body_html)
        make.source("17b-18a")
        essay.refresh_from_db()
        self.assertIn("www.sefaria.org", essay.body_html)

    def test_a_citation_of_what_we_do_not_hold_leads_away_and_says_so(self):
        self.assertHTMLEqual(
            self.html_of("In Megillah 3a."),
            '<p>In <a class="reference away" data-place="megillah/3a" '
            'rel="external nofollow noopener" '
            'href="https://www.sefaria.org/Megillah_3a">Megillah 3a'
            '<span class="unseen" lang="en" dir="ltr"> (on Sefaria)</span></a>.</p>',
        )

    def test_a_citation_of_a_work_that_nobody_shows_stays_words(self):
        self.assertEqual(self.html_of("In Berachos 49a."), "<p>In Berachos 49a.</p>\n")

    def test_a_draft_of_the_curated_library_is_named_and_not_linked(self):
        make.source("17b", state="draft", library_name="megillah-17b")
        html = self.html_of("In Megillah 17b.")
        self.assertNotIn("href", html)
        self.assertIn("not yet verified against the text", html)

    def test_nothing_is_said_of_what_an_editor_is_drafting(self):
        make.source("17b", state="draft")
        html = self.html_of("In Megillah 17b.")
        self.assertNotIn("not yet verified", html)
        self.assertIn("www.sefaria.org", html)

    def test_publishing_withdrawing_and_moving_a_source_render_again(self):
        essay = make.essay(body="In Megillah 17b and Megillah 18a.")
        source = make.source("17b", state="draft")
        steps = [
            ({"state": "published"}, ["/sources/megillah/17b/"]),
            ({"address": "18a"}, ["/sources/megillah/18a/"]),
            ({"part": "fish"}, ["/sources/megillah/18a-fish/"]),
            ({"state": "withdrawn"}, []),
        ]
        for fields, addresses in steps:
            with self.subTest(fields), make.change(source, opened=source.version):
                for name, value in fields.items():
                    setattr(source, name, value)
                source.save()
            essay.refresh_from_db()
            found = re.findall(r'href="(/[^"]*)"', essay.body_html)
            self.assertEqual(found, addresses)

    def test_a_work_with_another_slug_renders_again(self):
        make.source("17b")
        essay = make.essay(body="In Megillah 17b.")
        work = self.megillah
        with make.change(work, opened=work.version):
            work.slug = "maseches-megillah"
            work.save()
        essay.refresh_from_db()
        self.assertIn('href="/sources/maseches-megillah/17b/"', essay.body_html)

    def test_each_citation_leaves_its_mention(self):
        essay = make.essay(body="Megillah 17b, Berachos 49a, [[Megillah 3a]].")
        mentions = Mention.objects.filter(kind="essay", record_id=essay.pk)
        places = {f"{each.work.slug} {each.address}" for each in mentions}
        self.assertEqual(places, {"megillah 17b", "megillah 3a", "berachos 49a"})

    def test_what_was_stopped_leaves_none(self):
        self.assertEqual(self.html_of("\\Megillah 17b"), "<p>Megillah 17b</p>\n")
        self.assertFalse(Mention.objects.exists())

    def test_a_source_does_not_link_to_itself(self):
        other = make.source("49a", work=self.berachos)
        source = make.source(
            "17b",
            summary="Megillah 17b follows Berachos 49a.",
            bearings=[{"reasoning": "So Megillah 17b has it."}],
        )
        self.assertHTMLEqual(
            source.summary_html,
            '<p>Megillah 17b follows <a class="reference" '
            f'data-place="berachos/49a" href="{other.get_absolute_url()}">'
            "Berachos 49a</a>.</p>",
        )
        self.assertNotIn("<a", source.bearings.get().reasoning_html)

    def test_there_means_what_a_reference_in_brackets_named(self):
        rashi = make.work(
            "rashi-on-megillah",
            title="Rashi on Megillah",
            title_he="רש״י על מגילה",
            explains=self.megillah,
            commentator=[{"text": "Rashi", "language": "en"}],
        )
        make.source("17b")
        make.source("17b", work=rashi)
        html = self.html_of("In [[megillah/17b|that page]]; see Rashi there.")
        self.assertIn('href="/sources/rashi-on-megillah/17b/"', html)


class NewRendererTests(TestCase):
    def test_what_an_older_renderer_made_is_rendered_again(self):
        essay = make.essay(body="**plain**")
        bearing = make.source("17b", supports="before").bearings.get()
        for row in (essay, bearing):
            row.rendered_with = 0
        essay.body_html = bearing.reasoning_html = "old"
        essay.save()
        bearing.save()
        self.assertEqual(rendering.render_outdated(), 2)
        self.assertIn("<strong>plain", Essay.objects.get().body_html)
        self.assertIn("<p>The order", Bearing.objects.get().reasoning_html)
        self.assertEqual(rendering.render_outdated(), 0)

    def test_the_command_renders_everything_again_and_says_how_much(self):
        essay = make.essay(body="**plain**")
        make.source("17b", supports="before")
        Essay.objects.filter(pk=essay.pk).update(body_html="old")
        said, told = StringIO(), StringIO()
        call_command("render", stdout=said, stderr=told)
        self.assertIn("rendered again: 2", said.getvalue())
        self.assertIn("2 of 2 records", told.getvalue())
        self.assertIn("<strong>plain", Essay.objects.get().body_html)
