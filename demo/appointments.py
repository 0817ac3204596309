from datetime import time, timedelta

from cases.models import Appointment

from .tables import rows
from .workdays import ONE_DAY, workday_from

TIMES = (time(10), time(12, 30), time(14), time(15), time(15, 30), time(16), time(17, 15))


def create(scenario, table):
    """`table`: name | days from now | time | place"""
    Appointment.objects.bulk_create(
        appointment(
            scenario,
            scenario.mentees[name],
            scenario.until + int(days) * ONE_DAY,
            time.fromisoformat(at),
            place,
        )
        for name, days, at, place in rows(table)
    )


def create_usual(scenario, but=()):
    """In the coming days, one for everybody in progress except `but`."""
    mentees = {mentee.pk: mentee for mentee in scenario.mentees.values()}
    met = [
        mentees[person.id]
        for person in scenario.register().in_progress(scenario.until)
        if not person.pauses.on(scenario.until) and mentees[person.id].name not in but
    ]
    Appointment.objects.bulk_create(
        appointment(
            scenario,
            mentee,
            workday_from(scenario.until + timedelta(days=scenario.rng.randint(1, 9))),
            scenario.rng.choice(TIMES),
            "",
        )
        for mentee in met
    )


def appointment(scenario, mentee, on, at, place):
    made_on = max(scenario.until - timedelta(days=scenario.rng.randint(1, 7)), mentee.enrolled_on)
    by = scenario.mentor(mentee, made_on)
    return Appointment(
        mentee=mentee,
        on=on,
        at=at,
        place=place,
        **scenario.record_fields(made_on, by, delayed=False),
    )
