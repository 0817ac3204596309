"""Tables as files: CSV as a Danish spreadsheet opens it, and XLSX. Text stays text, whatever it begins with."""

import csv
import io
import re
from datetime import date

from web.formulas import FORMULA, harmless

# What neither XLSX nor DOCX can hold.
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(table):
    """The Table as bytes: semicolons, a byte order mark, days as 2026-11-22.

    Text that would be a formula gets an apostrophe in front, the mark by which a spreadsheet knows text.
    """
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    write([in_csv(column.label) for column in table.columns])
    for row in table.values:
        write([in_csv(value) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def in_csv(value):
    """A value as CSV holds it; only text can be a formula, and a number keeps its minus."""
    if isinstance(value, str):
        return harmless(value)
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(table, about):
    """The Table as bytes, and a second sheet with what it is: `about` is [(what, text)]."""
    from openpyxl import Workbook  # slow to import, and few pages need it
    from openpyxl.styles import Font

    from web import xlsx_writer

    book = Workbook()
    sheet = book.active
    sheet.title = "Tabel"
    fill(sheet, [[column.label for column in table.columns], *table.values])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    fill(book.create_sheet("Om tabellen"), about)
    return xlsx_writer.to_bytes(book)


def fill(sheet, rows):
    """Write the rows of values from the top, each column as wide as what is in it, within reason."""
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            put(sheet.cell(number, place), value)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(60, longest + 2)


def put(cell, value):
    """Write a value as what it is: a number, a day, or a text that never becomes a formula, not when edited either."""
    if value == "":
        return
    if isinstance(value, str):
        cell.value = NOT_XML.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd-mm-yyyy"
