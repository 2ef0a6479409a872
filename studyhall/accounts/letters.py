"""Letters to the owner of an account about what a keeper of the site has done to it."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse


def password_taken(user, absolute):
    """The password no longer fits: where to choose another.

    `absolute(path)` makes addresses whole. Raises OSError.
    """
    reset = absolute(reverse("account_reset_password"))
    _send("accounts/password_taken", user.email, {"reset": reset})


def address_changed(user, former):
    """To the address that the account had until now. Raises OSError."""
    _send("accounts/address_changed", former, {"former": former, "user": user})


def _send(template, address, words):
    send_mail(
        render_to_string(f"{template}_subject.txt").strip(),
        render_to_string(f"{template}.txt", words),
        None,
        [address],
    )
