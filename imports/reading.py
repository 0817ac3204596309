"""Files become tables: a workbook, or CSV files named for their sheets. What cannot be one is a problem."""

import re
from typing import NamedTuple

from . import csv_file, excel_file
from .cells import UnreadableCell, is_empty
from .layout import GUIDE, LISTS, SHEETS, Sheet, sheet_called
from .limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from .problems import Problems, Unreadable, repeatable

NAMES = ", ".join(sheet.name for sheet in SHEETS)
STARTS = {
    b"%PDF": "Filen er en PDF. Vælg et regneark.",
    b"\xd0\xcf\x11\xe0": "Filen er i det gamle Excel-format, eller den har en adgangskode. Gem den som .xlsx uden.",
}

DOWNLOADED = re.compile(
    r"\s*\(\d+\)$"
)  # what a browser adds to a name it has had before: unge (1).csv


class Table(NamedTuple):
    """The rows of a sheet: [(row number, {column's name: cell})]."""

    sheet: Sheet
    rows: list


def read(files, *, say=lambda line: None):
    """({sheet's name: Table}, Problems) of the files, [(name, bytes)]."""
    tables, problems = {}, Problems()
    if sum(len(content) for _, content in files) > MOST_BYTES:
        problems.about("", TOO_LARGE)
        return tables, problems
    for name, content in files:
        try:
            for tab, rows in sheets_of(name, content):
                read_sheet(tab, rows, tables, problems)
                say(f"{repeatable(tab)}: read")
        except Unreadable as error:
            problems.about(repeatable(name), str(error))
    if not problems and not any(table.rows for table in tables.values()):
        problems.about("", f"Der er ingen rækker at importere. Arkene hedder {NAMES}.")
    return tables, problems


def sheets_of(name, content):
    """Yield (tab, rows) of a file; rows gives (row number, [cells]). Unreadable when it is something else."""
    if not content:
        raise Unreadable("Filen er tom.")
    for start, sentence in STARTS.items():
        if content.startswith(start):
            raise Unreadable(sentence)
    if content.startswith(b"PK"):
        return excel_file.sheets(content)
    if not name.casefold().endswith((".csv", ".txt", ".tsv")):
        raise Unreadable(excel_file.NOT_ONE)
    return [(DOWNLOADED.sub("", name.rpartition(".")[0]), csv_file.rows(content))]


def read_sheet(tab, rows, tables, problems):
    """Read the rows of a tab into `tables`."""
    sheet = sheet_called(tab)
    filled = ((number, cells) for number, cells in rows if not all(map(is_empty, cells)))
    heading = next(filled, None)
    if heading is None or tab in (GUIDE, LISTS):
        return
    if sheet is None:
        problems.about(repeatable(tab), f"Arket kendes ikke. Arkene hedder {NAMES}.")
        return
    if sheet.name in tables:
        problems.about(sheet.name, "Arket er der to gange.")
        return
    table = tables[sheet.name] = Table(sheet, [])
    columns = columns_of(sheet, *heading, problems)
    for number, cells in filled:
        if len(table.rows) == MOST_ROWS:
            problems.about(sheet.name, TOO_MANY_ROWS)
            break
        table.rows.append((number, row_of(sheet, columns, number, cells, problems)))


UNKNOWN = object()  # a column with a heading that is none of ours


def columns_of(sheet, number, cells, problems):
    """[Column, UNKNOWN, or None without a heading] of the heading row. What is wrong with it is a problem."""
    if len(cells) > MOST_COLUMNS:
        problems.about(sheet.name, TOO_MANY_COLUMNS)
    columns = []
    for cell in cells[:MOST_COLUMNS]:
        column = None if is_empty(cell) else sheet.column(cell) or UNKNOWN
        if isinstance(cell, UnreadableCell):
            problems.at(sheet, number, None, cell.sentence)
        elif column is UNKNOWN:
            known = ", ".join(column.heading for column in sheet.columns)
            problems.at(
                sheet,
                number,
                None,
                f"Kolonnen “{repeatable(cell)}” kendes ikke. Kolonnerne hedder {known}.",
            )
        elif column and column in columns:
            problems.at(sheet, number, column, "Kolonnen er der to gange.")
        columns.append(column)
    for column in sheet.columns:
        if column.empty and column not in columns:
            problems.at(sheet, number, column, "Kolonnen mangler.")
    return columns


def row_of(sheet, columns, number, cells, problems):
    """{column's name: cell} of a row. A cell without a heading is a problem, rather than lost."""
    row = {}
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else None
        if is_empty(cell) or column is UNKNOWN:
            continue
        if column is None:
            problems.at(sheet, number, None, "Rækken har noget i en kolonne uden overskrift.")
            break
        row.setdefault(column.name, cell)
    return row
