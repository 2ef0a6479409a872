"""Bring a backup back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studyhall.operations import backing_up, left_out, restoring
from studyhall.operations.engines import TROUBLE


class Command(BaseCommand):
    help = "Restore FILE into an empty database, or over what is there with --over."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--over",
            action="store_true",
            help="Back up what is there beside FILE, then restore over it.",
        )

    def handle(self, *, file, over, **options):
        try:
            made, before = restoring.restore(file, over)
        except TROUBLE as error:
            raise CommandError(error) from error
        kept = f"; what was there is in {before}" if before else ""
        return (
            f"Restored {backing_up.in_words(made)}; {left_out.IN_WORDS}: everyone "
            f"signs in again{kept}"
        )
