"""A workbook is written in memory: openpyxl would write each sheet, names and notes, to a file of its own in /tmp."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def to_bytes(workbook):
    """The bytes of the openpyxl Workbook, without pictures and charts."""
    out = io.BytesIO()
    Writer(workbook, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()


class Writer(ExcelWriter):
    def write_worksheet(self, ws):
        """As openpyxl's own, except where the sheet goes."""
        ws._drawing = SpreadsheetDrawing()
        out = io.BytesIO()
        writer = WorksheetWriter(ws, out=out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)
