"""Make anew what search keeps of every record."""

from django.core.management.base import BaseCommand

from sources import search

WIDTH = 40  # signs of the progress bar


class Command(BaseCommand):
    help = "Make anew what search keeps of every record, in one transaction."

    def handle(self, **options):
        count = search.rebuild(self._draw)
        return f"{count} documents rebuilt"

    def _draw(self, done, count):
        """Draw the bar over itself; its last state ends the line."""
        bar = "#" * (WIDTH * done // count)
        end = "\n" if done == count else ""
        self.stderr.write(f"\r[{bar:<{WIDTH}}] {done}/{count}", ending=end)
        self.stderr.flush()
