"""The module that knows the engine of a connection, and what all engines share."""

from contextlib import contextmanager

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.loader import MigrationLoader

from studyhall.operations import postgres, sqlite
from studyhall.operations.archive import Refused

# What a command says in its own sentence, without a traceback.
TROUBLE = (Refused, OSError, Error)
ENGINES = {"postgresql": postgres, "sqlite": sqlite}


def of(connection):
    """`sqlite` or `postgres`: dump, load, scratch, tables, faults."""
    return ENGINES[connection.vendor]


@contextmanager
def standing_in(connection):
    """Whoever asks the site's database in this thread asks this one instead."""
    live = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = live


def refuse_other(manifest, connection):
    """Raise Refused for a backup that this site or this release cannot hold."""
    if manifest["engine"] != connection.vendor:
        raise Refused(
            f"This backup is of {manifest['engine']}, and this site has "
            f"{connection.vendor}: set DATABASE_URL to the other."
        )
    known = MigrationLoader(None)
    replaced = {key for each in known.disk_migrations.values() for key in each.replaces}
    unknown = [
        f"{app}.{name}"
        for app, name in manifest["migrations"]
        if app in known.migrated_apps
        and (app, name) not in known.disk_migrations.keys() | replaced
    ]
    if unknown:
        raise Refused(
            f"This backup was made by a newer release, which has {', '.join(unknown)}: "
            "bring the code up to it first."
        )


def migrate():
    """Bring an older database up to this release; nothing where it is there."""
    call_command("migrate", verbosity=0, interactive=False)


def differences(said, found):
    """Sentences on tables that hold something else than the backup says."""
    for name in sorted(said.keys() | found.keys()):
        if name not in found:
            yield f"{name}: the table is missing."
        elif name not in said:
            yield f"{name}: the backup does not say that there is such a table."
        elif said[name]["rows"] != found[name]["rows"]:
            yield (
                f"{name}: {found[name]['rows']} rows, and the backup says "
                f"{said[name]['rows']}."
            )
        elif said[name]["checksum"] != found[name]["checksum"]:
            yield f"{name}: its rows are not those that were backed up."
