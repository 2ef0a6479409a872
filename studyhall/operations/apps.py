from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What keeps the site going: backups, readiness, logs. It has no tables."""

    name = "studyhall.operations"
    verbose_name = "operations"
