"""A source with many notes: its page shows some and counts all; a list has them."""

import re
from datetime import timedelta
from unittest import mock
from uuid import UUID, uuid4

from django.test import TestCase

from studyhall.annotations import choosing, shown
from studyhall.annotations.choosing import ON_A_LINE, ON_A_PAGE, REPLIES
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Annotation
from tests import make

LINES = 14
PUBLIC = {"visibility": "public", "standing": "approved"}


def copies(note, count, **fields):
    """The note as many times more, each a minute later than the one before it."""
    rows = []
    for at in range(1, count + 1):
        row = Annotation.objects.get(pk=note.pk)
        row.pk, row.uuid, row.creation_key = None, uuid4(), uuid4()
        row.created_at += timedelta(minutes=at)
        for name, value in fields.items():
            setattr(row, name, value)
        rows.append(row)
    return Annotation.objects.bulk_create(rows)


class ManyCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        words = [f"שורה{'אבגדהוזחטיכלמנ'[at]}" for at in range(LINES)]
        cls.source = make.source("17b", words="\n".join(words), translation="")
        cls.address = cls.source.get_absolute_url()
        cls.list = f"{cls.address}notes/"
        cls.reader, cls.own = make.reader(), make.reader(display_name="Rivka")
        cls.first = [
            make.note(cls.source, cls.reader, words=line, **PUBLIC) for line in words
        ]
        cls.note = cls.first[0]

    def articles(self, address=None):
        """The uuids of the notes on a page, in its order."""
        page = self.client.get(address or self.address)
        found = re.findall(r'<article[^>]* id="note-([^"]*)"', page.content.decode())
        return [UUID(each) for each in found]

    def private(self, count):
        return copies(
            self.note, count, reader=self.own, visibility="private", standing=""
        )


class PageTests(ManyCase):
    def test_a_line_shows_some_of_its_notes_and_counts_them_all(self):
        copies(self.note, 20)
        page = self.client.get(self.address)
        self.assertEqual(len(self.articles()), ON_A_LINE + LINES - 1)
        self.assertContains(page, "21 notes<span")
        self.assertContains(page, "16 more notes<span")
        self.assertContains(page, f'href="{self.list}?line=1"')
        self.assertContains(page, "All 34 notes on this source, in a list")
        self.assertIn(self.note.uuid, self.articles())

    def test_the_page_shows_no_more_than_so_many_in_all(self):
        for note in self.first:
            copies(note, 6)
        shown = self.articles()
        self.assertEqual(len(shown), ON_A_PAGE)
        self.assertLessEqual({note.uuid for note in self.first}, set(shown))

    def test_notes_beside_no_line_are_counted_too(self):
        whole = make.note(self.source, self.reader, **PUBLIC)
        copies(whole, 9)
        page = self.client.get(self.address)
        self.assertContains(page, "5 more notes that stand beside no line")

    def test_a_note_shows_some_of_its_replies(self):
        terms = {"parent": self.note, "motivation": "replying", **PUBLIC}
        reply = make.note(self.source, self.reader, **terms)
        [*_, last] = copies(reply, 9)
        page = self.client.get(self.address)
        self.assertEqual(len(self.articles()), LINES + REPLIES)
        self.assertContains(page, "11 notes<span")
        self.assertContains(page, "5 more replies")
        thread = f"{self.list}?thread={self.note.uuid}"
        self.assertContains(page, f'href="{thread}"')
        self.assertEqual(len(self.articles(thread)), 11)
        self.assertContains(self.client.get(last.get_absolute_url()), "A note on")

    def test_ones_own_notes_are_always_among_them_the_newest_first(self):
        copies(self.note, 20)
        *_, own = self.private(8)
        self.client.force_login(self.own)
        shown = self.articles()
        self.assertIn(own.uuid, shown)
        on_page = f"{self.address}#note-{own.uuid}"
        self.assertRedirects(
            self.client.get(own.get_absolute_url()),
            on_page,
            fetch_redirect_response=False,
        )

    def test_anothers_private_notes_take_no_place_and_are_not_counted(self):
        copies(self.note, 20)
        before = self.client.get(self.address).content
        lists = self.client.get(self.list).content
        own, *_ = self.private(60)
        self.assertEqual(self.client.get(self.address).content, before)
        self.assertEqual(self.client.get(self.list).content, lists)
        for asked in (f"?thread={own.uuid}", f"?thread={uuid4()}"):
            self.assertEqual(self.articles(self.list + asked), [])

    def test_many_notes_cost_as_many_queries_as_few(self):
        def queries():
            with self.assertNumQueries(13):
                self.client.get(self.address)
            with self.assertNumQueries(6):
                self.client.get(self.list)

        self.client.get(self.address)
        queries()
        for note in self.first:
            copies(note, 40)
        copies(self.note, 40, parent=self.note, motivation="replying")
        queries()
        self.assertLess(len(self.client.get(self.address).content), 300_000)


class AddressTests(ManyCase):
    def test_a_note_that_the_page_does_not_show_is_read_at_its_own_address(self):
        *_, last = copies(self.note, 20)
        self.assertNotIn(last.uuid, self.articles())
        page = self.client.get(last.get_absolute_url())
        self.assertContains(page, last.body)

    def test_saving_a_note_that_the_page_does_not_show_leads_to_it(self):
        old, *_ = self.private(20)
        self.client.force_login(self.own)
        answer = self.client.post(
            f"/notes/{old.uuid}/edit/",
            {"body": "Anew.", "motivation": "commenting", "visibility": "private"}
            | {"version": old.version},
        )
        self.assertRedirects(answer, old.get_absolute_url(), status_code=303)
        self.assertContains(self.client.get(answer["Location"]), "Anew.")


class ListTests(ManyCase):
    def test_has_all_notes_in_the_order_of_the_lines_and_of_time(self):
        later = copies(self.note, 2)
        terms = {"parent": self.note, "motivation": "replying", **PUBLIC}
        reply = make.note(self.source, self.reader, **terms)
        whole = make.note(self.source, self.reader, **PUBLIC)
        wanted = [self.note, reply, *later, *self.first[1:], whole]
        self.assertEqual(self.articles(self.list), [note.uuid for note in wanted])

    def test_has_pages(self):
        copies(self.note, 100)
        pages = [self.articles(f"{self.list}?page={number}") for number in (1, 2, 3)]
        self.assertEqual([len(page) for page in pages], [50, 50, 14])
        self.assertEqual(len({*sum(pages, [])}), 114)
        answer = self.client.get(f"{self.list}?page=4")
        self.assertEqual(answer.status_code, 404)

    def test_has_one_line_alone(self):
        copies(self.note, 60)
        page = self.client.get(f"{self.list}?line=1")
        self.assertContains(page, f'href="{self.address}#line-1"')
        self.assertContains(page, "?line=1&amp;page=2")
        self.assertEqual(len(self.articles(f"{self.list}?line=1&page=2")), 11)

    def test_is_as_little_there_as_its_source(self):
        draft = make.source("9b", state="draft").get_absolute_url()
        for address in (f"{draft}notes/", f"{self.list}?line=99"):
            self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.client.post(self.list).status_code, 405)

    def test_replies_to_a_private_note_stand_where_they_stand_whatever_is_done(self):
        answered = self.first[:2]
        for note in answered:
            terms = {"parent": note, "motivation": "replying", **PUBLIC}
            make.note(self.source, **terms)
            with writing(note, opened=note.version):
                note.visibility = "private"
        before = self.articles(self.list)
        Annotation.objects.filter(pk=answered[0].pk).update(start=5, end=6)
        self.assertEqual(self.articles(self.list), before)
        Annotation.objects.filter(pk=answered[0].pk).update(start=0, end=1)
        self.assertEqual(self.articles(self.list), before)

    def test_says_where_there_is_none(self):
        empty = make.source("9b").get_absolute_url()
        page = self.client.get(f"{empty}notes/")
        self.assertContains(page, "No one has written a note here")


class VeryManyTests(ManyCase):
    """More than are looked at: no count is too high, and each note is in some list."""

    def setUp(self):
        for module, name, most in ((choosing, "MOST", 20), (shown, "COUNTED", 20)):
            patch = mock.patch.object(module, name, most)
            patch.start()
            self.addCleanup(patch.stop)
        copies(self.note, 40)
        terms = {"parent": self.note, "motivation": "replying", **PUBLIC}
        copies(make.note(self.source, self.reader, **terms), 3)

    def lists(self):
        """The uuids of each list, each read on from the one before it."""
        address, found = self.list, []
        while address:
            found.append(self.articles(address))
            page = self.client.get(address).content.decode()
            later = re.search(r'<a rel="next" href="(\?after=[^"]*)"', page)
            address = f"{self.list}{later[1]}" if later else ""
        return found

    def test_the_page_and_lists_of_sources_say_that_there_are_more(self):
        page = self.client.get(self.address)
        self.assertContains(page, "At least 20 notes on this source, in a list")
        self.assertContains(page, "<summary>At least ")
        work = self.client.get(self.source.work.get_absolute_url())
        self.assertContains(work, "More than 20 notes")

    def test_those_of_each_stretch_of_time_stand_in_a_list(self):
        lists = self.lists()
        self.assertEqual([len(found) for found in lists], [20, 20, 18])
        notes = {*Annotation.objects.values_list("uuid", flat=True)}
        self.assertEqual({*sum(lists, [])}, notes)

    def test_ones_own_are_shown_and_listed_whatever_there_is(self):
        own = self.private(30)
        self.client.force_login(self.own)
        self.assertIn(own[-1].uuid, self.articles())
        lists = self.lists()
        self.assertEqual([len(found) for found in lists], [20, 20, 20, 20, 8])
        self.assertEqual(len({*sum(lists, [])}), 88)

    def test_a_line_and_a_thread_are_read_on_too(self):
        page = self.client.get(f"{self.list}?line=2")
        self.assertContains(page, 'href="?line=2&amp;after=')
        thread = self.articles(f"{self.list}?thread={self.note.uuid}")
        self.assertEqual(len(thread), 5)

    def test_nothing_is_read_on_from_nowhere(self):
        for after in ("x", "20260101T000000000000-x"):
            answer = self.client.get(f"{self.list}?after={after}")
            self.assertEqual(answer.status_code, 404)
