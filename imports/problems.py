"""What is wrong with a file, cell by cell: a value, a sentence, and the list somebody mends the file by."""

import csv
import io
from typing import NamedTuple

from django.core.exceptions import ValidationError

from web.formulas import harmless
from web.validators import no_cpr

from .limits import MOST_PROBLEMS

SHORT = 40  # characters of a wrong value that are repeated


class Problem(NamedTuple):
    """One thing to mend. `row` counts as the spreadsheet does; None where it is about the whole sheet or file."""

    sheet: str
    row: int | None
    column: str
    sentence: str
    value: str = ""


class Unreadable(Exception):
    """A file that is no spreadsheet of ours at all. Its text is the Danish sentence."""


class Problems(list):
    """The problems found so far."""

    def at(self, sheet, row, column, error, value=None):
        """Note what `error`, a sentence or a ValidationError, says about the cell of the Column (None: the row)."""
        for sentence in error.messages if isinstance(error, ValidationError) else [error]:
            self.append(
                Problem(
                    sheet.name,
                    row,
                    column.heading if column else "",
                    str(sentence),
                    repeatable(value) if column and column.repeats else "",
                )
            )

    def about(self, name, sentence):
        """Note what is wrong with a whole file or sheet called `name`."""
        self.append(Problem(name, None, "", sentence))


def refuse_cpr(text):
    """Raise ValidationError when the text seems to hold a CPR number, also one that lost its first 0 as a number."""
    no_cpr(text)
    if text.isdigit() and len(text) == 9:
        no_cpr(f"0{text}")


def repeatable(value):
    """The start of a wrong value as text, for the list; nothing of what looks like a CPR number."""
    text = "" if value is None else str(value)
    try:
        refuse_cpr(text)
    except ValidationError:
        return ""
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def as_csv(problems):
    """The list as bytes: semicolons and a byte order mark, as a Danish Excel expects."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";")
    lines.writerow(["ark", "række", "kolonne", "hvad er galt", "værdi"])
    for problem in problems[:MOST_PROBLEMS]:
        lines.writerow(
            [
                harmless(problem.sheet),
                problem.row or "",
                problem.column,
                problem.sentence,
                harmless(problem.value),
            ]
        )
    if len(problems) > MOST_PROBLEMS:
        lines.writerow(["", "", "", f"og {len(problems) - MOST_PROBLEMS} til", ""])
    return out.getvalue().encode("utf-8-sig")
