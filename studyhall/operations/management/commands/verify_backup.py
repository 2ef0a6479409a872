"""Restore a backup beside the site, and compare it with what it says of itself."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studyhall.operations import backing_up, verifying
from studyhall.operations.engines import TROUBLE


class Command(BaseCommand):
    help = "Restore FILE beside the site, compare every table, and drop it again."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file, **options):
        try:
            made, problems = verifying.verify(file)
        except TROUBLE as error:
            raise CommandError(error) from error
        if problems:
            raise CommandError("\n".join([f"{file} is not sound:", *problems]))
        return (
            f"{file} is sound: {backing_up.in_words(made)}, and the chain of changes "
            "is whole"
        )
