"""Measure the search beside raw SQL over the same tables of the same database.

    python -m tests.bench.search [--sources 100000] [--seed 1]

The raw SQL is written by hand and gives the same answer within the same bounds:
`tests.bench.raw` says what it asks. Each term is asked of both in turn, so that a slow
moment falls on both alike. The generated database stays under build/bench for the next
run. With DATABASE_URL another database is measured, and filled where it is empty:

    .ci/postgres python -m tests.bench.search --sources 20000
"""

import argparse
import os
import time

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

from tests.bench.servers import generated

TERMS = (
    "sample", "filler", "paper", "window", "pencil", "candle", "marble", "whistle",
    "נייר", "שולחן", "חלון", "מנורה", "משרוקית", "גולה", "הגולה", "sample נייר",
    "pencil chair", '"sample filler"', "12345", "smaple", "paperwindow", "generated",
)  # fmt: skip
FEW = 5000  # sources, where no number is asked
ROUNDS = 5
WARMING = 2  # rounds before the clock counts


def main():
    arguments = argparse.ArgumentParser(prog="python -m tests.bench.search")
    arguments.add_argument("--sources", type=int, default=FEW)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    print_rows(given.sources, given.seed)


def print_rows(sources, seed=1):
    """Measure so many generated sources; print ours, raw SQL's and their ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")
    if "DATABASE_URL" in os.environ:
        django.setup()
        fill(sources, seed)
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{generated(sources, seed)}"
        django.setup()
    print(f"{'search':<10}{'ours / raw':>12}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}")
    ours, raw = run()
    count = import_string("sources.models.Source").objects.count()
    print(row(f"  {count}", ours, f"{p95(ours) / p95(raw):.2f}"))
    print(row("  raw SQL", raw, "1.00"))


def fill(sources, seed):
    """Make the library of the database that DATABASE_URL names, where there is none."""
    call_command("migrate", verbosity=0)
    if not import_string("sources.models.Source").objects.exists():
        start = time.perf_counter()
        call_command("generate_library", sources=sources, seed=seed, verbosity=0)
        print(f"generated: {sources / (time.perf_counter() - start):.0f} a second")


def run():
    """The milliseconds of each search of each term: ours, and raw SQL's."""
    find = import_string("sources.search.find")
    raw = import_string("tests.bench.raw.search")
    ours, theirs = [], []
    for term in TERMS:
        asked, other = clauses_of(term)
        for turn in range(WARMING + ROUNDS):
            taken, results = timed(find, term, None)
            beside, keys = timed(raw, asked, other)
            if turn >= WARMING:
                ours.append(taken)
                theirs.append(beside)
        check(term, results, keys)
    return sorted(ours), sorted(theirs)


def clauses_of(term):
    """The clauses that a search of the term asks, one after another, and OTHER's."""
    finding = import_string("sources.search.finding")
    asked = import_string("sources.search.query.read")(term)
    found, is_loose = finding._strict_or_loose(asked, None, {}, "fit")
    other = (finding.Alternative((finding.OTHER,)),)
    return [asked.clauses(), *([found.clauses] if is_loose else [])], other


def check(term, results, keys):
    """Both must have found the same sources, or the figures compare nothing."""
    shown = [hit.record.pk for hit in results.hits if hit.kind == "source"]
    if shown != keys[: len(shown)]:
        raise AssertionError(f"raw SQL finds something else for {term}")


def timed(search, *arguments):
    """(milliseconds, what was found)"""
    start = time.perf_counter()
    found = search(*arguments)
    return (time.perf_counter() - start) * 1000, found


def p95(taken):
    return taken[min(len(taken) * 95 // 100, len(taken) - 1)]


def row(name, taken, ratio):
    each = 1000 * len(taken) / sum(taken)
    middle = taken[len(taken) // 2]
    return f"{name:<10}{ratio:>12}{each:>10.0f}{middle:>9.2f}{p95(taken):>9.2f}"


if __name__ == "__main__":
    main()
