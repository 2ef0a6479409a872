"""Whether a second factor is asked for; allauth's part for it need not be installed."""

from django.conf import settings
from django.utils.module_loading import import_string


def is_on():
    return settings.SECOND_FACTOR


def has(user):
    """Whether this user has set a second factor up."""
    is_enabled = import_string("allauth.mfa.utils.is_mfa_enabled")
    return is_enabled(user)


def fits(user, code):
    """Whether this is a code of the user's app or one of their recovery codes."""
    form = import_string("allauth.mfa.base.forms.AuthenticateForm")
    return form({"code": code}, user=user).is_valid()
