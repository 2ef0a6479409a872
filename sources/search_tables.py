"""The full-text search tables, kept by the database itself.

SQLite: an FTS5 table over the rows of SearchDocument, kept by three triggers.
PostgreSQL: two GIN indexes on the same table. The words in them are folded already
(`sources.text.fold`), so neither has to know Hebrew.
"""

from django.db import transaction
from django.db.models.expressions import RawSQL

ROWS = "sources_searchdocument"
TABLE = "sources_search"

_TITLES = "to_tsvector('simple', titles)"
_EVERYTHING = "to_tsvector('simple', titles || ' ' || words || ' ' || body)"

_FTS5 = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
    titles, words, body,
    content='{ROWS}', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
)
"""
_FORGET = f"""
INSERT INTO {TABLE}({TABLE}, rowid, titles, words, body)
VALUES ('delete', old.id, old.titles, old.words, old.body);
"""
_LEARN = f"""
INSERT INTO {TABLE}(rowid, titles, words, body)
VALUES (new.id, new.titles, new.words, new.body);
"""
_TRIGGERS = {
    f"{TABLE}_insert": f"AFTER INSERT ON {ROWS} BEGIN {_LEARN} END",
    f"{TABLE}_delete": f"AFTER DELETE ON {ROWS} BEGIN {_FORGET} END",
    f"{TABLE}_update": f"AFTER UPDATE ON {ROWS} BEGIN {_FORGET} {_LEARN} END",
}


def make(connection):
    """Make what is missing of the search tables; a second time changes nothing.

    Before the library's own table is there, and after it has gone, there is nothing
    to keep: what is left of a search table is removed.
    """
    with connection.cursor() as cursor, transaction.atomic(using=connection.alias):
        is_there = ROWS in connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            _make_on_sqlite(cursor, is_there)
        elif is_there:
            _make_on_postgresql(cursor)


def matching(connection, terms, *, titles_only=False):
    """The ids of the SearchDocuments that hold every term, as SQL for `pk__in`.

    `terms` are folded words, at least one.
    """
    if connection.vendor == "sqlite":
        quoted = " AND ".join(f'"{term}"' for term in terms)
        column = "titles : " if titles_only else ""
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"
        return RawSQL(sql, [f"{column}({quoted})"])
    column = _TITLES if titles_only else _EVERYTHING
    sql = f"SELECT id FROM {ROWS} WHERE {column} @@ plainto_tsquery('simple', %s)"
    return RawSQL(sql, [" ".join(terms)])


def _make_on_sqlite(cursor, is_there):
    """The FTS5 table, its triggers, and its words where any of these was missing."""
    if not is_there:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        return
    needed = {TABLE, *_TRIGGERS}
    cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
    is_whole = needed <= {name for (name,) in cursor.fetchall()}
    cursor.execute(_FTS5)
    for name, deed in _TRIGGERS.items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"CREATE TRIGGER {name} {deed}")
    if not is_whole:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")


def _make_on_postgresql(cursor):
    """One index for the titles, which are asked first, and one for everything.

    What is there is not made again: even IF NOT EXISTS would lock out writers.
    """
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [ROWS])
    there = {name for (name,) in cursor.fetchall()}
    for name, words in ((f"{TABLE}_titles", _TITLES), (f"{TABLE}_words", _EVERYTHING)):
        if name not in there:
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {ROWS} USING gin ({words})"
            )
