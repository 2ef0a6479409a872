"""The site as in production, and a PostgreSQL that can be killed."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.browser import server

WORKERS = 2
READERS = 24
LONG = 300  # seconds: the machine may be slow, but it is not for ever


def children(pid):
    """The processes that this one has started, as their numbers."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended meanwhile
            continue
        if int(parent) == pid:
            found.append(int(stat.parent.name))
    return found


def kill(*pids):
    """As when a machine has no memory left: nobody is asked."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def until(is_so, seconds, what):
    """Wait until a function says yes; returns the seconds. Raises TimeoutError."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(what)
        time.sleep(0.05)
    return time.monotonic() - begun


class Cluster:
    """A PostgreSQL of its own: started, and killed as by a loss of power.

    What the kernel was given survives the processes, so no disk is waited for.
    """

    def __init__(self, folder):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        programs = [shutil.which("initdb"), *found]
        self.programs = Path([each for each in programs if each][-1]).parent
        self.folder, self.data, self.process = folder, folder / "db", None
        self.owner = {}
        if os.geteuid() == 0:  # for whom PostgreSQL does not run
            self.owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        making = ["-D", self.data, "-U", "studyhall", "-A", "trust", "-E", "UTF8"]
        self.run("initdb", *making, "--no-sync")

    @staticmethod
    def is_here():
        """Whether this machine has PostgreSQL."""
        found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
        return bool(found or shutil.which("initdb"))

    @property
    def address(self):
        return f"postgres://studyhall@{str(self.folder).replace('/', '%2F')}/postgres"

    def run(self, program, *arguments):
        """What a program of PostgreSQL says; raises CalledProcessError."""
        command = [self.programs / program, *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
            **self.owner,
        )
        return done.stdout.strip()

    def start(self):
        """Return when it takes connections; it is a child of ours, to be waited for."""
        more = ["-c", "listen_addresses=", "-k", self.folder, "-c", "fsync=off"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *more],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                **self.owner,
            )
        until(self.answers, LONG, "PostgreSQL does not start.")

    def answers(self):
        """Whether it takes connections."""
        asked = [self.programs / "pg_isready", "-q", "-h", self.folder]
        return subprocess.run(asked, check=False).returncode == 0

    def kill(self):
        """Kill the postmaster and every backend; return when all are gone."""
        backends = children(self.process.pid)
        kill(self.process.pid, *backends)
        self.process.wait()
        until(lambda: not any(map(is_alive, backends)), LONG, "PostgreSQL lives on.")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=LONG)

    def ask(self, statement):
        """Run one statement as its owner, outside the site's database."""
        who = ["-h", self.folder, "-U", "studyhall", "-d", "template1"]
        return self.run("psql", *who, "-qAt", "-c", statement)


def is_alive(pid):
    """Whether a process runs; one that ended and was not fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@cache
def static_files():
    """A folder with the static files of production, made once."""
    folder = Path(tempfile.mkdtemp(prefix="studyhall-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = server.environment(folder)
    server.manage(settings, "collectstatic", "--no-input", "--verbosity=0")
    return folder / "static"


@cache
def sqlite_file():
    """A migrated SQLite database with a source and readers, made once."""
    folder = Path(tempfile.mkdtemp(prefix="studyhall-faults-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Site(folder).fill()
    return folder


class Site:
    """One site: its variables, its database, and its server while it runs."""

    def __init__(self, folder, **more):
        self.folder = folder
        self.settings = server.environment(folder) | {"LOG": "text"} | more
        self.settings["STATIC_ROOT"] = str(static_files())
        self.port, self.process = server.free_port(), None

    @classmethod
    def on_sqlite(cls, folder, **more):
        """One whose SQLite database is filled."""
        for file in sqlite_file().glob("*"):
            if file.is_file():
                shutil.copy(file, folder)
        return cls(folder, **more)

    def fill(self):
        server.manage(self.settings, "migrate", "--verbosity=0")
        self.inside("prepare", READERS)

    def inside(self, name, *arguments):
        """Call a function of `people` in the site; returns what it wrote."""
        said = self.folder / f"{name}.json"
        given = ", ".join(repr(each) for each in (str(said), *arguments))
        lines = f"from tests.faults import people; people.{name}({given})"
        server.manage(self.settings, "shell", "-c", lines)
        return self.said(name)

    def said(self, name):
        return json.loads((self.folder / f"{name}.json").read_text())

    def workers(self):
        """The numbers of the processes that answer."""
        return [pid for pid in children(self.process.pid) if is_alive(pid)]

    def has_renewed(self, before):
        """Whether all its workers run, and none of those that ran before."""
        now = self.workers()
        return len(now) == WORKERS and not {*now} & {*before}

    @contextmanager
    def running(self):
        """Serve with granian, as `make production` does."""
        command = [sys.executable, "-m", "granian", "--interface=wsgi", "--no-ws"]
        command += ["--host=127.0.0.1", f"--port={self.port}", "--blocking-threads=8"]
        command += [f"--workers={WORKERS}", "--respawn-failed-workers"]
        command += ["--log-level=error", "studyhall.wsgi:application"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=server.PROJECT,
                env=self.settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            server.wait_for(f"http://127.0.0.1:{self.port}/healthz", self.process)
            yield self
        finally:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                kill(self.process.pid, *children(self.process.pid))
                self.process.wait()
