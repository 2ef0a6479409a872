"""Browsers on which an account was signed in to: strangers cannot lock them out.

The device cookie of OWASP's guide to guessed passwords: tries that come with it are
counted by themselves, so that whoever guesses elsewhere uses none of them up. It is
set by signing in and by nothing else, and goes to the pages beneath /accounts/ alone.
"""

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

SALT = "studyhall.accounts.devices"
PATH = "/accounts/"
KEPT = 365 * 24 * 3600  # seconds
MOST = 5  # accounts that share one browser


def of(request, user):
    """The name of the browser, if this account was signed in to on it; else ""."""
    device, accounts = _read(request)
    return device if user is not None and user.pk in accounts else ""


def remember(request, response, user):
    """Set the cookie on the answer to a sign-in that went well."""
    device, accounts = _read(request)
    accounts = [user.pk, *(each for each in accounts if each != user.pk)][:MOST]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([device or get_random_string(32), accounts], salt=SALT),
        max_age=KEPT,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request):
    """The browser's name and the accounts known on it; "" and none without a cookie."""
    said = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        device, accounts = signing.loads(said, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return "", []
    return device, accounts
