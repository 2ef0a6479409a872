"""A folder to dump the library into, and the library as files could tell it."""

import shutil
import tempfile
from pathlib import Path

from django.db import transaction
from django.test import TestCase

from sources import loader
from sources.changes import kept_state
from sources.dumper import dump
from sources.library_names import in_files
from sources.library_values import VALUES
from sources.models import Position

OWN = {"id", "creation_key", "first_published_at", "library_name", "version"}


def library():
    """Every record as the files could tell it: names where the database has ids."""
    found = {model: in_files(model) for model in VALUES}
    names = {
        model: {row.pk: name for name, row in rows.items()}
        for model, rows in found.items()
    }
    return {
        (model.__name__, name): _told(model, kept_state(row), names)
        for model, rows in found.items()
        for name, row in rows.items()
    }


def _told(model, state, names):
    told = {}
    for key, value in state.items():
        if key in OWN:
            continue
        field = model._meta.get_field(key)
        if key in getattr(model, "parts", ()):
            told[key] = [_told(field.related_model, row, names) for row in value]
        elif key == "reconciles":
            told[key] = sorted(names[Position][pk] for pk in value)
        elif field.is_relation:
            told[key] = names.get(field.related_model, {}).get(value)
        else:
            told[key] = value
    return told


class DumpCase(TestCase):
    def setUp(self):
        self.above = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.above)
        self.folder = self.above / "dump"

    def read(self, folder=None):
        """The text of each file in a folder, by its path there."""
        folder = folder or self.folder
        return {
            path.relative_to(folder).as_posix(): path.read_bytes().decode()
            for path in folder.rglob("*.toml")
        }

    def assert_comes_back(self, load):
        """What `load` brings is dumped, and comes back the same in both ways."""
        with transaction.atomic():
            load()
            before = library()
            outcome = dump(self.folder)
            self.assertEqual(dict(outcome.lost), {})
            counts = loader.load(self.folder).counts
            self.assertEqual(counts, {"unchanged": outcome.written})
            dump(self.above / "again")
            transaction.set_rollback(True)
        self.assertEqual(self.read(self.above / "again"), self.read())
        self.assertEqual(library(), {})
        loader.load(self.folder)
        self.assertEqual(library(), before)
        dump(self.above / "third")
        self.assertEqual(self.read(self.above / "third"), self.read())
