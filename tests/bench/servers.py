"""The servers of the bench: production's, on one core."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import processes
from tests.bench.load import NotServed, fetch, get

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8  # of the server, as `make production` has it
PATIENCE = 60  # seconds for a server to answer its first page
SITE = "studyhall.wsgi:application"
BARE = "tests.bench.bare:application"
STORING = "tests.bench.storing:application"


@dataclass(frozen=True)
class Server:
    """A server that answers at `port`; `pid` is the first of its processes."""

    port: int
    pid: int
    started_in: float  # seconds from its start to its first answer


def environment(folder, database):
    """A production site's on plain HTTP, with its other files in this folder."""
    ours = {
        "STUDYHALL_ENV": "production",
        "SECRET_KEY": "a-key-for-the-bench-alone-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "DATABASE_URL": database,
        "STATIC_ROOT": str(folder / "static"),
        "BENCH_PAGES": str(folder / "pages"),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | ours


def manage(env, *arguments):
    """Run a command of manage.py; raises CalledProcessError, its words on stderr."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def serving(env, application, path, status=200):
    """Serve a WSGI application while the body runs; gives the Server.

    It is there when it answers `path`. Raises NotServed where it never does.
    """
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--workers=1"]
    command += ["--no-ws", "--no-access-log", "--log-level=error"]
    command += [f"--blocking-threads={THREADS}"]
    command += ["--host=127.0.0.1", f"--port={port}", application]
    with tempfile.TemporaryFile("w+") as log:
        start = time.perf_counter()
        said = {"stdout": log, "stderr": subprocess.STDOUT}
        server = subprocess.Popen(command, cwd=ROOT, env=env, **said)
        try:
            processes.pin(server.pid, processes.CORES[0])
            if not _is_served(server, port, path, status):
                log.seek(0)
                raise NotServed(f"The server did not answer {path}. {log.read()}")
            yield Server(port, server.pid, time.perf_counter() - start)
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


def _is_served(server, port, path, status):
    """Wait until the path is served; False where it never is."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            fetch(port, get(path), status)
        except ConnectionError:
            time.sleep(0.005)
        else:
            return True
    return False
