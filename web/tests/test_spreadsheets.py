"""Tables as CSV and XLSX, read back."""

import csv
import io
import tempfile
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from web.spreadsheets import XlsxWorkbook, as_csv, as_xlsx
from web.tables import Column, Kind, Table, link

COLUMNS = (
    Column("Ung"),
    Column("Antal", Kind.NUMBER),
    Column("Siden", Kind.CHANGE),
    Column("Dag", Kind.DAY),
)
DANGEROUS = ["=1+1", "+45 12 34", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n+1", "=1"]


def table_of(*rows, columns=COLUMNS, foot=None):
    return Table("t", "En tabel", columns, tuple(rows), foot)


def from_csv(data):
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(table, about=()):
    return load_workbook(io.BytesIO(as_xlsx(table, about))).worksheets[0]


def from_xlsx(table):
    return [tuple(cell.value for cell in row) for row in sheet_of(table).iter_rows()]


ROW = (link("Åse Ødegård", "/unge/x/"), 7, -3, date(2026, 11, 22))


def test_csv_as_a_danish_spreadsheet_opens_it():
    data = as_csv(table_of(ROW, foot=("I alt", 7, 0, None)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == (
        "Ung;Antal;Siden;Dag\r\nÅse Ødegård;7;-3;2026-11-22\r\nI alt;7;0;\r\n"
    )


def test_xlsx_holds_numbers_as_numbers_and_days_as_days():
    _, row, foot = sheet_of(table_of(ROW, foot=("I alt", 7, 0, None))).iter_rows()
    assert [cell.data_type for cell in row] == ["s", "n", "n", "d"]
    assert (row[0].value, row[1].value, row[2].value, row[3].value.date()) == (
        "Åse Ødegård",
        7,
        -3,
        date(2026, 11, 22),
    )
    assert [cell.value for cell in foot] == ["I alt", 7, 0, None]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_stays_text(text):
    table = table_of((text,), columns=COLUMNS[:1])
    assert from_csv(as_csv(table))[1] == [f"'{text}"]
    cell = sheet_of(table)["A2"]
    assert cell.data_type == "s" and cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(as_xlsx(table, ()))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text",
    [
        "Ung",
        "a=b",
        "1-2",
        "O'Hara",
        "'t Hooft",
        "Ø;æ",
        'Han sagde "ja"',
        "to\nlinjer",
        "<r>rød</r>",
        "12",
        "https://example.dk/",
    ],
)
def test_other_text_comes_back_as_it_was(text):
    table = table_of((text,), columns=COLUMNS[:1])
    assert from_csv(as_csv(table))[1] == [text]
    assert from_xlsx(table)[1] == (text,)


def test_a_heading_is_no_formula_either():
    table = table_of(columns=(Column("=1+1"),))
    assert from_csv(as_csv(table)) == [["'=1+1"]]
    assert sheet_of(table)["A1"].data_type == "s"


def test_the_second_sheet_says_what_it_is():
    book = load_workbook(
        io.BytesIO(as_xlsx(table_of(ROW), [("Indsats", "=1"), ("Pr.", date(2026, 1, 2))]))
    )
    rows = [[cell.value for cell in row] for row in book["Om tabellen"].iter_rows()]
    assert rows[0] == ["Indsats", "=1"] and rows[1][1].date() == date(2026, 1, 2)
    assert book["Om tabellen"]["B1"].data_type == "s"


text = st.text(max_size=30)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(text, st.integers(-(10**9), 10**9)), max_size=6))
def test_whatever_the_text_both_files_are_whole(rows):
    """The same number of rows and the same numbers; no text becomes a formula."""
    table = table_of(*rows, columns=COLUMNS[:2])
    read = from_csv(as_csv(table))[1:]
    assert [int(row[1]) for row in read] == [row[1] for row in rows]
    assert not any(row[0].strip()[:1] in tuple("=+-@") and row[0].strip() for row in read)
    sheet = sheet_of(table)
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [row[1] for row in rows]
    assert all(row[0].data_type != "f" for row in sheet.iter_rows(min_row=2))


def test_equal_tables_give_equal_bytes():
    assert as_xlsx(table_of(ROW), [("Om", "x")]) == as_xlsx(table_of(ROW), [("Om", "x")])


def test_nothing_of_a_workbook_goes_to_the_disk_and_all_of_it_is_there(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("written to the disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    workbook = XlsxWorkbook()
    sheet = workbook.add_sheet("Sheet")
    workbook.write_rows(sheet, [["Åse", 7]])
    sheet.write_url("A1", "https://example.dk/", string="Åse")
    sheet.freeze_panes("A2")
    sheet.data_validation("A2:A9", {"validate": "list", "source": ["dreng", "pige"]})
    workbook.write_cell(workbook.add_sheet("lister"), 1, 1, "Ø")
    book = load_workbook(io.BytesIO(workbook.to_bytes()))
    assert (book.sheetnames, book["lister"]["B2"].value) == (["Sheet", "lister"], "Ø")
    tab = book.active
    assert ([cell.value for cell in tab[1]], tab.freeze_panes) == (["Åse", 7], "A2")
    assert tab["A1"].hyperlink.target == "https://example.dk/"
    assert [str(choice.sqref) for choice in tab.data_validations.dataValidation] == ["A2:A9"]
