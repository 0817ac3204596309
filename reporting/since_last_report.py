"""From one report to the next: what has changed since the last one issued, who moved, and how long people stay."""

from dataclasses import dataclass
from datetime import date

from cases.models import Status

from .transitions import NEW, flow


@dataclass(frozen=True)
class PreviousReport:
    """The last report issued before this one, of the same edition, as it was printed."""

    number: str
    on: date
    enrolled: int
    in_goal: int
    counts: tuple[int, ...]  # of the nine statuses, in their order
    goal_statuses: tuple[str, ...]  # which of them counted towards the goal


@dataclass(frozen=True)
class TransitionCount:
    """So many went from one status to another; `before` is None for those taken in since."""

    before: Status | None
    after: Status
    count: int


def moves(register, before, on):
    """The Moved of the Flow from the day `before` to the day `on`, in its order."""
    return tuple(
        TransitionCount(None if move.before is NEW else move.before, move.after, move.count)
        for move in flow(register, before, on).moves
        if move.before and move.after  # with somebody without a status no report is issued
    )
