"""What openpyxl returns, or an UnreadableCell, parsed.

Parsers raise ValidationError in Danish; they return "" or None for an empty cell.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from web.characters import remove_hidden
from web.validators import no_cpr

from .problems import refuse_cpr

ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DANISH_DATE = re.compile(r"(\d{1,2})([.-])\s?(\d{1,2})\2\s?(\d{4})")


class UnreadableCell(NamedTuple):
    sentence: str

    def __str__(self):
        return ""  # its content must not be repeated


FORMULA = UnreadableCell("Cellen er en formel. Kopiér den, og indsæt den som værdi.")
BROKEN = UnreadableCell("Cellen viser en fejl i regnearket.")
NOT_STORABLE = UnreadableCell("Cellen indeholder tegn, der ikke kan gemmes. Skriv den igen.")


def normalize_lines(text):
    return remove_hidden(text).strip()


def one_line(text):
    return " ".join(remove_hidden(text).split())


def is_empty(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def cell_text(cell):
    """The text may hold a CPR number."""
    if isinstance(cell, UnreadableCell):
        raise ValidationError(cell.sentence)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if not isinstance(cell, str | int | float) or isinstance(cell, bool):
        raise ValidationError("Skriv det som tekst.")
    return normalize_lines(str(cell))


def parse_text(cell):
    text = cell_text(cell)
    if isinstance(cell, str):
        no_cpr(text)
    else:
        refuse_cpr(text)  # numbers lose a leading 0
    return text


def parse_line(cell):
    return one_line(parse_text(cell))


def parse_key(cell):
    key = parse_line(cell)
    refuse_cpr(key)  # text too may have lost its leading 0
    return key


def parse_phone(cell):
    """A number stored without its leading 0 is none."""
    return one_line(cell_text(cell))


def parse_date(cell):
    """Accept date cells, '2019-03-01', '01.03.2019' and '01-03-2019'."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = parse_line(cell) if isinstance(cell, str) else parse_text(cell) and "?"
    if not text:
        return None
    try:
        if match := ISO_DATE.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := DANISH_DATE.fullmatch(text):
            return date(int(match[4]), int(match[3]), int(match[1]))
    except ValueError:
        raise ValidationError("Den dag findes ikke.") from None
    raise ValidationError("Skriv datoen som 2019-03-01 eller 01.03.2019.")


def parse_whole_number(cell):
    text = parse_line(cell)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValidationError("Skriv et helt tal.")
    return int(text)


def parse_list(cell, separators=";"):
    parts = re.split(f"[{separators}]", parse_line(cell))
    return [part.strip() for part in parts if part.strip()]
