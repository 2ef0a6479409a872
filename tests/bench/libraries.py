"""The libraries that are measured: the curated one, and a generated one that is kept.

What was generated stays under build/bench by its size, its seed and what fills it; a
run works on a copy, for it writes notes and keeps pages.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import within
from tests.bench.servers import ROOT, environment, manage

KEPT = ROOT / "build" / "bench"
SEED = 1
MADE_BY = (
    "sources/generat*.py",
    "sources/bulk.py",
    "sources/filler.py",
    "sources/search_tables.py",
    "sources/search/documents.py",
    "studyhall/annotations/generated.py",
    "*/migrations/*.py",
    "*/*/migrations/*.py",
)
CURATED = "curated"


@dataclass(frozen=True)
class Size:
    """How large a generated library is."""

    sources: int
    notes: int

    def __str__(self):
        return f"{self.sources:,} sources".replace(",", "\u202f")

    @property
    def name(self):
        """The name under which it is kept, anew where what fills it has changed."""
        made_by = hashlib.sha256()
        for pattern in MADE_BY:
            for file in sorted(ROOT.glob(pattern)):
                made_by.update(file.read_bytes())
        return f"{self.stem}{made_by.hexdigest()[:8]}"

    @property
    def stem(self):
        return f"{self.sources}-{self.notes}-{SEED}-"


class SQLite:
    """Databases that are files of one folder; kept ones stand under build/bench."""

    name = "SQLite"
    pid = None

    def __init__(self, folder):
        self.folder = folder

    def version(self):
        return sqlite3.sqlite_version

    def empty(self, name):
        """The address of a new database."""
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()
        return self.address(name)

    def address(self, name):
        return f"sqlite:///{self.folder / name}.sqlite3"

    def has(self, kept):
        return self._kept(kept).exists()

    def keep(self, name, kept):
        """Keep a database that nobody uses any more."""
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.move(self.folder / f"{name}.sqlite3", self._kept(kept))

    def copy(self, kept, name):
        """The address of a copy of what is kept."""
        address = self.empty(name)
        shutil.copy(self._kept(kept), self.folder / f"{name}.sqlite3")
        return address

    def forget(self, stem, but):
        """Take out what was kept of an earlier making."""
        for file in KEPT.glob(f"{stem}*.sqlite3"):
            if file.stem != but:
                file.unlink()

    def _kept(self, kept):
        return KEPT / f"{kept}.sqlite3"


class PostgreSQL:
    """Databases of a running `postgres.Cluster`."""

    name = "PostgreSQL"

    def __init__(self, cluster):
        self.cluster, self.pid = cluster, cluster.pid

    def version(self):
        return self.cluster.version()

    def empty(self, name):
        """The address of a new database."""
        self.cluster.create(name)
        return self.address(name)

    def address(self, name):
        return self.cluster.address(name)

    def has(self, kept):
        return kept in self.cluster.names()

    def keep(self, name, kept):
        """Keep a database that nobody uses any more."""
        self.cluster.rename(name, kept)

    def copy(self, kept, name):
        """The address of a copy of what is kept."""
        self.cluster.create(name, of=kept)
        return self.address(name)

    def forget(self, stem, but):
        """Take out what was kept of an earlier making."""
        for name in self.cluster.names():
            if name.startswith(stem) and name != but:
                self.cluster.drop(name)


def curated(engine, folder):
    """(environment of a site with the curated library, seconds of its two loads).

    The seconds are those of the whole command, the second time with nothing to load.
    """
    env = environment(folder, engine.empty("curated"))
    manage(env, "migrate", "--verbosity=0")
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        manage(env, "load_library")
        seconds.append(time.perf_counter() - start)
    return env, seconds


def make(engines, folder, size):
    """Make the generated library on those where it is not kept, side by side.

    It takes minutes, and nothing else is measured meanwhile.
    """
    lacking = [engine for engine in engines if not _is_kept(engine, size)]
    with ThreadPoolExecutor(max_workers=len(engines)) as pool:
        list(pool.map(partial(_make, folder=folder, size=size), lacking))


def _is_kept(engine, size):
    return engine.has(size.name) and _said(engine, size).exists()


def _said(engine, size):
    """Where it is kept how long the making took."""
    return KEPT / f"{size.name}.{engine.name}.json"


def _make(engine, folder, size):
    engine.forget(size.stem, but="")
    env = environment(folder, engine.empty("filled"))
    manage(env, "migrate", "--verbosity=0")
    given = {"sources": size.sources, "notes": size.notes, "seed": SEED}
    seconds = within.ask("filling", env, **given)
    engine.keep("filled", size.name)
    said = _said(engine, size)
    said.parent.mkdir(parents=True, exist_ok=True)
    said.write_text(json.dumps(seconds))


def generated(engine, folder, size):
    """(environment of a site with a copy of the library of `make`, its seconds)."""
    env = environment(folder, engine.copy(size.name, "generated"))
    return env, json.loads(_said(engine, size).read_text())


def new_folder():
    """A folder of one run, gone after it."""
    return tempfile.TemporaryDirectory(prefix="studyhall-bench-")


def collect_static(folder):
    """Production's static files, which every site of the run serves."""
    env = environment(Path(folder), f"sqlite:///{Path(folder) / 'none.sqlite3'}")
    manage(env, "collectstatic", "--noinput")
