"""The forecast, and the pace that reaches the goal."""

from dataclasses import dataclass
from datetime import date

from cases.models import Agreement
from reporting.trend import months_after


@dataclass(frozen=True)
class Start:
    """The first agreed start that takes a Person into the goal."""

    person: object
    agreement: Agreement

    @property
    def due_on(self):
        return self.agreement.due_on


@dataclass(frozen=True)
class Forecast:
    in_goal: int
    starts: tuple[Start, ...]  # earliest first

    @property
    def total(self):
        return self.in_goal + len(self.starts)


def forecast(register, agreements, on, goal_statuses):
    """`agreements`: those open on the day. Overdue starts are not forecast."""
    waiting = {p.id: p for p in register.in_progress(on) if p.status(on) not in goal_statuses}
    starts = {}
    for agreement in sorted(agreements, key=lambda agreement: agreement.due_on):
        leads_to_goal = agreement.status_it_leads_to in goal_statuses
        if leads_to_goal and agreement.due_on >= on and agreement.mentee_id in waiting:
            starts.setdefault(agreement.mentee_id, Start(waiting[agreement.mentee_id], agreement))
    return Forecast(len(register.in_goal(on, goal_statuses)), tuple(starts.values()))


def whole_months(first: date, last: date):
    """1 from 15 March to 14 May, 2 to 15 May."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def pace_needed(missing, months):
    """Return the slowest: (3, 1) is three a month, (1, 4) one every fourth. No argument is 0."""
    return (-(-missing // months), 1) if missing >= months else (1, months // missing)
