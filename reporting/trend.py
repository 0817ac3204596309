"""The same day every third month, counted backwards."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Point:
    on: date
    enrolled: int
    in_goal: int


def months_before(day, months):
    """Clamped to the month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_after(day, months):
    return months_before(day, -months)


def quarter_days(on, since, most=9):
    """Ends with `on`; nothing before `since`."""
    days = [months_before(on, 3 * n) for n in range(most)]
    return [day for day in reversed(days) if day >= since]


def trend(register, programme, on):
    """A day with nobody enrolled is absent, never zero."""
    points = []
    for day in quarter_days(on, programme.starts_on):
        enrolled = len(register.enrolled(day))
        if enrolled:
            points.append(Point(day, enrolled, len(register.in_goal(day, programme.goal_set))))
    return tuple(points)
