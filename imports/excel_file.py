"""Read Excel files, which may be broken or hostile: sizes are checked before parsing.

openpyxl is pinned because its private row reader is used.
"""

import io
import re
import warnings
import zipfile
from contextlib import contextmanager

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from .cells import BROKEN, FORMULA, NOT_STORABLE, UnreadableCell, is_empty
from .limits import (
    MAX_CELL_CHARACTERS,
    MAX_CELL_TAGS,
    MAX_CELL_TAGS_IN_ROW,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROW_TAGS,
    MAX_ROWS,
    MAX_SHARED_TEXTS,
    MAX_SMALL_PART_BYTES,
    MAX_SMALL_PART_TAGS,
    MAX_TAGS,
    MAX_UNPACKED_BYTES,
    TOO_LARGE_UNPACKED,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROW_TAGS,
    TOO_MUCH_TEXT,
)
from .problems import NOT_A_WORKBOOK, Unreadable

MACROS = "Filen indeholder makroer. Gem den som “Excel-projektmappe (.xlsx)” uden makroer."
ROW_TAG, CELL_TAG, TEXT_TAG, SHEET_TAG = (
    re.compile(rb"<(?:[^\s<>/:]+:)?%s[\s/>]" % name) for name in (b"row", b"c", b"si", b"sheet")
)
TAG = re.compile(b"<")
LARGE_PARTS = ("xl/worksheets/", "xl/sharedstrings.xml")
UNREADABLE_TYPES = {"f": FORMULA, "e": BROKEN}
# Control characters as Excel writes them ("_x000B_") and openpyxl leaves them.
ESCAPED = re.compile("_x(005F|00[01][0-9A-F]|FFF[EF]|D[89A-F][0-9A-F]{2})_", re.IGNORECASE)


def read_sheets(content):
    """Yield (tab, [(row number, [cells])]). Raise Unreadable."""
    with openpyxl_errors_as_unreadable():
        sheet_count = check_archive(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(workbook.sheetnames) != sheet_count:  # openpyxl skips missing ones
            raise Unreadable(NOT_A_WORKBOOK)
    characters_left = MAX_CHARACTERS
    for tab in workbook.worksheets:
        with openpyxl_errors_as_unreadable():
            rows, characters = read_rows(workbook, tab, characters_left)
        characters_left -= characters
        yield tab.title, rows
    workbook.close()


@contextmanager
def openpyxl_errors_as_unreadable():
    """openpyxl raises any kind of error on broken files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Unreadable:
            raise
        except Exception:
            raise Unreadable(NOT_A_WORKBOOK) from None


def check_archive(content):
    """Return the number of sheets declared.

    Raise Unreadable for macros, other archives, and what is too costly to parse.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename.casefold() for part in parts}
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise Unreadable(MACROS)
        if "xl/workbook.xml" not in names:
            raise Unreadable(NOT_A_WORKBOOK)
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise Unreadable(TOO_LARGE_UNPACKED)
        large, small = [], []
        for part in parts:
            is_large = part.filename.casefold().startswith(LARGE_PARTS)
            (large if is_large else small).append(part)
        if any(part.file_size > MAX_SMALL_PART_BYTES for part in small):
            raise Unreadable(TOO_LARGE_UNPACKED)
        if any(archive.read(part).count(b"<") > MAX_SMALL_PART_TAGS for part in small):
            raise Unreadable(TOO_LARGE_UNPACKED)
        check_large_parts([archive.read(part) for part in large])
        return len(SHEET_TAG.findall(archive.read("xl/workbook.xml")))


def check_large_parts(parts):
    if any(b"\0" in part for part in parts):  # UTF-16 would hide tags
        raise Unreadable(NOT_A_WORKBOOK)
    if any(len(ROW_TAG.findall(part)) > MAX_ROW_TAGS for part in parts):
        raise Unreadable(TOO_MANY_ROW_TAGS)
    if any(
        len(CELL_TAG.findall(row)) > MAX_CELL_TAGS_IN_ROW
        for part in parts
        for row in ROW_TAG.split(part)
    ):
        raise Unreadable(TOO_MANY_COLUMNS)
    limits = ((CELL_TAG, MAX_CELL_TAGS), (TEXT_TAG, MAX_SHARED_TEXTS), (TAG, MAX_TAGS))
    for tag, limit in limits:
        if sum(len(tag.findall(part)) for part in parts) > limit:
            raise Unreadable(TOO_LARGE_UNPACKED)


def read_rows(workbook, tab, max_characters):
    """([(row number, [cells])], number of characters) of rows with content.

    Stops one row after the limit. Raise Unreadable for more than `max_characters`.
    openpyxl's public iterator fills the gap before a row numbered 1,000,000,000, and does not
    report merged cells.
    """
    rows, characters = {}, 0
    with tab._get_source() as source:
        parser = WorkSheetParser(
            source,
            tab._shared_strings,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, parsed_cells in parser.parse():
            if cells := place_cells(parsed_cells):
                rows[number] = cells
                characters += sum(len(cell) for cell in cells if isinstance(cell, str))
            if characters > max_characters:
                raise Unreadable(TOO_LARGE_UNPACKED)
            if len(rows) > MAX_ROWS + 1:  # 1: headings
                return sorted(rows.items()), characters
    mark_merged_cells(parser.merged_cells, rows)
    return sorted(rows.items()), characters


def mark_merged_cells(merged_cells, rows):
    for merged in merged_cells.mergeCell if merged_cells else ():
        column, number, _, _ = range_boundaries(merged.ref)
        cells = rows.get(number, [])
        if len(cells) >= column and not is_empty(cells[column - 1]):
            cells[column - 1] = UnreadableCell(
                f"Cellerne {merged.ref} er flettet. "
                "Ophæv fletningen, og skriv værdien i hver celle."
            )


def place_cells(parsed_cells):
    """All values beyond MAX_COLUMNS share one place."""
    placed = [(min(cell["column"], MAX_COLUMNS + 1), cell_value(cell)) for cell in parsed_cells]
    placed = [(column, value) for column, value in placed if not is_empty(value)]
    row = [None] * max((column for column, _ in placed), default=0)
    for column, value in placed:
        row[column - 1] = value
    return row


def cell_value(cell):
    value = cell["value"]
    if isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS:
        return UnreadableCell(TOO_MUCH_TEXT)
    if cell["data_type"] in UNREADABLE_TYPES and value is not None:
        return UNREADABLE_TYPES[cell["data_type"]]
    return unescape(value) if isinstance(value, str) else value


def unescape(text):
    """NOT_STORABLE for NUL and half of a surrogate pair."""
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    try:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return NOT_STORABLE
    return NOT_STORABLE if "\0" in text else text
