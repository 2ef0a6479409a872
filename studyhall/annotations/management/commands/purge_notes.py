"""Erase notes that were deleted 30 days ago, and sessions that are over."""

from django.core.management.base import BaseCommand

from studyhall.annotations import drafts, purging


class Command(BaseCommand):
    help = (
        "Erase the words and versions of notes that were deleted 30 days ago, and "
        "sessions that are over, with what signed-out readers typed in them."
    )

    def handle(self, **options):
        count = purging.purge()
        drafts.purge()
        return f"{count} {'note' if count == 1 else 'notes'} erased"
