"""A backup of everything that readers and editors have written."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from studyhall.keeping import release
from studyhall.operations import archive, engines, left_out


def backup(file):
    """Write a backup of this moment into a new file; its manifest.

    Nobody waits for it. What one that was broken off left in the folder goes first.
    Raises Refused, or OSError where there is no room.
    """
    file = Path(file)
    archive.clear(file.parent)
    archive.refuse_to_overwrite(file)
    with TemporaryDirectory(prefix=archive.SCRATCH, dir=file.parent) as folder:
        dump = Path(folder) / archive.DUMP
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        tables, migrations = engines.of(connection).dump(connection, dump)
        manifest = {
            "made_at": made_at,
            "engine": connection.vendor,
            "engine_version": ".".join(map(str, connection.get_database_version())),
            "release": release.digest(),
            "migrations": migrations,
            "left_out": left_out.TABLES,
            "tables": tables,
        }
        archive.write(file, manifest, dump)
    return manifest


def in_words(manifest):
    """How much a backup holds, and of when."""
    tables = manifest["tables"].values()
    rows = sum(table["rows"] for table in tables)
    return f"{rows} rows of {len(tables)} tables as they were at {manifest['made_at']}"
