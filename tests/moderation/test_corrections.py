"""Mistakes that are named without an account, and what editors make of them."""

import re
import time
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse

from sources import proposals
from sources.models import Proposal
from studyhall.annotations import corrections, newcomers
from studyhall.annotations.leaving import leave
from studyhall.annotations.models import Annotation, Correction, Notice
from tests import make

WORDS, TRANSLATION = "אבג דהו\nזחט יכל", "one two\nthree four"


class CorrectionCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words=WORDS, translation=TRANSLATION)
        self.address = f"{self.source.get_absolute_url()}correct/?line=2"

    def stamp(self, age=60):
        return newcomers.stamped(time.time() - age)

    def send(self, **fields):
        usual = {"creation_key": str(uuid4()), "opened_at": self.stamp()}
        return self.client.post(self.address, usual | fields)

    def concrete(self, **fields):
        return self.send(words="three", instead="seven", what="So the print.", **fields)


class SendingTests(CorrectionCase):
    def test_the_form_has_the_source_and_the_line(self):
        page = self.client.get(self.address)
        self.assertContains(page, "Report a mistake in Megillah 17b, line 2")
        self.assertContains(page, "three four")
        self.assertNotContains(page, "one two")

    def test_it_gets_a_number_and_a_page(self):
        sent = self.send(what="The line is short.")
        made = Correction.objects.get()
        self.assertRedirects(sent, made.get_absolute_url(), status_code=303)
        page = self.client.get(made.get_absolute_url())
        self.assertContains(page, f"Correction {made.pk}")
        self.assertEqual(made.line, 2)

    def test_what_is_sent_twice_is_kept_once(self):
        key = str(uuid4())
        for _ in range(2):
            self.concrete(creation_key=key)
        self.assertEqual(Correction.objects.count(), 1)
        self.assertEqual(Proposal.objects.count(), 1)

    def test_what_was_changed_and_is_sent_again_is_another(self):
        key = str(uuid4())
        for words in ("The line is short.", "It lacks a word.", "It lacks a word."):
            self.send(creation_key=key, what=words)
        kept = Correction.objects.values_list("what", flat=True)
        self.assertEqual(list(kept), ["The line is short.", "It lacks a word."])

    def test_other_words_become_a_proposal_without_an_author(self):
        self.concrete(name="Rivka")
        proposal = Proposal.objects.get()
        self.assertIsNone(proposal.by)
        self.assertEqual(proposal.credit, "Rivka")
        [row] = proposal.changes["texts"]
        self.assertEqual(row["words"], "one two\nseven four")

    def test_words_that_do_not_stand_there_are_refused_and_given_back(self):
        page = self.send(words="one", instead="seven")
        self.assertContains(page, 'href="#id_words"', status_code=422)
        self.assertContains(page, 'value="seven"', status_code=422)

    def test_what_stands_there_already_is_refused(self):
        for words, instead in (("three", "three"), ("זחט", "זחט")):
            page = self.send(words=words, instead=instead, what="So the print.")
            self.assertContains(page, "That is what stands there", status_code=422)
            self.assertContains(page, "So the print.", status_code=422)
        made = self.send(words="זחט", instead="זָחֵט")
        self.assertEqual(made.status_code, 303)

    def test_an_editor_who_changes_nothing_is_told(self):
        self.concrete()
        self.client.force_login(make.editor("keeper"))
        address = reverse("moderation_correction", args=[Correction.objects.get().pk])
        fields = {"deed": "open", "words": "three", "instead": "three"}
        page = self.client.post(address, fields)
        self.assertContains(page, "That is what stands there", status_code=422)

    def test_quoted_hebrew_is_said_to_be_hebrew(self):
        self.send(words="זחט", instead="זחל")
        made = Correction.objects.get()
        editors = (
            reverse("moderation_correction", args=[made.pk]),
            "/moderation/corrections/",
        )
        self.client.force_login(make.editor("keeper"))
        for address in (made.get_absolute_url(), *editors):
            page = self.client.get(address).content.decode()
            for words in ("זחט", "זחל"):
                self.assertRegex(page, f'lang="he"[^>]*>[“ ]*{words}')

    def test_a_trap_and_a_time_stop_simple_bots(self):
        for fields in (
            {"website": "https://example.org"},
            {"opened_at": ""},
            {"opened_at": self.stamp(age=0)},
            {"opened_at": "1:forged"},
        ):
            with self.subTest(fields=fields):
                page = self.send(what="Buy our wares.", **fields)
                self.assertContains(page, "Buy our wares.", status_code=422)
        self.assertFalse(Correction.objects.exists())

    def test_it_can_be_sent_again_by_who_was_too_quick(self):
        page = self.send(what="A mistake.", opened_at="").content.decode()
        self.assertTrue(re.search('name="opened_at" value="[^"]+"', page))

    def test_ten_an_hour_come_from_one_address(self):
        for number in range(10):
            self.assertEqual(self.send(what=f"{number}").status_code, 303)
        refused = self.send(what="One too many.")
        self.assertContains(refused, "One too many.", status_code=429)
        self.assertEqual(Correction.objects.count(), 10)


class AnsweringTests(CorrectionCase):
    def setUp(self):
        super().setUp()
        self.editor = make.editor("keeper")

    def page_of(self, made):
        self.client.force_login(self.editor)
        return reverse("moderation_correction", args=[made.pk])

    def test_opening_leads_to_the_sources_form_with_the_change_filled_in(self):
        self.concrete()
        address = self.page_of(Correction.objects.get())
        fields = {"deed": "open", "words": "three", "instead": "seven"}
        opened = self.client.post(address, fields)
        self.assertIn(f"?proposal={Proposal.objects.get().pk}", opened["Location"])
        self.assertContains(self.client.get(opened["Location"]), "seven four")

    def test_accepting_the_proposal_answers_the_correction_and_tells_its_sender(self):
        reader = make.reader()
        self.client.force_login(reader)
        self.concrete()
        proposal = Proposal.objects.get()
        accepted = Proposal.Outcome.ACCEPTED
        proposals.decide(proposal, accepted, by=self.editor, reply="Thank you.")
        self.assertEqual(Correction.objects.get().outcome, "accepted")
        self.assertEqual(
            Notice.objects.get(reader=reader).words, "Accepted: Thank you."
        )
        self.assertContains(self.client.get("/me/notices/"), "Thank you.")

    def test_who_leaves_the_site_leaves_no_name_on_a_proposal(self):
        reader = make.reader()
        self.client.force_login(reader)
        self.concrete(name="Rivka")
        leave(reader, keep=True)
        proposal = Proposal.objects.get()
        self.assertEqual((proposal.by, proposal.credit), (None, ""))
        reader.delete()

    def test_kept_as_it_is_is_an_answer(self):
        self.concrete()
        made = Correction.objects.get()
        address = self.page_of(made)
        fields = {"deed": "keep", "reply": "So all the manuscripts."}
        self.assertEqual(self.client.post(address, fields).status_code, 303)
        self.assertEqual(Proposal.objects.get().outcome, "declined")
        page = self.client.get(made.get_absolute_url())
        self.assertContains(page, "So all the manuscripts.")
        self.assertEqual(self.client.post(address, fields).status_code, 409)

    def test_an_editor_who_takes_up_what_nobody_signed_needs_another(self):
        self.concrete()
        proposal = Proposal.objects.get()
        before = {"texts": []}
        made = proposals.take_up(
            proposal, self.source, before, before, by=self.editor, why="Checked."
        )
        self.assertEqual((made.by, made.credit), (self.editor, proposal.credit))
        proposals.decide(made, Proposal.Outcome.DECLINED, by=self.editor)
        self.assertEqual(Correction.objects.get().outcome, "")

    def test_it_is_for_editors(self):
        self.concrete()
        address = self.page_of(Correction.objects.get())
        for user in (make.reader(), make.editor("moderator")):
            self.client.force_login(user)
            for page in (address, "/moderation/corrections/", "/moderation/readings/"):
                self.assertEqual(self.client.get(page).status_code, 403)


class ReadingTests(CorrectionCase):
    def setUp(self):
        super().setUp()
        self.reader = make.reader(display_name="Rivka")
        self.client.force_login(make.editor("keeper"))

    def note(self, **fields):
        usual = {
            "motivation": "assessing",
            "position": make.position("before"),
            "direction": "supports",
            "basis": "implied",
            "visibility": "public",
            "standing": "approved",
            "words": "זחט",
            "body": "The verb says so.",
        }
        return make.note(self.source, self.reader, **usual | fields)

    def test_a_reading_becomes_a_draft_bearing_with_credit(self):
        note = self.note()
        self.assertContains(self.client.get("/moderation/readings/"), "The verb says")
        address = reverse("moderation_reading", args=[note.uuid])
        opened = self.client.post(address, {"deed": "open"})
        [row] = Proposal.objects.get().changes["bearings"]
        self.assertEqual(
            (row["credit"], row["state"], row["reasoning"], row["words"]),
            ("Rivka", "draft", "The verb says so.", "זחט"),
        )
        self.assertContains(self.client.get(opened["Location"]), "The verb says so.")

    def test_its_writer_is_told_that_the_source_is_kept(self):
        note = self.note(motivation="editing", position=None, direction="", basis="")
        address = reverse("moderation_reading", args=[note.uuid])
        self.client.post(address, {"deed": "keep", "reply": "It is so printed."})
        notice = Notice.objects.get(reader=self.reader)
        self.assertIn("It is so printed.", notice.words)
        self.assertFalse(corrections.notes_waiting().exists())

    def test_a_private_or_waiting_note_is_not_there(self):
        for fields in (
            {"visibility": "private", "standing": ""},
            {"standing": "waiting"},
        ):
            note = self.note(**fields)
            address = reverse("moderation_reading", args=[note.uuid])
            self.assertEqual(self.client.get(address).status_code, 404)
            self.assertEqual(
                self.client.post(address, {"deed": "keep"}).status_code, 404
            )
        self.assertFalse(corrections.notes_waiting().exists())


class NewcomerTests(CorrectionCase):
    def write(self, **fields):
        self.client.force_login(make.reader())
        usual = {
            "creation_key": str(uuid4()),
            "opened_at": self.stamp(),
            "motivation": "commenting",
            "visibility": "public",
            "body": "A thought.",
        }
        return self.client.post(
            f"{self.source.get_absolute_url()}annotate/", usual | fields
        )

    def test_a_newcomers_public_note_has_few_links(self):
        links = "".join(f"[{n}](https://example.org/{n}) " for n in range(3))
        self.assertContains(self.write(body=links), "at most 2 links", status_code=422)
        self.assertEqual(self.write(body=links, visibility="private").status_code, 303)

    def test_a_newcomers_public_note_is_not_sent_by_a_bot(self):
        self.assertEqual(self.write(website="https://x.org").status_code, 422)
        self.assertEqual(self.write(opened_at="").status_code, 422)
        self.assertEqual(self.write().status_code, 303)
        self.assertEqual(Annotation.objects.get().standing, "waiting")
