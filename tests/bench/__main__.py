"""Measure the site beside a bare Django view of the same bytes, in one run.

Both are served by production's server on one core; the load comes from another. The
table judges nothing: a machine's numbers mean something only beside each other.
"""

import argparse
import os
import platform
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from subprocess import CalledProcessError

from tests.bench import chart, chromium, figures, libraries, pages, postgres, report
from tests.bench.goals import POSTGRESQL, SQLITE
from tests.bench.libraries import CURATED, KEPT, Size
from tests.bench.load import NotServed
from tests.bench.processes import CORES, pin
from tests.bench.rows import Row
from tests.bench.servers import ROOT
from tests.bench.turns import Pace

DOCS = ROOT / "docs" / "bench"
README = ROOT / "README.md"
FULL, QUICK = Size(100_000, 100_000), Size(2_000, 2_000)
PACE, QUICKLY = Pace(rounds=3, seconds=0.5), Pace(rounds=1, seconds=0.3)
START = time.monotonic()
WORDS = {CURATED: "ingathering", "generated": "sample"}


@dataclass(frozen=True)
class Asked:
    """What one run is asked for."""

    size: Size
    pace: Pace
    engines: tuple

    @property
    def folder(self):
        """Where its results stand: only a whole run writes what the README shows."""
        if self == Asked(FULL, PACE, (SQLITE, POSTGRESQL)):
            return DOCS
        parts = [self.size.sources, self.pace.rounds, *self.engines]
        return KEPT / "-".join(map(str, ["results", *parts]))


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sources", type=int, metavar="N", help="in place of 100000")
    parser.add_argument("--quick", action="store_true", help="small, in two minutes")
    parser.add_argument("--only", choices=[SQLITE.lower(), POSTGRESQL.lower()])
    given = parser.parse_args()
    size = QUICK if given.quick else FULL
    if given.sources:
        size = Size(given.sources, given.sources)
    engines = (SQLITE, POSTGRESQL)
    if given.only:
        engines = tuple(one for one in engines if one.lower() == given.only)
    try:
        run(Asked(size, QUICKLY if given.quick else PACE, engines))
    except (CalledProcessError, NotServed) as problem:
        sys.exit(str(problem))


def run(asked):
    """Measure all, print it, and keep it."""
    versions, rows = {}, []
    with libraries.new_folder() as name, ExitStack() as running:
        folder = Path(name)
        libraries.collect_static(folder)
        engines = []
        for engine in asked.engines:
            try:
                engines.append(engine_of(engine, folder, running))
            except postgres.NoPostgres as missing:
                rows.append(Row("PostgreSQL", engine, said=str(missing)))
        versions |= {engine.name: engine.version() for engine in engines}
        say(f"{asked.size}, for {' and '.join(versions)} side by side")
        libraries.make(engines, folder, asked.size)
        say("citations and notes, without a database")
        rows += figures.of_processor()
        for engine in engines:
            rows += measured(engine, folder, asked)
    found = report.Run(facts(asked, versions), rows)
    before = report.read(asked.folder / "results.json")
    print(report.as_text(rows))
    print("\n".join(["", *report.compared(before, found), *report.disturbed(rows)]))
    keep(found, asked)
    met, judged = report.share(rows)
    say(f"{met} of {judged} goals met")


def engine_of(name, folder, running):
    """The database of this name; PostgreSQL runs until `running` is closed."""
    if name == SQLITE:
        return libraries.SQLite(folder)
    cluster = postgres.running(KEPT / "postgres", CORES[0])
    return libraries.PostgreSQL(running.enter_context(cluster))


def measured(engine, folder, asked):
    """Every row of one database: the curated library, and then the large one."""
    say(f"{engine.name}: the curated library")
    env, seconds = libraries.curated(engine, folder)
    loading = list(figures.of_loading(engine, seconds))
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    here = pages.place(engine, CURATED, folder, env, WORDS[CURATED], asked.pace)
    pin(0, CORES[1])
    small = pages.measured(here)
    exchanged = list(figures.of_exchange(engine, folder))
    slow = []
    if engine.name == SQLITE:
        say("Chromium")
        paths = {name: here.people["paths"][name] for name in chromium.DEEDS}
        slow = chromium.rows(env, paths)
    pin(0, cores)
    say(f"{engine.name}: {asked.size}")
    env, seconds = libraries.generated(engine, folder, asked.size)
    made = list(figures.of_generating(engine, asked.size, seconds))
    library = str(asked.size)
    there = pages.place(engine, library, folder, env, WORDS["generated"], asked.pace)
    pin(0, CORES[1])
    large = pages.measured(there)
    pin(0, cores)
    grown = list(pages.growth(small, large))
    return [*small, *loading, *exchanged, *slow, *large, *made, *grown]


def facts(asked, versions):
    """What a reader has to know of the machine, and nothing that names it."""
    names = {"Python": platform.python_version(), "Django": version("django")}
    names |= {"granian": version("granian")} | versions
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "sources": f"{asked.size.sources:,}".replace(",", "\u202f"),
        "notes": f"{asked.size.notes:,}".replace(",", "\u202f"),
        "rounds": asked.pace.rounds,
        "versions": ", ".join(f"{name} {number}" for name, number in names.items()),
    }


def keep(found, asked):
    """Write the results; those of a whole run into docs/bench and the README too."""
    folder, library = asked.folder, str(asked.size)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(found.as_json())
    (folder / "table.md").write_text(report.as_markdown(found))
    (folder / "chart.svg").write_text(chart.drawn(found.rows, library))
    if folder == DOCS:
        lines = report.section(found, library)
        README.write_text(report.into_readme(README.read_text(), lines))
    print(f"\nWritten: {folder.relative_to(ROOT)}")


def say(what):
    minutes, seconds = divmod(int(time.monotonic() - START), 60)
    print(f"{minutes:2}:{seconds:02} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
