from django.apps import AppConfig
from django.core.checks import Tags, register

from studyhall.checks import check_environment


class AccountsConfig(AppConfig):
    """The people who have an account here."""

    name = "studyhall.accounts"
    verbose_name = "accounts"

    def ready(self):
        """The settings' own checks start with the hall's first app."""
        register(check_environment, Tags.security)
