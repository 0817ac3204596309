"""Workbooks are written in memory, and are none the worse for it."""

import io
import tempfile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from web import xlsx_writer


def test_nothing_of_a_workbook_goes_to_the_disk_and_all_of_it_is_there(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("written to the disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    book = Workbook()
    book.active.append(["Åse", 7])
    book.active["A1"].hyperlink = "https://example.dk/"
    book.active.freeze_panes = "A2"
    choices = DataValidation("list", formula1='"dreng,pige"')
    choices.add("A2:A9")
    book.active.add_data_validation(choices)
    book.create_sheet("lister")["B2"] = "Ø"
    workbook = load_workbook(io.BytesIO(xlsx_writer.to_bytes(book)))
    assert (workbook.sheetnames, workbook["lister"]["B2"].value) == (["Sheet", "lister"], "Ø")
    tab = workbook.active
    assert ([cell.value for cell in tab[1]], tab.freeze_panes) == (["Åse", 7], "A2")
    assert tab["A1"].hyperlink.target == "https://example.dk/"
    assert [str(rule.sqref) for rule in tab.data_validations.dataValidation] == ["A2:A9"]
