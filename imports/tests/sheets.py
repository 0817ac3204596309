"""Workbooks for tests."""

import io

from openpyxl import Workbook, load_workbook

UNGE = ["nøgle", "navn", "født", "køn", "indskrevet", "område", "mentor e-mail", "kriterier"]
STATUSSER = ["nøgle", "dato", "status", "detalje"]
MOEDER = ["nøgle", "dato", "form", "minutter", "udfald", "note"]

YUSUF = [
    "7",
    "Yusuf Hamdan",
    "14.05.2007",
    "dreng",
    "2026-02-02",
    "Hastrupparken",
    "mette@example.dk",
    "frafaldstruet",
]
HIS_STATUS = ["7", "02.02.2026", "Ungecenter", "10. klasse"]
HIS_MEETING = ["7", "2026-02-09", "Telefon", 30, "Afholdt", "Vi talte om et job."]


def workbook(**sheets):
    """The bytes of a workbook; each sheet is a list of rows, the headings first."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(row)
    return to_bytes(book)


def to_bytes(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def right(**changes):
    """A workbook with one young person, a status and a meeting; `changes` {sheet: other rows}."""
    rows = {"unge": [YUSUF], "statusser": [HIS_STATUS], "moeder": [HIS_MEETING]} | changes
    headings = {
        "unge": UNGE,
        "statusser": STATUSSER,
        "moeder": MOEDER,
        "bopael": ["nøgle", "dato", "område"],
        "mentorer": ["nøgle", "dato", "mentor"],
    }
    return workbook(**{name: [headings[name], *values] for name, values in rows.items()})


def contents(content, sheets=("unge", "statusser", "bopael", "mentorer", "moeder")):
    """{sheet: [row of values]} of a workbook's bytes."""
    book = load_workbook(io.BytesIO(content))
    return {
        name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in sheets
    }
