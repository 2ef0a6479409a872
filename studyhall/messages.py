"""What is said once, on the next page, kept until then under a name of ours."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookie(CookieStorage):
    """Django's, under MESSAGES_COOKIE_NAME."""

    @property
    def cookie_name(self):
        return settings.MESSAGES_COOKIE_NAME


class Messages(FallbackStorage):
    """In the cookie; what is too long for it, in the session."""

    storage_classes = (NamedCookie, SessionStorage)
