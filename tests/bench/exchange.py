"""How long a file of sources takes to come in and to go out, and how much memory.

In an empty, migrated database, each row through the gate; what is measured is one
process. Run by `tests.bench.within`.
"""

import csv
import io
import resource
import time

from sources.admin.exchange import reading, writing
from sources.admin.exchange.resource import run
from sources.admin.exchange.source_rows import SourceRows
from sources.changes import change
from sources.models import Work

HEAD = ["reference", "summary", "original", "translation", "notes"]


def measured(rows):
    """Rows in a second, in and out, and the MiB that each took at most."""
    _make_work(rows)
    table = reading.table_of(_file(rows))
    before = _most()
    taken_in = _seconds(lambda: run(SourceRows(None, "bench"), table, store=True))
    most_in = _most() - before
    taken_out = _seconds(lambda: _export(SourceRows()))
    return {
        "rows_in": rows / taken_in,
        "rows_out": rows / taken_out,
        "memory_in": most_in,
        "memory_out": _most() - before - most_in,
    }


def _most():
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_work(count):
    work = Work(
        slug="megillah",
        title="Megillah",
        title_he="מגילה",
        category="Talmud Bavli",
        scheme="daf",
        bounds={"dapim": ["2a", f"{count}b"]},
    )
    with change(work, why="bench"):
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
    records = rows.model.objects.order_by("pk").prefetch_related(*rows.prefetched)
    table = rows.exported(records.iterator(chunk_size=200))
    return sum(len(piece) for piece in writing.csv_of(rows.head(), table))


def _seconds(deed):
    before = time.perf_counter()
    deed()
    return time.perf_counter() - before
