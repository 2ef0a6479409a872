"""Rows that come in go through the gate, and what a dry run shows is what is stored.

django-import-export reads the columns, counts, and undoes what is not to stay: the
whole file is one transaction. The rows are read first, all of them; then those that
follow each other on one record are one change of it.
"""

import hashlib
import json
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, models
from import_export import resources
from import_export.results import Error, Result, RowResult

from sources.admin.exchange.known import Known
from sources.admin.saving import said_by_database
from sources.changes import Stale, change
from sources.models import State

HEAD = 1  # rows above the first


@dataclass
class Draft:
    """One row as it is understood: the record it belongs to, and what it would say.

    `before` has what is stored of the row now, and is empty for a new one.
    """

    number: int
    row: dict
    record: models.Model
    before: dict
    values: dict
    stored: models.Model | None = None

    @property
    def is_new(self):
        return not self.before

    @property
    def differences(self):
        """(column, before, after) of what the row changes."""
        return [
            (name, self.before.get(name), value)
            for name, value in self.values.items()
            if not _same(self.before.get(name), value)
        ]


def _same(before, after):
    """Whether a cell says what is stored: spaces around a text say nothing."""
    if isinstance(before, str) and isinstance(after, str):
        return before.strip() == after.strip()
    if isinstance(before, tuple) and isinstance(after, tuple):
        return sorted(before) == sorted(after)
    return before == after or (not before and not after)


class NoLoader:
    """Records are found by what a row names, not by an id."""

    def __init__(self, resource, dataset):
        pass


class RowResource(resources.Resource):
    """One kind of row: its columns, how a row's record is found, how it is written.

    `editor` and `why` are said of every change. `expected` is the digest of the dry
    run that the editor has seen: where the file would now do anything else, nothing
    is stored.
    """

    kind = ""  # its name in addresses and forms
    title = ""  # what the rows are, for a person
    model = None  # the record that a row is edited with
    prefetched = ()  # what an export reads of each record
    unsaid = ("state",)  # columns in which an empty cell says nothing

    class Meta:
        import_id_fields = []
        instance_loader_class = NoLoader
        report_skipped = True

    def __init__(self, editor=None, why="", expected=""):
        super().__init__()
        self.editor, self.why, self.expected = editor, why, expected
        self.known = Known()
        self.drafts, self.numbers = [], {}

    def find(self, values):
        """(record, stored row or None, key of the row) that the values name.

        Raises ValidationError, naming the column, where there is no such record.
        """
        raise NotImplementedError

    def values_of(self, record, stored):
        """The values of a stored row, by column."""
        raise NotImplementedError

    def write(self, draft):
        """Save the row, inside the change of its record."""
        raise NotImplementedError

    def stored_rows(self, record):
        """The rows of a record that are exported: itself, or its parts."""
        return [record]

    def check_head(self, names):
        """Raise ValidationError for columns that are missing or not known."""
        missing = [n for n, c in self.columns.items() if c.required and n not in names]
        if missing:
            raise ValidationError(f"These columns are missing: {', '.join(missing)}.")
        for name in set(names) - set(self.columns):
            near = get_close_matches(name, self.columns, n=1)
            meant = f" Is “{near[0]}” meant?" if near else ""
            raise ValidationError(f"There is no column “{name[:40]}”.{meant}")

    def import_row(self, row, instance_loader, **kwargs):
        """Read one row, and keep it until all are read."""
        outcome = RowResult()
        outcome.number = kwargs["row_number"] + HEAD
        outcome.differences = []
        if not any(value.strip() for value in row.values()):
            outcome.import_type = RowResult.IMPORT_TYPE_SKIP
            return outcome
        try:
            draft = self._draft(outcome.number, row)
        except ValidationError as error:
            outcome.import_type = RowResult.IMPORT_TYPE_INVALID
            outcome.validation_error = error
            return outcome
        outcome.name, outcome.differences = self.name_of(draft), draft.differences
        if not outcome.differences:
            outcome.import_type = RowResult.IMPORT_TYPE_SKIP
            return outcome
        outcome.import_type = RowResult.IMPORT_TYPE_UPDATE
        if draft.is_new:
            outcome.import_type = RowResult.IMPORT_TYPE_NEW
        self.drafts.append(draft)
        return outcome

    def _draft(self, number, row):
        """The row as it is understood. Raises ValidationError by column."""
        values, errors = {}, {}
        for name, column in self.columns.items():
            if name not in row:
                continue
            try:
                values[name] = column.clean(row, known=self.known)
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
        for name in self.unsaid:
            if not values.get(name):  # an empty cell leaves it as it is
                values.pop(name, None)
        record, stored, key = self.find(values)
        if key in self.numbers:
            first = self.numbers[key]
            raise ValidationError(f"Row {first} of this file says the same place.")
        self.numbers[key] = number
        before = self.values_of(record, stored) if stored else {}
        draft = Draft(number, row, record, before, values, stored)
        self.check_state(draft)
        return draft

    def check_state(self, draft):
        """An import drafts, or sends to review; it neither publishes nor withdraws."""
        state, before = draft.values.get("state"), draft.before.get("state")
        if state in ("", None, before, State.DRAFT, State.IN_REVIEW):
            return
        reason = "An import writes drafts: leave it empty, “draft” or “in_review”."
        raise ValidationError({"state": reason})

    def name_of(self, draft):
        """What the row is called where it is shown."""
        return str(draft.record)

    def after_import(self, dataset, result, **kwargs):
        """Every row that was understood goes through the gate, record by record."""
        for _, drafts in groupby(self.drafts, key=self._group):
            self._pass(list(drafts), result)
        result.digest = digest_of(result)
        if self.expected and result.digest != self.expected and not result.invalid_rows:
            raise ValidationError(
                "The library has changed since you looked: look again at what the "
                "file would do now."
            )

    def _group(self, draft):
        """Rows on one record that follow each other; a new record stands alone."""
        return draft.record.pk or -draft.number

    def _pass(self, drafts, result):
        record, at = drafts[0].record, drafts[0]
        gate = change(record, opened=record.version, editor=self.editor, why=self.why)
        try:
            with gate:
                for at in drafts:
                    self.write(at)
        except Stale:
            self._refuse(result, at, ValidationError("Someone else is saving it."))
        except ValidationError as error:
            self._refuse(result, at, error)
        except (DataError, IntegrityError) as error:
            self._refuse(result, at, said_by_database(error))

    def _refuse(self, result, draft, error):
        result.append_invalid_row(draft.number - HEAD, draft.row, error)

    @property
    def columns(self):
        """The columns by name, in their order."""
        return {column.column_name: column for column in self.fields.values()}

    def head(self):
        return list(self.columns)

    def exported(self, records):
        """The rows of these records, each a list of cells; reads them as they come."""
        for record in records:
            for stored in self.stored_rows(record):
                values = self.values_of(record, stored)
                yield [column.export(values) for column in self.columns.values()]


def digest_of(result):
    """What the file does, in one word: the same rows, read the same way."""
    said = [
        (row.number, row.import_type, row.differences)
        for row in result.rows
        if row.differences
    ]
    text = json.dumps(said, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def run(resource, table, store):
    """Let the resource take in a Dataset; its Result. Stored only if all is sound.

    `problems(result)` are what stood against it. Raises what is a defect of ours.
    """
    try:
        resource.check_head(table.headers)
    except ValidationError as error:
        result = Result()
        result.append_base_error(Error(error))
        return result
    result = resource.import_data(
        table,
        dry_run=not store,
        use_transactions=True,
        rollback_on_validation_errors=True,
    )
    for error in result.base_errors:
        if not isinstance(error.error, ValidationError):
            raise error.error
    return result


def problems(result):
    """(row, column, reason) of all that stands against a file, in the file's order."""
    found = [
        (0, "", message)
        for error in result.base_errors
        for message in error.error.messages
    ]
    for row in sorted(result.invalid_rows, key=lambda row: row.number):
        for name, messages in row.error_dict.items():
            column = "" if name == NON_FIELD_ERRORS else name
            found += [(row.number + HEAD, column, message) for message in messages]
    return found
