"""Load the curated library from its files: all of it, or nothing.

Loading twice changes nothing. What an editor has changed here since the last load
is kept, and named; `overwrite` says otherwise.
"""

import pathlib
from collections import Counter
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from sources import changes, statistics
from sources.library_files import LibraryError, read_library
from sources.library_names import in_files
from sources.library_writers import WRITERS
from sources.models import (
    Author,
    Change,
    Essay,
    Path,
    Position,
    Question,
    Source,
    Topic,
    Work,
)

LIBRARY = pathlib.Path(__file__).parent / "library"
WHY = "Loaded from the curated library"


@dataclass
class Outcome:
    """What a load did: how many records of each outcome, and which were kept."""

    counts: Counter = field(default_factory=Counter)
    kept: list = field(default_factory=list)

    def __str__(self):
        counts = self.counts
        return (
            f"{counts['added']} added, {counts['changed']} changed, "
            f"{counts['unchanged']} unchanged, {counts['kept']} kept as edited here"
        )


def load(folder=LIBRARY, overwrite=False):
    """Load a folder of the library in one transaction; the Outcome is returned.

    Raises LibraryError, which names file, key and reason; then nothing is loaded.
    """
    library = read_library(pathlib.Path(folder))
    with transaction.atomic():
        changes.hold()  # what is read from here on is what is written over
        outcome = Loading(library, overwrite).run()
        if outcome.counts["added"] or outcome.counts["changed"]:
            statistics.refresh(connection)
        return outcome


class Loading:
    """One load: what is there already, and what has been found in the files."""

    def __init__(self, library, overwrite):
        self.library = library
        self.overwrite = overwrite
        self.outcome = Outcome()
        self.last = {
            (kind, record_id): (number, digest)
            for kind, record_id, number, digest in Change.objects.exclude(loaded="")
            .order_by("pk")
            .values_list("kind", "record_id", "number", "loaded")
        }
        self.found = {model: in_files(model) for model in WRITERS}
        self.unnamed = {
            (source.work_id, source.address, source.part): source
            for source in self.found[Source].values()
            if not source.library_name
        }

    def run(self):
        library = self.library
        for model, entries in (
            (Author, library.authors),
            (Work, _in_order(library.works, lambda values: [values.get("explains")])),
            (Topic, _in_order(library.topics, lambda values: [values.get("parent")])),
            (Question, [library.question]),
            (Position, _in_order(library.positions, _reconciled)),
            (Source, _in_order(library.sources, _cited)),
            (Path, library.paths),
            (Essay, library.essays),
        ):
            for entry in entries:
                self.load_one(model, entry)
        return self.outcome

    def load_one(self, model, entry):
        """Add, change or leave one record, as its file and its history say."""
        record = self.record_of(model, entry)
        self.found[model][entry.name] = record
        is_new = record.pk is None
        number, digest = self.last.get((model._meta.model_name, record.pk), (None, ""))
        edited = not is_new and record.version != number
        if edited and not self.overwrite:
            self.outcome.counts["kept"] += 1
            self.outcome.kept.append(f"{entry.file} ({entry.name})")
            return
        if not is_new and not edited and digest == self.digest_of(entry):
            self.outcome.counts["unchanged"] += 1
            return
        self.write(record, entry)
        self.outcome.counts["added" if is_new else "changed"] += 1

    def record_of(self, model, entry):
        """The record that an entry is about, or a new one.

        One that was made here, and stands where the entry would, is taken for it:
        it counts as edited here.
        """
        record = self.found[model].get(entry.name)
        if record is None and model is Source:
            work = self.found[Work].get(entry.values["work"])
            place = entry.values["address"], entry.values.get("part", "")
            record = self.unnamed.get((work and work.pk, *place))
        return record or model()

    def digest_of(self, entry):
        """The file's digest; a work's holds its commentator's names, not their key."""
        ways = self.library.commentators.get(entry.values.get("commentator"))
        return type(entry)("", "", {**entry.values, "commentator": ways}).digest

    def write(self, record, entry):
        record.library_name = entry.name
        try:
            with changes.change(
                record,
                opened=record.version,
                why=WHY,
                loaded=self.digest_of(entry),
            ):
                WRITERS[type(record)](record, entry, self)
        except ValidationError as error:
            raise _as_library_error(entry, error) from error
        except IntegrityError as error:
            raise entry.error("", f"the database refuses it: {error}") from error

    def named(self, entry, key, model, name):
        """The record of this name in the library. Raises LibraryError if none."""
        record = self.found[model].get(name)
        if record is None:
            kind = model._meta.verbose_name
            raise entry.error(key, f"there is no {kind} “{name}” in the library.")
        return record


def _as_library_error(entry, error):
    if hasattr(error, "error_dict"):
        key, reasons = next(iter(error.message_dict.items()))
        return entry.error("" if key == "__all__" else key, reasons[0])
    return entry.error("", error.messages[0])


def _reconciled(values):
    return values.get("reconciles", [])


def _cited(values):
    return [citation["source"] for citation in values.get("citations", [])]


def _in_order(entries, needs):
    """The entries so that each comes after those that it names."""
    by_name = {entry.name: entry for entry in entries}
    graph = {
        entry.name: [name for name in needs(entry.values) if name in by_name]
        for entry in entries
    }
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle = error.args[1]
        files = ", ".join(by_name[name].file for name in circle[:-1])
        raise LibraryError(files, "", "these name each other in a circle.") from error
