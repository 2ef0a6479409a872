"""Measure the search beside raw SQL over the same tables of the same database.

    python -m tests.bench.search [--sources 100000] [--keep FOLDER]

The raw SQL finds the same thousand, orders them by generation, and reads the first
twenty with their texts: no facets, no other records, no marks. With --keep the
generated database stays for the next run. DATABASE_URL measures PostgreSQL: an empty
database, which is filled.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

TERMS = (
    "sample", "filler", "paper", "window", "pencil", "candle", "marble", "whistle",
    "נייר", "שולחן", "חלון", "מנורה", "משרוקית", "גולה", "הגולה", "sample נייר",
    "pencil chair", '"sample filler"', "12345", "smaple",
)  # fmt: skip
ROUNDS = 3
RAW = """
SELECT s.id FROM sources_source s JOIN sources_work w ON w.id = s.work_id
WHERE s.id IN ({found})
ORDER BY w.era, w.year_from, w."order", w.id, s.sort_key, s.id LIMIT 20
"""
TEXTS = "SELECT source_id, words FROM sources_text WHERE source_id IN ({found})"
FOUND = {
    "sqlite": """
SELECT d.source_id FROM sources_search f
CROSS JOIN sources_searchdocument d ON d.id = f.rowid
CROSS JOIN sources_source s ON s.id = d.source_id
WHERE f.sources_search MATCH %s AND s.state = 'published'
ORDER BY f.rowid LIMIT 1000
""",
    "postgresql": """
SELECT d.source_id FROM sources_searchdocument d
JOIN sources_source s ON s.id = d.source_id
WHERE d.vector @@ plainto_tsquery('simple', %s) AND s.state = 'published'
ORDER BY d.id LIMIT 1000
""",
}


def main():
    arguments = argparse.ArgumentParser(prog="python -m tests.bench.search")
    arguments.add_argument("--sources", type=int, default=100_000)
    arguments.add_argument("--keep", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as name:
        folder = given.keep or Path(name)
        folder.mkdir(exist_ok=True)
        database = folder / f"search-{given.sources}.sqlite3"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{database}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")
        django.setup()
        run(given.sources)


def run(sources):
    """Fill the database where it is empty; print both figures and their ratio."""
    call_command("migrate", verbosity=0)
    if not apps.get_model("sources", "Source").objects.exists():
        call_command("generate_library", sources=sources)
    find = import_string("sources.search.find")
    stemmed = import_string("sources.search.query.stemmed")
    ours = measured(lambda term: find(term, None))
    raw = measured(lambda term: asked(stemmed(term)))
    print(f"{'search':<10}{'p50 ms':>9}{'p95 ms':>9}")
    for name, taken in (("ours", ours), ("raw SQL", raw)):
        print(f"{name:<10}{statistics.median(taken):>9.1f}{p95(taken):>9.1f}")
    print(f"ours / raw SQL, p95: {p95(ours) / p95(raw):.1f}")


def measured(search):
    """The milliseconds that each search took, each term once to warm up."""
    taken = []
    for term in TERMS:
        search(term)
        for _ in range(ROUNDS):
            start = time.perf_counter()
            search(term)
            taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def p95(taken):
    return taken[min(len(taken) * 95 // 100, len(taken) - 1)]


def asked(term):
    """The rows of raw SQL for a folded term."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor], [term])
        ids = [source_id for (source_id,) in cursor.fetchall()]
        for sql in (RAW, TEXTS):
            if ids:
                cursor.execute(sql.format(found=",".join(map(str, ids))))
                ids = [row[0] for row in cursor.fetchall()]


if __name__ == "__main__":
    main()
