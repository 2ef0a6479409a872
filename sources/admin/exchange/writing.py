"""Rows as a file: CSV as a stream, XLSX row by row, packed as it is written."""

import csv
import io

from sources.admin.exchange import cells
from sources.admin.exchange.workbooks import openpyxl

LONGEST_CELL = 32_767  # code points: a workbook holds no more, and would cut it off
BOM = "\ufeff"  # without it Excel does not see that the file is UTF-8


class TooLong(ValueError):
    """A text is longer than a cell of a workbook can be."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_of(head, rows):
    """The CSV file, piece by piece; `rows` may be as long as it likes."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(head)
    for row in rows:
        yield writer.writerow([cells.safe(value) for value in row])


def xlsx_of(head, rows):
    """The workbook as an open file of bytes. Raises TooLong, naming the row."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("studyhall")
    sheet.append(list(head))
    for number, row in enumerate(rows, 2):
        if any(isinstance(v, str) and len(v) >= LONGEST_CELL for v in row):
            sheet.close()
            raise TooLong(
                f"Row {number} holds more than a workbook's cell can: {LONGEST_CELL} "
                "characters. Take the CSV file."
            )
        sheet.append([_cell(sheet, cells.safe(value)) for value in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, value):
    """Text stays text: a program must not make a time of “36:8”."""
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
    return cell
