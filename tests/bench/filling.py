"""Fill an empty, migrated database with generated sources and notes, and say how fast.

Run by `tests.bench.within`.
"""

import time

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from sources.generator import generate

CACHE = 256 * 1024  # KiB: else SQLite reads again and again what it has just written


def measured(sources, notes, seed):
    """The seconds that each took, search rows and indexes included."""
    write_notes = import_string(settings.LIBRARY_GENERATES["notes"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE}")
    with transaction.atomic():
        start = time.perf_counter()
        generate(sources, seed)
        half = time.perf_counter()
        write_notes(notes, seed)
        end = time.perf_counter()
    return {"sources": half - start, "notes": end - half}
