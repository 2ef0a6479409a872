"""What each role that comes with the site may do, and what it may not."""

import pytest
from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from sources.models import Author, Essay, Path, Position, Source, Topic, Work
from tests import make
from tests.admin.forms import fields_of, url

pytestmark = pytest.mark.slow

WRITTEN = (Source, Work, Author, Topic, Path, Essay)
KEPT = (Position,)
ROLES = ("moderator", "editor", "reviewer", "keeper")


@pytest.mark.once
class RoleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = {role: make.editor(role) for role in ROLES}
        make.source("17b", state="in_review", supports="before")
        make.author()
        make.topic(state="in_review")
        make.essay(state="in_review")
        make.path(make.source("18a"), state="in_review")

    def as_role(self, role):
        self.client.force_login(self.people[role])

    def save(self, record, deed=""):
        """The status of the answer when the form is posted as it stands."""
        form = fields_of(self.client.get(url(record)))
        return self.client.post(url(record), form | {"_deed": deed}).status_code

    def test_everyone_reads_every_list(self):
        for role in ROLES:
            self.as_role(role)
            for model in (*WRITTEN, *KEPT):
                with self.subTest(role=role, model=model):
                    name = f"admin:sources_{model._meta.model_name}_changelist"
                    self.assertEqual(self.client.get(reverse(name)).status_code, 200)

    def test_who_writes_what(self):
        for role, models in {
            "moderator": (),
            "editor": WRITTEN,
            "reviewer": WRITTEN,
            "keeper": (*WRITTEN, *KEPT),
        }.items():
            self.as_role(role)
            for model in (*WRITTEN, *KEPT):
                with self.subTest(role=role, model=model):
                    record = model.objects.order_by("pk").first()
                    added = self.client.get(url(model(), "add")).status_code
                    if model in models:
                        self.assertEqual((added, self.save(record)), (200, 302))
                    else:
                        posted = self.client.post(url(record), {"opened": "1"})
                        self.assertEqual((added, posted.status_code), (403, 403))

    def test_an_editor_publishes_nothing(self):
        self.publishes("editor", False)

    def test_a_reviewer_publishes(self):
        self.publishes("reviewer", True)

    def test_a_keeper_publishes(self):
        self.publishes("keeper", True)

    def publishes(self, role, may):
        self.as_role(role)
        for model in (Source, Topic, Path, Essay):
            record = model.objects.get(state="in_review")
            with self.subTest(model=model):
                self.assertEqual(self.save(record, "publish"), 302 if may else 422)
                record.refresh_from_db()
                self.assertEqual(record.is_published, may)

    def test_nobody_deletes(self):
        source = Source.objects.first()
        for role in ROLES:
            self.as_role(role)
            for record in (source, source.work):
                name = f"admin:sources_{record._meta.model_name}_delete"
                address = reverse(name, args=[record.pk])
                answer = self.client.post(address, {"post": "yes"})
                self.assertEqual(answer.status_code, 403)

    def test_only_keepers_see_accounts(self):
        accounts = reverse("admin:accounts_user_changelist")
        for role in ROLES:
            with self.subTest(role=role):
                self.as_role(role)
                status = self.client.get(accounts).status_code
                self.assertEqual(status, 200 if role == "keeper" else 403)

    def test_no_role_is_a_superuser(self):
        for person in self.people.values():
            self.assertFalse(person.is_superuser)
        self.assertFalse(get_user_model().objects.filter(is_superuser=True).exists())
