from functools import partial

from django.core.exceptions import ValidationError

from cases.models import Attendance, Match, Meeting, Mentee, Residence, StatusChange

from .cells import (
    parse_date,
    parse_key,
    parse_line,
    parse_list,
    parse_phone,
    parse_text,
    parse_whole_number,
)
from .layout import MATCHES, MEETINGS, MENTEES, RESIDENCES, STATUSES
from .progress import CHECKING, counted
from .vocabulary import CRITERIA, FORMS, GENDERS, OUTCOMES, STATUS

FACT_MODELS = {STATUSES.name: StatusChange, RESIDENCES.name: Residence, MATCHES.name: Match}


def parse_criteria(cell):
    return {CRITERIA.meaning(word) for word in parse_list(cell, ",;")}


def cell_parsers(vocabulary, sheet):
    """{column: parser}"""
    mentors = vocabulary.holders if sheet is MEETINGS else vocabulary.mentors
    return {
        "key": parse_key,
        "name": parse_line,
        "born_on": parse_date,
        "gender": GENDERS.parse,
        "enrolled_on": parse_date,
        "area": vocabulary.areas.parse,
        "mentor": mentors.parse,
        "criteria": parse_criteria,
        "phone": parse_phone,
        "email": parse_line,
        "referred_by": vocabulary.partners.parse,
        "own_goal": parse_text,
        "own_goal_on": parse_date,
        "informed_on": parse_date,
        "day": parse_date,
        "status": STATUS.parse,
        "detail": parse_line,
        "form": FORMS.parse,
        "minutes": parse_whole_number,
        "outcome": OUTCOMES.parse,
        "note": parse_text,
        "place": parse_line,
        "topics": vocabulary.topics.parse_several,
        "group": parse_line,
    }


def parse_rows(context, table):
    """Yield (row number, {column: value}); rows that cannot be parsed become problems."""
    sheet = table.sheet
    parsers = cell_parsers(context.vocabulary, sheet)
    for number, cells in counted(table.rows, context.report_progress, CHECKING, sheet.name):
        values = {}
        for column in sheet.columns:
            cell = cells.get(column.name)
            try:
                value = parsers[column.name](cell)
                if column.empty and value in ("", None):
                    raise ValidationError(column.empty)
                values[column.name] = value
            except ValidationError as error:
                context.problems.add(sheet, number, column, error, cell)
        if len(values) == len(sheet.columns):
            yield number, values
        else:
            context.keys_with_errors[sheet.name].add(values.get("key"))
            check_days(context, sheet, number, values)


def parse_rows_with_mentee(context, table):
    for number, values in parse_rows(context, table):
        mentee = context.get_mentee(table.sheet, number, values["key"])
        if mentee is not None:
            yield number, values, mentee


def check_days(context, sheet, number, values):
    """Check only the days of a row that cannot be parsed."""
    key, day = values.get("key"), values.get("day")
    mentee = context.mentees.get(key)
    checks = []
    if sheet is MENTEES:
        days = {name: values.get(name) for name in ("born_on", "enrolled_on")}
        checks = [Mentee(programme=context.programme, **days).clean]
    elif mentee and day and sheet is MEETINGS:
        checks = [Meeting(held_on=day).clean, partial(Attendance(mentee=mentee).check_day, day)]
    elif mentee and day:
        checks = [FACT_MODELS[sheet.name](mentee=mentee, effective_on=day).check_day]
    for check in checks:
        try:
            check()
        except ValidationError as error:
            context.add_error(sheet, number, error, key, values)
