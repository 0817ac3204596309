import re
from typing import NamedTuple

from .cells import UnreadableCell, is_empty
from .csv_file import read_csv_rows
from .layout import GUIDE, LISTS, SHEETS, Sheet, sheet_named
from .limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from .problems import NOT_A_WORKBOOK, Problems, Unreadable, shown_value
from .progress import READING, Progress, report_nothing

SHEET_NAMES = ", ".join(sheet.name for sheet in SHEETS)
WRONG_FORMATS = {  # by first bytes
    b"%PDF": "Filen er en PDF. Vælg et regneark.",
    b"\xd0\xcf\x11\xe0": (
        "Filen er i det gamle Excel-format, eller den har en adgangskode. Gem den som .xlsx uden."
    ),
}
COPY_NUMBER = re.compile(r"\s*\(\d+\)$")  # of a second download


class Table(NamedTuple):
    sheet: Sheet
    rows: list  # (row number, {column's name: cell})


def read_files(files, *, report_progress=report_nothing):
    """({sheet's name: Table}, Problems) of [(name, bytes)]"""
    tables, problems = {}, Problems()
    if sum(len(content) for _, content in files) > MAX_BYTES:
        problems.add_for_file("", TOO_LARGE)
        return tables, problems
    for name, content in files:
        try:
            for tab, rows in sheets_of_file(name, content):
                read_table(tab, rows, tables, problems)
                report_progress(Progress(READING, shown_value(tab)))
        except Unreadable as error:
            problems.add_for_file(shown_value(name), str(error))
    if not problems and not any(table.rows for table in tables.values()):
        problems.add_for_file("", f"Der er ingen rækker at importere. Arkene hedder {SHEET_NAMES}.")
    return tables, problems


def sheets_of_file(name, content):
    """(tab, rows) pairs. Raise Unreadable."""
    if not content:
        raise Unreadable("Filen er tom.")
    for start, sentence in WRONG_FORMATS.items():
        if content.startswith(start):
            raise Unreadable(sentence)
    if content.startswith(b"PK"):
        from .excel_file import read_sheets  # openpyxl: half a second, and memory few workers need

        return read_sheets(content)
    if not name.casefold().endswith((".csv", ".txt", ".tsv")):
        raise Unreadable(NOT_A_WORKBOOK)
    return [(COPY_NUMBER.sub("", name.rpartition(".")[0]), read_csv_rows(content))]


def read_table(tab, rows, tables, problems):
    sheet = sheet_named(tab)
    filled_rows = ((number, cells) for number, cells in rows if not all(map(is_empty, cells)))
    heading_row = next(filled_rows, None)
    if heading_row is None or tab in (GUIDE, LISTS):
        return
    if sheet is None:
        problems.add_for_file(shown_value(tab), f"Arket kendes ikke. Arkene hedder {SHEET_NAMES}.")
        return
    if sheet.name in tables:
        problems.add_for_file(sheet.name, "Arket er der to gange.")
        return
    table = tables[sheet.name] = Table(sheet, [])
    columns = read_headings(sheet, *heading_row, problems)
    for number, cells in filled_rows:
        if len(table.rows) == MAX_ROWS:
            problems.add_for_file(sheet.name, TOO_MANY_ROWS)
            break
        table.rows.append((number, read_row(sheet, columns, number, cells, problems)))


UNKNOWN = object()  # heading


def read_headings(sheet, number, cells, problems):
    if len(cells) > MAX_COLUMNS:
        problems.add_for_file(sheet.name, TOO_MANY_COLUMNS)
    columns = []
    for cell in cells[:MAX_COLUMNS]:
        column = None if is_empty(cell) else sheet.column_with_heading(cell) or UNKNOWN
        if isinstance(cell, UnreadableCell):
            problems.add(sheet, number, None, cell.sentence)
        elif column is UNKNOWN:
            problems.add(sheet, number, None, unknown_heading(sheet, cell))
        elif column and column in columns:
            problems.add(sheet, number, column, "Kolonnen er der to gange.")
        columns.append(column)
    for column in sheet.columns:
        if column.empty and column not in columns:
            problems.add(sheet, number, column, "Kolonnen mangler.")
    return columns


def unknown_heading(sheet, cell):
    headings = ", ".join(column.heading for column in sheet.columns)
    return f"Kolonnen “{shown_value(cell)}” kendes ikke. Kolonnerne hedder {headings}."


def read_row(sheet, columns, number, cells, problems):
    """A cell without a heading is a problem."""
    row = {}
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else None
        if is_empty(cell) or column is UNKNOWN:
            continue
        if column is None:
            problems.add(sheet, number, None, "Rækken har noget i en kolonne uden overskrift.")
            break
        row.setdefault(column.name, cell)
    return row
