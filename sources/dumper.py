"""Write the library's files from the database, so that a load finds nothing to do.

The files are those that `sources.loader` reads. A dump writes nothing in the
database; a record that was made here gets a name (`library_names`), by which a load
finds it again. Steps and claims are numbered anew, from 1.
"""

import pathlib
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.db import transaction
from django.db.models import prefetch_related_objects

from sources import changes, library_files, toml
from sources.library_names import in_files
from sources.library_values import VALUES
from sources.models import (
    Author,
    Change,
    Essay,
    FormerAddress,
    Path,
    Position,
    Question,
    Revision,
    Source,
    State,
    Topic,
    Work,
)

# Where each kind is written, and the keys of its file. A folder has a file for each
# record; a file that holds several records has a table for each.
PLACES = {
    Author: ("authors.toml", library_files.AUTHOR),
    Topic: ("topics.toml", library_files.TOPIC),
    Question: ("", library_files.QUESTION),
    Position: ("positions", library_files.POSITION),
    Work: ("works", library_files.WORK),
    Source: ("sources", library_files.SOURCE),
    Path: ("paths", library_files.PATH),
    Essay: ("essays", library_files.ESSAY),
}
PREFETCHED = {
    Work: ["titles"],
    Position: ["reconciles"],
    Source: ["texts", "bearings", "topic_links", "citations_made"],
    Path: ["steps__source"],
    Essay: ["claims"],
}


class DumpError(Exception):
    """The library cannot be written there, in one sentence."""


@dataclass
class Outcome:
    """What a dump did: how many records it wrote, and what no file can hold.

    `lost` has the names of the records for each sentence about what is left out.
    """

    written: int = 0
    lost: dict = field(default_factory=lambda: defaultdict(list))

    def lose(self, what, name):
        """Note, once, that no file can hold this of a record."""
        names = self.lost[what]
        if name not in names[-1:]:  # records come one after the other
            names.append(name)

    def __str__(self):
        return f"{self.written} records written"


def dump(folder):
    """Write the whole library into an empty or missing folder; the Outcome.

    Raises DumpError where the folder holds anything or cannot be written, or where
    there is no question. The files are written when all is read.
    """
    folder = pathlib.Path(folder)
    try:
        _refuse_unless_empty(folder)
        with transaction.atomic():
            changes.hold()  # nobody writes while it is read
            dumping = Dumping()
        _write(folder, dumping.files())
    except OSError as error:
        raise DumpError(f"{folder} cannot be written: {error.strerror}.") from error
    return dumping.outcome


def _write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _refuse_unless_empty(folder):
    if folder.is_dir():
        if any(folder.iterdir()):
            raise DumpError(f"{folder} is not empty: give an empty or a new folder.")
    elif folder.exists():
        raise DumpError(f"{folder} is no folder.")


class Dumping:
    """One dump: all records with their names, read when it is made."""

    def __init__(self):
        self.outcome = Outcome()
        self.commentators = {}
        found = {model: in_files(model) for model in VALUES}
        self.question = found[Question].get("question")
        if self.question is None:
            raise DumpError("The library has no question: there is nothing to write.")
        for model, relations in PREFETCHED.items():
            prefetch_related_objects(list(found[model].values()), *relations)
        self.records = {
            model: {name: row for name, row in rows.items() if self._holds(name, row)}
            for model, rows in found.items()
        }
        self.names = {
            model: {row.pk: name for name, row in rows.items()}
            for model, rows in self.records.items()
        }

    def name(self, model, pk):
        """The name of a record in the files; "" if it has none there, or for None."""
        return self.names[model].get(pk, "")

    def lose(self, what, record):
        """Note that no file can hold this of a record."""
        self.outcome.lose(what, self.name(type(record), record.pk))

    def _holds(self, name, record):
        """Whether the files can hold a record at all: they are loaded as published."""
        reason = ""
        if isinstance(record, Question) and record != self.question:
            reason = "other questions"
        elif isinstance(record, Position | Path | Essay) and (
            record.question_id != self.question.pk
        ):
            reason = "positions, paths and essays of another question"
        elif isinstance(record, Topic | Path | Essay) and not record.is_published:
            reason = f"{record._meta.verbose_name_plural} that are not published"
        elif isinstance(record, Path) and not _is_open(record):
            reason = "paths with a step on an unpublished source"
        if reason:
            self.outcome.lose(reason, name)
        return not reason

    def files(self):
        """The text of each file, by its path in the folder."""
        values = {
            model: {name: VALUES[model](row, self) for name, row in rows.items()}
            for model, rows in self.records.items()
        }
        self._break_circles(values[Source])
        self._note_names()
        self.outcome.written = sum(map(len, values.values()))
        files = {"commentators.toml": self._table(self.commentators)}
        for model, (place, keys) in PLACES.items():
            if place.endswith(".toml"):
                files[place] = self._in_one_file(place, keys, values[model])
                continue
            for name, row in values[model].items():
                path = f"{place}/{name}.toml".removeprefix("/")
                files[path] = toml.written(self._checked(path, keys, row))
        return files

    def _table(self, tables):
        commentator = library_files.COMMENTATOR
        return self._in_one_file("commentators.toml", commentator, tables)

    def _in_one_file(self, file, keys, tables):
        """A file with a table for each record, in the order of their numbers."""
        in_order = sorted(tables, key=lambda name: (tables[name].get("order", 0), name))
        return toml.written(
            {name: self._checked(file, keys, tables[name]) for name in in_order}
        )

    def _checked(self, file, keys, values):
        """The values that are written, in the order of the keys, empty ones left out.

        What a load would read otherwise than it stands here is noted.
        """
        table = _in_order(keys, values)
        read = keys.check(file, tomllib.loads(toml.written(table)))
        if library_files.said(read) != library_files.said(table):
            what = "white space at an end, and signs that are never stored"
            self.outcome.lose(what, file)
        return table

    def _break_circles(self, sources):
        """Leave out a citation of each circle: files in a circle do not load."""
        graph = {
            name: [row["source"] for row in values["citations"]]
            for name, values in sources.items()
        }
        while circle := _circle_in(graph):
            cited, citing = circle[:2]
            rows = sources[citing]["citations"]
            kept = [row for row in rows if row["source"] != cited]
            sources[citing]["citations"] = kept
            graph[citing] = [row["source"] for row in kept]
            self.outcome.lose("citations that close a circle", citing)

    def _note_names(self):
        """Say where the address here is another than the name in the files."""
        for rows in self.records.values():
            for name, row in rows.items():
                slug = getattr(row, "slug", name)
                if slug != name and not isinstance(row, Question):
                    self.lose("addresses that are not the file's name", row)


def kept_here():
    """How many (changes, revisions of texts, former addresses) no file holds."""
    return tuple(model.objects.count() for model in (Change, Revision, FormerAddress))


def _is_open(path):
    return all(step.source.state == State.PUBLISHED for step in path.steps.all())


def _in_order(keys, values):
    """The values in the order of the keys, without what need not be said."""
    kept = {}
    for key in [*keys.required, *keys.optional, *keys.tables]:
        value = values.get(key)
        if key in keys.tables and isinstance(value, list):
            value = [_in_order(keys.tables[key], row) for row in value]
        elif key in keys.tables and value:
            value = _in_order(keys.tables[key], value)
        if key in keys.required or library_files.said({key: value}):
            kept[key] = value
    return kept


def _circle_in(graph):
    """The names of a circle in a graph, each before what names it; [] if none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []
