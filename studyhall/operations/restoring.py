"""A backup brought back: into an empty database, or over what is there."""

from datetime import UTC, datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection

from sources import statistics
from sources.models import Source
from studyhall.keeping.marks import raise_mark
from studyhall.operations import archive, engines
from studyhall.operations.archive import Refused
from studyhall.operations.backing_up import backup


def restore(file, over=False):
    """Restore a backup; (its manifest, the file of what was there before, or None).

    Where there are accounts or a library already, `over` is needed, and what is there
    is backed up first, beside the file. Raises Refused; nothing is changed then,
    unless it says that the rows differ.
    """
    file = Path(file)
    with archive.opened(file) as given:
        engines.refuse_other(given.manifest, connection)
        before = None
        if not is_empty():
            if not over:
                raise Refused(
                    "This database has accounts or a library: --over backs them up, "
                    "then restores over them."
                )
            before = _name_for_before(file)
            backup(before)
        engine = engines.of(connection)
        engine.load(given.dump, connection)
        said, found = given.manifest["tables"], engine.tables(connection)
    _bring_up()
    if wrong := list(engines.differences(said, found)):
        raise Refused(
            "Restored, but what stands there now is not what was backed up, or people "
            f"have written since: {' '.join(wrong)}"
        )
    return given.manifest, before


def is_empty():
    """Whether nobody has an account here and nothing is in the library."""
    tables = connection.introspection.table_names()
    return not any(
        model._base_manager.exists()
        for model in (get_user_model(), Source)
        if model._meta.db_table in tables
    )


def _name_for_before(file):
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return file.with_name(f"before-restore-{moment}.backup")


def _bring_up():
    """The tables of this release; a page that a process remembers is out of date."""
    engines.migrate()
    raise_mark("restored")
    statistics.refresh(connection)
