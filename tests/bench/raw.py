"""The same searches by hand-written SQL: what `tests.bench.search` measures against.

As bounded as the library's own: at most a thousand candidates, in tiers and in order;
the records that are no sources; the twenty rows that are shown, with their works,
authors and texts; and the counts of the facets. A visitor's search without filters.
Given for nothing: how the words are folded, which other spellings are asked, and who
may see a work or an author. No Django below the cursor, no models, no marks.
"""

import json

from django.db import connection

from sources import search_tables

SHOWN = 20
MOST = 1001
KINDS = "work_id, author_id, topic_id, path_id, essay_id"

FIRST = {
    "sqlite": """
SELECT d.id AS doc, {columns} FROM sources_search
CROSS JOIN sources_searchdocument d ON d.id = sources_search.rowid {join}
WHERE {where} AND {condition} ORDER BY sources_search.rowid LIMIT {most}
""",
    "postgresql": """
SELECT d.id AS doc, {columns} FROM sources_searchdocument d {join}
WHERE {where} AND {condition} ORDER BY d.id LIMIT {most}
""",
}
PUBLISHED = {
    "columns": "s.id, s.work_id, s.sort_key, {vector}",
    "join": "CROSS JOIN sources_source s",
    "condition": "s.id = d.source_id AND s.state = 'published'",
    "most": MOST,
}
OTHERS = {
    "columns": KINDS,
    "join": "",
    "condition": "d.source_id IS NULL",
    "most": 100,
}
WITHIN = {
    "sqlite": (
        "h.doc IN (SELECT rowid FROM sources_search WHERE {} "
        "AND rowid <= (SELECT max(doc) FROM held))"
    ),
    "postgresql": "{}",
}
VECTOR = {"sqlite": "0", "postgresql": "d.vector"}
IN_TIERS = """
WITH titled AS MATERIALIZED ({titled}), held AS MATERIALIZED ({held}),
found AS MATERIALIZED (
    SELECT 0 AS later, 1 AS tier, t.* FROM titled t
    UNION ALL
    SELECT 1, CASE WHEN {decisive} THEN 2 WHEN {text} THEN 3 ELSE 4 END, h.*
    FROM held h WHERE h.doc NOT IN (SELECT doc FROM titled)
    ORDER BY 1, 3 LIMIT 1000
)
SELECT f.id, w.era, w.slug, w.title FROM found f
CROSS JOIN sources_work w WHERE w.id = f.work_id
ORDER BY tier, w.era NULLS LAST, w.year_from NULLS LAST, w."order", w.id, sort_key, f.id
"""
FACETS = """
WITH f(id) AS MATERIALIZED ({keys}), b AS MATERIALIZED (
    SELECT b.source_id, b.position_id, b.direction, b.basis
    FROM f CROSS JOIN sources_bearing b
    WHERE b.source_id = f.id AND b.state = 'published'
)
SELECT 'position', p.slug, p.name, count(DISTINCT source_id)
FROM b JOIN sources_position p ON p.id = b.position_id GROUP BY p.id
UNION ALL SELECT 'direction', direction, '', count(DISTINCT source_id)
FROM b GROUP BY direction
UNION ALL SELECT 'basis', basis, '', count(DISTINCT source_id)
FROM b WHERE position_id IS NOT NULL GROUP BY basis
UNION ALL SELECT 'topic', t.slug, t.name, count(*)
FROM f CROSS JOIN sources_topiclink l CROSS JOIN sources_topic t
WHERE l.content_object_id = f.id AND t.id = l.tag_id AND t.state = 'published'
GROUP BY t.id
"""
ROWS = """
SELECT * FROM sources_source s JOIN sources_work w ON w.id = s.work_id
LEFT JOIN sources_author a ON a.id = w.author_id WHERE s.id IN ({shown})
"""
TEXTS = "SELECT * FROM sources_text WHERE source_id IN ({shown})"
KEYS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}


def search(searches, other):
    """Ask each of these searches' clauses; the keys of the last one's sources.

    `other` is the clause that only records that are no sources meet.
    """
    keys = []
    for clauses in searches:
        keys = _search(clauses, other)
    return keys


def _search(clauses, other):
    with connection.cursor() as cursor:
        cursor.execute(*_in_tiers(clauses))
        keys = [row[0] for row in cursor.fetchall()]
        for most in (1, search_tables.ALL):
            cursor.execute(*_first((*clauses, other), most, OTHERS))
            cursor.fetchall()
        if keys:
            shown = ",".join(map(str, keys[:SHOWN]))
            every = json.dumps(keys) if connection.vendor == "sqlite" else keys
            for sql, asked in (
                (ROWS.format(shown=shown), ()),
                (TEXTS.format(shown=shown), ()),
                (FACETS.format(keys=KEYS[connection.vendor]), (every,)),
            ):
                cursor.execute(sql, asked)
                cursor.fetchall()
    return keys


def _question(clauses, most, table):
    return search_tables.question(connection, clauses, most, table)


def _first(clauses, most, what):
    where, asked = _question(clauses, most, "d")
    sql = FIRST[connection.vendor].format(where=where, **what)
    return sql.format(vector=VECTOR[connection.vendor]), (asked,)


def _in_tiers(clauses):
    titled, held = (_first(clauses, most, PUBLISHED) for most in (1, 4))
    decisive, text = (_question(clauses, most, "h") for most in (2, 3))
    within = WITHIN[connection.vendor]
    sql = IN_TIERS.format(
        titled=titled[0],
        held=held[0],
        decisive=within.format(decisive[0]),
        text=within.format(text[0]),
    )
    return sql, (*titled[1], *held[1], decisive[1], text[1])
