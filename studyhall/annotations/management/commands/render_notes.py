"""Render notes again, as after a new renderer or a change of many sources."""

from django.core.management.base import BaseCommand

from studyhall.annotations import rerendering


class Command(BaseCommand):
    help = "Render again the notes that an older renderer made; with --all every note."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", dest="everything")

    def handle(self, *, everything, **options):
        count = rerendering.render(everything=everything)
        return f"{count} {'note' if count == 1 else 'notes'} rendered"
