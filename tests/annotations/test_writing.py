"""What a saved note keeps, and that it is stored once."""

from threading import Thread
from uuid import uuid4

from django.db import connection
from django.test import SimpleTestCase, TestCase, TransactionTestCase
from django.urls import reverse

from sources.changes import change
from sources.models import Text
from studyhall.annotations import rerendering, saving
from studyhall.annotations.models import Annotation, NoteTag, NoteVersion
from studyhall.annotations.quoting import Span, places_in
from tests import make
from tests.annotations.test_form_page import ENGLISH, HEBREW, FormCase, typed

POINTED = "𝄞 😀 בָּרוּךְ ה' כִּי־טוֹב, כִּי"


class SavingTests(FormCase):
    def test_leads_back_to_the_note_and_says_so(self):
        answer = self.post()
        note = Annotation.objects.get()
        here = f"{self.source.get_absolute_url()}#note-{note.uuid}"
        self.assertEqual((answer.status_code, answer["Location"]), (303, here))
        page = self.client.get(self.source.get_absolute_url())
        self.assertContains(page, "Your note is saved.")
        self.assertContains(page, 'role="status"')

    def test_is_private_unless_it_is_said_otherwise(self):
        self.post()
        note = Annotation.objects.get()
        self.assertEqual((note.visibility, note.standing), ("private", ""))
        self.assertEqual(note.reader, self.reader)

    def test_a_newcomers_public_note_waits(self):
        self.post(visibility="public")
        self.assertEqual(Annotation.objects.get().standing, "waiting")

    def test_a_note_on_a_line_stands_on_its_words_in_the_original(self):
        self.post(f"{self.address}?line=2")
        note = Annotation.objects.get()
        self.assertEqual((note.line, note.exact), (2, HEBREW.split("\n")[1]))
        self.assertEqual(note.prefix, HEBREW.split("\n")[0] + "\n")
        self.assertEqual(note.text.role, "original")

    def test_words_of_the_translation_stand_on_the_translation(self):
        self.post(f"{self.address}?line=2", words="it is GOOD")
        note = Annotation.objects.get()
        self.assertEqual((note.exact, note.text.language), ("it is good", "en"))
        self.assertEqual(ENGLISH[note.start : note.end], note.exact)
        self.assertEqual(note.made_on, note.text.revisions.get())
        self.assertEqual(note.holds_on, note.made_on)

    def test_words_may_be_found_in_the_whole_source(self):
        self.post(self.address, words="ברוך")
        self.assertEqual(Annotation.objects.get().line, 2)

    def test_a_note_on_the_source_stands_on_no_words(self):
        self.post(self.address)
        note = Annotation.objects.get()
        self.assertEqual((note.text, note.start, note.exact), (None, None, ""))

    def test_another_reading_keeps_its_terms_and_its_bearing(self):
        source = make.source(supports="before")
        bearing = source.bearings.get()
        address = f"{source.get_absolute_url()}annotate/?bearing={bearing.pk}"
        terms = {"position": make.position("after").pk, "direction": "supports"}
        self.post(address, motivation="assessing", basis="implied", **terms)
        note = Annotation.objects.get()
        self.assertEqual((note.bearing, note.basis), (bearing, "implied"))
        self.assertEqual(note.position, make.position("after"))

    def test_the_terms_of_another_reading_are_dropped_from_a_thought(self):
        self.post(direction="supports", basis="implied")
        self.assertEqual(Annotation.objects.get().direction, "")

    def test_references_link_themselves(self):
        make.source("52b", work=make.work("sukkah"))
        self.post(body="As in Sukkah 52b.")
        self.assertIn('href="/sources/sukkah/52b/"', Annotation.objects.get().body_html)

    def test_the_same_form_twice_is_one_note(self):
        fields = typed()
        first = self.client.post(self.address, fields)
        second = self.client.post(self.address, fields)
        self.assertEqual(first["Location"], second["Location"])
        self.assertEqual(Annotation.objects.count(), 1)
        self.assertEqual(NoteVersion.objects.count(), 1)

    def test_a_form_that_was_changed_and_is_sent_again_shows_both_texts(self):
        fields = typed(body="First.")
        self.client.post(self.address, fields)
        note = Annotation.objects.get()
        page = self.client.post(self.address, fields | {"body": "At length."})
        for words in ("First.", "At length.", reverse("note_edit", args=[note.uuid])):
            self.assertContains(page, words, status_code=409)
        self.assertEqual(Annotation.objects.get().body, "First.")

    def test_a_tag_is_kept_however_many_letters_its_signs_make(self):
        tags = ("\ufdfa" * 90, "\ufdfa" * 91, "b" * 100, "b" * 99 + "!")
        self.post(tags=", ".join(tags))
        self.assertEqual({tag.name for tag in NoteTag.objects.all()}, set(tags))
        self.assertLessEqual(max(len(tag.slug) for tag in NoteTag.objects.all()), 100)

    def test_anothers_key_is_no_way_to_their_note(self):
        theirs = make.note(self.source, body="Theirs.")
        answer = self.post(creation_key=str(theirs.creation_key))
        self.assertEqual(answer.status_code, 303)
        mine = Annotation.objects.of(self.reader).get()
        self.assertNotEqual(mine.creation_key, theirs.creation_key)

    def test_nothing_unsafe_is_stored(self):
        self.post(body="a\u202eb\u2066c", tags="d\u202ee")
        self.assertEqual(Annotation.objects.get().body, "abc")
        self.assertEqual(NoteTag.objects.get().name, "de")


class TagTests(FormCase):
    def test_tags_are_ones_own(self):
        make.note(self.source, tags=["Exile"])
        self.post(tags='exile, רש"י, exile ,EXILE')
        note = Annotation.objects.of(self.reader).get()
        self.assertEqual(sorted(note.tags.names()), ["exile", 'רש"י'])
        self.assertEqual(NoteTag.objects.filter(reader=self.reader).count(), 2)

    def test_tags_without_letters_have_addresses_of_their_own(self):
        self.post(tags="!!!, ???")
        self.assertEqual(NoteTag.objects.values("slug").distinct().count(), 2)

    def test_too_many_tags_are_refused(self):
        tags = ", ".join(map(str, range(21)))
        self.assertContains(self.post(tags=tags), "At most 20", status_code=422)


class MarkTests(FormCase):
    def mark(self, deed, line="?line=2", **fields):
        address = reverse(deed, args=["megillah", self.source.place_in_url])
        blank = {"body": "", "creation_key": str(uuid4())}
        return self.client.post(address + line, blank | fields)

    def test_words_are_highlighted_without_a_note(self):
        self.assertEqual(self.mark("highlight", words="טוב").status_code, 303)
        note = Annotation.objects.get()
        self.assertEqual((note.motivation, note.exact), ("highlighting", "טוב"))
        self.assertEqual((note.body, note.visibility), ("", "private"))

    def test_a_source_is_bookmarked(self):
        self.assertEqual(self.mark("bookmark", line="").status_code, 303)
        self.assertEqual(Annotation.objects.get().motivation, "bookmarking")

    def test_a_highlight_of_no_words_is_refused(self):
        page = self.mark("highlight", line="")
        self.assertContains(page, "Name the words to highlight", status_code=422)

    def test_what_was_typed_is_not_lost_by_a_highlight(self):
        page = self.mark("highlight", body="A long thought.")
        self.assertContains(page, "A long thought.", status_code=422)

    def test_is_made_by_a_form_only(self):
        address = reverse("highlight", args=["megillah", "17b"])
        self.assertEqual(self.client.get(address).status_code, 405)

    def test_signed_out_the_words_are_kept(self):
        self.client.logout()
        answer = self.mark("highlight", words="טוב")
        self.assertIn("annotate", answer["Location"])
        self.client.force_login(self.reader)
        self.assertContains(self.client.get(f"{self.address}?line=2"), 'value="טוב"')


class QuotingTests(SimpleTestCase):
    def found(self, words, text=POINTED):
        whole = Span(Text(pk=7, words=text), 0, len(text))
        return [each.words for each in places_in(whole, words)]

    def test_points_and_maqaf_are_passed_over(self):
        self.assertEqual(self.found("ברוך ה' כי טוב"), ["בָּרוּךְ ה' כִּי־טוֹב"])

    def test_every_place_is_found_with_its_marks(self):
        self.assertEqual(self.found("כי"), ["כִּי", "כִּי"])

    def test_the_punctuation_that_is_named_is_taken_in(self):
        self.assertEqual(self.found("טוב,"), ["טוֹב,"])
        self.assertEqual(self.found("טוב"), ["טוֹב"])

    def test_signs_without_letters_are_found_as_they_stand(self):
        self.assertEqual(self.found("😀"), ["😀"])
        self.assertEqual(self.found("  "), [])

    def test_whole_words_come_before_parts(self):
        self.assertEqual(self.found("at", "cat at bat"), ["at"])
        self.assertEqual(self.found("ca", "cat cab"), ["ca", "ca"])


class StaleTextTests(TestCase):
    def test_a_note_never_stands_on_words_that_have_changed(self):
        source = make.source(words="אבג דהו", translation="")
        text = source.texts.get()
        with change(source, opened=source.version, why="other words"):
            changed = source.texts.get()
            changed.words = "אבג"
            changed.save()
        span = Span(text, 4, 7)
        with self.assertRaises(saving.Moved):
            saving.create(make.reader(), source, key=uuid4(), span=span)
        self.assertFalse(Annotation.objects.exists())


class AgainTests(TestCase):
    def test_a_source_that_moves_is_linked_anew(self):
        cited = make.source("52b", work=make.work("sukkah"))
        note = make.note(body="As in Sukkah 52b.")
        version = note.version
        note.body_html = '<a href="/sources/sukkah/52b/">x</a>'
        note.save()
        with change(cited, opened=cited.version, why="a part of its own"):
            cited.part, cited.part_title = "fish", "fish"
            cited.save()
        rerendering.address_changed("/sources/sukkah/52b/", cited.get_absolute_url())
        note.refresh_from_db()
        cited.refresh_from_db()
        self.assertIn(f'href="{cited.get_absolute_url()}"', note.body_html)
        self.assertEqual(note.version, version)

    def test_what_an_older_renderer_made_is_rendered(self):
        note = make.note(body="*A* thought.")
        note.body_html, note.rendered_with = "old", 0
        note.save()
        self.assertEqual(rerendering.render(), 1)
        self.assertEqual(rerendering.render(), 0)
        note.refresh_from_db()
        self.assertIn("<em>A</em>", note.body_html)
        self.assertEqual(rerendering.render(everything=True), 1)


class AtOnceTests(TransactionTestCase):
    def test_a_form_sent_eight_times_at_once_is_one_note(self):
        source, reader, key = make.source(), make.reader(), uuid4()
        failures = []

        def send():
            try:
                saving.create(reader, source, key=key, body="Once.")
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        threads = [Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(Annotation.objects.count(), 1)
        self.assertEqual(NoteVersion.objects.count(), 1)
