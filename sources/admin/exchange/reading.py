"""A file that an editor sends, as a table of text: or one sentence why it is none."""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, time, timedelta
from xml.etree.ElementTree import ParseError

from tablib import Dataset

from sources.admin.exchange import cells
from sources.admin.exchange.workbooks import openpyxl

BYTES = 8 * 1024 * 1024
UNPACKED = 64 * 1024 * 1024  # bytes of all the parts of an XLSX file
PARTS = 500
ROWS = 5000
COLUMNS = 60
LONGEST_CELL = 200_000  # code points, as the longest text
DELIMITERS = ",;\t"
# All that openpyxl raises at a file that is damaged or hostile.
UNREADABLE = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

csv.field_size_limit(LONGEST_CELL * 2)


class Unreadable(ValueError):
    """The file cannot be taken; its words say where and why, for a person.

    `is_too_large` where it is its size that stands against it.
    """

    def __init__(self, reason, is_too_large=False):
        super().__init__(reason)
        self.is_too_large = is_too_large


def read(file):
    """The Dataset of a file as it was sent, CSV or XLSX; its first row is the head.

    Cells are text, the quotes of `cells.safe` taken off. Raises Unreadable.
    """
    if file.size > BYTES:
        most = f"{BYTES // 1024 // 1024} MB"
        raise Unreadable(f"The file is larger than {most}: divide it.", True)
    return table_of(file.read())


def table_of(data):
    """The Dataset of the bytes of a file. Raises Unreadable."""
    is_workbook = data[:2] == b"PK"
    return _table(_xlsx(data) if is_workbook else _csv(data), is_workbook)


def _table(rows, is_workbook):
    """The Dataset of rows of text; a workbook itself says what is a formula."""
    head = next(rows, None)
    if not head or not any(head):
        raise Unreadable("The file is empty: its first row has the columns' names.")
    names = _names(head)
    table = Dataset(headers=names)
    for number, row in enumerate(rows, 2):
        if number > ROWS + 1:
            raise Unreadable(f"The file has more than {ROWS} rows: divide it.", True)
        row = _as_wide(number, row, names)
        for name, text in zip(names, row, strict=True):
            _check(f"Row {number}, column “{name}”", text, is_workbook)
        table.append([cells.plain(text) for text in row])
    while len(table) and not any(table[-1]):
        table.pop()
    return table


def _names(head):
    names = [re.sub(r"[\s_]+", "_", name.strip().casefold()) for name in head]
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS:
        raise Unreadable(f"The file has more than {COLUMNS} columns.", True)
    if "" in names:
        raise Unreadable(f"Row 1, column {names.index('') + 1}: a name is missing.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Unreadable(f"Row 1: there are two columns “{twice}”.")
    return names


def _as_wide(number, row, names):
    """A row as wide as the head."""
    if any(row[len(names) :]):
        raise Unreadable(f"Row {number} has more cells than the first row has names.")
    return (row + [""] * len(names))[: len(names)]


def _check(where, text, is_workbook):
    """Raise Unreadable for a cell that is too long or that a program might run."""
    if len(text) > LONGEST_CELL:
        raise Unreadable(f"{where} has more than {LONGEST_CELL} characters.", True)
    if not is_workbook and cells.is_formula(text):
        raise Unreadable(
            f"{where} begins as a formula does: “{text[:20]}”. Put a ' before it if "
            "it is meant as text."
        )


def _csv(data):
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("The file holds NUL characters: it is no text.")
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from lines
    except csv.Error as error:
        reason = f"Line {lines.line_num} cannot be read as CSV: {error}."
        raise Unreadable(reason) from error


def _decoded(data):
    is_utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # Excel's “Unicode text”
    encoding = "utf-16" if is_utf16 else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "Save it as “CSV UTF-8” and send it again."
        if data[error.start] >= 0xE0:  # where windows-1255 has the Hebrew letters
            hint = f"It looks like windows-1255. {hint}"
        reason = f"Line {line} is not written in {'UTF-16' if is_utf16 else 'UTF-8'}."
        raise Unreadable(f"{reason} {hint}") from error


def _xlsx(data):
    _check_parts(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be untrue
        bounds = {"max_row": ROWS + 2, "max_col": COLUMNS + 1}
        for number, row in enumerate(sheet.iter_rows(**bounds), 1):
            yield [_said_by(cell, number, at) for at, cell in enumerate(row, 1)]
    except Unreadable:
        raise
    except UNREADABLE as error:
        raise Unreadable("The file is no XLSX workbook that can be read.") from error


def _check_parts(data):
    """Refuse a bomb by what the archive says of itself, before it is unpacked.

    A part is never unpacked past the size that it states.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("The file is damaged: it cannot be unpacked.") from error
    size = sum(part.file_size for part in parts)
    if size > UNPACKED or len(parts) > PARTS:
        most = f"{UNPACKED // 1024 // 1024} MB"
        raise Unreadable(f"Unpacked, the file is larger than {most}.", True)
    names = [part.filename.casefold() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("The file is locked by a password: save it without one.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("The file holds macros: save it as a plain XLSX workbook.")


def _said_by(cell, row, column):
    """The text of a workbook's cell. Raises Unreadable for what is no plain value."""
    value, where = cell.value, f"Row {row}, column {column}"
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Unreadable(f"{where} holds a formula: put its value there as text.")
    if cell.data_type == "e":
        raise Unreadable(f"{where} holds an error: {value}.")
    if isinstance(value, date | time | timedelta):
        raise Unreadable(
            f"{where}: the program has made a date or a time of what was typed. "
            "Format the column as text and type it again."
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
