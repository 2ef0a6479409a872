"""Render the Markdown of every record again."""

from django.core.management.base import BaseCommand

from sources import rendering


class Command(BaseCommand):
    help = "Render all Markdown again, as after a change of the renderer or of titles."

    def handle(self, **options):
        return f"rendered again: {rendering.render_all(self.tell)}"

    def tell(self, done, total):
        """Say how far it has come, at each hundredth and at the end."""
        if done == total or done % max(total // 100, 1) == 0:
            end = "\n" if done == total else ""
            self.stderr.write(f"\r{done} of {total} records", ending=end)
