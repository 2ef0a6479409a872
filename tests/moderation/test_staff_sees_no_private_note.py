"""Whoever runs the site reads no private note: not in the admin, not on any page."""

import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from sources.changes import change
from studyhall.annotations.models import Annotation, Correction
from tests import make

SECRETS = ("Qvortex-in-the-body", "Zamboni-in-the-tag", "Wixel-before-it-was-edited")
DEEDS = ("change", "history", "delete")
IN_A_PAGE = {
    "work": "megillah",
    "place": "17b",
    "slug": "before",
    "name": "Rivka",
    "number": 1,
    "key": 1,
}


class StaffCase(TestCase):
    def setUp(self):
        self.source = make.source("17b", words="אבג דהו", supports="before")
        self.writer = make.reader(display_name="Rivka")
        self.note = make.note(
            self.source,
            self.writer,
            words="דהו",
            body=SECRETS[0],
            tags=[SECRETS[1]],
            bearing=self.source.bearings.get(),
            position=make.position("before"),
        )
        self.note.versions.update(body=SECRETS[2])
        make.path(self.source)
        make.essay(body="See Megillah 17b.")
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))

    def look(self, address):
        """Open a page, and say what of the note it holds."""
        page = self.client.get(address, follow=True)
        told = b"".join(page) if page.streaming else page.content
        words = told.decode(errors="replace")
        for secret in (*SECRETS, str(self.note.uuid)):
            self.assertNotIn(secret, words, f"{secret} stands on {address}")
        return page


@pytest.mark.once
class AdminTests(StaffCase):
    def addresses(self):
        yield reverse("admin:index")
        for model, pages in admin.site._registry.items():
            named = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            yield reverse(f"{named}_changelist")
            yield reverse(f"{named}_add")
            for row in model._default_manager.all()[:20]:
                yield from (reverse(f"{named}_{deed}", args=[row.pk]) for deed in DEEDS)
            assert pages.model is model

    def test_no_page_of_the_admin_holds_it(self):
        seen = 0
        for address in self.addresses():
            with self.subTest(address=address):
                self.assertLess(self.look(address).status_code, 500)
                seen += 1
        self.assertGreater(seen, 60)

    def test_a_page_that_deletes_names_and_counts_no_note(self):
        for model in admin.site._registry:
            named = f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
            for row in model._default_manager.all()[:20]:
                page = self.client.get(reverse(named, args=[row.pk]))
                with self.subTest(record=row):
                    self.assertNotIn("Notes: ", page.content.decode())
                    self.assertNotIn(">note ", page.content.decode().lower())

    def test_no_note_and_nothing_of_one_is_registered(self):
        apps = {model._meta.app_label for model in admin.site._registry}
        self.assertNotIn("annotations", apps)


class SiteTests(StaffCase):
    def addresses(self):
        for name, pattern in _named(get_resolver()):
            wanted = pattern.pattern.converters
            terms = {key: IN_A_PAGE.get(key, "x") for key in wanted}
            if "uuid" in wanted:
                terms["uuid"] = self.note.uuid
            if name.startswith("correction") and "key" in wanted:
                terms["key"] = Correction().creation_key
            try:
                yield reverse(name, kwargs=terms)
            except NoReverseMatch:
                continue

    def test_no_page_of_the_site_holds_it(self):
        pages = {}
        for address in self.addresses():
            if str(self.note.uuid) in address:
                page = self.client.get(address)
                # A page that one must post to says so of every address.
                self.assertIn(page.status_code, (404, 405), address)
            else:
                pages[address] = self.look(address).status_code
        self.assertGreater(list(pages.values()).count(200), 30)

    def test_no_search_finds_it(self):
        lists = [
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            )
            for model in admin.site._registry
        ]
        for address in ("/search/", "/notes/", "/sources/", *lists):
            for secret in SECRETS:
                page = self.client.get(address, {"q": secret})
                elsewhere = self.client.get(address, {"q": "Nothing-at-all"})
                self.assertEqual(page.status_code, elsewhere.status_code)
                body = page.content.decode().replace(secret, "")
                self.assertNotIn(str(self.note.uuid), body)

    def test_nothing_that_is_done_to_it_succeeds(self):
        for name in ("edit", "delete", "restore", "reply", "flag", "attach"):
            address = reverse(f"note_{name}", args=[self.note.uuid])
            self.assertEqual(self.client.post(address, {}).status_code, 404, name)
        self.assertEqual(Annotation.objects.get().body, SECRETS[0])
        self.assertEqual(mail.outbox, [])

    def test_no_export_of_the_library_holds_it(self):
        with TemporaryDirectory() as folder:
            call_command("dump_library", folder, stdout=StringIO())
            files = [each for each in Path(folder).rglob("*") if each.is_file()]
            told = "".join(each.read_text() for each in files)
        self.assertIn("אבג דהו", told)
        for secret in SECRETS:
            self.assertNotIn(secret, told)


def _named(resolver):
    """(name, pattern) of all that has a name and is not the admin's."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace is None:
            yield from _named(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, pattern


class RestoringTests(TestCase):
    """A former state comes back alike, whether or not someone's note would stand on
    what was added since."""

    TOKENS = re.compile(
        r'name="csrfmiddlewaretoken" value="[^"]*"|datetime="[^"]*"|\d\d:\d\d'
    )

    def answers(self, source):
        """What an editor gets who looks at the first state and restores it."""
        page = reverse("admin:sources_source_history_at", args=[source.pk, 1])
        form = {"opened": source.version, "why": "It was better.", "as": "then"}
        with transaction.atomic():
            got = [self.client.get(page), self.client.post(page, form, follow=True)]
            transaction.set_rollback(True)
        return [
            (each.status_code, each.redirect_chain if at else "", self.masked(each))
            for at, each in enumerate(got)
        ]

    def masked(self, answer):
        return self.TOKENS.sub("", answer.content.decode())

    def test_a_private_note_on_what_was_added_since_changes_no_byte(self):
        source = make.source("17b", words="אבג דהו", translation="", state="draft")
        question = make.question()
        with change(source, opened=1, why="more"):
            source.summary = "Another."
            source.save()
            source.texts.create(role="translation", language="en", words="One two")
            source.bearings.create(
                question=question,
                direction="background",
                basis="implied",
                reasoning="It tells of it.",
            )
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        before = self.answers(source)
        make.note(source, words="One", side="translation")
        make.note(source, bearing=source.bearings.get())
        after = self.answers(source)
        self.assertTrue(before == after)
        self.assertEqual([status for status, _, _ in after], [200, 200])
        for said in ("A text was added since: it stays.", "since: it is withdrawn."):
            self.assertTrue(said in after[1][2], said)
