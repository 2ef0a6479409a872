"""SQLite: copied by its own backup, which sees one moment while people write."""

import sqlite3
import time
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from studyhall.operations import left_out
from studyhall.operations.archive import NO_SITE, Refused

PATIENCE = 30  # seconds that a restore waits for whoever writes
TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%'
ESCAPE '!' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name
"""
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def dump(connection, file):
    """Copy the database into `file`; (tables, migrations) as that copy has them."""
    with _opened(_name(connection)) as live, _opened(file) as copy:
        live.backup(copy)  # in one step, which is one reading transaction
        copy.execute("PRAGMA journal_mode = DELETE")
        for table in {*_tables(copy)} & {*left_out.TABLES}:
            copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        copy.execute("VACUUM")  # what was deleted leaves no bytes behind
        if "django_migrations" not in _tables(copy):
            raise Refused(NO_SITE)
        return _counted(copy), [list(row) for row in copy.execute(MIGRATIONS)]


def load(file, connection):
    """Put the dump in the place of the database, wholly or not at all."""
    connection.close()
    until = time.monotonic() + PATIENCE

    def hurry(status, remaining, total):
        if remaining and time.monotonic() > until:
            raise Refused("The database is written all the time: stop the site.")

    with _opened(file) as copy, _opened(_name(connection)) as live:
        copy.backup(live, progress=hurry)


@contextmanager
def scratch(file, connection):
    """A connection to the dump, loaded beside everything."""
    with TemporaryDirectory(prefix="studyhall-verify-") as folder:
        name = Path(folder) / "scratch.sqlite3"
        name.write_bytes(b"")
        with _opened(file) as copy, _opened(name) as beside:
            copy.backup(beside)
        beside = connection.copy()
        beside.settings_dict["NAME"] = str(name)
        try:
            yield beside
        finally:
            beside.close()


def tables(connection):
    """For each table its rows and a sum of their digests, whatever their order."""
    with _opened(_name(connection)) as database:
        return _counted(database)


def faults(connection):
    """Sentences on what the engine itself finds wrong."""
    with _opened(_name(connection)) as database:
        found = [row[0] for row in database.execute("PRAGMA integrity_check(20)")]
        if found != ["ok"]:
            yield from (f"The database's file is damaged: {each}." for each in found)
            return
        for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
            yield f"{table}: row {row} refers to a row of {parent} that is not there."


@contextmanager
def _opened(name):
    """A plain connection: Django's would read rows into Python's own kinds."""
    try:
        with closing(sqlite3.connect(name)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            yield database
    except sqlite3.Error as error:
        raise Refused(f"SQLite says of {name}: {error}.") from error


def _name(connection):
    return connection.settings_dict["NAME"]


def _tables(database):
    return [row[0] for row in database.execute(TABLES)]


def _counted(database):
    chosen = [name for name in _tables(database) if name not in left_out.TABLES]
    return {name: _sum(database.execute(f'SELECT * FROM "{name}"')) for name in chosen}


def _sum(rows):
    count = total = 0
    for row in rows:
        digest = blake2b(repr(row).encode(), digest_size=16).digest()
        total += int.from_bytes(digest)
        count += 1
    return {"rows": count, "checksum": f"{total:x}"}
