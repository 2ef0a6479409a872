"""A private note changes no byte that anyone else can get."""

import re
from uuid import uuid4

from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse

from studyhall.annotations.models import Annotation
from tests import make
from tests.annotations.test_form_page import ENGLISH, HEBREW, typed

SECRET = "quarkoplasmic"
TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|creation_key|opened_at)" value=")[^"]*'
    r"|(csrftoken=)[^;]*|(expires=)[^;]*|(messages=[^:;]*):[^;]*"
)
# Addresses by a pattern instead of a route: what stands for them.
PATTERNS = {
    "account_confirm_email": "/accounts/confirm-email/x:y:z/",
    "account_reset_password_from_key": "/accounts/password/reset/key/1-x/",
}
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


def routes(patterns=None, before=""):
    """(name, route) of every address of the site."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLPattern):
            yield each.name, route
        else:
            yield from routes(each.url_patterns, route)


class PrivacyCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        topic = make.topic("ingathering")
        cls.source = make.source(
            "17b",
            words=HEBREW,
            translation=ENGLISH,
            supports="before",
            topics=[topic],
        )
        make.source("9b", topics=[topic])
        cls.path, cls.essay = make.path(cls.source), make.essay()
        cls.writer = make.reader(display_name="Rivka")
        cls.public = make.note(
            cls.source,
            cls.writer,
            words="ברוך",
            body="Everyone may read this.",
            visibility="public",
            standing="approved",
            tags=["shared"],
        )
        superuser = make.reader(is_staff=True, is_superuser=True)
        cls.others = {"reader": make.reader(), "staff": superuser, "visitor": None}

    def setUp(self):
        self.clients = {}
        for name, user in self.others.items():
            self.clients[name] = client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user)
        self.own = Client()
        self.own.force_login(self.writer)
        self.unknown = str(uuid4())

    def values(self, name):
        """What stands for the parameters of a route."""
        slugs = {
            "position": "before",
            "work": "megillah",
            "path": self.path.slug,
            "path_step": self.path.slug,
            "essay": self.essay.slug,
            "author": "rashi",
        }
        return {
            "work": "megillah",
            "place": "17b",
            "slug": slugs.get(name, "ingathering"),
            "one": "megillah:17b",
            "other": "megillah:9b",
            "number": "1",
            "stamp": "1",
            "section": "sources",
            "token": "unknown",
            "name": "notes.json" if name == "my_export_as" else "Rivka",
            "uuid": "{uuid}",
            "key": "1" if name == "moderation_undo" else "{uuid}",
            "app_label": "sources",
            "content_type_id": "1",
            "object_id": str(self.writer.pk),
            "id": str(self.writer.pk),
            "url": "annotations/",
        }

    def addresses(self):
        """Every address of the site, and what can be asked of some."""
        for name, route in routes():
            if "(?" in route and name in PATTERNS:
                yield PATTERNS[name]
                continue
            values = self.values(name)
            route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).rstrip("$")
            parts = re.split(r"<(?:\w+:)?(\w+)>", route)
            parts[1::2] = [values[parameter] for parameter in parts[1::2]]
            yield "/" + "".join(parts)
        here = self.source.get_absolute_url()
        for address in ("/notes/", "/search/", "/search/suggest/", "/references/"):
            for asked in (SECRET, "Everyone", "Rivka", "ברוך"):
                yield f"{address}?q={asked}"
        yield from (f"{here}annotate/?line={line}" for line in (1, 2, 3))
        yield from (f"/nothing/{SECRET}/", "/readers/Nobody/", f"/topics/{SECRET}/")
        yield "/sources/?position=before"

    def everything(self, uuid):
        """Each answer that others get, as bytes with the form's tokens masked."""
        found = {}
        for address in self.addresses():
            for name, client in self.clients.items():
                if "logout" in address:
                    continue
                kept = set() if name == "visitor" else {"sessionid"}
                for cookie in {*client.cookies} - kept:
                    del client.cookies[cookie]
                answer = client.get(address.replace("{uuid}", uuid))
                found[name, address] = self.masked(answer, uuid)
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
        self.everything(self.unknown)  # a first visit may leave its own traces
        before = self.everything(self.unknown)
        fine = [key for key, said in before.items() if said.startswith("200")]
        self.assertGreater(len(fine), 100)
        self.assertNotIn(SECRET, "".join(before["visitor", "/"]))

        note = self.write(words="ברוך")
        reply = f"/notes/{self.public.uuid}/reply/"
        self.own.post(reply, typed(body=SECRET))
        here = self.source.get_absolute_url()
        for deed in ("highlight", "bookmark"):
            self.own.post(f"{here}{deed}/?line=1", typed(body="", words="עולם"))
        self.assertEqual(Annotation.objects.count(), 5)
        self.same(before, self.everything(str(note.uuid)))

        edited = typed(body=f"{SECRET} once more", version="1", tags="other")
        self.own.post(f"/notes/{note.uuid}/edit/", edited)
        note.refresh_from_db()
        self.assertEqual(note.version, 2)
        self.same(before, self.everything(str(note.uuid)))

        self.own.post(f"/notes/{note.uuid}/delete/")
        note.refresh_from_db()
        self.assertIsNotNone(note.deleted_at)
        self.same(before, self.everything(str(note.uuid)))

    def test_a_public_note_does_change_them(self):
        before = self.everything(self.unknown)
        make.note(
            self.source,
            self.writer,
            body=SECRET,
            visibility="public",
            standing="approved",
        )
        after = self.everything(self.unknown)
        changed = {
            address
            for key in before
            if before[key] != after[key]
            for address in key[1:]
        }
        self.assertIn(self.source.get_absolute_url(), changed)
        self.assertIn("/notes/", changed)
        self.assertIn(f"/notes/?q={SECRET}", changed)


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
