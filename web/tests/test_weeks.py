"""ISO weeks and the days of Køge: New Year 2026/27, week 53, both nights the clock is moved."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from conftest import COPENHAGEN
from web.dates import age, today
from web.weeks import Week, last_weeks


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2025, 12, 28), (2025, 52)),
        (date(2025, 12, 29), (2026, 1)),
        (date(2026, 1, 1), (2026, 1)),
        (date(2026, 12, 27), (2026, 52)),
        (date(2026, 12, 28), (2026, 53)),
        (date(2026, 12, 31), (2026, 53)),
        (date(2027, 1, 1), (2026, 53)),
        (date(2027, 1, 3), (2026, 53)),
        (date(2027, 1, 4), (2027, 1)),
        (date(2019, 3, 1), (2019, 9)),
        (date(2020, 12, 31), (2020, 53)),
    ],
)
def test_a_day_lies_in_one_week(day, week):
    assert Week.of(day) == week
    assert Week.of(day).monday <= day <= Week.of(day).sunday


def test_weeks_over_new_year_are_neighbours_and_sort_in_time():
    weeks = last_weeks(5, Week(2027, 2))
    assert weeks == [(2026, 51), (2026, 52), (2026, 53), (2027, 1), (2027, 2)]
    assert sorted(weeks) == weeks
    assert Week(2027, 1).plus(-1) == (2026, 53)


def test_a_week_that_does_not_exist_says_so():
    with pytest.raises(ValueError, match="53"):
        print(Week(2027, 53).monday)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_nights_the_clock_is_moved_have_one_day_each(day):
    moments = [
        datetime(day.year, day.month, day.day, hour, 30, tzinfo=COPENHAGEN) for hour in (0, 2, 23)
    ]
    for moment in [*moments, moments[1].replace(fold=1)]:
        with time_machine.travel(moment, tick=False):
            assert today() == day


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-03-31T22:30:00+00:00", date(2026, 4, 1)),  # summer time
        ("2026-12-31T22:30:00+00:00", date(2026, 12, 31)),
        ("2026-12-31T23:30:00+00:00", date(2027, 1, 1)),  # winter time
    ],
)
def test_a_day_begins_at_midnight_in_koege(utc, day):
    with time_machine.travel(datetime.fromisoformat(utc), tick=False):
        assert today() == day


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 3, 1), date(2026, 2, 28), 17),
        (date(2008, 3, 1), date(2026, 3, 1), 18),
    ],
)
def test_age_in_whole_years(born, on, years):
    assert age(born, on) == years


def test_every_day_of_ten_years_lies_in_the_week_its_monday_says():
    day = date(2019, 1, 1)
    while day < date(2029, 1, 1):
        week = Week.of(day)
        assert (day - week.monday).days == day.weekday()
        assert Week.of(week.monday) == week
        day += timedelta(days=1)
