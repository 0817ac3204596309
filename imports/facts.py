"""Statuses, moves and matches: an equal value adds nothing, another is a problem."""

from django.core.exceptions import ValidationError

from cases.models import Match, Residence, StatusChange
from web.dates import long_date, today

from .existing import FACT_VALUE
from .layout import MATCHES, MENTEES, RESIDENCES, STATUSES
from .model_checks import model_errors
from .plan import Count, PlannedFact
from .row_parsing import parse_rows_with_mentee
from .vocabulary import none_if_nobody

RELATIONS = ("mentee", "area", "mentor")
ANOTHER_VALUE = {
    StatusChange: "en anden status",
    Residence: "et andet boligområde",
    Match: "en anden mentor",
}


def plan_statuses(context, table):
    for number, values, mentee in parse_rows_with_mentee(context, table):
        fact = StatusChange(
            mentee=mentee,
            status=values["status"].value,
            detail=values["detail"],
            effective_on=values["day"],
        )
        plan_fact(context, STATUSES, number, values["key"], fact, "status")


def plan_residences(context, table):
    for number, values, mentee in parse_rows_with_mentee(context, table):
        area = none_if_nobody(values["area"])
        fact = Residence(mentee=mentee, area=area, effective_on=values["day"])
        plan_fact(context, RESIDENCES, number, values["key"], fact, "area")


def plan_matches(context, table):
    for number, values, mentee in parse_rows_with_mentee(context, table):
        mentor = none_if_nobody(values["mentor"])
        fact = Match(mentee=mentee, mentor=mentor, effective_on=values["day"])
        plan_fact(context, MATCHES, number, values["key"], fact, "mentor")


def plan_fact(context, sheet, number, key, fact, column):
    """Plan the fact unless it is known; `column` is the one with its value."""
    fact.recorded_by = context.by
    try:
        if error := model_errors(fact, *RELATIONS):
            raise error
        fact.check_day()
        check_mentor(context, fact)
    except ValidationError as error:
        context.add_error(sheet, number, error, key)
        return
    model, key_and_day = type(fact), (key, fact.effective_on)
    value = FACT_VALUE[model](fact)
    current, new_facts = context.existing.current_facts[model], context.new_facts[model]
    # The sheet of mentees counts mentees only.
    count = context.count(sheet) if sheet is not MENTEES else Count()
    if is_known(context, model, key_and_day, value):
        count.known += 1
        count.no_longer += key_and_day not in new_facts and current.get(key_and_day) != value
    elif key_and_day in new_facts or key_and_day in current:
        sentence = conflict_sentence(fact, new_facts.get(key_and_day))
        context.problems.add(sheet, number, sheet.column(column), sentence)
    else:
        new_facts[key_and_day] = PlannedFact(sheet.name, number, value)
        context.plan.facts[model].append(fact)
        count.new += 1


def is_known(context, model, key_and_day, value):
    """None at enrolment holds without a fact, so known mentees have it."""
    key, day = key_and_day
    planned = context.new_facts[model].get(key_and_day)
    if (key, day, value) in context.existing.all_facts[model]:
        return True
    if planned:
        return planned.value == value
    return (
        value is None
        and not context.is_new(key)
        and day == context.mentees[key].enrolled_on
        and key_and_day not in context.existing.current_facts[model]
    )


def conflict_sentence(fact, planned):
    """'Fra 2. februar 2026 har den unge en anden status i række 2 på arket statusser.'"""
    place = f"i række {planned.row} på arket {planned.sheet}" if planned else "i registret"
    return f"Fra {long_date(fact.effective_on)} har den unge {ANOTHER_VALUE[type(fact)]} {place}."


def check_mentor(context, fact):
    """Raise ValidationError if the user of a Match is not a mentor that day.

    Not on past days: memberships are often recorded after the history.
    """
    if not isinstance(fact, Match) or fact.mentor_id is None or fact.effective_on < today():
        return
    if not context.existing.is_mentor(fact.mentor, fact.effective_on):
        raise ValidationError({"mentor": "Personen er ikke mentor i indsatsen den dag."})


def check_first_statuses(context, new_mentees):
    """`new_mentees` {key: row number}."""
    for key, number in new_mentees.items():
        enrolled_on = context.mentees[key].enrolled_on
        if (
            key in context.keys_with_errors[STATUSES.name]
            or (key, enrolled_on) in context.new_facts[StatusChange]
        ):
            continue
        sentence = (
            f"Den unge mangler en status fra indskrivningen {long_date(enrolled_on)}. "
            "Skriv den på arket statusser."
        )
        context.problems.add(MENTEES, number, MENTEES.column("key"), sentence, key)
