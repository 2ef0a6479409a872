"""The kept pages in the database, read by one SELECT together with the stamp.

The SELECT goes to the database's own driver: Django's cursor would cost more than
all the rest of a kept page.
"""

import json
import time
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils import timezone

from studyhall.keeping.answer import Answer
from studyhall.keeping.together import Together

MARKS = "(SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) FROM keeping_mark)"
STATE = f"SELECT s.number, s.digest, {MARKS} FROM sources_stamp s WHERE s.id = 1"
PAGE = f"""
SELECT s.number, s.digest, {MARKS}, p.head, p.body FROM sources_stamp s
LEFT JOIN keeping_keptpage p ON p.key = %s AND p.number = s.number
AND p.digest = s.digest AND p.marks = {MARKS} WHERE s.id = 1
"""
PREPARED = {STATE: "kept_state", PAGE: "kept_page"}
OLDEST_CONNECTION = 60  # seconds after which Django would have closed it
OLD = timedelta(hours=1)  # a page of another version, which no process needs now
MOST = {False: 20_000, True: 2_000}  # pages; those whose address has a query
MOST_BYTES = {False: 1024**3, True: 64 * 1024**2}
BETWEEN_PRUNINGS = 200  # pages that one process keeps


class Rows:
    """The kept pages that all processes share."""

    def __init__(self):
        self.pages = apps.get_model("keeping", "KeptPage").objects
        self.kept = 0
        self.read_together = Together(_read_state)

    def state(self):
        """(number, digest, marks) of what the database holds now, or None.

        None where nothing may be kept: no library, or an open change. Raises
        django.db.Error where the database does not answer.
        """
        # SQLite answers sooner than a thread can wait for another.
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            return _read_state()
        return self.read_together()

    def find(self, key):
        """The state, and the Answer that is kept for it under this key, or None."""
        row = _row(PAGE, [key])
        state = _state(row)
        if state is None or row[3] is None:
            return state, None
        return state, Answer(state, json.loads(row[3]), bytes(row[4]))

    def keep(self, key, answer, is_queried):
        """Keep an answer in the place of what was kept under this key.

        A database that has no time for it, or that takes no writes, keeps nothing:
        the page is made again for the next visitor.
        """
        number, digest, marks = answer.state
        fields = {
            "number": number,
            "digest": digest,
            "marks": marks,
            "is_queried": is_queried,
            "kept_at": timezone.now(),
            "size": len(answer.body),
            "head": json.dumps(answer.headers),
            "body": answer.body,
        }
        try:
            with _without_waiting():
                self.pages.bulk_create(
                    [self.pages.model(key=key, **fields)],
                    update_conflicts=True,
                    unique_fields=["key"],
                    update_fields=[*fields],
                )
                self.kept += 1
                if self.kept % BETWEEN_PRUNINGS == 0:
                    self.prune(answer.state)
        except Error:
            return

    def prune(self, state):
        """Take out what is out of date, and the oldest of what is too much."""
        number, digest, marks = state
        others = self.pages.exclude(number=number, digest=digest, marks=marks)
        others.filter(kept_at__lt=timezone.now() - OLD).delete()
        for is_queried, most in MOST.items():
            rows = self.pages.filter(is_queried=is_queried).order_by("-kept_at", "key")
            taken, too_many = 0, []
            for place, (key, size) in enumerate(rows.values_list("key", "size")):
                taken += size
                if place >= most or taken > MOST_BYTES[is_queried]:
                    too_many.append(key)
            for start in range(0, len(too_many), 500):
                self.pages.filter(key__in=too_many[start : start + 500]).delete()


def _read_state():
    return _state(_row(STATE))


def _state(row):
    """The state at the beginning of a row; None for an open change or no library."""
    return tuple(row[:3]) if row and row[1] else None


def _row(sql, parameters=()):
    """The first row of a SELECT; tried once more where the connection was lost."""
    connection = connections[DEFAULT_DB_ALIAS]
    _close_old(connection)
    is_open = connection.connection is not None and not connection.in_atomic_block
    try:
        return _fetched(connection, sql, parameters)
    except Error:
        if not is_open:
            raise
        connection.close()
        return _fetched(connection, sql, parameters)


def _fetched(connection, sql, parameters):
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(_written_for(connection, sql), parameters)
            return cursor.fetchone()
        finally:
            cursor.close()


def _written_for(connection, sql):
    """The statement as the driver wants it; PostgreSQL plans it once a connection.

    Not where a pooler hands out connections: that setting says so to Django too.
    """
    if connection.vendor == "sqlite":
        return sql.replace("%s", "?")
    if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return sql
    driver = connection.connection
    if getattr(connection, "has_prepared", None) is not driver:
        with driver.cursor() as cursor:
            for statement, name in PREPARED.items():
                statement = statement.replace("%s", "$1")
                cursor.execute(f"PREPARE {name} AS {statement}")
        connection.has_prepared = driver
    return f"EXECUTE {PREPARED[sql]}" + ("(%s)" if "%s" in sql else "")


def _close_old(connection):
    """Between the requests that reach Django nobody else closes a connection."""
    closes = connection.close_at
    if closes is None or connection.in_atomic_block or connection.connection is None:
        return
    if time.monotonic() > closes + OLDEST_CONNECTION:
        connection.close()


@contextmanager
def _without_waiting():
    """On SQLite, whose one writer may be at work: give up rather than wait."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    patience = connection.settings_dict["OPTIONS"].get("timeout", 5)
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.execute(
                f"PRAGMA busy_timeout = {int(patience * 1000)}"
            )
