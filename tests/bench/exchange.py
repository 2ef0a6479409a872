"""How long a file of sources takes to come in and to go out, and how much memory.

    python -m tests.bench.exchange [--rows 1000]

In a database of its own, each row through the gate; what is measured is one process.
"""

import argparse
import csv
import io
import os
import resource
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

ROWS = 1000
HEAD = ["reference", "summary", "original", "translation", "notes"]


def main():
    arguments = argparse.ArgumentParser(prog="python -m tests.bench.exchange")
    arguments.add_argument("--rows", type=int, default=ROWS)
    print(row(arguments.parse_args().rows))


def row(rows=ROWS):
    """Rows in a second, in and out, and the most memory, in an empty database."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'exchange.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        return _measured(rows)


def _measured(count):
    kind = import_string("sources.admin.exchange.source_rows.SourceRows")
    reading = import_string("sources.admin.exchange.reading")
    run = import_string("sources.admin.exchange.resource.run")
    _make_work(count)
    table = reading.table_of(_file(count))
    before = _most()
    taken_in = _seconds(lambda: run(kind(None, "bench"), table, store=True))
    most_in = _most() - before
    taken_out = _seconds(lambda: _export(kind()))
    most_out = _most() - before - most_in
    return (
        f"exchange: {count / taken_in:.0f} rows a second in (+{most_in:.0f} MB), "
        f"{count / taken_out:.0f} out (+{most_out:.0f} MB)"
    )


def _most():
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_work(count):
    work = import_string("sources.models.Work")(
        slug="megillah",
        title="Megillah",
        title_he="מגילה",
        category="Talmud Bavli",
        scheme="daf",
        bounds={"dapim": ["2a", f"{count}b"]},
    )
    with import_string("sources.changes.change")(work, why="bench"):
        work.save()


def _file(count):
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(HEAD)
    for number in range(count):
        place = f"Megillah {number // 2 + 2}{'ab'[number % 2]}"
        write([place, f"It says {number}.", f"מילה {number}", f"word {number}", "x"])
    return text.getvalue().encode()


def _export(rows):
    writing = import_string("sources.admin.exchange.writing")
    records = rows.model.objects.order_by("pk").prefetch_related(*rows.prefetched)
    table = rows.exported(records.iterator(chunk_size=200))
    return sum(len(piece) for piece in writing.csv_of(rows.head(), table))


def _seconds(deed):
    before = time.perf_counter()
    deed()
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
