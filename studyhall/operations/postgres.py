"""PostgreSQL: pg_dump, and sums of the rows, both in one snapshot."""

import os
import secrets
import shutil
import subprocess
from contextlib import contextmanager

from django.db import ProgrammingError
from django.db.backends.postgresql.client import DatabaseClient

from studyhall.operations import left_out
from studyhall.operations.archive import NO_SITE, Refused

INSTALL = "There is no {} here: apt-get install postgresql-client"
# A row's text must not depend on who asks; and what counts millions takes its time.
STEADY = (
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'postgres'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
)
TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""
SUM = """
SELECT count(*), COALESCE(SUM(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)
FROM {} t
"""
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
UNPROVED = """
SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated
"""
ORDER = """
SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()
"""
STOP = "ON_ERROR_STOP=1"
PLAIN = ("--no-owner", "--no-privileges")


def dump(connection, file):
    """pg_dump into `file`; (tables, migrations) of the very same snapshot."""
    with _own(connection) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if "django_migrations" not in _names(cursor):
            raise Refused(NO_SITE)
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        without = [f"--exclude-table-data={name}" for name in left_out.TABLES]
        options = ["--format=custom", "--compress=0", f"--snapshot={snapshot}"]
        _run(own, "pg_dump", *options, *PLAIN, *without, f"--file={file}")
        found = _counted(own, cursor)
        cursor.execute(MIGRATIONS)
        migrations = [list(row) for row in cursor.fetchall()]
        cursor.execute("COMMIT")
    return found, migrations


def load(file, connection):
    """Put the dump in the place of the database, in one transaction."""
    with _own(connection) as own, own.cursor() as cursor:
        names = ", ".join(map(own.ops.quote_name, _names(cursor)))
    connection.close()
    script = file.with_suffix(".sql")
    as_script = ["--clean", "--if-exists", f"--file={script}"]
    _run(connection, "pg_restore", *as_script, *PLAIN, file)
    first = ["--command=SET lock_timeout = '30s'"]
    if names:
        first.append(f"--command=DROP TABLE {names} CASCADE")
    options = ["--no-psqlrc", "--quiet", "--single-transaction", f"--set={STOP}"]
    _run(connection, "psql", *options, *first, f"--file={script}")
    script.unlink()


@contextmanager
def scratch(file, connection):
    """A connection to the dump, loaded into a database that is dropped after."""
    name = f"studyhall_verify_{secrets.token_hex(4)}"
    with _own(connection) as own, own.cursor() as cursor:
        _create(cursor, name, connection)
        beside = connection.copy()
        beside.settings_dict["NAME"] = name
        try:
            database = ["--exit-on-error", f"--dbname={name}"]
            _run(beside, "pg_restore", *database, *PLAIN, file)
            yield beside
        finally:
            beside.close()
            cursor.execute(f"DROP DATABASE {name}")


def tables(connection):
    """For each table its rows and a sum of their digests, whatever their order."""
    with _own(connection) as own, own.cursor() as cursor:
        return _counted(own, cursor)


def faults(connection):
    """Sentences on what the engine itself finds wrong.

    A row that refers to none has been refused while the dump was loaded.
    """
    with connection.cursor() as cursor:
        cursor.execute(UNPROVED)
        for table, constraint in cursor.fetchall():
            yield f"{table}: whether {constraint} holds was never proved."


@contextmanager
def _own(connection):
    """A connection of its own, which no limit of the site's requests cuts short."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            for setting in STEADY:
                cursor.execute(setting)
        yield own
    finally:
        own.close()


def _create(cursor, name, connection):
    """An empty database with the letters and the order of the site's own."""
    cursor.execute(ORDER)
    collate, kinds = (value.replace("'", "''") for value in cursor.fetchone())
    try:
        cursor.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' "
            f"LC_COLLATE '{collate}' LC_CTYPE '{kinds}'"
        )
    except ProgrammingError as error:
        user = connection.settings_dict["USER"] or "the site's role"
        raise Refused(
            "No scratch database can be made to restore into. A superuser of "
            f"PostgreSQL allows it with ALTER ROLE {user} CREATEDB; or run "
            "verify_backup on another machine."
        ) from error


def _names(cursor):
    cursor.execute(TABLES)
    return [row[0] for row in cursor.fetchall()]


def _counted(connection, cursor):
    found = {}
    for name in _names(cursor):
        if name not in left_out.TABLES:
            cursor.execute(SUM.format(connection.ops.quote_name(name)))
            rows, total = cursor.fetchone()
            found[name] = {"rows": rows, "checksum": f"{int(total):x}"}
    return found


def _run(connection, program, *arguments):
    """Run a program of PostgreSQL's on this database. Raises Refused where it fails.

    Who it is and its password go by the environment, which no other user can read.
    """
    if shutil.which(program) is None:
        raise Refused(INSTALL.format(program))
    settings = connection.settings_dict
    _, secret = DatabaseClient.settings_to_cmd_args_env(settings, [])
    known = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "NAME": "PGDATABASE"}
    named = {key: str(settings[name]) for name, key in known.items() if settings[name]}
    done = subprocess.run(
        [program, *map(str, arguments)],
        env={**os.environ, **(secret or {}), **named},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise Refused(said[0] if said else f"{program} failed.")
