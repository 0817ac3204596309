"""The sheets of dated facts: statuses, moves, new mentors. From one day one value of a kind: the same again adds
nothing, another one is a problem.
"""

from django.core.exceptions import ValidationError

from cases.models import Match, Residence, StatusChange
from web.dates import long_date, today

from .existing import VALUE
from .import_context import Count, Planned, checked
from .layout import MATCHES, MENTEES, RESIDENCES, STATUSES
from .vocabulary import unless_nobody

RELATIONS = ("mentee", "area", "mentor")
WHAT = {
    StatusChange: "en anden status",
    Residence: "et andet boligområde",
    Match: "en anden mentor",
}


def plan_statuses(desk, table):
    for number, said, mentee in rows_with_mentee(desk, table):
        fact = StatusChange(
            mentee=mentee,
            status=said["status"].value,
            detail=said["detail"],
            effective_on=said["day"],
        )
        plan_fact(desk, STATUSES, number, said["key"], fact, "status")


def plan_residences(desk, table):
    for number, said, mentee in rows_with_mentee(desk, table):
        fact = Residence(mentee=mentee, area=unless_nobody(said["area"]), effective_on=said["day"])
        plan_fact(desk, RESIDENCES, number, said["key"], fact, "area")


def plan_matches(desk, table):
    for number, said, mentee in rows_with_mentee(desk, table):
        fact = Match(mentee=mentee, mentor=unless_nobody(said["mentor"]), effective_on=said["day"])
        plan_fact(desk, MATCHES, number, said["key"], fact, "mentor")


def rows_with_mentee(desk, table):
    """(row number, {column: value}, Mentee) of the rows about somebody there is."""
    for number, said in desk.rows(table):
        mentee = desk.mentee(table.sheet, number, said["key"])
        if mentee is not None:
            yield number, said, mentee


def plan_fact(desk, sheet, number, key, fact, column):
    """Plan the fact that the row says about the young person of the key, unless the register or the file has it."""
    fact.recorded_by = desk.by
    try:
        if error := checked(fact, *RELATIONS):
            raise error
        fact.check_day()
        check_mentor(desk, fact)
    except ValidationError as error:
        desk.refuse(sheet, number, error, key)
        return
    kind, value, place = type(fact), VALUE[type(fact)](fact), (key, fact.effective_on)
    count = desk.count(sheet) if sheet is not MENTEES else Count()  # there the people are counted
    if is_known(desk, kind, place, value):
        count.known += 1
        count.no_longer += (
            place not in desk.planned[kind] and desk.stored.standing[kind].get(place) != value
        )
    elif place in desk.planned[kind] or place in desk.stored.standing[kind]:
        said = desk.planned[kind].get(place)
        where = f"i række {said.row} på arket {said.sheet}" if said else "i registret"
        sentence = f"Fra {long_date(fact.effective_on)} har den unge {WHAT[kind]} {where}."
        desk.problems.at(
            sheet, number, next(c for c in sheet.columns if c.name == column), sentence
        )
    else:
        desk.planned[kind][place] = Planned(sheet.name, number, value)
        desk.plan.facts[kind].append(fact)
        count.new += 1


def is_known(desk, kind, place, value):
    """Whether the register or the file says so already. None from the first day is what holds when nothing is said."""
    key, day = place
    planned = desk.planned[kind].get(place)
    if (key, day, value) in desk.stored.ever[kind] or (planned and planned.value == value):
        return True
    if value is not None or desk.is_new(key) or planned:
        return False
    return day == desk.mentees[key].enrolled_on and place not in desk.stored.standing[kind]


def check_mentor(desk, fact):
    """Raise ValidationError when the new mentor, from today on, is none in the programme.

    What was is let be: somebody who has been a mentor may have been this young person's on any day that is gone.
    """
    if not isinstance(fact, Match) or fact.mentor_id is None or fact.effective_on < today():
        return
    if not desk.stored.is_mentor(fact.mentor, fact.effective_on):
        raise ValidationError({"mentor": "Personen er ikke mentor i indsatsen den dag."})


def check_first_statuses(desk, new):
    """Note the new young people, {key: row number}, who have no status from the day of enrolment."""
    for key, number in new.items():
        enrolled_on = desk.mentees[key].enrolled_on
        if (
            key not in desk.wrong[STATUSES.name]
            and (key, enrolled_on) not in desk.planned[StatusChange]
        ):
            day = long_date(enrolled_on)
            sentence = f"Den unge mangler en status fra indskrivningen {day}. Skriv den på arket statusser."
            desk.problems.at(MENTEES, number, MENTEES.column("key"), sentence, key)
