"""The same day every third month, counted backwards."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from cases.models import Status


@dataclass(frozen=True)
class Point:
    on: date
    enrolled: int
    in_goal: int


@dataclass(frozen=True)
class GoalSpell:
    """From the day `since` the goal was `goal` of `target` with one of `statuses`."""

    since: date
    statuses: tuple[Status, ...]
    goal: int
    target: int


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


def trend(register, since, definitions, on, known_at=None):
    """Each Point by the goal of its own day. A day with nobody enrolled is absent, never zero."""
    points = []
    for day in quarter_days(on, since):
        enrolled = len(register.enrolled(day))
        if enrolled:
            goal = definitions.goal(day, known_at).goal_set
            points.append(Point(day, enrolled, len(register.in_goal(day, goal))))
    return tuple(points)


def goal_spells(definitions, points, on, known_at=None):
    """From the first Point to `on`; () if the goal was the same all along."""
    spells = definitions.goals_between(points[0].on, on, known_at) if points else ()
    spells = [GoalSpell(day, goal.counted, goal.goal, goal.target) for day, goal in spells]
    return tuple(spells) if len(spells) > 1 else ()
