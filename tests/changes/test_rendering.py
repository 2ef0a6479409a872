"""What a save renders: references of places, of one source among several, anew."""

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
