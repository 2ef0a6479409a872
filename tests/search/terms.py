"""What the searches of `terms.json` find in the curated library now.

Run it by `python -m tests.search.terms`: it names the searches that find something
else than is written there, and with `--write` it writes what they find. A database
of its own is made and goes again, as for a test.
"""

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import django
from django.test.runner import DiscoverRunner
from django.utils.module_loading import import_string

TERMS = Path(__file__).with_name("terms.json")
MOST = 1000


def expected():
    """For each search what it finds, as it is written."""
    return json.loads(TERMS.read_text(encoding="utf-8"))


def found(results):
    """What was found: the kind and the library's name of each, in order."""
    names = [f"{hit.kind} {hit.record.library_name}" for hit in results.hits]
    return (["near"] if results.is_loose else []) + names


def written(answers):
    """The answers as the file holds them."""
    return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def database():
    """An empty database, which goes at the end."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(made)


def answers(queries):
    """For each search what it finds in the library of this database."""
    search = import_string("sources.search.find")
    return {query: found(search(query, None, size=MOST)) for query in queries}


def differences(before, now):
    """A line for each search that finds something else, or in another order."""
    for query in before:
        if now[query] != before[query]:
            lost = [name for name in before[query] if name not in now[query]]
            new = [name for name in now[query] if name not in before[query]]
            yield f"{query}: no more {lost}, now {new}"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    before = expected()
    with database():
        import_string("sources.loader.load")()
        now = answers(before)
    lines = list(differences(before, now))
    print(*lines, f"{len(lines)} of {len(before)} find something else.", sep="\n")
    if sys.argv[1:] == ["--write"]:
        TERMS.write_text(written(now), encoding="utf-8")


if __name__ == "__main__":
    main()
