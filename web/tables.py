"""Tables as values, for pages, CSV and XLSX."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from web.danish import signed
from web.dates import long_date


class Kind(StrEnum):
    """CHANGE is shown with its sign."""

    TEXT = "text"
    NUMBER = "number"
    CHANGE = "change"
    DAY = "day"


class Column(NamedTuple):
    label: str
    kind: Kind = Kind.TEXT

    @property
    def css(self):
        return {Kind.NUMBER: "n", Kind.CHANGE: "n muted"}.get(self.kind, "")


class Drawn(NamedTuple):
    """`value` is for files, `face` for pages."""

    value: object
    face: SafeString


def link(text, url):
    return Drawn(text, format_html('<a href="{}">{}</a>', url, text))


@dataclass(frozen=True)
class Table:
    """Cells are str, int, date, None or Drawn; `name` is used in URLs and file names."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple, ...]
    foot: tuple | None = None

    @property
    def values(self):
        rows = (*self.rows, self.foot) if self.foot else self.rows
        return [
            tuple(cell.value if isinstance(cell, Drawn) else cell for cell in row) for row in rows
        ]

    @property
    def drawn_head(self):
        right = mark_safe(' class="n"')
        heads = ((right if column.css else "", column.label) for column in self.columns)
        return format_html_join("", '<th scope="col"{}>{}</th>', heads)

    @property
    def drawn(self):
        return [self.cells(row) for row in self.rows]

    @property
    def drawn_foot(self):
        return self.foot and self.cells(self.foot)

    def cells(self, row):
        first, *others = (
            cell_html(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)
        )
        cells = [
            f'<td class="{column.css}">{cell}</td>' if column.css else f"<td>{cell}</td>"
            for cell, column in zip(others, self.columns[1:], strict=True)
        ]
        return mark_safe(f'<th scope="row">{first}</th>{"".join(cells)}')  # noqa: S308


def cell_html(cell, kind):
    if isinstance(cell, Drawn):
        return cell.face
    if cell is None:
        return ""
    if isinstance(cell, date):
        return long_date(cell)
    return signed(cell) if kind is Kind.CHANGE else conditional_escape(cell)
