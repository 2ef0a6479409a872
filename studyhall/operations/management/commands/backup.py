"""Back everything up into one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studyhall.operations import backing_up, left_out
from studyhall.operations.engines import TROUBLE


class Command(BaseCommand):
    help = "Back up the whole database into a new FILE, while people go on writing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file, **options):
        try:
            made = backing_up.backup(file)
        except TROUBLE as error:
            raise CommandError(error) from error
        return (
            f"{file} holds {backing_up.in_words(made)}, in {file.stat().st_size} "
            f"bytes; {left_out.IN_WORDS}"
        )
