"""An Excel file: its sheets and rows, read without trusting it. It is asked how large it is before it is unpacked."""

import io
import re
import warnings
import zipfile
from contextlib import contextmanager

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from .cells import BROKEN, FORMULA, UnreadableCell, is_empty
from .limits import (
    MOST_CELLS_INSIDE,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ELSEWHERE,
    MOST_IN_A_CELL,
    MOST_MARKS,
    MOST_MARKS_ELSEWHERE,
    MOST_PARTS,
    MOST_ROWS,
    MOST_ROWS_INSIDE,
    MOST_TEXTS,
    MOST_UNPACKED,
    TOO_LARGE_INSIDE,
    TOO_MANY_ROWS_INSIDE,
    TOO_MUCH_IN_A_CELL,
)
from .problems import Unreadable
from .xml_escape import unescaped

NOT_ONE = "Filen er ikke et regneark, eller den er gået i stykker. Gem den igen som .xlsx."
MACROS = "Filen indeholder makroer. Gem den som “Excel-projektmappe (.xlsx)” uden makroer."
ROW, CELL, TEXT, SHEET = (
    re.compile(rb"<(?:[^\s<>/:]+:)?%s[\s/>]" % name) for name in (b"row", b"c", b"si", b"sheet")
)
LARGE = ("xl/worksheets/", "xl/sharedstrings.xml")  # the parts that grow with what somebody wrote
BAD = {"f": FORMULA, "e": BROKEN}


def sheets(content):
    """Yield (tab, [(row number, [cells])]) of the workbook's bytes. Unreadable when it is none."""
    with reading():
        declared = look_inside(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(workbook.sheetnames) != declared:  # openpyxl leaves out a sheet it cannot find
            raise Unreadable(NOT_ONE)
    left = MOST_CHARACTERS
    for tab in workbook.worksheets:
        with reading():
            found, length = rows(workbook, tab, left)
        left -= length
        yield tab.title, found
    workbook.close()


@contextmanager
def reading():
    """Whatever openpyxl raises at a broken file, and there is no end of it, is one sentence; it warns nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Unreadable:
            raise
        except Exception:
            raise Unreadable(NOT_ONE) from None


def look_inside(content):
    """How many sheets the workbook says it has.

    Raises Unreadable when the archive has macros, is no workbook, or would take all memory or all day to read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename.casefold() for part in parts}
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise Unreadable(MACROS)
        if "xl/workbook.xml" not in names:
            raise Unreadable(NOT_ONE)
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Unreadable(TOO_LARGE_INSIDE)
        large, small = [], []
        for part in parts:
            (large if part.filename.casefold().startswith(LARGE) else small).append(part)
        if any(part.file_size > MOST_ELSEWHERE for part in small):
            raise Unreadable(TOO_LARGE_INSIDE)
        if any(archive.read(part).count(b"<") > MOST_MARKS_ELSEWHERE for part in small):
            raise Unreadable(TOO_LARGE_INSIDE)
        look_at_large([archive.read(part) for part in large])
        return len(SHEET.findall(archive.read("xl/workbook.xml")))


def look_at_large(parts):
    """Raise Unreadable for sheets and texts, as bytes, that are too much. A sheet lying elsewhere is a small part."""
    if any(
        b"\0" in part for part in parts
    ):  # UTF-16, which no spreadsheet writes, would hide what is counted
        raise Unreadable(NOT_ONE)
    if any(len(ROW.findall(part)) > MOST_ROWS_INSIDE for part in parts):
        raise Unreadable(TOO_MANY_ROWS_INSIDE)
    for count, most in (
        (CELL, MOST_CELLS_INSIDE),
        (TEXT, MOST_TEXTS),
        (re.compile(b"<"), MOST_MARKS),
    ):
        if sum(len(count.findall(part)) for part in parts) > most:
            raise Unreadable(TOO_LARGE_INSIDE)


def rows(workbook, tab, most):
    """([(row number, [cells])], characters) of the rows that hold something, at most one more than an import takes.

    Unreadable when there are more than `most` characters in them.

    openpyxl's own rows fill the gap before a row that says it is number 1,000,000,000, and know of no merged cells.
    """
    found, length = {}, 0
    with tab._get_source() as source:
        parser = WorkSheetParser(
            source,
            tab._shared_strings,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, cells in parser.parse():
            if row := laid_out(cells):
                found[number] = row
                length += sum(len(cell) for cell in row if isinstance(cell, str))
            if length > most:
                raise Unreadable(TOO_LARGE_INSIDE)
            if len(found) > MOST_ROWS + 1:  # the heading is one of them
                return sorted(found.items()), length
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
        column, number, _, _ = range_boundaries(merged.ref)
        if (
            number in found
            and len(found[number]) >= column
            and not is_empty(found[number][column - 1])
        ):
            sentence = f"Cellerne {merged.ref} er flettet. Ophæv fletningen, og skriv værdien i hver celle."
            found[number][column - 1] = UnreadableCell(sentence)
    return sorted(found.items()), length


def laid_out(cells):
    """The row's cells in their places; what lies beyond the last column an import takes stands in the one after it."""
    held = [(min(cell["column"], MOST_COLUMNS + 1), value(cell)) for cell in cells]
    held = [(column, cell) for column, cell in held if not is_empty(cell)]
    row = [None] * max((column for column, _ in held), default=0)
    for column, cell in held:
        row[column - 1] = cell
    return row


def value(cell):
    """What the cell holds: None, text, a number, a datetime, or a Bad for a formula or an error."""
    held = cell["value"]
    if isinstance(held, str) and len(held) > MOST_IN_A_CELL:
        return UnreadableCell(TOO_MUCH_IN_A_CELL)
    if cell["data_type"] in BAD and held is not None:
        return BAD[cell["data_type"]]
    return unescaped(held) if isinstance(held, str) else held
