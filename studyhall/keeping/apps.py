from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Visitors' pages, kept whole until what they show changes."""

    name = "studyhall.keeping"
    verbose_name = "kept pages"
