"""CSV and XLSX files. Text stays text, whatever it begins with."""

import csv
import io
import re
from datetime import date, datetime

import xlsxwriter

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What begins like this becomes a formula in a spreadsheet.
FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
SURROGATES = re.compile(r"[\ud800-\udfff]")


def as_csv(table):
    return csv_bytes([[column.label for column in table.columns], *table.values])


def csv_bytes(rows):
    """With semicolons and a byte order mark, as Danish Excel expects."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([csv_value(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def csv_value(value):
    """An apostrophe marks what looks like a formula as text."""
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(table, about):
    """Return XLSX bytes; `about`, [(heading, value)], is a second sheet."""
    workbook = XlsxWorkbook()
    sheet = workbook.add_sheet("Tabel")
    headings = [column.label for column in table.columns]
    workbook.write_rows(sheet, [headings], bold=True)
    workbook.write_rows(sheet, table.values, first_row=1)
    fit_columns(sheet, [headings, *table.values])
    sheet.freeze_panes(1, 0)
    sheet = workbook.add_sheet("Om tabellen")
    workbook.write_rows(sheet, about)
    fit_columns(sheet, about)
    return workbook.to_bytes()


def fit_columns(sheet, rows):
    for column, values in enumerate(zip(*rows, strict=True)):
        longest = max(len(str(value or "")) for value in values)
        sheet.set_column(column, column, min(60, longest + 2))


class XlsxWorkbook:
    """Made in memory: no register data in temporary files.

    `style` is properties of an XlsxWriter format.
    """

    OPTIONS = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    CREATED = datetime(2000, 1, 1)  # so that equal content gives equal bytes
    DATE_FORMAT = "dd-mm-yyyy"

    def __init__(self):
        self._file = io.BytesIO()
        self._workbook = xlsxwriter.Workbook(self._file, self.OPTIONS)
        self._workbook.set_properties({"created": self.CREATED})
        self._formats = {}

    def add_sheet(self, name):
        return self._workbook.add_worksheet(name)

    def cell_format(self, **style):
        key = frozenset(style.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(style)
        return self._formats[key]

    def write_rows(self, sheet, rows, first_row=0, **style):
        for number, row in enumerate(rows, start=first_row):
            for column, value in enumerate(row):
                self.write_cell(sheet, number, column, value, **style)

    def write_cell(self, sheet, row, column, value, **style):
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._write_text(sheet, row, column, SURROGATES.sub("", value), style)
        elif isinstance(value, date):
            date_format = self.cell_format(num_format=self.DATE_FORMAT, **style)
            sheet.write_datetime(row, column, value, date_format)
        else:
            sheet.write_number(row, column, value, self.cell_format(**style))

    def _write_text(self, sheet, row, column, text, style):
        if FORMULA.match(text):
            style = {**style, "quote_prefix": True}  # stays text when edited
        if text.startswith("<r>"):  # write_string would take it for markup
            sheet.write_rich_string(row, column, "<", "r", text[2:], self.cell_format(**style))
        else:
            sheet.write_string(row, column, text, self.cell_format(**style))

    def to_bytes(self):
        self._workbook.close()
        return self._file.getvalue()
