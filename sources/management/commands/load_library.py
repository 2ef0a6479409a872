"""Load the curated library from its files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sources import loader, rendering, search
from sources.library_files import LibraryError


class Command(BaseCommand):
    help = "Load the curated library from its files; loading twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=loader.LIBRARY)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Load also over what editors have changed here since the last load.",
        )

    def handle(self, *, folder, overwrite, **options):
        try:
            outcome = loader.load(folder, overwrite=overwrite)
        except LibraryError as error:
            raise CommandError(error) from error
        if rendered := rendering.render_outdated():
            self.stdout.write(f"rendered again, for the renderer is new: {rendered}")
        if rebuilt := search.rebuild_outdated():
            self.stdout.write(f"searched in a new way, documents rebuilt: {rebuilt}")
        for name in outcome.kept:
            self.stdout.write(f"kept as edited here: {name}")
        return str(outcome)
