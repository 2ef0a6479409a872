"""Inviting someone to work here, and taking an invitation up."""

import secrets
from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from studyhall.accounts import addresses
from studyhall.accounts.models import Invitation, User, digest_of

DAYS = 7
AN_HOUR = 30  # invitations that one person sends in an hour


class NotOpen(Exception):
    """There is no such invitation, or it has been used, revoked or has expired."""


def open_anew(invitation):
    """Give an invitation a new token and DAYS more; what was sent before is dead.

    Returns the token, which is kept nowhere. The caller saves the row.
    """
    token = secrets.token_urlsafe(32)
    invitation.digest = digest_of(token)
    invitation.at = timezone.now()
    invitation.expires = invitation.at + timedelta(days=DAYS)
    invitation.revoked_at = None
    return token


def is_too_many(user):
    """Whether this person has sent as many in the last hour as anyone may."""
    hour_ago = timezone.now() - timedelta(hours=1)
    return Invitation.objects.filter(by=user, at__gt=hour_ago).count() >= AN_HOUR


def send(invitation, token, absolute):
    """Send the link. `absolute(path)` makes addresses whole. Raises OSError.

    An error of the mail's own (SMTPException) is an OSError too.
    """
    link = absolute(reverse("invitation", args=[token]))
    words = {"invitation": invitation, "link": link, "days": DAYS}
    send_mail(
        render_to_string("accounts/invitation_subject.txt", words).strip(),
        render_to_string("accounts/invitation.txt", words),
        None,
        [invitation.email],
    )


def revoke(invitation):
    """Make an open invitation's link useless."""
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])


def accept(token, display_name, password):
    """Make the invited person's account, once. Returns the user; raises NotOpen.

    The row is held until the account stands, so that of two who press at once only
    one is served.
    """
    with transaction.atomic():
        held = Invitation.objects.of_token(token).select_for_update(of=("self",))
        invitation = held.select_related("group").first()
        if invitation is None or has_account(invitation.email):
            raise NotOpen
        user = User.objects.create_user(
            invitation.email, password, display_name=display_name, is_staff=True
        )
        user.groups.add(invitation.group)
        addresses.verify(user)
        invitation.user = user
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["user", "accepted_at"])
    return user


def has_account(email):
    """Whether this address has an account, folded as accounts keep it."""
    return User.objects.filter(email=email).exists()
