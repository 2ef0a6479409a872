"""Whether a backup would bring back what it was made of: asked by restoring it."""

from pathlib import Path

from django.db import DatabaseError, connection

from sources.verifying import problems_of_changes
from studyhall.operations import archive, engines


def verify(file):
    """(manifest, sentences on what is wrong) of a backup, restored beside the site.

    Raises Refused where it is no whole backup, or cannot be restored here.
    """
    with archive.opened(Path(file)) as backup:
        engines.refuse_other(backup.manifest, connection)
        engine = engines.of(connection)
        with engine.scratch(backup.dump, connection) as beside:
            return backup.manifest, _problems(engine, beside, backup.manifest)


def _problems(engine, beside, manifest):
    found = list(engine.faults(beside))
    if found:
        return found
    found += engines.differences(manifest["tables"], engine.tables(beside))
    with engines.standing_in(beside):
        try:
            engines.migrate()
            found += problems_of_changes(lambda done, count: None)
        except DatabaseError as error:
            name = type(error).__name__
            found.append(f"The chain of changes cannot be read ({name}).")
    return found
