"""From one report to the next: what has changed since the last one issued, who moved, and how long people stay."""

from dataclasses import dataclass
from datetime import date

from cases.models import Status

from .flow import NEW, flow
from .trend import months_after

MONTHS = (3, 6, 12)


@dataclass(frozen=True)
class Since:
    """The last report issued before this one, of the same edition, as it was printed."""

    number: str
    on: date
    enrolled: int
    in_goal: int
    counts: tuple[int, ...]  # of the nine statuses, in their order
    goal_statuses: tuple[str, ...]  # which of them counted towards the goal


@dataclass(frozen=True)
class Moved:
    """So many went from one status to another; `before` is None for those taken in since."""

    before: Status | None
    after: Status
    count: int


@dataclass(frozen=True)
class Stay:
    """Of `reached`, who came into the goal at least `months` ago, `still` were in it so long after."""

    months: int
    reached: int
    still: int


def moves(register, before, on):
    """The Moved of the Flow from the day `before` to the day `on`, in its order."""
    return tuple(
        Moved(None if move.before is NEW else move.before, move.after, move.count)
        for move in flow(register, before, on).moves
        if move.before and move.after  # with somebody without a status no report is issued
    )


def stays(register, goal_set, on):
    """A Stay for 3, 6 and 12 months; none for months that nobody can have stayed yet."""
    reached = [
        (person, first) for person in register.enrolled(on) if (first := first_day_in_goal(person, goal_set, on))
    ]
    found = []
    for months in MONTHS:
        later = [(person, day) for person, first in reached if (day := months_after(first, months)) <= on]
        if later:
            found.append(Stay(months, len(later), sum(person.status(day) in goal_set for person, day in later)))
    return tuple(found)


def first_day_in_goal(person, goal_set, on):
    """The first day with a status in the goal; None for somebody who has not had one by `on`."""
    return next((first for first, _, status in person.statuses.spells(on) if status in goal_set), None)
