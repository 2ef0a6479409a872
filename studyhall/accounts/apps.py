from django.apps import AppConfig, apps
from django.core.checks import Tags, register

from studyhall.checks import check_environment


class AccountsConfig(AppConfig):
    """The people who have an account here."""

    name = "studyhall.accounts"
    verbose_name = "accounts"

    def ready(self):
        """The settings' own checks start with the hall's first app."""
        register(check_environment, Tags.security)
        # Groups are Django's; on the desk they stand under a word that editors know.
        apps.get_app_config("auth").verbose_name = "roles"
