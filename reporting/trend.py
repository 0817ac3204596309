"""The development over time: the same day every third month, counted backwards from the day asked about."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Point:
    """How the programme stood on a day: the number enrolled, and of those the number in the goal."""

    on: date
    enrolled: int
    in_goal: int


def months_before(day, months):
    """The same day of the month `months` earlier; the last of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_after(day, months):
    """The same day of the month `months` later; the last of the month where there is no such day."""
    return months_before(day, -months)


def quarter_days(on, since, most=9):
    """The days of the trend up to `on` in time order, at most `most` of them, none before `since`."""
    days = [months_before(on, 3 * n) for n in range(most)]
    return [day for day in reversed(days) if day >= since]


def trend(register, programme, on):
    """The Points of the trend. A day when nobody was enrolled yet is absent, never zero."""
    points = []
    for day in quarter_days(on, programme.starts_on):
        enrolled = len(register.enrolled(day))
        if enrolled:
            points.append(Point(day, enrolled, len(register.in_goal(day, programme.goal_set))))
    return tuple(points)
