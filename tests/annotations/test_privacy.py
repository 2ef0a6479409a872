"""A private note changes no byte that anyone else can get."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from studyhall.annotations.models import Annotation
from tests import make
from tests.annotations.test_form_page import typed
from tests.floor.every_address import table
from tests.floor.whole_site import WholeSiteCase

SECRET = "quarkoplasmic"
TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|creation_key|opened_at)" value=")[^"]*'
    r"|(csrftoken=)[^;]*|(expires=)[^;]*|(messages=[^:;]*):[^;]*"
)
OF_THE_MOMENT = ("Date", "Expires", "Content-Length")
VERBS = ("get", "head", "options", "post", "put", "patch", "delete")
OF_A_NOTE = (
    "note",
    "note_edit",
    "note_delete",
    "note_restore",
    "note_history",
    "note_reply",
    "note_flag",
    "note_attach",
    "note_decisions",
)


OF_NOTES = (
    *("note", "deleted", "adrift", "reading", "foreign", "waiting", "decided"),
    "correction_key",
)


class PrivacyCase(WholeSiteCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.writer = cls.reader
        cls.public = Annotation.objects.get(uuid=cls.values["note"])
        another = make.reader()
        cls.others = {"reader": another, "staff": cls.keeper, "visitor": None}

    def setUp(self):
        super().setUp()
        self.clients = {
            name: self.signed_in(user) for name, user in self.others.items()
        }
        self.own = self.signed_in(self.writer)
        self.unknown = str(uuid4())

    def addresses(self, uuid):
        """Every address of the site, those of notes at `uuid`, and what is asked."""
        values = self.values | dict.fromkeys(OF_NOTES, uuid)
        yield from (row.at(values) for row in table())
        here = self.source.get_absolute_url()
        for address in ("/notes/", "/search/", "/search/suggest/", "/references/"):
            for asked in (SECRET, "Everyone", "Rivka", "ברוך"):
                yield f"{address}?q={asked}"
        yield from (f"{here}annotate/?line={line}" for line in (1, 2))
        yield from (f"{here}notes/?line=1", f"{here}notes/?thread={uuid}")
        yield from (f"/nothing/{SECRET}/", "/readers/Nobody/", f"/topics/{SECRET}/")
        yield "/sources/?position=before"

    def everything(self, uuid, who=("reader", "staff", "visitor")):
        """Each answer that others get, as bytes with the form's tokens masked."""
        found = {}
        for address in self.addresses(uuid):
            for name in who:
                client = self.clients[name]
                kept = set() if name == "visitor" else {"sessionid"}
                for cookie in {*client.cookies} - kept:
                    del client.cookies[cookie]
                answer = client.get(address)
                key = address.replace(uuid, "UUID")
                found[name, key] = self.masked(answer, uuid)
        return found

    def masked(self, answer, uuid=""):
        """An answer but for what is new in each: tokens, and tags of pages with one."""
        content = b"".join(answer) if answer.streaming else answer.content
        page = content.decode("utf-8", "replace")
        plain = _untokened(page)
        passing = {*OF_THE_MOMENT, "ETag"} if plain != page else OF_THE_MOMENT
        headers = sorted(
            f"{key}: {value}"
            for key, value in answer.headers.items()
            if key not in passing
        )
        cookies = _untokened(answer.cookies.output())
        said = "\n".join([str(answer.status_code), *headers, cookies, plain])
        return said.replace(uuid, "UUID") if uuid else said

    def write(self, **fields):
        """One private note in each way, by the site's own forms."""
        address = f"{self.source.get_absolute_url()}annotate/?line=2"
        answer = self.own.post(address, typed(body=SECRET, tags=SECRET, **fields))
        self.assertEqual(answer.status_code, 303)
        return Annotation.objects.latest("pk")


@pytest.mark.slow
@pytest.mark.once
class BytesTests(PrivacyCase):
    maxDiff = 2000

    def same(self, before, after):
        self.assertEqual(before.keys(), after.keys())
        changed = [
            f"{key}: {_differing(said, after[key])}"
            for key, said in before.items()
            if said != after[key]
        ]
        self.assertEqual(changed, [])

    def test_every_answer_to_others_is_the_same_whatever_is_written(self):
        before = self.everything(self.unknown)
        fine = [key for key, said in before.items() if said.startswith("200")]
        self.assertGreater(len(fine), 100)
        self.assertNotIn(SECRET, "".join(before["visitor", "/"]))

        there = Annotation.objects.count()
        note = self.write(words="ברוך")
        reply = f"/notes/{self.public.uuid}/reply/"
        self.own.post(reply, typed(body=SECRET))
        here = self.source.get_absolute_url()
        for deed in ("highlight", "bookmark"):
            self.own.post(f"{here}{deed}/?line=1", typed(body="", words="עולם"))
        self.assertEqual(Annotation.objects.count(), there + 4)

        edited = typed(body=f"{SECRET} once more", version="1", tags="other")
        self.own.post(f"/notes/{note.uuid}/edit/", edited)
        note.refresh_from_db()
        self.assertEqual(note.version, 2)
        self.same(before, self.everything(str(note.uuid)))

        self.own.post(f"/notes/{note.uuid}/delete/")
        note.refresh_from_db()
        self.assertIsNotNone(note.deleted_at)
        after = self.everything(str(note.uuid), who=["reader"])
        self.same({key: before[key] for key in after}, after)

    def test_a_public_note_does_change_them(self):
        before = self.everything(self.unknown, who=["visitor"])
        make.note(
            self.source,
            self.writer,
            body=SECRET,
            visibility="public",
            standing="approved",
        )
        after = self.everything(self.unknown, who=["visitor"])
        changed = {
            address
            for key in before
            if before[key] != after[key]
            for address in key[1:]
        }
        self.assertIn(self.source.get_absolute_url(), changed)
        self.assertIn("/notes/", changed)
        self.assertIn(f"/notes/?q={SECRET}", changed)


@pytest.mark.once
class VerbsTests(PrivacyCase):
    def test_every_verb_on_anothers_private_note_is_as_on_none_at_all(self):
        uuid = str(self.write().uuid)
        for name in OF_A_NOTE:
            for verb in VERBS:
                for who, client in self.clients.items():
                    with self.subTest(name=name, verb=verb, who=who):
                        answers = [
                            getattr(client, verb)(reverse(name, args=[each]))
                            for each in (uuid, self.unknown)
                        ]
                        said, of_none = (
                            self.masked(answer).replace(each, "UUID")
                            for answer, each in zip(
                                answers, (uuid, self.unknown), strict=True
                            )
                        )
                        self.assertEqual(said, of_none)
                        if who == "reader":
                            self.assertIn(answers[0].status_code, (404, 405))

    def test_nobody_changes_anothers_note(self):
        note, public = self.write(), self.public
        forged = typed(body="forged", version="1", reader=self.others["reader"].pk)
        for each in (note, public):
            for deed in ("edit", "delete", "restore", "attach"):
                with self.subTest(deed=deed, public=each is public):
                    address = f"/notes/{each.uuid}/{deed}/"
                    answer = self.clients["reader"].post(address, forged)
                    self.assertEqual(answer.status_code, 404)
        for each in (note, public):
            kept = Annotation.objects.get(pk=each.pk)
            self.assertEqual(
                (kept.body, kept.reader_id, kept.deleted_at),
                (each.body, each.reader_id, None),
            )


def _untokened(words):
    return TOKENS.sub(lambda found: next(filter(None, found.groups())), words)


def _differing(before, after):
    """Where two answers part, with what stands around it."""
    pairs = enumerate(zip(before, after, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), len(before))
    around = slice(max(at - 80, 0), at + 120)
    return f"{before[around]!r} became {after[around]!r}"
