"""A CSV file as Danish Excel, LibreOffice or a database writes it: its rows, whatever its letters and separators."""

import codecs
import csv
import io

from .layout import SHEETS, plain
from .problems import Unreadable

HEADINGS = {
    plain(word)
    for sheet in SHEETS
    for column in sheet.columns
    for word in (column.heading, *column.also)
}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rows(content):
    """Yield (row number, [cells]) of the file's bytes; every cell is text. Unreadable when it is no CSV file."""
    text = decoded(content)
    if "\x00" in text:
        raise Unreadable("Filen er ikke en tekstfil. Gem den som Excel (.xlsx) eller CSV.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > 1 or not cells[:1] or not cells[0].startswith("sep="):
                yield number, cells
    except csv.Error:
        sentence = f"Linje {reader.line_num} kan ikke læses. Se efter et anførselstegn for meget eller for lidt."
        raise Unreadable(sentence) from None


def decoded(content):
    """The text of the bytes: what a byte order mark says, otherwise UTF-8, otherwise what Danish Windows writes."""
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("Filens bogstaver kan ikke læses. Gem den som CSV UTF-8.")


def delimiter(text):
    """The sign that parts the first line into most headings we know."""
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), ""
    )
    return max(";,\t", key=lambda sign: sum(plain(word) in HEADINGS for word in first.split(sign)))
