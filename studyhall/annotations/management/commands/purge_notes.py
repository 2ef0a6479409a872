"""What is due every night: to erase what is over, and to count what is there."""

from django.core.management.base import BaseCommand
from django.db import connection

from sources import statistics
from studyhall.annotations import drafts, purging


class Command(BaseCommand):
    help = (
        "Erase the words and versions of notes that were deleted 30 days ago, and "
        "sessions that are over, with what signed-out readers typed in them."
    )

    def handle(self, **options):
        count = purging.purge()
        drafts.purge()
        statistics.refresh(connection)  # nightly, on SQLite by nothing else
        return f"{count} {'note' if count == 1 else 'notes'} erased"
