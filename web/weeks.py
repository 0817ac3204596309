"""ISO weeks in Køge: Monday to Sunday, numbered with the year they belong to. 2026 has 53 of them."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from web.dates import day_and_month


class Week(NamedTuple):
    """A week by its ISO year and number. Sorts in time; 1 January 2027 lies in Week(2026, 53)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date):
        """The week the day lies in."""
        return _week_of(day)

    @property
    def monday(self):
        """Its first day. Raises ValueError for a week that does not exist, such as week 53 of 2027."""
        return _monday(self.year, self.number)

    @property
    def sunday(self):
        """Its last day."""
        return self.monday + timedelta(days=6)

    def plus(self, weeks: int):
        """The week `weeks` later; earlier when negative."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    @property
    def label(self):
        """'16.-22. november', 'uge' and number aside."""
        first, last = self.monday, self.sunday
        start = f"{first.day}." if first.month == last.month else day_and_month(first)
        return f"{start}–{day_and_month(last)}"


# A page of figures asks for the same few weeks thousands of times.
@lru_cache(maxsize=4096)
def _week_of(day):
    return Week(*day.isocalendar()[:2])


@lru_cache(maxsize=1024)
def _monday(year, number):
    return date.fromisocalendar(year, number, 1)


def last_weeks(count: int, until: Week):
    """`count` weeks in time order, the last of them `until`."""
    return [until.plus(n - count + 1) for n in range(count)]


def last_whole_week(on: date):
    """The last week that has ended by the day `on`: its own only on a Sunday."""
    return Week.of(on) if Week.of(on).sunday == on else Week.of(on).plus(-1)
