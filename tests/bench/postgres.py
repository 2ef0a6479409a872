"""A PostgreSQL of the bench's own, as it comes: what is committed is on the disk.

Its cluster stays under build/bench, so that what was generated is there the next time.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.bench import processes

OWNER = "postgres"  # who runs it where we are root, which it refuses to be
MISSING = "not measured: no PostgreSQL here"


class NoPostgres(Exception):
    """There is none on this machine, or it does not start."""


def programs():
    """The folder of its programs. Raises NoPostgres."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)[::-1]:
        if (found / "initdb").exists():
            return found
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoPostgres(MISSING)
    return Path(on_path).resolve().parent


def _version(folder):
    name = folder.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0


@contextmanager
def running(folder, cores):
    """Let it run on these cores while the body does; gives a Cluster.

    Raises NoPostgres.
    """
    bin_folder = programs()
    sockets = Path(tempfile.mkdtemp(prefix="studyhall-bench-pg-"))
    try:
        own(folder)
        own(sockets)
        if not (folder / "db" / "PG_VERSION").exists():
            initial = ["-U", "studyhall", "-A", "trust", "-E", "UTF8"]
            run(
                [bin_folder / "initdb", "-D", "db", *initial, "--locale=C.UTF-8"],
                folder,
            )
        options = f"-c listen_addresses='' -c unix_socket_directories={sockets}"
        options += " -c max_wal_size=4GB"  # filling it is one large transaction
        start = [bin_folder / "pg_ctl", "-D", "db", "-w", "-l", "log", "-o", options]
        run([*start, "start"], folder)
        try:
            cluster = Cluster(bin_folder, folder, sockets)
            processes.pin(cluster.pid, cores)
            yield cluster
        finally:
            run([bin_folder / "pg_ctl", "-D", "db", "-m", "fast", "-w", "stop"], folder)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


class Cluster:
    """A running PostgreSQL, and the databases in it."""

    def __init__(self, bin_folder, folder, sockets):
        self.bin_folder, self.folder, self.sockets = bin_folder, folder, sockets
        self.pid = int((folder / "db" / "postmaster.pid").read_text().split()[0])

    def address(self, name):
        return f"postgres://studyhall@{quote(str(self.sockets), safe='')}/{name}"

    def names(self):
        """The databases that are there."""
        return self.sql("SELECT datname FROM pg_database").split()

    def create(self, name, of="template0"):
        """A database that is a copy of another; in the place of one of that name."""
        self.drop(name)
        quickly = "STRATEGY file_copy" if float(self.version()) >= 15 else ""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{of}" {quickly}')

    def rename(self, name, to):
        self.sql(f'ALTER DATABASE "{name}" RENAME TO "{to}"')

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def version(self):
        return self.sql("SHOW server_version").split()[0]

    def sql(self, statement):
        """What one statement answers, as text."""
        command = [
            self.bin_folder / "psql",
            "-X",
            "-h",
            self.sockets,
            "-U",
            "studyhall",
        ]
        return run([*command, "-d", "postgres", "-Atqc", statement], self.folder)


def own(folder):
    """A folder that its owner may write in."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)


def run(command, folder):
    """Run one of its programs; what it says. Raises NoPostgres with what went wrong.

    It says it into a file: a server that it starts keeps that open, and no pipe ends.
    """
    user = {"user": OWNER} if os.geteuid() == 0 else {}
    command = list(map(str, command))
    with tempfile.TemporaryFile("w+") as file:
        try:
            done = subprocess.run(
                command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, **user
            )
        except OSError as problem:
            raise NoPostgres(f"not measured: {problem}") from problem
        file.seek(0)
        said = file.read()
    if done.returncode:
        raise NoPostgres(f"not measured: PostgreSQL does not run: {said}")
    return said
