"""Run one part of the bench inside the site's own Django, on the database it names.

    DATABASE_URL=… python -m tests.bench.within tests.bench.filling '{"sources": 5}'

Calls that module's `measured` with what is given, and prints what it returns, as JSON.
"""

import json
import os
import subprocess
import sys
from importlib import import_module

import django

from tests.bench.servers import ROOT


def ask(part, environment, **given):
    """What a part of the bench returns, from a process of its own.

    Raises CalledProcessError, the part's own words on stderr.
    """
    done = subprocess.run(
        [sys.executable, "-m", __name__, f"tests.bench.{part}", json.dumps(given)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")
    django.setup()
    part, given = sys.argv[1:]
    print(json.dumps(import_module(part).measured(**json.loads(given))))


if __name__ == "__main__":
    main()
