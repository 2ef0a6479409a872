"""Notes on a source's page: beside their line, for whoever may read them."""

import re

import pytest
from django.test import TestCase

from sources.changes import change
from sources.models import State
from tests import make

HEBREW = "בָּרוּךְ הַמָּקוֹם\n😀 כִּי טוֹב הוּא\nוּבָא דָוִד"
ENGLISH = "Blessed is the Place\nfor it is good\nand David comes"


def article(page, note):
    """The opening tag of the note's article."""
    html = page.content.decode()
    return re.search(f'<article[^>]*id="note-{note.uuid}"[^>]*>', html)[0]


def line_of(page, number):
    """The HTML of one line of the passage, its notes included."""
    html = page.content.decode()
    start = html.index(f'id="line-{number}"')
    return html[start:].split('<li class="line"', 1)[0].split("</ol>\n", 1)[0]


class PageCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words=HEBREW, translation=ENGLISH)
        self.address = self.source.get_absolute_url()
        self.writer = make.reader(display_name="Dovid L.")

    def note(self, **fields):
        fields = {"visibility": "public", "standing": "approved", **fields}
        return make.note(self.source, self.writer, **fields)

    def page(self, **cookies):
        for name, value in cookies.items():
            self.client.cookies[name] = value
        return self.client.get(self.address)


@pytest.mark.once
class LineTests(PageCase):
    def test_a_note_stands_beside_its_line_with_its_words_and_links_both_ways(self):
        note = self.note(words="טוב הוא", body="The *sign* itself.", tags=["signs"])
        page = self.page()
        line = line_of(page, 2)
        self.assertIn(f'id="note-{note.uuid}"', line)
        self.assertIn('<blockquote lang="he" dir="rtl">טוֹב הוּא</blockquote>', line)
        self.assertIn("The <em>sign</em> itself.", line)
        for words in ("Dovid L.", "signs", 'href="#line-2"', "1 note<"):
            self.assertIn(words, line)
        self.assertNotIn(str(note.uuid), line_of(page, 1))
        self.assertContains(page, 'Beside the lines: <a href="#line-2">line 2</a>')

    def test_its_place_is_counted_in_code_points_of_the_line(self):
        note = self.note(words="טוב")
        line = HEBREW.split("\n")[1]
        start = line.index("טוֹב")
        tag = article(self.page(), note)
        self.assertIn(f'data-line="2" data-side="original" data-start="{start}"', tag)
        self.assertIn(f'data-end="{start + len("טוֹב")}"', tag)
        self.assertIn('tabindex="-1"', tag)

    def test_without_points_its_place_is_counted_in_what_is_shown(self):
        note = self.note(words="טוב")
        page = self.page(reading="both.none.0.auto")
        bare = "😀 כי טוב הוא"
        self.assertIn(bare, line_of(page, 2))
        at = bare.index("טוב")
        self.assertIn(f'data-start="{at}" data-end="{at + 3}"', article(page, note))
        self.assertIn('dir="rtl">טוב</blockquote>', line_of(page, 2))

    def test_a_note_on_the_translation_says_so_and_points_to_nothing_hidden(self):
        note = self.note(words="good", side="translation")
        tag = article(self.page(), note)
        self.assertIn('data-side="translation" data-start="10" data-end="14"', tag)
        page = self.page(**{"reading": "he.all.0.auto"})
        tag = article(page, note)
        self.assertIn('data-line="2"', tag)
        self.assertNotIn("data-side", tag)

    def test_words_that_run_over_lines_are_told_for_each(self):
        note = self.note(words="הוא ובא")
        tag = article(self.page(), note)
        self.assertIn('data-line="2"', tag)
        self.assertRegex(tag, r'data-rest="3:0-\d+"')

    def test_every_line_has_a_way_to_annotate_it(self):
        page = self.page()
        name = 'Annotate<span class="unseen"> line 2 of Megillah 17b</span>'
        self.assertContains(page, f'href="{self.address}annotate/?line=2">{name}')
        self.assertContains(page, f'href="{self.address}annotate/"')

    def test_a_bearing_can_be_read_otherwise_and_leads_back(self):
        source = make.source(supports="before")
        bearing = source.bearings.get()
        position = make.position("after")
        terms = {"direction": "supports", "basis": "implied", "position": position}
        make.note(
            source,
            self.writer,
            bearing=bearing,
            motivation="assessing",
            visibility="public",
            standing="approved",
            **terms,
        )
        page = self.client.get(source.get_absolute_url())
        asked = f"annotate/?bearing={bearing.pk}"
        self.assertContains(page, f'{asked}">I read it otherwise')
        self.assertContains(page, "On a reading of this source</a>")
        self.assertContains(page, "<strong>After: ")

    def test_changed_words_are_said_to_have_changed(self):
        note = self.note(words="טוב")
        with change(self.source, opened=self.source.version, why="a slip"):
            text = self.source.texts.get(role="original")
            text.words = HEBREW.replace("טוֹב", "טוֹבָה")
            text.save()
        note.refresh_from_db()
        note.start, note.end = note.original_start, note.original_end + 2
        note.save()
        self.assertContains(self.page(), "have changed since; they were:")


@pytest.mark.once
class BelowTests(PageCase):
    def test_a_note_on_the_source_stands_under_the_passage(self):
        note = self.note(body="Of the whole.")
        page = self.page()
        self.assertIn('tabindex="-1"', article(page, note))
        self.assertNotIn("data-line", article(page, note))

    def test_lost_words_are_said_to_be_lost(self):
        gone = self.note(words="טוב", anchor="orphaned")
        moved = self.note(words="דוד", anchor="proposed")
        page = self.page()
        self.assertContains(page, "words of this note are gone from the text")
        self.assertContains(page, "words of this note may have moved")
        for note in (gone, moved):
            self.assertNotIn("data-line", article(page, note))
        self.assertNotIn(str(gone.uuid), line_of(page, 2))

    def test_replies_stand_under_their_note_and_outlive_it(self):
        note = self.note(words="טוב", body="First.")
        reply = self.note(parent=note, motivation="replying", body="An answer.")
        page = self.page()
        self.assertIn(str(reply.uuid), line_of(page, 2))
        self.assertContains(page, "2 notes<span")
        note.deleted_at = note.created_at
        note.save()
        page = self.page()
        self.assertContains(page, "A note stood here that is not shown.")
        self.assertContains(page, "An answer.")
        self.assertNotContains(page, "First.")

    def test_a_page_without_notes_says_so(self):
        self.assertContains(self.page(), "No one has written a note here")

    def test_names_the_feed(self):
        feed = f'href="{self.address}notes.atom"'
        self.assertContains(self.page(), feed, 2)


@pytest.mark.once
class PrivacyTests(PageCase):
    def test_ones_own_private_note_is_shown_to_oneself_alone(self):
        before = self.page().content
        note = self.note(visibility="private", standing="", body="Mine", tags=["t1"])
        self.assertEqual(self.page().content, before)
        self.client.force_login(make.reader())
        self.assertNotContains(self.page(), str(note.uuid))
        self.client.force_login(self.writer)
        page = self.page()
        self.assertContains(page, "only you")
        self.assertIn("data-mine", article(page, note))

    def test_what_waits_is_returned_hidden_or_deleted_is_not_shown(self):
        for standing in ("waiting", "returned", "hidden"):
            self.note(standing=standing, body="Unseen words.")
        gone = self.note(body="Unseen words.")
        gone.deleted_at = gone.created_at
        gone.save()
        self.assertNotContains(self.page(), "Unseen words.")

    def test_an_editor_reads_no_more_than_anyone(self):
        self.note(visibility="private", standing="", body="Mine alone.")
        self.client.force_login(make.editor(is_superuser=True))
        self.assertNotContains(self.page(), "Mine alone.")

    def test_a_visitor_gets_no_cookie_and_no_token(self):
        self.note(words="טוב")
        page = self.page()
        self.assertFalse(page.cookies)
        self.assertNotContains(page, "csrfmiddlewaretoken")


@pytest.mark.once
class CountTests(PageCase):
    def test_lists_count_what_everyone_may_read(self):
        topic = make.topic()
        source = make.source(topics=[topic], supports="before")
        for standing in ("approved", "approved", "waiting"):
            make.note(source, self.writer, visibility="public", standing=standing)
        make.note(source, self.writer)
        pages = ("/sources/", topic.get_absolute_url(), "/works/megillah/")
        self.client.force_login(self.writer)
        for path in pages:
            with self.subTest(path=path):
                page = self.client.get(path)
                self.assertContains(page, "2 notes<span")
                self.assertContains(page, f"{source.get_absolute_url()}#notes")

    def test_many_notes_cost_as_many_queries_as_one(self):
        def queries():
            with self.assertNumQueries(13):
                self.page()

        self.page()
        self.note(words="טוב", tags=["one"])
        queries()
        for number in range(12):
            writer = make.reader()
            note = make.note(
                self.source,
                writer,
                words="טוב" if number % 2 else "",
                tags=[f"t{number}"],
                visibility="public",
                standing="approved",
            )
            self.note(parent=note, motivation="replying", body="So.")
        queries()


@pytest.mark.once
class DraftTests(PageCase):
    def test_no_note_of_a_source_that_is_withdrawn_is_listed(self):
        self.note(body="On what is gone.")
        with change(self.source, opened=self.source.version, why="withdrawn"):
            self.source.state = State.WITHDRAWN
            self.source.save()
        self.assertNotContains(self.client.get("/notes/"), "On what is gone.")
