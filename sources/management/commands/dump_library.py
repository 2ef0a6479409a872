"""Write the library's files from the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sources import dumper

SHOWN = 5  # names of records in one line


class Command(BaseCommand):
    help = "Write the library's files from the database into an empty folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            outcome = dumper.dump(folder)
        except dumper.DumpError as error:
            raise CommandError(error) from error
        for what, names in outcome.lost.items():
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            shown = f"{', '.join(names[:SHOWN])}{more}"
            self.stdout.write(f"not in the files: {what}: {shown}")
        made, revisions, addresses = dumper.kept_here()
        self.stdout.write(
            f"not in the files: the history ({made} changes, {revisions} texts as they "
            f"stood, {addresses} former addresses)"
        )
        return str(outcome)
