"""Hypothesis strategies and builders of Persons and Registers without a database."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from cases.models import Status
from cases.register import Fact, Person, Register, Timeline

START = date(2026, 1, 1)
RECORDED_AT = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))

changes = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 8)), max_size=4)
# (day of enrolment, has a first status, status, mentor and pause changes); a change is
# (days after enrolment, number of the value)
histories = st.lists(
    st.tuples(st.integers(0, 120), st.booleans(), changes, changes, changes), max_size=12
)


def day(number):
    return START + timedelta(days=number)


def timeline(enrolled_on, changes, value):
    facts = [
        Fact(enrolled_on + timedelta(days=since), RECORDED_AT, value(which))
        for since, which in sorted(changes)
    ]
    return Timeline(facts)


def person(number, history):
    """A Person with the drawn history, an element of `histories`."""
    enrolled, has_first, statuses, mentors, pauses = history
    first = [(0, 2)] if has_first else []
    on = day(enrolled)
    return Person(
        number,
        UUID(int=number),
        f"Ung {number}",
        date(2006, 1, 1),
        "male",
        on,
        statuses=timeline(on, first + statuses, lambda which: list(Status)[which]),
        mentors=timeline(on, mentors, lambda which: which % 3 or None),
        pauses=timeline(on, pauses, lambda which: which % 2 == 0),
    )


def people_of(histories):
    return [person(number, history) for number, history in enumerate(histories, start=1)]


def register_of(people):
    return Register(tuple(people))


def last_before(timeline, on):
    """The value in force, computed without Timeline.on."""
    value = None
    for fact in timeline.facts:
        if fact.since <= on:
            value = fact.value
    return value
