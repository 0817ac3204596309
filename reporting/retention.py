from dataclasses import dataclass

from .trend import months_after

MONTHS = (3, 6, 12)


@dataclass(frozen=True)
class Retention:
    months: int
    reached: int
    still: int  # in the goal after so many months


def retention(register, goal_set, on):
    """Months that nobody can have reached yet are left out."""
    reached = [
        (person, first)
        for person in register.enrolled(on)
        if (first := first_day_in_goal(person, goal_set, on))
    ]
    result = []
    for months in MONTHS:
        later = [
            (person, day) for person, first in reached if (day := months_after(first, months)) <= on
        ]
        if later:
            result.append(
                Retention(
                    months, len(later), sum(person.status(day) in goal_set for person, day in later)
                )
            )
    return tuple(result)


def first_day_in_goal(person, goal_set, on):
    return next(
        (first for first, _, status in person.statuses.spells(on) if status in goal_set), None
    )
