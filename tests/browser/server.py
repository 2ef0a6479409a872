"""The site as in production, in a process of its own, with the curated library."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until the site must answer


def environment(folder):
    """Production on plain HTTP, with its own SQLite and static files in `folder`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CACHE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE"}
    }
    return kept | {
        "STUDYHALL_ENV": "production",
        "HTTPS": "0",
        "SECRET_KEY": "a-key-for-the-browser-tests-alone-" + "0123456789" * 3,
        "ALLOWED_HOSTS": "127.0.0.1",
        "STUDYHALL_SQLITE": str(folder / "library.sqlite3"),
        "STATIC_ROOT": str(folder / "static"),
    }


def manage(settings, *arguments):
    """Run one command to its end; raises with what it said where it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=settings, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process):
    """Until the site answers; raises RuntimeError where it ends or stays silent."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except OSError:  # it refuses, or takes its time
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site does not answer at {address}.")


@cache
def prepared():
    """A folder with the library loaded and the static files collected, made once."""
    folder = Path(tempfile.mkdtemp(prefix="studyhall-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = environment(folder)
    # With the tables of every further app, for the site that has it.
    manage(settings | {"SECOND_FACTOR": "1"}, "migrate", "--verbosity=0")
    manage(settings, "load_library")
    manage(settings, "collectstatic", "--no-input", "--verbosity=0")
    return folder


def copy_prepared(folder):
    """What a site starts from, in a folder of its own."""
    for file in prepared().glob("library.sqlite3*"):
        shutil.copy(file, folder)
    (folder / "static").symlink_to(prepared() / "static")


@contextmanager
def running(folder, **more):
    """Load the library, serve it, and hand over the site's address.

    `more` are further variables of its environment.
    """
    settings = environment(folder) | more
    copy_prepared(folder)
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "manage.py", "runserver", "--noreload"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, address.removeprefix("http://")],
            cwd=PROJECT,
            env=settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
