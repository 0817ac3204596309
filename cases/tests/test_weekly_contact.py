"""Weekly contact: marks, and expected contacts against a day-by-day count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import AttendanceOutcome, Status
from cases.register import Fact, Person, Timeline
from cases.weekly_contact import Contact, Mark, WeeklyMarks, expected
from web.weeks import Week

MONDAY = date(2026, 11, 2)
WEEK = Week.of(MONDAY)


def person(enrolled=date(2026, 1, 1), statuses=(), pauses=()):
    return Person(
        id=1,
        uuid=None,
        name="Ung",
        born_on=date(2007, 1, 1),
        gender="male",
        enrolled_on=enrolled,
        statuses=Timeline(
            Fact(day, None, status) for day, status in [(enrolled, Status.YOUTH_CENTRE), *statuses]
        ),
        pauses=Timeline(Fact(day, None, paused) for day, paused in pauses),
    )


def mark(mentee, *outcomes):
    return WeeklyMarks([Contact(1, MONDAY, outcome) for outcome in outcomes]).mark(mentee, WEEK)


@pytest.mark.parametrize(
    ("outcomes", "shows"),
    [
        ([], Mark.NOTHING),
        ([AttendanceOutcome.MET], Mark.MET),
        ([AttendanceOutcome.NO_SHOW], Mark.NO_SHOW),
        ([AttendanceOutcome.TRIED], Mark.TRIED),
        ([AttendanceOutcome.CANCELLED_BY_MENTEE], Mark.CANCELLED),
        ([AttendanceOutcome.CANCELLED_BY_MENTOR], Mark.CANCELLED),
        ([AttendanceOutcome.TRIED, AttendanceOutcome.NO_SHOW], Mark.NO_SHOW),
        ([AttendanceOutcome.TRIED, AttendanceOutcome.CANCELLED_BY_MENTOR], Mark.CANCELLED),
        ([AttendanceOutcome.NO_SHOW, AttendanceOutcome.MET], Mark.MET),
    ],
)
def test_a_week_shows_the_strongest_of_what_happened(outcomes, shows):
    assert mark(person(), *outcomes) == shows


def test_no_contact_is_expected_in_a_week_with_a_pause_on_any_day():
    for first, last in [(0, 0), (6, 6), (-5, 0), (6, 12), (-5, 20)]:
        mentee = person(
            pauses=[(MONDAY + timedelta(first), True), (MONDAY + timedelta(last + 1), False)]
        )
        assert not expected(mentee, WEEK)
        assert mark(mentee) == Mark.PAUSED
        assert mark(mentee, AttendanceOutcome.NO_SHOW) == Mark.PAUSED
        assert mark(mentee, AttendanceOutcome.MET) == Mark.MET


def test_a_pause_that_ended_on_sunday_before_or_begins_on_monday_after_does_not_matter():
    assert expected(person(pauses=[(MONDAY - timedelta(9), True), (MONDAY, False)]), WEEK)
    assert expected(person(pauses=[(MONDAY + timedelta(7), True)]), WEEK)


def test_the_week_of_enrolment_is_not_expected_yet():
    assert not expected(person(enrolled=MONDAY + timedelta(1)), WEEK)
    assert expected(person(enrolled=MONDAY), WEEK)
    assert mark(person(enrolled=MONDAY + timedelta(10))) == Mark.NOT_ENROLLED


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DROPPED_OUT])
def test_the_week_of_the_end_is_not_expected(status):
    for day, is_expected in [(0, False), (6, False), (7, True)]:
        assert expected(person(statuses=[(MONDAY + timedelta(day), status)]), WEEK) is is_expected


facts = st.lists(st.tuples(st.integers(-10, 15), st.sampled_from(Status)), max_size=4)
pauses = st.lists(st.tuples(st.integers(-10, 15), st.booleans()), max_size=4)


@given(enrolled=st.integers(-20, 8), statuses=facts, paused=pauses)
def test_expected_agrees_with_going_day_by_day(enrolled, statuses, paused):
    since = MONDAY + timedelta(enrolled)
    dated = sorted(
        [(since + timedelta(max(0, n)), s) for n, s in statuses], key=lambda pair: pair[0]
    )
    stopped = sorted([(MONDAY + timedelta(n), p) for n, p in paused], key=lambda pair: pair[0])
    mentee = person(since, dated, stopped)
    agrees = True
    for n in range(7):
        day, status, pause = MONDAY + timedelta(n), None, False
        for changed, value in [(since, Status.SCHOOL), *dated]:
            status = value if changed <= day else status
        for changed, value in stopped:
            pause = value if changed <= day else pause
        agrees &= status not in (None, Status.COMPLETED, Status.DROPPED_OUT) and not pause
    assert expected(mentee, WEEK) is agrees


def test_a_fact_from_before_enrolment_counts_from_enrolment_only():
    early = Timeline([Fact(MONDAY - timedelta(days=30), None, Status.SCHOOL)])
    mentee = Person(1, None, "Ung", date(2007, 1, 1), "male", MONDAY, statuses=early)
    assert mentee.status(MONDAY - timedelta(days=1)) is None
    assert mentee.status(MONDAY) is Status.SCHOOL
    assert not expected(mentee, WEEK.plus(-1))
