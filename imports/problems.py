from typing import NamedTuple

from django.core.exceptions import ValidationError

from web.spreadsheets import csv_bytes
from web.validators import no_cpr

from .limits import MAX_LISTED_PROBLEMS

MAX_VALUE_LENGTH = 40

NOT_A_WORKBOOK = "Filen er ikke et regneark, eller den er gået i stykker. Gem den igen som .xlsx."


class Problem(NamedTuple):
    sheet: str
    row: int | None  # None: the whole sheet or file
    column: str
    sentence: str
    value: str = ""


class Unreadable(Exception):
    """Its text is a Danish sentence."""


class Problems(list):
    def add(self, sheet, row, column, error, value=None):
        """`error`: a sentence or a ValidationError; `column` None: the row."""
        for sentence in error.messages if isinstance(error, ValidationError) else [error]:
            heading = column.heading if column else ""
            shown = shown_value(value) if column and column.repeats else ""
            self.append(Problem(sheet.name, row, heading, str(sentence), shown))

    def add_for_file(self, name, sentence):
        self.append(Problem(name, None, "", sentence))


def refuse_cpr(text):
    """As no_cpr, also without the number's leading 0."""
    no_cpr(text)
    if text.isdigit() and len(text) == 9:
        no_cpr(f"0{text}")


def shown_value(value):
    """Nothing is shown of a CPR number."""
    text = "" if value is None else str(value)
    try:
        refuse_cpr(text)
    except ValidationError:
        return ""
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[:MAX_VALUE_LENGTH]}…"


def problems_csv(problems):
    rows = [["ark", "række", "kolonne", "hvad er galt", "værdi"], *problems[:MAX_LISTED_PROBLEMS]]
    if len(problems) > MAX_LISTED_PROBLEMS:
        rows.append(["", "", "", f"og {len(problems) - MAX_LISTED_PROBLEMS} til", ""])
    return csv_bytes(rows)
