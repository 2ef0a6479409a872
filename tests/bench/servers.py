"""The servers of the bench: production's, on one core, with a library of their own."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from tests.bench.load import NotServed, fetch

ROOT = Path(__file__).resolve().parents[2]
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
KEPT = ROOT / "build" / "bench"
MADE_BY = ("generat*.py", "filler.py", "search_tables.py", "search/documents.py")
MADE_BY = (*MADE_BY, "migrations/*.py")
PATIENCE = 20  # seconds for a server to answer its first page


def environment(folder):
    """The environment of a production site whose files are all in this folder."""
    ours = {
        "STUDYHALL_ENV": "production",
        "SECRET_KEY": "a-key-for-the-bench-alone-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "BENCH_PAGES": str(folder / "pages"),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | ours


def prepare(folder, sources):
    """A migrated database with the curated library, or so many generated sources."""
    manage(folder, "collectstatic", "--noinput")
    if sources:
        shutil.copy(generated(sources), folder / "bench.sqlite3")
    else:
        manage(folder, "migrate", "--verbosity=0")
        manage(folder, "load_library")


def generated(sources, seed=1):
    """The database of so many generated sources, made once and kept for other runs.

    Made anew where the tables, or what fills them, are others than they were.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    made_by = hashlib.sha256()
    for pattern in MADE_BY:
        for file in sorted((ROOT / "sources").glob(pattern)):
            made_by.update(file.read_bytes())
    name = f"{sources}-{seed}-{made_by.hexdigest()[:8]}.sqlite3"
    if not (KEPT / name).exists():
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            manage(Path(folder), "migrate", "--verbosity=0")
            filling = f"--sources={sources}", f"--seed={seed}"
            manage(Path(folder), "generate_library", *filling)
            (Path(folder) / "bench.sqlite3").rename(KEPT / name)
    return KEPT / name


def manage(folder, *arguments):
    """Run a command of manage.py; raises CalledProcessError, its words on stderr."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def serving(folder, application, path):
    """Serve a WSGI application while the body runs; gives the port that answers."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--workers=1"]
    command += ["--no-ws", "--no-access-log", "--log-level=error"]
    command += ["--host=127.0.0.1", f"--port={port}", application]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(folder))
    try:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(server.pid, CORES[:1])
        _wait_for(server, port, path)
        yield port
    finally:
        _stop(server)


def _stop(server):
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(server, port, path):
    """Return when the path is served; raises NotServed when it never is."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            return fetch(port, path)
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise NotServed(f"The server did not answer {path} within {PATIENCE} seconds.")
