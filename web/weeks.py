"""ISO weeks, Monday to Sunday."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from web.dates import day_and_month


class Week(NamedTuple):
    """1 January 2027 is in Week(2026, 53). Sorts by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date):
        return _week_of(day)

    @property
    def monday(self):
        """Raise ValueError for a week that does not exist, such as 53 of 2027."""
        return _monday(self.year, self.number)

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)

    def plus(self, weeks: int):
        return Week.of(self.monday + timedelta(weeks=weeks))

    @property
    def label(self):
        """'16.–22. november'"""
        first, last = self.monday, self.sunday
        start = f"{first.day}." if first.month == last.month else day_and_month(first)
        return f"{start}–{day_and_month(last)}"


# A page asks for the same weeks thousands of times.
@lru_cache(maxsize=4096)
def _week_of(day):
    return Week(*day.isocalendar()[:2])


@lru_cache(maxsize=1024)
def _monday(year, number):
    return date.fromisocalendar(year, number, 1)


def last_weeks(count: int, until: Week):
    return [until.plus(n - count + 1) for n in range(count)]


def last_whole_week(on: date):
    """The last week that has ended by the day `on`: its own only on a Sunday."""
    return Week.of(on) if Week.of(on).sunday == on else Week.of(on).plus(-1)
