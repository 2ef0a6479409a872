"""The full-text search tables, kept by the database itself.

SQLite: an FTS5 table over the rows of SearchDocument, kept by three triggers.
PostgreSQL: two generated columns of that table, each with a GIN index. The words in
them are folded already (`sources.search.query`), so neither has to know Hebrew.

This module stands beside the package that uses it, for it makes tables before there
are any models.
"""

import json

from django.db import transaction
from django.db.models.expressions import RawSQL

ROWS = "sources_searchdocument"
TABLE = "sources_search"

FIELDS = ("titles", "decisive", "words", "body")
"""The fields of a document, from what counts most to what counts least."""

ALL = len(FIELDS)

_JOINED = f"{ROWS}.id = {TABLE}.rowid"
_COLUMNS = ", ".join(FIELDS)
_FTS5 = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5({_COLUMNS}, content='{ROWS}', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
)
_FORGET = f"""
INSERT INTO {TABLE}({TABLE}, rowid, {_COLUMNS})
VALUES ('delete', old.id, {", ".join(f"old.{name}" for name in FIELDS)});
"""
_LEARN = f"""
INSERT INTO {TABLE}(rowid, {_COLUMNS})
VALUES (new.id, {", ".join(f"new.{name}" for name in FIELDS)});
"""
_TRIGGERS = {
    f"{TABLE}_insert": f"AFTER INSERT ON {ROWS} BEGIN {_LEARN} END",
    f"{TABLE}_delete": f"AFTER DELETE ON {ROWS} BEGIN {_FORGET} END",
    f"{TABLE}_update": f"AFTER UPDATE ON {ROWS} BEGIN {_FORGET} {_LEARN} END",
}

_WEIGHTS = "ABCD"
_WEIGHED = " || ".join(
    f"setweight(to_tsvector('simple', {name}), '{weight}')"
    for name, weight in zip(FIELDS, _WEIGHTS, strict=True)
)
# The titles, which are asked first, have an index of their own.
_VECTORS = {
    "titles_vector": "to_tsvector('simple', titles)",
    "vector": _WEIGHED,
}


def make(connection):
    """Make what is missing of the search tables; a second time changes nothing.

    Before the library's own table is there, and after it has gone, there is nothing
    to keep: what is left of a search table is removed.
    """
    with connection.cursor() as cursor, transaction.atomic(using=connection.alias):
        is_there = _has_documents(connection, cursor)
        if connection.vendor == "sqlite":
            _make_on_sqlite(cursor, is_there)
        elif is_there:
            _make_on_postgresql(cursor)


def stop(connection):
    """Keep nothing until `make` is called again, which then reads every document.

    For very many documents in one transaction.
    """
    what = "TRIGGER" if connection.vendor == "sqlite" else "INDEX"
    indexes = [f"{TABLE}_{name}" for name in _VECTORS]
    with connection.cursor() as cursor:
        for name in _TRIGGERS if connection.vendor == "sqlite" else indexes:
            cursor.execute(f"DROP {what} IF EXISTS {name}")


def matching(connection, clauses):
    """The ids of the sources that meet every clause, as SQL for `pk__in`.

    `clauses` are those of `sources.search.query`, at least one.
    """
    where, asked = question(connection, clauses, ALL)
    tables = ROWS
    if connection.vendor == "sqlite":
        tables = f"{TABLE} CROSS JOIN {ROWS} ON {_JOINED}"
    sql = f"SELECT source_id FROM {tables} WHERE {where} AND source_id IS NOT NULL"
    return RawSQL(sql, [asked])


def held_by(documents, connection, clauses, most=ALL):
    """Those of the documents that meet every clause in the first `most` of FIELDS.

    In the order in which they were written. On SQLite the search table is read in
    that order and no further than asked, so a few of very many cost little.
    """
    where, asked = question(connection, clauses, most)
    if connection.vendor == "sqlite":
        found = documents.extra(tables=[TABLE], where=[_JOINED, where], params=[asked])
        return found.extra(order_by=[f"{TABLE}.rowid"])
    return documents.extra(where=[where], params=[asked]).order_by("pk")


def keys(connection, ids):
    """These keys, as SQL for `__in`: one parameter, however many they are."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def among(queryset, key):
    """Whether the row of this key (SQL) is one of the queryset: SQL and parameters."""
    one = queryset.filter(pk=RawSQL(key, ())).order_by().values("pk")
    sql, asked = one.query.sql_with_params()
    return f"EXISTS ({sql})", asked


def rows(connection, tables, statement, asked=()):
    """The rows of a statement that may read these common tables, or None of them."""
    if tables is not None:
        statement = f"WITH {tables[0]} {statement}"
        asked = (*tables[1], *asked)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def first(connection, clauses, most, columns, condition, limit):
    """The first documents that meet every clause, as SQL with its parameters.

    `columns` of those documents that meet the clauses in the first `most` of FIELDS,
    and the condition, which is SQL with its parameters too. In the order of `held_by`.
    """
    where, asked = question(connection, clauses, most)
    tables, key = ROWS, f"{ROWS}.id"
    if connection.vendor == "sqlite":
        tables, key = f"{TABLE} CROSS JOIN {ROWS} ON {_JOINED}", f"{TABLE}.rowid"
    sql = (
        f"SELECT {columns} FROM {tables} WHERE {where} AND {condition[0]} "
        f"ORDER BY {key} LIMIT {limit}"
    )
    return sql, (asked, *condition[1])


def in_tiers(connection, clauses, condition, limit):
    """Common tables of a statement, the last of them `found`, with their parameters.

    `found` holds the first sources, at most `limit`, whose documents meet the clauses
    and the condition, those first whose titles do: `source_id`, `document`, and
    `tier`, which is how many of FIELDS the source needs to meet every clause.
    """
    # PostgreSQL takes the words along: asked of the table by keys it may read it all.
    vector = ", vector" if connection.vendor == "postgresql" else ""
    columns = f"{ROWS}.id AS document, source_id{vector}"
    titled, held = (
        first(connection, clauses, most, columns, condition, limit) for most in (1, ALL)
    )
    asked = [question(connection, clauses, most, "held") for most in range(2, ALL)]
    tiers = " ".join(
        f"WHEN {_of_held(connection, where)} THEN {most}"
        for most, (where, _) in enumerate(asked, 2)
    )
    sql = (
        f"titled AS MATERIALIZED ({titled[0]}), held AS MATERIALIZED ({held[0]}), "
        "found AS MATERIALIZED ("
        "SELECT 0 AS later, 1 AS tier, document, source_id FROM titled UNION ALL "
        f"SELECT 1, CASE {tiers} ELSE {ALL} END, document, source_id FROM held "
        "WHERE document NOT IN (SELECT document FROM titled) "
        f"ORDER BY later, document LIMIT {limit})"
    )
    return sql, (*titled[1], *held[1], *(words for _, words in asked))


def _of_held(connection, where):
    """Whether a document of the table `held` meets a condition of the search tables."""
    if connection.vendor == "postgresql":
        return where
    last = "(SELECT max(document) FROM held)"
    return f"document IN (SELECT rowid FROM {TABLE} WHERE {where} AND rowid <= {last})"


def question(connection, clauses, most, table=ROWS):
    """The condition that asks the clauses of the first fields, and its parameter.

    On PostgreSQL it is asked of a table that has the columns of the search.
    """
    if connection.vendor == "sqlite":
        asked = " AND ".join(_alternatives_on_sqlite(clause) for clause in clauses)
        fields = " ".join(FIELDS[:most])
        return f"{TABLE} MATCH %s", f"{{{fields}}} : ({asked})"
    column = "titles_vector" if most == 1 else "vector"
    weights = _WEIGHTS[:most] if 1 < most < ALL else ""
    asked = " & ".join(_on_postgresql(clause, weights) for clause in clauses)
    return f"{table}.{column} @@ to_tsquery('simple', %s)", asked


def _alternatives_on_sqlite(clause):
    """One clause in FTS5's language; words are letters and digits, so quotes hold."""
    parts = [
        f'"{" ".join(each.words)}"{" *" if each.is_prefix else ""}' for each in clause
    ]
    return f"({' OR '.join(parts)})"


def _on_postgresql(clause, weights):
    """One clause in PostgreSQL's language, its words in fields of these weights."""
    parts = []
    for each in clause:
        *words, last = (f"'{word}':{weights}" for word in each.words)
        last = f"{last}*" if each.is_prefix else last
        parts.append(" <-> ".join(word.rstrip(":") for word in [*words, last]))
    return f"({' | '.join(parts)})"


def _has_documents(connection, cursor):
    """Whether the table of documents is there, with every field."""
    if ROWS not in connection.introspection.table_names(cursor):
        return False
    description = connection.introspection.get_table_description(cursor, ROWS)
    return {column.name for column in description} >= set(FIELDS)


def _make_on_sqlite(cursor, is_there):
    """The FTS5 table, its triggers, and its words where any of these was missing."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')"
    )
    found = dict(cursor.fetchall())
    is_whole = found.keys() >= _TRIGGERS.keys()
    for name in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    if found.get(TABLE) != _FTS5 or not is_there:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        is_whole = False
    if not is_there:
        return
    if found.get(TABLE) != _FTS5:
        cursor.execute(_FTS5)
    for name, deed in _TRIGGERS.items():
        cursor.execute(f"CREATE TRIGGER {name} {deed}")
    if not is_whole:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")


def _make_on_postgresql(cursor):
    """The generated columns and their indexes.

    What is there is not made again: even IF NOT EXISTS would lock out writers.
    """
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [ROWS])
    there = {name for (name,) in cursor.fetchall()}
    for name, words in _VECTORS.items():
        if f"{TABLE}_{name}" not in there:
            cursor.execute(
                f"ALTER TABLE {ROWS} ADD COLUMN IF NOT EXISTS {name} tsvector "
                f"GENERATED ALWAYS AS ({words}) STORED"
            )
            cursor.execute(f"CREATE INDEX {TABLE}_{name} ON {ROWS} USING gin ({name})")
    for former in ("titles", "words"):
        cursor.execute(f"DROP INDEX IF EXISTS {TABLE}_{former}")
