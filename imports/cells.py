"""One cell at a time: what a spreadsheet holds becomes a day, a number, a word or a text.

A cell is what openpyxl gives (None, text, number, datetime ...) or a Bad. Each function raises ValidationError with the
Danish sentence when the cell does not hold what is asked for, and gives None or "" for an empty one.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from web.validators import no_cpr

from .layout import plain
from .problems import refuse_cpr

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DANISH = re.compile(r"(\d{1,2})([.-])\s?(\d{1,2})\2\s?(\d{4})")
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no database takes for text


class UnreadableCell(NamedTuple):
    """A cell that cannot be read at all, and why."""

    sentence: str

    def __str__(self):
        return ""  # what it holds is not repeated


FORMULA = UnreadableCell("Cellen er en formel. Kopiér den, og indsæt den som værdi.")
BROKEN = UnreadableCell("Cellen viser en fejl i regnearket.")


def tidy(text):
    """A text as a sheet holds it: the lines end alike and nothing stands around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text):
    return " ".join(text.split())


def is_empty(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_written(cell):
    """The cell as text of one or more lines, whatever it says; a number as it is written."""
    if isinstance(cell, UnreadableCell):
        raise ValidationError(cell.sentence)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if not isinstance(cell, str | int | float) or isinstance(cell, bool):
        raise ValidationError("Skriv det som tekst.")
    found = tidy(str(cell))
    if NO_TEXT.search(found):
        raise ValidationError("Cellen indeholder tegn, der ikke kan gemmes. Skriv den igen.")
    return found


def text(cell):
    """The cell as text of one or more lines, without a CPR number; a number may have lost the 0 of one."""
    found = as_written(cell)
    if isinstance(cell, str):
        no_cpr(found)
    else:
        refuse_cpr(found)
    return found


def line(cell):
    """The cell as text of one line."""
    return one_line(text(cell))


def key(cell):
    """The key: somebody may have taken a CPR number, and a spreadsheet its 0, also when it is text by now."""
    found = line(cell)
    refuse_cpr(found)
    return found


def phone(cell):
    """A phone number, which may look like a CPR number and be none."""
    return one_line(as_written(cell))


def day(cell):
    """The date of a spreadsheet's own date, '2019-03-01', '01.03.2019' or '01-03-2019'."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = line(cell) if isinstance(cell, str) else text(cell) and "?"
    if not written:
        return None
    try:
        if found := ISO.fullmatch(written):
            return date(*map(int, found.groups()))
        if found := DANISH.fullmatch(written):
            return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        raise ValidationError("Den dag findes ikke.") from None
    raise ValidationError("Skriv datoen som 2019-03-01 eller 01.03.2019.")


def number(cell):
    """A whole number that is not negative."""
    written = line(cell)
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise ValidationError("Skriv et helt tal.")
    return int(written)


def words(cell, signs=";"):
    """The words of a cell that holds several, parted by any of the `signs`."""
    return [word for word in (part.strip() for part in re.split(f"[{signs}]", line(cell))) if word]


class Vocabulary:
    """The words a cell may hold and what each means, found however they are spelled."""

    def __init__(self, sentence, *, loosely=True):
        """`sentence`: what is said about any other word. Not `loosely`: only by case may it be spelled otherwise."""
        self.sentence, self.loosely = sentence, loosely
        self._exactly, self._plain = {}, {}

    def add(self, meaning, *words):
        """Words for `meaning`. A word that means something already keeps its meaning."""
        for word in filter(None, words):
            self._exactly.setdefault(word.casefold(), meaning)
            self._plain.setdefault(plain(word), []).append(meaning)
        return self

    def meaning(self, word):
        """What the word means; ValidationError for one that means nothing here, or two things."""
        if word.casefold() in self._exactly:
            return self._exactly[word.casefold()]
        found = self._plain.get(plain(word), []) if self.loosely and plain(word) else []
        if not found or any(meaning != found[0] for meaning in found):
            raise ValidationError(self.sentence)
        return found[0]

    def meanings(self, cell):
        """[meaning] of a cell with several words parted by semicolons; one that has a semicolon itself stands alone."""
        whole = line(cell)
        if whole.casefold() in self._exactly:
            return [self.meaning(whole)]
        return [self.meaning(word) for word in words(cell)]

    def __call__(self, cell):
        """The meaning of the cell's word; None for an empty cell."""
        word = line(cell)
        return self.meaning(word) if word else None

    @classmethod
    def of_choices(cls, choices, sentence, **also):
        """The codes and labels of TextChoices; `also` has more words for a code."""
        words = cls(sentence)
        for choice in choices:
            words.add(choice, choice.value, choice.label)
        for code, more in also.items():
            words.add(choices(code), *more)
        return words
