"""What a report stores of the previous one."""

from dataclasses import dataclass
from datetime import date

from cases.models import Status

from .transitions import NEW, transitions_between


@dataclass(frozen=True)
class PreviousReport:
    """As it was printed."""

    number: str
    on: date
    enrolled: int
    in_goal: int
    counts: tuple[int, ...]  # of the nine statuses
    goal_statuses: tuple[str, ...]


@dataclass(frozen=True)
class TransitionCount:
    """`before` is None for the newly enrolled."""

    before: Status | None
    after: Status
    count: int


def transition_counts(register, before, on):
    return tuple(
        TransitionCount(None if move.before is NEW else move.before, move.after, move.count)
        for move in transitions_between(register, before, on).moves
        if move.before and move.after  # a missing status blocks issuing
    )
