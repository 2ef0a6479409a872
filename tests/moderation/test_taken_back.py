"""What is left of a reader's words at the editors' once the reader takes them back."""

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from sources import proposals
from sources.models import Proposal
from studyhall.accounts import leaving
from studyhall.annotations import corrections, purging
from studyhall.annotations.gate import writing
from studyhall.annotations.models import Annotation
from tests import make

SECRET, NAME = "quarkoplasmic", "Rivka"


class TakenBackCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="אבג דהו", translation="one two")
        self.reader = make.reader(display_name=NAME)
        self.editor = make.editor("keeper")
        self.note = make.note(
            self.source,
            self.reader,
            words="אבג",
            body=f"The verb is {SECRET}.",
            motivation="assessing",
            position=make.position("before"),
            direction="supports",
            basis="implied",
            visibility="public",
            standing="approved",
        )
        self.proposal = corrections.take_up(corrections.of_note(self.note))

    def save(self, **fields):
        note = Annotation.objects.get(pk=self.note.pk)
        with writing(note, opened=note.version):
            for name, value in fields.items():
                setattr(note, name, value)

    def pages(self):
        """What an editor reads of the proposal, on each page that shows any of it."""
        self.client.force_login(self.editor)
        form = reverse("admin:sources_source_change", args=[self.source.pk])
        addresses = (
            reverse("admin:sources_proposal_change", args=[self.proposal.pk]),
            f"{reverse('admin:sources_proposal_changelist')}?outcome__exact=",
            reverse("admin:sources_proposal_changelist"),
            f"{form}?proposal={self.proposal.pk}",
            "/moderation/readings/",
            "/admin/",
        )
        found = [self.client.get(address, follow=True) for address in addresses]
        self.assertEqual({page.status_code for page in found}, {200})
        return "".join(page.content.decode() for page in found)

    def decided(self, outcome):
        proposals.decide(self.proposal, outcome, by=self.editor)

    def kept(self):
        return Proposal.objects.get(pk=self.proposal.pk)


class NoteTests(TakenBackCase):
    def test_editors_read_it_while_it_is_public(self):
        self.assertIn(SECRET, self.pages())

    def check_withdrawn(self):
        kept = self.kept()
        self.assertEqual(kept.outcome, "withdrawn")
        self.assertEqual((kept.changes, kept.why, kept.credit), ({}, "", ""))
        pages = self.pages()
        self.assertIn("It was taken back by who asked it", pages)
        self.assertNotIn(SECRET, pages)
        self.assertNotIn(NAME, pages)

    def test_a_note_made_private_closes_and_empties_what_waits(self):
        self.save(visibility="private")
        self.check_withdrawn()

    def test_a_note_that_is_deleted_closes_and_empties_what_waits(self):
        self.save(deleted_at=timezone.now())
        self.check_withdrawn()

    def test_a_declined_proposal_keeps_no_words_and_an_accepted_one_its_credit(self):
        for outcome, credit in (("declined", ""), ("accepted", NAME)):
            with self.subTest(outcome=outcome):
                self.decided(outcome)
                self.save(visibility="private")
                kept = self.kept()
                self.assertEqual(
                    (kept.outcome, kept.changes, kept.why, kept.credit),
                    (outcome, {}, "", credit),
                )
                self.save(visibility="public")
                Annotation.objects.update(standing="approved")
                correction = corrections.of_note(self.note)
                correction.outcome = ""
                correction.save()
                self.proposal = corrections.take_up(correction)

    def test_what_an_editor_gives_up_keeps_no_words(self):
        Proposal.objects.update(by=self.editor)
        self.proposal.refresh_from_db()
        self.decided("declined")
        self.assertEqual((self.kept().changes, self.kept().why), ({}, ""))
        self.assertTrue(corrections.notes_waiting().exists())

    def test_a_note_deleted_before_is_emptied_when_it_is_purged(self):
        long_ago = timezone.now() - 2 * purging.KEPT
        Annotation.objects.update(deleted_at=long_ago)
        purging.purge()
        self.assertNotIn(SECRET, self.pages())

    def test_a_note_made_private_meanwhile_is_not_taken_up_or_shown_anew(self):
        correction = corrections.of_note(Annotation.objects.get(pk=self.note.pk))
        self.assertIn(SECRET, correction.note.body)
        self.save(visibility="private")
        correction.refresh_from_db(fields=["proposal"])
        with self.assertRaisesMessage(ValidationError, "not public now"):
            corrections.take_up(correction)
        kept = Proposal.objects.values_list("changes", "why")
        self.assertNotIn(SECRET, str(list(kept)))

    def test_an_answer_to_a_note_made_private_meanwhile_is_given_back(self):
        self.save(visibility="private")
        self.client.force_login(self.editor)
        address = reverse("moderation_reading", args=[self.note.uuid])
        typed = {"words": "one", "instead": "two", "reply": "Thanks.", "deed": "keep"}
        page = self.client.post(address, typed)
        for words in ("two", "Thanks."):
            self.assertContains(page, f"{words}</textarea>", status_code=404)

    def test_a_note_brought_back_can_be_taken_up_again(self):
        self.save(deleted_at=timezone.now())
        self.save(deleted_at=None)
        made = corrections.take_up(corrections.of_note(self.note))
        self.assertIn(SECRET, made.changes["bearings"][0]["reasoning"])

    def test_taken_up_by_an_editor_it_still_follows_its_note(self):
        made = proposals.take_up(
            self.proposal, self.source, {"part": ""}, {"part": ""}, by=self.editor
        )
        self.assertEqual((made.by, made.credit), (self.editor, NAME))
        self.save(visibility="private")
        self.assertEqual(self.kept().why, "")


class LeavingTests(TakenBackCase):
    def test_a_note_that_stays_thanks_a_former_reader(self):
        leaving.close(self.reader, keep=True)
        kept = self.kept()
        [row] = kept.changes["bearings"]
        self.assertEqual(
            (kept.by, kept.credit, row["read_by"], row["credit"]),
            (None, *["A former reader"] * 3),
        )
        self.assertIn(SECRET, row["reasoning"])
        self.assertNotIn(NAME, self.pages())

    def test_a_note_that_is_erased_takes_its_words_along(self):
        leaving.close(self.reader, keep=False)
        self.assertEqual(self.kept().outcome, "withdrawn")
        pages = self.pages()
        self.assertNotIn(SECRET, pages)
        self.assertNotIn(NAME, pages)

    def test_an_accepted_proposal_keeps_nobody_from_leaving(self):
        self.decided("accepted")
        self.assertTrue(leaving.close(self.reader, keep=False))
        kept = self.kept()
        self.assertEqual((kept.by, kept.credit, kept.changes), (None, "", {}))
