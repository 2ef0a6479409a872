"""Inviting someone to work here; and nobody gives away more than they hold."""

from datetime import timedelta
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from studyhall.accounts import invitations, limits
from studyhall.accounts.models import Invitation, User
from tests import make

PASSWORD = "the exiles come home"
ADD = reverse("admin:accounts_invitation_add")
LISTED = reverse("admin:accounts_invitation_changelist")


class InvitationCase(TestCase):
    def setUp(self):
        cache.clear()
        self.keeper = make.editor(role="keeper", display_name="Keturah")
        self.client.force_login(self.keeper)

    def group(self, name="editor"):
        return Group.objects.get(name=name)

    def invite(self, email="new@example.org", role="editor"):
        fields = {"email": email, "group": self.group(role).pk}
        return self.client.post(ADD, fields, follow=True)

    def link(self):
        """The path in the letter that was sent last."""
        words = mail.outbox[-1].body.split()
        [address] = [word for word in words if "/invitations/" in word]
        return address.removeprefix("http://testserver")

    def answer(self, path, client=None, **fields):
        fields = {
            "display_name": "Dina",
            "password1": PASSWORD,
            "password2": PASSWORD,
        } | fields
        return (client or Client()).post(path, fields)


class InvitingTests(InvitationCase):
    def test_sends_a_link_and_keeps_only_its_digest(self):
        self.assertContains(self.invite("New@Example.org"), "was sent to new@example")
        letter = mail.outbox[0]
        self.assertEqual(letter.to, ["new@example.org"])
        self.assertIn("Keturah invites you", letter.body)
        token = self.link().split("/")[2]
        kept = Invitation.objects.get()
        self.assertNotIn(token, str(list(Invitation.objects.values_list())))
        self.assertEqual((kept.by, kept.group), (self.keeper, self.group()))
        self.assertEqual(kept.expires - kept.at, timedelta(days=7))

    def test_makes_the_account_with_its_role_and_no_more(self):
        self.invite()
        self.assertRedirects(
            self.answer(self.link()), reverse("invitation_accepted"),
            fetch_redirect_response=False,
        )  # fmt: skip
        made = User.objects.get(email="new@example.org")
        self.assertEqual([*made.groups.all()], [self.group()])
        self.assertTrue(made.is_staff and made.check_password(PASSWORD))
        self.assertFalse(made.is_superuser)
        self.assertEqual(Invitation.objects.get().user, made)
        self.assertContains(self.client.get(LISTED), "accepted")
        self.assertContains(Client().get("/invitations/accepted/"), "Sign in")

    def test_signs_nobody_in_and_nobody_out(self):
        self.invite()
        visitor, other = Client(), Client()
        other.force_login(make.reader())
        before = other.session["_auth_user_id"]
        other.get(self.link())
        self.answer(self.link(), visitor)
        self.assertNotIn("sessionid", visitor.cookies)
        self.assertEqual(other.session["_auth_user_id"], before)

    def test_asks_again_for_what_is_wrong_and_uses_nothing_up(self):
        self.invite()
        for wrong in (
            {"password2": "another one"},
            {"password1": "1234", "password2": "1234"},
            {"password1": "new@example.org", "password2": "new@example.org"},
            {"display_name": " \u202e "},
        ):
            with self.subTest(**wrong):
                answer = self.answer(self.link(), **wrong)
                self.assertEqual(answer.status_code, 422)
        self.assertFalse(User.objects.filter(email="new@example.org").exists())
        self.assertEqual(Client().get(self.link()).status_code, 200)

    def test_a_link_is_kept_by_no_cache_and_no_search_engine(self):
        self.invite()
        page = Client().get(self.link())
        self.assertIn("private", page["Cache-Control"])
        self.assertContains(page, '<meta name="robots" content="noindex">')

    def test_refuses_an_address_with_an_account_or_an_open_invitation(self):
        self.assertContains(self.invite(self.keeper.email.upper()), "account already")
        self.invite()
        self.assertContains(self.invite("NEW@example.org"), "is waiting")
        self.assertEqual(len(mail.outbox), 1)

    def test_says_that_a_letter_could_not_be_sent(self):
        with mock.patch.object(invitations, "send_mail", side_effect=OSError):
            self.assertContains(self.invite(), "could not be sent")
        self.assertEqual(Invitation.objects.count(), 1)

    def test_sends_no_more_than_so_many_in_an_hour(self):
        with mock.patch.object(invitations, "AN_HOUR", 1):
            self.invite()
            self.assertContains(self.invite("b@example.org"), "in an hour")


class UselessLinkTests(InvitationCase):
    def assertUseless(self, path):
        """Every useless link has one answer, whether it is read or posted."""
        unknown = Client().get("/invitations/nonsense/")
        self.assertEqual(unknown.status_code, 404)
        for answer in (Client().get(path), self.answer(path)):
            self.assertEqual(answer.status_code, 404)
            said = answer.content.decode().replace(path, "/invitations/nonsense/")
            self.assertEqual(said, unknown.content.decode())

    def test_it_works_once(self):
        self.invite()
        self.answer(self.link())
        self.assertUseless(self.link())
        self.assertEqual(User.objects.filter(email="new@example.org").count(), 1)

    def test_it_expires(self):
        self.invite()
        late = timezone.now() + timedelta(days=7, seconds=1)
        with mock.patch("django.utils.timezone.now", return_value=late):
            self.assertUseless(self.link())
            self.assertContains(self.client.get(LISTED), "expired")

    def test_it_can_be_taken_back_and_sent_again(self):
        self.invite()
        first, chosen = self.link(), [Invitation.objects.get().pk]
        self.client.post(LISTED, {"action": "revoke", "_selected_action": chosen})
        self.assertUseless(first)
        self.client.post(LISTED, {"action": "send_again", "_selected_action": chosen})
        self.assertUseless(first)
        self.assertEqual(self.answer(self.link()).status_code, 302)

    def test_what_is_accepted_is_neither_taken_back_nor_sent_again(self):
        self.invite()
        self.answer(self.link())
        chosen = [Invitation.objects.get().pk]
        for action in ("revoke", "send_again"):
            self.client.post(LISTED, {"action": action, "_selected_action": chosen})
        self.assertEqual(len(mail.outbox), 1)
        self.assertIsNone(Invitation.objects.get().revoked_at)

    def test_an_account_made_meanwhile_is_not_told_of(self):
        self.invite()
        User.objects.create_user("new@example.org", display_name="Her own")
        self.assertUseless(self.link())
        with self.assertRaises(invitations.NotOpen):
            invitations.accept(self.link().split("/")[2], "Dina", PASSWORD)

    def test_hostile_tokens_are_useless_and_soon_refused(self):
        for token in ("a" * 3000, "%2e%2e", "'; DROP TABLE", "אבג", "0", "NULL"):
            with self.subTest(token=token[:9]):
                answer = Client().get(f"/invitations/{token}/")
                self.assertEqual(answer.status_code, 404)
        few = limits.Limit("invitations", (limits.Rate(3, 600, limits.ADDRESS),))
        with mock.patch.object(limits, "invitations", few):
            for _ in range(3):
                Client().get("/invitations/once-more/")
            answer = Client().get("/invitations/once-more/")
        self.assertEqual(answer.status_code, 429)


class PowersTests(InvitationCase):
    def setUp(self):
        super().setUp()
        self.root = make.reader(is_staff=True, is_superuser=True)
        self.other = make.editor(role="editor")

    def form(self, user, **fields):
        page = reverse("admin:accounts_user_change", args=[user.pk])
        posted = {
            "email": user.email,
            "display_name": user.display_name,
            "is_active": "on",
            "is_staff": "on",
            "groups": [group.pk for group in user.groups.all()],
        } | fields
        answer = self.client.post(page, posted)
        user.refresh_from_db()
        return answer

    def test_a_keeper_gives_and_takes_roles(self):
        answer = self.form(self.other, groups=[self.group("reviewer").pk])
        self.assertEqual(answer.status_code, 302)
        self.assertTrue(self.other.has_perm("sources.publish_source"))

    def test_a_keeper_makes_no_superuser_and_gives_no_right_of_its_own(self):
        right = Permission.objects.get(codename="delete_user")
        for user in (self.other, self.keeper):
            self.form(user, is_superuser="on", user_permissions=[right.pk])
            self.assertFalse(user.is_superuser)
            self.assertFalse(user.user_permissions.exists())

    def test_a_keeper_may_not_touch_a_superuser(self):
        answer = self.form(self.root, display_name="Changed")
        self.assertEqual(answer.status_code, 403)
        take = {"action": "take_password", "_selected_action": [self.root.pk]}
        self.root.set_password(PASSWORD)
        self.root.save()
        page = self.client.post(reverse("admin:accounts_user_changelist"), take)
        self.assertRedirects(page, reverse("admin:accounts_user_changelist"))
        self.root.refresh_from_db()
        self.assertTrue(self.root.check_password(PASSWORD))
        self.assertEqual(mail.outbox, [])

    def test_nobody_gives_a_group_that_may_more_than_they(self):
        more = Group.objects.create(name="more")
        more.permissions.add(Permission.objects.get(codename="delete_user"))
        self.assertEqual(self.form(self.other, groups=[more.pk]).status_code, 200)
        self.assertFalse(self.other.groups.filter(name="more").exists())
        self.client.post(ADD, {"email": "new@example.org", "group": more.pk})
        self.assertFalse(Invitation.objects.exists())
        self.other.groups.add(more)
        self.assertEqual(self.form(self.other).status_code, 403)

    def test_a_keeper_may_not_change_what_a_role_may(self):
        page = reverse("admin:auth_group_change", args=[self.group("keeper").pk])
        self.assertEqual(self.client.post(page, {"name": "x"}).status_code, 403)

    def test_others_invite_nobody(self):
        for role in ("editor", "reviewer", "moderator"):
            with self.subTest(role=role):
                self.client.force_login(make.editor(role=role))
                answer = self.client.post(
                    ADD, {"email": "a@example.org", "group": self.group().pk}
                )
                self.assertEqual(answer.status_code, 403)
        self.assertFalse(Invitation.objects.exists())

    def test_a_right_to_invite_gives_no_right_to_make_keepers(self):
        self.other.user_permissions.add(
            Permission.objects.get(codename="add_invitation")
        )
        self.client.force_login(self.other)
        self.invite(role="keeper")
        self.assertFalse(Invitation.objects.exists())
        self.invite(role="editor")
        self.assertEqual(Invitation.objects.get().by, self.other)

    def test_a_keeper_invites_a_keeper(self):
        self.invite(role="keeper")
        self.answer(self.link())
        made = User.objects.get(email="new@example.org")
        self.assertTrue(made.has_perm("accounts.add_invitation"))

    def test_an_invitation_is_only_read_afterwards(self):
        self.invite()
        kept = Invitation.objects.get()
        page = reverse("admin:accounts_invitation_change", args=[kept.pk])
        self.assertContains(self.client.get(page), "new@example.org")
        self.assertNotContains(self.client.get(page), kept.digest)
        self.assertEqual(self.client.post(page, {"email": "x"}).status_code, 403)


@pytest.mark.slow
class AtOnceTests(TransactionTestCase):
    def test_of_many_who_press_at_once_one_is_served(self):
        sent = Invitation(email="new@example.org", by=make.reader())
        sent.group, _ = Group.objects.get_or_create(name="editor")
        token = invitations.open_anew(sent)
        sent.save()
        barrier, outcomes = Barrier(4), []

        def accept():
            try:
                barrier.wait()
                outcomes.append(invitations.accept(token, "Dina", PASSWORD))
            except invitations.NotOpen:
                outcomes.append(None)
            finally:
                connection.close()

        threads = [Thread(target=accept) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(outcomes), 4)
        self.assertEqual(len([user for user in outcomes if user]), 1)

    def test_an_invitation_that_is_sent_twice_at_once_is_one(self):
        editor, _ = Group.objects.get_or_create(name="editor")
        keeper = make.reader(is_staff=True, is_superuser=True)
        clients = [Client(), Client()]
        for client in clients:
            client.force_login(keeper)
        barrier, seen = Barrier(2), []

        def send(client):
            try:
                barrier.wait()
                form = {"email": "new@example.org", "group": editor.pk}
                seen.append(client.post(ADD, form).status_code)
            finally:
                connection.close()

        threads = [Thread(target=send, args=[client]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(seen), [200, 302])
        self.assertEqual(Invitation.objects.count(), 1)
        self.assertEqual(len(mail.outbox), 1)
