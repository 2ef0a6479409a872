"""Read citations out of running text, one JSON line for each text."""

import sys

from django.core.management.base import BaseCommand, CommandError

from sources import exchange


class Command(BaseCommand):
    help = "Find the citations in texts: JSON lines in, JSON lines out."

    def add_arguments(self, parser):
        parser.add_argument(
            "--json",
            action="store_true",
            required=True,
            help='Read {"text": …, "after": …} from standard input, a line each.',
        )

    def handle(self, **options):
        bad = 0
        for answer in exchange.answers(sys.stdin.buffer):
            bad += answer.startswith(exchange.REFUSED)
            self.stdout.write(answer)
        if bad:
            raise CommandError(f"Lines that could not be read: {bad}.")
