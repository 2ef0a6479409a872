"""Fill an empty database with generated sources, for measuring."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from sources import generator

WIDTH = 40  # signs of the progress bar


class Command(BaseCommand):
    """`LIBRARY_GENERATES` names what else can be asked for: functions of (count, seed)
    of the apps that stand on the library, by the name of their option."""

    help = "Fill an empty database with generated sources (filler, not Torah)."

    def add_arguments(self, parser):
        parser.add_argument("--sources", type=_count, required=True, metavar="N")
        for name in settings.LIBRARY_GENERATES:
            parser.add_argument(f"--{name}", type=_count, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--force",
            action="store_true",
            help="Write even where the curated library is loaded.",
        )

    def handle(self, *, sources, seed, force, **options):
        def draw(done):
            self._draw(done, sources)

        written = [f"{sources} sources"]
        try:
            with transaction.atomic():
                generator.generate(sources, seed, force=force, progress=draw)
                for name, generate in settings.LIBRARY_GENERATES.items():
                    if count := options[name]:
                        import_string(generate)(count, seed)
                        written.append(f"{count} {name}")
        except generator.GeneratorError as error:
            raise CommandError(error) from error
        return f"{' and '.join(written)} generated with seed {seed}"

    def _draw(self, done, count):
        """Draw the bar over itself; its last state ends the line."""
        bar = "#" * (WIDTH * done // count)
        end = "\n" if done == count else ""
        self.stderr.write(f"\r[{bar:<{WIDTH}}] {done}/{count}", ending=end)
        self.stderr.flush()


def _count(text):
    """A number of sources, one at least."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000000")
    return int(text)
