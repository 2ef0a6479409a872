from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """What readers write beside the sources, and what moderators decide on it."""

    name = "studyhall.annotations"
    verbose_name = "readers' notes"
