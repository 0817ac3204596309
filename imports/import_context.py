"""What the parts of a plan share: the words, the register as it stands, the rows as values, and what went wrong."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from cases.models import Attendance, Match, Meeting, Mentee, Residence, StatusChange

from . import cells
from .existing import ExistingRegister
from .layout import MATCHES, MEETINGS, MENTEES, RESIDENCES, SHEETS, STATUSES
from .problems import Problems
from .vocabulary import CRITERIA, FORMS, GENDERS, OUTCOMES, STATUS, ProgrammeVocabulary


@dataclass
class Count:
    """Of the rows of a sheet: how many are new, and how many the register has had before; of these, how many hold no
    longer, because somebody took them back or mended them. They are not written again.
    """

    new: int = 0
    known: int = 0
    no_longer: int = 0


@dataclass
class Plan:
    """What an import writes, in the order it is written. Nothing of it is saved yet."""

    mentees: list = field(default_factory=list)
    facts: dict = field(default_factory=lambda: {StatusChange: [], Residence: [], Match: []})
    meetings: list = field(default_factory=list)  # (Meeting, [(Attendance, topics)])
    counts: dict = field(default_factory=lambda: {sheet.name: Count() for sheet in SHEETS})
    on_taken_days: int = (
        0  # new meetings on a day the register has another with one of the young people
    )


class Planned(NamedTuple):
    """A fact the file adds, and where it says so."""

    sheet: str
    row: int
    value: object


FACT_OF = {STATUSES.name: StatusChange, RESIDENCES.name: Residence, MATCHES.name: Match}
COLUMN_OF = {
    "effective_on": "day",
    "held_on": "day",
}  # the column of a model's field that is called otherwise


class ImportContext:
    """`mentees` {key: Mentee}: those of the register and those the file adds. `planned` {model: {(key, day): Planned}}.
    `wrong` {sheet: keys}: whose rows there hold something wrong, so that nothing is said to be missing because of it.
    """

    def __init__(self, programme, by, *, keep_reach=False):
        """`keep_reach`: phone numbers and e-mails in notes are the young people's own."""
        self.programme, self.by, self.keep_reach = programme, by, keep_reach
        self.words, self.stored = ProgrammeVocabulary(programme), ExistingRegister(programme)
        self.plan, self.problems = Plan(), Problems()
        self.mentees = dict(self.stored.mentees)
        self.planned = {StatusChange: {}, Residence: {}, Match: {}}
        self.wrong = defaultdict(set)
        self._mentors = None

    def meanings(self, sheet):
        """{column: the function that reads its cells}."""
        words = self.words
        return {
            "key": cells.key,
            "name": cells.line,
            "born_on": cells.day,
            "gender": GENDERS,
            "enrolled_on": cells.day,
            "area": words.areas,
            "mentor": words.holders if sheet is MEETINGS else words.mentors,
            "criteria": lambda cell: {CRITERIA.meaning(word) for word in cells.words(cell, ",;")},
            "phone": cells.phone,
            "email": cells.line,
            "referred_by": words.partners,
            "own_goal": cells.text,
            "own_goal_on": cells.day,
            "informed_on": cells.day,
            "day": cells.day,
            "status": STATUS,
            "detail": cells.line,
            "form": FORMS,
            "minutes": cells.number,
            "outcome": OUTCOMES,
            "note": cells.text,
            "place": cells.line,
            "topics": words.topics.meanings,
            "group": cells.line,
        }

    def rows(self, table):
        """(row number, {column: value}) of the table's rows that can be read; the others are problems by then."""
        meanings = self.meanings(table.sheet)
        for number, row in table.rows:
            said = {}
            for column in table.sheet.columns:
                try:
                    said[column.name] = meanings[column.name](row.get(column.name))
                    if column.empty and said[column.name] in ("", None):
                        raise ValidationError(column.empty)
                except ValidationError as error:
                    self.problems.at(table.sheet, number, column, error, row.get(column.name))
                    said.pop(column.name, None)
            if len(said) == len(table.sheet.columns):
                yield number, said
            else:
                self.wrong[table.sheet.name].add(said.get("key"))
                self.check_days(table.sheet, number, said)

    def check_days(self, sheet, row, said):
        """Note what is wrong with the days of a row that cannot be read whole: nothing else of it is looked at."""
        key, day = said.get("key"), said.get("day")
        mentee = self.mentees.get(key)
        checks = []
        if sheet is MENTEES:
            days = {name: said.get(name) for name in ("born_on", "enrolled_on")}
            checks = [Mentee(programme=self.programme, **days).clean]
        elif mentee and day and sheet is MEETINGS:
            checks = [Meeting(held_on=day).clean, partial(Attendance(mentee=mentee).check_day, day)]
        elif mentee and day:
            checks = [FACT_OF[sheet.name](mentee=mentee, effective_on=day).check_day]
        for check in checks:
            try:
                check()
            except ValidationError as error:
                self.refuse(sheet, row, error, key, values=said)

    def refuse(self, sheet, row, error, key=None, values=None):
        """Note what the register says about a row: a ValidationError of a model, at the columns its fields stand in.

        `values`: {column: value} to be repeated.
        """
        self.wrong[sheet.name].add(key)
        errors = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
        columns = {column.name: column for column in sheet.columns}
        for name, found in errors.items():
            column = columns.get(COLUMN_OF.get(name, name))
            value = (values or {}).get(column.name) if column else None
            for each in found:
                self.problems.at(sheet, row, column, ValidationError(each.messages), value)

    def mentee(self, sheet, row, key):
        """The Mentee of the key; None, and a problem unless its own row is one, when there is none."""
        mentee = self.mentees.get(key)
        if mentee is None and key not in self.wrong[MENTEES.name]:
            column = sheet.column("key")
            self.problems.at(
                sheet, row, column, "Nøglen står hverken på arket unge eller i registret.", key
            )
        return mentee

    def mentor_id(self, key, on):
        """The key of the young person's mentor on the day, by the register and the file together; None for none."""
        if self._mentors is None:
            self._mentors = defaultdict(dict)
            for (known, since), mentor in self.stored.standing[Match].items():
                self._mentors[known][since] = mentor
            for (known, since), planned in self.planned[Match].items():
                self._mentors[known][since] = planned.value
        since = [day for day in self._mentors[key] if day <= on]
        return self._mentors[key][max(since)] if since else None

    def is_new(self, key):
        return key not in self.stored.mentees

    def count(self, sheet):
        return self.plan.counts[sheet.name]


def checked(instance, *exclude):
    """Everything the model says about the instance except about the fields `exclude`; None when it is in order.

    Asks the database nothing: relations are looked up by us, and constraints are the database's.
    """
    errors = {}
    clean_fields = partial(instance.clean_fields, exclude={*exclude, "recorded_by", "uuid"})
    for check in (clean_fields, instance.clean, partial(check_texts, instance)):
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    return ValidationError(errors) if errors else None


def check_texts(instance):
    """Raise ValidationError for a text that is too long: of a TextField only a form would say so."""
    for text in instance._meta.fields:
        if isinstance(text, models.TextField) and text.max_length:
            try:
                MaxLengthValidator(text.max_length)(getattr(instance, text.name))
            except ValidationError as error:
                raise ValidationError({text.name: error}) from None


def sentence_of(model, name):
    """What a user reads when the constraint of the name is broken."""
    return next(c for c in model._meta.constraints if c.name == name).violation_error_message
