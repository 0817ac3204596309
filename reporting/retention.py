"""Retention: how many of those who reached the goal were still in it after some months."""

from dataclasses import dataclass

from .trend import months_after

MONTHS = (3, 6, 12)


@dataclass(frozen=True)
class Retention:
    """Of `reached`, who came into the goal at least `months` ago, `still` were in it so long after."""

    months: int
    reached: int
    still: int


def stays(register, goal_set, on):
    """A Stay for 3, 6 and 12 months; none for months that nobody can have stayed yet."""
    reached = [
        (person, first)
        for person in register.enrolled(on)
        if (first := first_day_in_goal(person, goal_set, on))
    ]
    found = []
    for months in MONTHS:
        later = [
            (person, day) for person, first in reached if (day := months_after(first, months)) <= on
        ]
        if later:
            found.append(
                Retention(
                    months, len(later), sum(person.status(day) in goal_set for person, day in later)
                )
            )
    return tuple(found)


def first_day_in_goal(person, goal_set, on):
    """The first day with a status in the goal; None for somebody who has not had one by `on`."""
    return next(
        (first for first, _, status in person.statuses.spells(on) if status in goal_set), None
    )
