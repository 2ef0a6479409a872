"""What the pages show of the curated library, and to whom."""

from sources.models import Position, Source, State
from tests import make
from tests.pages.case import LibraryCase


class LibraryPagesTests(LibraryCase):
    def test_the_question_names_every_position(self):
        page = self.pages["/"]
        positions = Position.objects.all()
        self.assertEqual(len(positions), 3)
        for position in positions:
            self.assertIn(f'href="{position.get_absolute_url()}"', page)
            self.assertIn(f">{position.name}<", page)

    def test_the_question_links_to_every_published_source_that_takes_a_side(self):
        page = self.pages["/"]
        sided = Source.objects.published().filter(
            bearings__state=State.PUBLISHED, bearings__position__isnull=False
        )
        sided = set(sided)
        self.assertGreater(len(sided), 50)
        for source in sided:
            self.assertIn(f'href="{source.get_absolute_url()}"', page)

    def test_every_published_source_answers_at_its_address(self):
        self.assertGreater(len(self.published), 100)
        for source in self.published:
            status = self.statuses[source.get_absolute_url()]
            self.assertEqual(status, 200, source)

    def test_no_draft_is_there_for_a_visitor(self):
        drafts = Source.objects.exclude(state=State.PUBLISHED)
        self.assertGreater(len(drafts), 0)
        for draft in drafts:
            self.html(draft.get_absolute_url(), status=404)

    def test_no_page_links_a_visitor_to_a_draft(self):
        drafts = Source.objects.exclude(state=State.PUBLISHED)
        links = [f'href="{draft.get_absolute_url()}"' for draft in drafts]
        for path, page in self.pages.items():
            self.assertEqual([link for link in links if link in page], [], path)

    def test_an_editor_sees_every_draft(self):
        self.client.force_login(make.editor())
        for draft in Source.objects.exclude(state=State.PUBLISHED):
            self.html(draft.get_absolute_url())

    def test_no_page_sets_a_cookie_for_a_visitor(self):
        for path, page in self.pages.items():
            self.assertEqual(self.cookies[path], "", path)
            self.assertNotIn("csrfmiddlewaretoken", page, path)
