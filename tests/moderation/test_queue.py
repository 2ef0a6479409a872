"""The moderators' queue: decisions, their reasons, their undoing, and who is told."""

from unittest import mock

from django.test import TestCase
from django.urls import reverse

from studyhall.accounts import limits
from studyhall.annotations import flags, moderating
from studyhall.annotations.models import Act, Annotation, Flag, Notice
from tests import make

QUEUE = "/moderation/"


def moderator():
    return make.editor("moderator")


class ModerationCase(TestCase):
    def setUp(self):
        self.moderator = moderator()
        self.client.force_login(self.moderator)
        self.source = make.source("17b", words="אבג דהו", translation="one two")
        self.writer = make.reader()

    def note(self, **fields):
        fields = {"visibility": "public", "words": "דהו", **fields}
        return make.note(self.source, self.writer, **fields)

    def decide(self, note, deed, **fields):
        address = reverse("moderation_decide", args=[note.uuid])
        return self.client.post(
            address, {"deed": deed, "version": note.version, **fields}
        )

    def standing(self, note):
        return Annotation.objects.get(pk=note.pk).standing


class QueueTests(ModerationCase):
    def test_shows_what_waits_with_its_line_in_both_languages(self):
        self.note(body="My first note.")
        page = self.client.get(QUEUE)
        self.assertContains(page, "My first note.")
        self.assertContains(page, "אבג דהו")
        self.assertContains(page, "one two")

    def test_is_for_moderators_and_keepers(self):
        for role, status in (("keeper", 200), ("editor", 403), ("reviewer", 403)):
            with self.subTest(role=role):
                self.client.force_login(make.editor(role))
                self.assertEqual(self.client.get(QUEUE).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(QUEUE).status_code, 302)

    def test_so_many_forms_are_taken_and_the_reason_comes_back(self):
        note = self.note()
        few = limits.Limit("desk", (limits.Rate(1, limits.DAY, limits.ACCOUNT),))
        with mock.patch.object(limits, "desk", few):
            self.assertEqual(self.decide(note, "return").status_code, 422)
            answer = self.decide(note, "return", reason="Typed for long.")
            self.assertContains(answer, "Typed for long.", status_code=429)
            self.assertEqual(self.client.get(QUEUE).status_code, 200)
        self.assertEqual(self.standing(note), "waiting")

    def test_shows_no_private_note(self):
        self.note(body="A secret.", visibility="private")
        note = self.note(body="A secret.")
        Annotation.objects.filter(pk=note.pk).update(visibility="private", standing="")
        for address in (QUEUE, "/moderation/flagged/", "/moderation/decided/"):
            self.assertNotContains(self.client.get(address), "A secret.")

    def test_costs_the_same_however_many_wait(self):
        self.note()
        with self.assertNumQueries(10):
            self.client.get(QUEUE)
        for _ in range(5):
            make.note(self.source, make.reader(), visibility="public", words="אבג")
        with self.assertNumQueries(10):
            self.client.get(QUEUE)

    def test_a_page_that_is_not_there_is_not_found(self):
        self.assertEqual(self.client.get(f"{QUEUE}?page=2").status_code, 404)

    def test_the_desk_names_what_waits(self):
        self.note()
        page = self.client.get("/admin/")
        self.assertContains(page, "Notes waiting for a moderator: <b>1</b>")


class DecisionTests(ModerationCase):
    def test_approving_makes_it_public_and_tells_its_writer(self):
        note = self.note(body="A thought worth reading.")
        self.assertEqual(self.decide(note, "approve").status_code, 303)
        self.assertTrue(Annotation.objects.shown().filter(pk=note.pk).exists())
        notice = Notice.objects.get(reader=self.writer)
        self.assertEqual(notice.words, "Approved.")
        self.client.logout()
        page = self.client.get(self.source.get_absolute_url())
        self.assertContains(page, "A thought worth reading.")

    def test_returning_and_hiding_want_a_reason(self):
        for deed in ("return", "hide"):
            note = self.note()
            page = self.decide(note, deed)
            self.assertContains(page, "Say why", status_code=422)
            self.assertEqual(self.standing(note), "waiting")
            self.decide(note, deed, reason="Not here.")
            self.assertEqual(Act.objects.get(note=note).reason, "Not here.")

    def test_a_reason_too_long_is_refused_and_given_back(self):
        note, words = self.note(), "x" * 990 + "yz"
        page = self.decide(note, "hide", reason=words, because=moderating.SPAM)
        self.assertContains(page, words, status_code=422)
        self.assertContains(page, "1,000 are the most", status_code=422)
        self.assertContains(page, "selected", status_code=422)
        self.assertEqual(self.standing(note), "waiting")

    def test_hiding_takes_it_off_the_page(self):
        note = self.note(standing="approved", body="Buy our wares.")
        self.decide(note, "hide", because=moderating.SPAM)
        self.client.logout()
        page = self.client.get(self.source.get_absolute_url())
        self.assertNotContains(page, "Buy our wares.")

    def test_nobody_decides_on_an_own_note(self):
        note = make.note(self.source, self.moderator, visibility="public")
        self.assertEqual(self.decide(note, "approve").status_code, 403)
        self.assertEqual(self.standing(note), "waiting")

    def test_the_second_moderator_reads_what_the_first_decided(self):
        note = self.note()
        self.decide(note, "hide", reason="The first was here.")
        self.client.force_login(moderator())
        page = self.decide(note, "approve")
        self.assertContains(page, "The first was here.", status_code=409)
        self.assertEqual(self.standing(note), "hidden")

    def test_what_its_writer_saved_in_between_is_not_approved_unread(self):
        note = self.note()
        Annotation.objects.filter(pk=note.pk).update(version=note.version + 1)
        self.assertEqual(self.decide(note, "approve").status_code, 409)
        self.assertEqual(self.standing(note), "waiting")

    def test_a_private_note_is_not_found_whatever_is_done_with_it(self):
        note = self.note(visibility="private")
        for deed in moderating.RULES:
            self.assertEqual(self.decide(note, deed, reason="x").status_code, 404)

    def test_a_decision_is_undone_by_another_act(self):
        note = self.note(standing="approved")
        self.decide(note, "hide", reason="A mistake of mine.")
        act = Act.objects.get(note=note)
        address = reverse("moderation_undo", args=[act.pk])
        self.assertEqual(self.client.post(address).status_code, 303)
        self.assertEqual(self.standing(note), "approved")
        self.assertEqual(self.client.post(address).status_code, 409)
        self.assertEqual(Act.objects.filter(note=note).count(), 2)

    def test_spam_is_hidden_in_bulk_but_for_what_has_changed(self):
        notes = [self.note(), self.note(), self.note()]
        ticked = [f"{note.uuid}-{note.version}" for note in notes[:2]]
        ticked[1] += "9"
        ticked += ["", "-1", "x-1", f"{notes[2].uuid}", f"{notes[2].pk}-1"]
        self.client.post(reverse("moderation_spam"), {"spam": ticked})
        found = [self.standing(note) for note in notes]
        self.assertEqual(found, ["hidden", "waiting", "waiting"])

    def test_shows_the_words_on_which_a_note_stands_now(self):
        note = self.note(words="דהו", standing="waiting")
        text = note.source.texts.get(role="original")
        start = text.words.index("אבג")
        Annotation.objects.filter(pk=note.pk).update(start=start, end=start + 3)
        page = self.client.get(reverse("moderation"))
        self.assertContains(page, 'dir="rtl">אבג</bdi>”; it was written on “')
        self.assertNotContains(page, f'"title-{note.pk}"')

    def test_an_answer_typed_signed_out_is_there_after_signing_in(self):
        note = self.note()
        act = moderating.decide(
            note, "return", by=self.moderator, opened=note.version, reason="No."
        )
        self.client.logout()
        address = reverse("note_decisions", args=[note.uuid])
        sent = self.client.post(address, {"act": act.pk, "answer": "It is page 5."})
        self.assertIn("/login/", sent["Location"])
        self.client.force_login(self.writer)
        self.assertContains(self.client.get(address), "It is page 5.")

    def test_its_writer_answers_a_decision_once(self):
        note = self.note()
        self.decide(note, "return", reason="Name the page.")
        act = Act.objects.get(note=note)
        address = reverse("note_decisions", args=[note.uuid])
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(self.writer)
        self.assertContains(self.client.get(address), "Name the page.")
        for answer in ("It is page 5.", "It is page 5."):
            page = self.client.post(address, {"act": act.pk, "answer": answer})
            self.assertEqual(page.status_code, 303)
        page = self.client.post(address, {"act": act.pk, "answer": "No, page 6."})
        self.assertContains(page, "No, page 6.", status_code=409)
        act.refresh_from_db()
        self.assertEqual(act.answer, "It is page 5.")

    def test_the_decided_list_tells_it_all_and_not_the_words_of_a_private_note(self):
        note = self.note(body="Now it is private.")
        self.decide(note, "hide", reason="Off the point.")
        page = self.client.get("/moderation/decided/")
        self.assertContains(page, "Off the point.")
        self.assertContains(page, "Now it is private.")
        Annotation.objects.filter(pk=note.pk).update(visibility="private", standing="")
        page = self.client.get("/moderation/decided/")
        self.assertNotContains(page, "Now it is private.")


class FlagTests(ModerationCase):
    def setUp(self):
        super().setUp()
        self.shown = self.note(standing="approved")
        self.address = reverse("note_flag", args=[self.shown.uuid])
        self.reader = make.reader()

    def flag(self, **fields):
        self.client.force_login(self.reader)
        return self.client.post(self.address, {"reason": "insult", **fields})

    def test_a_flag_is_kept_once_a_person(self):
        self.assertEqual(self.flag(words="Rude.").status_code, 303)
        self.flag(reason="spam")
        self.assertEqual(Flag.objects.get().words, "Rude.")

    def test_a_flag_without_a_reason_is_refused(self):
        self.assertEqual(self.flag(reason="").status_code, 422)

    def test_a_private_note_cannot_be_flagged_by_another(self):
        private = self.note(visibility="private")
        self.client.force_login(self.reader)
        address = reverse("note_flag", args=[private.uuid])
        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.client.post(address).status_code, 404)

    def test_ones_own_note_is_not_flagged(self):
        self.client.force_login(self.writer)
        self.assertEqual(self.client.get(self.address).status_code, 400)

    def test_a_flagged_note_is_kept_and_leaves_the_queue(self):
        self.flag(words="Rude.")
        self.client.force_login(self.moderator)
        self.assertContains(self.client.get("/moderation/flagged/"), "Rude.")
        self.decide(self.shown, "keep")
        self.assertFalse(flags.flagged().exists())
        self.assertEqual(self.standing(self.shown), "approved")

    def test_undoing_brings_its_flags_back(self):
        self.flag()
        moderating.decide(
            self.shown, Act.Deed.KEEP, by=self.moderator, opened=self.shown.version
        )
        moderating.undo(Act.objects.get(), by=self.moderator)
        self.assertEqual(flags.flagged().count(), 1)


class AnswerTests(ModerationCase):
    def test_an_answer_too_long_is_refused_and_given_back(self):
        note = self.note()
        self.decide(note, "return", reason="Not here.")
        act, words = Act.objects.get(), "x" * 1999 + "yz"
        self.client.force_login(self.writer)
        address = reverse("note_decisions", args=[note.uuid])
        page = self.client.post(address, {"act": act.pk, "answer": words})
        self.assertContains(page, words, status_code=422)
        self.assertContains(page, "2,000 are the most", status_code=422)
        act.refresh_from_db()
        self.assertEqual(act.answer, "")
