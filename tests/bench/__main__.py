"""Measure the pages beside a bare Django view of the same bytes, in one run.

Both are served by production's server on one core; the load comes from another. Then
the citations found in prose, and the search beside raw SQL (`tests.bench.search`). The
table judges nothing: a machine's numbers mean something only beside each other.
"""

import argparse
import os
import re
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from subprocess import CalledProcessError

from tests.bench import anchoring, exchange, finding, search
from tests.bench.load import NotServed, fetch, measure
from tests.bench.servers import CORES, prepare, serving

TURNS = 2  # of each page and of the bare view, one after the other
SECONDS = 1.5  # of each turn
HEADING = f"{'page':<10}{'bare / page':>12}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}"


def main():
    arguments = argparse.ArgumentParser(prog="python -m tests.bench")
    arguments.add_argument(
        "--sources",
        type=int,
        default=0,
        help="measure a generated library of so many sources, not the curated one",
    )
    sources = arguments.parse_args().sources
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        try:
            prepare(folder, sources)
            run(folder)
            print(finding.row())
            print(anchoring.row())
            search.print_rows(sources or search.FEW)
            print(exchange.row())
        except (CalledProcessError, NotServed) as problem:
            sys.exit(str(problem))


def run(folder):
    """Serve both sites, and print a row for each page and its bare view."""
    with ExitStack() as servers:
        site = servers.enter_context(serving(folder, "studyhall.wsgi:application", "/"))
        pages = paths_of(site)
        for name, path in pages.items():
            (folder / "pages" / name).write_bytes(fetch(site, path))
        bare = servers.enter_context(
            serving(folder, "tests.bench.bare:application", "/question")
        )
        if len(CORES) > 1:
            os.sched_setaffinity(0, CORES[1:])
        print(f"{HEADING}{'bytes':>9}")
        for name, path in pages.items():
            page, same_bytes = in_turn((site, path), (bare, f"/{name}"))
            ratio = same_bytes.per_second / page.per_second
            print(row(name, f"{ratio:.1f}", page))
            print(row("  bare", "1.0", same_bytes))


def paths_of(site):
    """The pages that are measured; the source is the first that the list names."""
    listed = fetch(site, "/sources/").decode()
    first = re.search(r'href="(/sources/[a-z0-9-]+/[^/"?#]+/)"', listed)
    if first is None:
        raise NotServed("/sources/ lists no source")
    return {"question": "/", "source": first[1], "browse": "/sources/"}


def in_turn(*served):
    """Measure each (port, path) in turn, so that a slow moment falls on all alike."""
    found = [measure(*each, SECONDS) for each in served]
    for _ in range(TURNS - 1):
        again = [measure(*each, SECONDS) for each in served]
        found = [ours + more for ours, more in zip(found, again, strict=True)]
    return found


def row(name, ratio, measured):
    return (
        f"{name:<10}{ratio:>12}{measured.per_second:>10.0f}"
        f"{measured.percentile(50):>9.2f}{measured.percentile(95):>9.2f}"
        f"{measured.size:>9}"
    )


if __name__ == "__main__":
    main()
