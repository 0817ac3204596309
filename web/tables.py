"""A table is a value: page, CSV and XLSX are drawn from the same one, so they hold the same figures."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from web.danish import signed
from web.dates import long_date


class Kind(StrEnum):
    """What a column holds. Figures stand to the right; a change has its sign."""

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
    """A cell that is more on the page than in a file: `value` is what the file says, `face` what the page draws."""

    value: object
    face: SafeString


def link(text, url):
    return Drawn(text, format_html('<a href="{}">{}</a>', url, text))


@dataclass(frozen=True)
class Table:
    """`name` goes into addresses and file names. A row is a tuple of str, int, date, None or Drawn, a cell a column.

    `foot` is the last row, where the table has a sum.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple, ...]
    foot: tuple | None = None

    @property
    def values(self):
        """Every row, the foot too, with plain values."""
        rows = (*self.rows, self.foot) if self.foot else self.rows
        return [
            tuple(cell.value if isinstance(cell, Drawn) else cell for cell in row) for row in rows
        ]

    @property
    def drawn(self):
        """The rows without the foot, each a ready string of cells."""
        return [self.cells(row) for row in self.rows]

    @property
    def drawn_foot(self):
        return self.foot and self.cells(self.foot)

    def cells(self, row):
        """The cells of a row; the first one is its head."""
        first, *others = (
            shown(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)
        )
        cells = [
            f'<td class="{column.css}">{cell}</td>' if column.css else f"<td>{cell}</td>"
            for cell, column in zip(others, self.columns[1:], strict=True)
        ]
        return mark_safe(f'<th scope="row">{first}</th>{"".join(cells)}')  # noqa: S308 (`shown` has escaped them)


def shown(cell, kind):
    """A cell as the page shows it, escaped."""
    if isinstance(cell, Drawn):
        return cell.face
    if cell is None:
        return ""
    if isinstance(cell, date):
        return long_date(cell)
    return signed(cell) if kind is Kind.CHANGE else conditional_escape(cell)
