import codecs
import csv
import io

from web.danish import simplify

from .layout import SHEETS
from .problems import Unreadable

HEADINGS = {
    simplify(word)
    for sheet in SHEETS
    for column in sheet.columns
    for word in (column.heading, *column.also)
}
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv_rows(content):
    """Yield (row number, [texts]). Raise Unreadable."""
    text = decode(content)
    if "\x00" in text:
        raise Unreadable("Filen er ikke en tekstfil. Gem den som Excel (.xlsx) eller CSV.")
    file = io.StringIO(text, newline="")
    reader = csv.reader(file, delimiter=guess_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > 1 or not cells[:1] or not cells[0].startswith("sep="):
                yield number, cells
    except csv.Error:
        raise Unreadable(
            f"Linje {reader.line_num} kan ikke læses. "
            "Se efter et anførselstegn for meget eller for lidt."
        ) from None


def decode(content):
    """cp1252 is what Danish Windows writes."""
    encodings = ("utf-16",) if content.startswith(UTF_16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("Filens bogstaver kan ikke læses. Gem den som CSV UTF-8.")


def guess_delimiter(text):
    """Return the delimiter that gives the first line most known headings."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("sep="))
    first = next(lines, "")
    return max(
        ";,\t", key=lambda sign: sum(simplify(word) in HEADINGS for word in first.split(sign))
    )
