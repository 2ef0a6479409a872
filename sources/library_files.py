"""The curated library's files: TOML that a person can read and edit.

Each kind of file is a set of keys; anything else in it is refused with a sentence
that names the file and the key.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass

from sources.text import clean_text


class LibraryError(Exception):
    """A file of the library is wrong: which one, which key, and why."""

    def __init__(self, file, key, reason):
        where = f"{file}: {key}: " if key else f"{file}: "
        super().__init__(f"{where}{reason}")


@dataclass(frozen=True)
class Entry:
    """One record as its file says it: `name` is its library name."""

    file: str
    name: str
    values: dict

    @property
    def digest(self):
        """The digest of what the file says, however it is written."""
        text = json.dumps(said(self.values), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def error(self, key, reason):
        return LibraryError(self.file, key, reason)


def said(table):
    """What a table says: no empty value, no default, unordered lists sorted.

    Two tables of which this is equal make equal records. Bounds are left as they
    stand: an empty list may mean something there.
    """
    kept = {}
    for key, value in table.items():
        if key in LISTED:
            value = [said(row) for row in value]
        elif isinstance(value, dict) and key != "bounds":
            value = said(value)
        if key in UNORDERED:
            value = sorted(value, key=str)
        if value != DEFAULTS.get(key) and value not in ("", [], {}, None):
            kept[key] = value
    return kept


@dataclass(frozen=True)
class Keys:
    """The keys that a table may have, and the type of each."""

    required: dict
    optional: dict
    tables: dict

    def check(self, file, table, within=""):
        """The table with every string cleaned. Raises LibraryError."""
        if not isinstance(table, dict):
            raise LibraryError(file, within, "must be a table.")
        for key in self.required:
            if key not in table:
                raise LibraryError(file, within + key, "is missing.")
        return {
            key: self._check_one(file, key, value, within)
            for key, value in table.items()
        }

    def _check_one(self, file, key, value, within):
        kinds = {**self.required, **self.optional}
        if key in self.tables:
            below = self.tables[key]
            is_many = key in LISTED
            if isinstance(value, list) is not is_many:
                kind = "list of tables" if is_many else "table"
                raise LibraryError(file, within + key, f"must be a {kind}.")
            if is_many:
                return [
                    below.check(file, row, f"{within}{key}[{number}].")
                    for number, row in enumerate(value, 1)
                ]
            return below.check(file, value, f"{within}{key}.")
        if key not in kinds:
            known = ", ".join(sorted([*kinds, *self.tables]))
            raise LibraryError(
                file, within + key, f"is not a key here. The keys are: {known}."
            )
        kind = kinds[key]
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            raise LibraryError(file, within + key, f"must be a {NAMES[kind]}.")
        if key in LISTS_OF_STRINGS and not all(isinstance(row, str) for row in value):
            raise LibraryError(file, within + key, "must be a list of strings.")
        return _cleaned(value)


LISTS_OF_STRINGS = {"topics", "reconciles", "events", "names_en", "names_he"}
LISTED = {"titles", "bearings", "citations", "steps", "claims"}
UNORDERED = {"topics", "reconciles", "titles"}
DEFAULTS = {"attribution": "secure", "order": 0}
NAMES = {str: "string", int: "whole number", list: "list", dict: "table", bool: "bool"}


def _cleaned(value):
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, list):
        return [_cleaned(row) for row in value]
    if isinstance(value, dict):
        return {key: _cleaned(row) for key, row in value.items()}
    return value


def _keys(required="", optional="", numbers="", lists="", **tables):
    kinds = {
        **dict.fromkeys(optional.split(), str),
        **dict.fromkeys(numbers.split(), int),
        **dict.fromkeys(lists.split(), list),
    }
    bounds = {"bounds": dict} if tables.pop("with_bounds", False) else {}
    return Keys(dict.fromkeys(required.split(), str), {**kinds, **bounds}, tables)


AUTHOR = _keys("name", "name_he dates note", numbers="order")
COMMENTATOR = _keys("name", lists="names_en names_he")
TOPIC = _keys("name", "name_he description parent", numbers="order")
QUESTION = _keys("slug title", "title_he lede")
POSITION = _keys(
    "question name kind sign statement",
    "name_he",
    numbers="order",
    lists="reconciles events",
)
WORK = _keys(
    "title category scheme",
    "title_he short short_he author era dating_note attribution attribution_note "
    "commentator explains sefaria",
    numbers="order",
    lists="years",
    with_bounds=True,
    titles=_keys("text language kind"),
)
SOURCE = _keys(
    "work address state summary",
    "part part_title part_title_he place place_he section short short_he "
    "dating_note notes verified_against verification_method",
    lists="topics",
    text=_keys("language words", "source_note translation"),
    bearings=_keys(
        "direction basis reasoning", "position read_by according_to words credit"
    ),
    citations=_keys("source relation", "note"),
)
PATH = _keys(
    "title",
    "title_he description",
    numbers="order",
    steps=_keys("source", "why_next"),
)
ESSAY = _keys(
    "title lede body",
    numbers="order",
    claims=_keys("source claim", "finding"),
)


def read_table(folder, path, keys):
    """One file that is one record; its library name is the file's stem."""
    file = path.relative_to(folder).as_posix()
    return Entry(file, path.stem, keys.check(file, _parsed(folder, path)))


def read_tables(folder, path, keys):
    """One file with a table a record: the entries, in the file's order."""
    file = path.relative_to(folder).as_posix()
    return [
        Entry(file, name, keys.check(file, table, f"{name}."))
        for name, table in _parsed(folder, path).items()
    ]


def _parsed(folder, path):
    file = path.relative_to(folder).as_posix()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LibraryError(file, "", "is missing from the library.") from error
    except UnicodeDecodeError as error:
        raise LibraryError(file, "", f"is not UTF-8 text ({error}).") from error
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(file, "", f"is not TOML: {error}.") from error


@dataclass(frozen=True)
class Library:
    """Everything that a folder of the library says, in no order yet."""

    authors: list
    commentators: dict
    topics: list
    question: Entry
    positions: list
    works: list
    sources: list
    paths: list
    essays: list


def read_library(folder):
    """Read a whole folder. Raises LibraryError at the first thing that is wrong."""
    if not folder.is_dir():
        raise LibraryError(folder.name, "", "is no folder.")
    ways = read_tables(folder, folder / "commentators.toml", COMMENTATOR)
    return Library(
        authors=read_tables(folder, folder / "authors.toml", AUTHOR),
        commentators={entry.name: ways_of(entry.values) for entry in ways},
        topics=read_tables(folder, folder / "topics.toml", TOPIC),
        question=read_table(folder, folder / "question.toml", QUESTION),
        positions=_read_all(folder, "positions", POSITION),
        works=_read_all(folder, "works", WORK),
        sources=_read_all(folder, "sources", SOURCE),
        paths=_read_all(folder, "paths", PATH),
        essays=_read_all(folder, "essays", ESSAY),
    )


def _read_all(folder, name, keys):
    paths = sorted((folder / name).glob("*.toml"))
    return [read_table(folder, path, keys) for path in paths]


def ways_of(values):
    """The ways of writing a commentator's name, as a Work keeps them."""
    english = [values["name"], *values.get("names_en", [])]
    ways = [{"text": name, "language": "en"} for name in dict.fromkeys(english)]
    hebrew = dict.fromkeys(values.get("names_he", []))
    return ways + [{"text": name, "language": "he"} for name in hebrew]
