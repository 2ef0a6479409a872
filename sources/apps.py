"""The library as an app."""

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate

from sources import glossary, search_tables


def make_search_tables(sender, using, **options):
    """(Re)make what migrations cannot keep: SQLite drops a table's triggers."""
    search_tables.make(connections[using])


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = "The library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        checks.register(glossary.check_glossary)
        post_migrate.connect(make_search_tables, sender=self)
