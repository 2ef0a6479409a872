"""Erase notes that were deleted 30 days ago."""

from django.core.management.base import BaseCommand

from studyhall.annotations import purging


class Command(BaseCommand):
    help = "Erase the words and versions of notes that were deleted 30 days ago."

    def handle(self, **options):
        count = purging.purge()
        return f"{count} {'note' if count == 1 else 'notes'} erased"
