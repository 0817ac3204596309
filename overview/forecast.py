"""What the goal figure becomes if the agreements hold, and what pace reaches the goal before the programme ends."""

from dataclasses import dataclass
from datetime import date

from cases.models import Agreement
from reporting.trend import months_after
from web.dates import long_date

DAYS_IN_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Start:
    """Somebody who is not in the goal, and the first agreed start that leads there."""

    person: object
    agreement: Agreement

    @property
    def due_on(self):
        return self.agreement.due_on


@dataclass(frozen=True)
class Forecast:
    """So many are in the goal, and these get there by what is agreed, the first of them first."""

    in_goal: int
    starts: tuple[Start, ...]

    @property
    def total(self):
        return self.in_goal + len(self.starts)

    @property
    def words(self):
        """'10 i mål, 4 på vej med en aftale: 14 hvis aftalerne holder.'"""
        if not self.starts:
            return f"{self.in_goal} i mål. Ingen har aftalt en start, der fører i mål."
        holds = "aftalen" if len(self.starts) == 1 else "aftalerne"
        return f"{self.in_goal} i mål, {len(self.starts)} på vej med en aftale: {self.total} hvis {holds} holder."


def forecast(register, agreements, on, goal_statuses):
    """The Forecast of the Register on the day, from the agreements open then.

    A person counts once, with the first start. What was to begin before the day, and has not, is no forecast: it stands
    under attention.
    """
    waiting = {p.id: p for p in register.in_progress(on) if p.status(on) not in goal_statuses}
    starts = {}
    for agreement in sorted(agreements, key=lambda agreement: agreement.due_on):
        leads_there = agreement.status_it_leads_to in goal_statuses
        if leads_there and agreement.due_on >= on and agreement.mentee_id in waiting:
            starts.setdefault(agreement.mentee_id, Start(waiting[agreement.mentee_id], agreement))
    return Forecast(len(register.in_goal(on, goal_statuses)), tuple(starts.values()))


def whole_months(first: date, last: date):
    """How many whole months lie between two days: from 15 March to 14 May it is one, to 15 May two."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def pace_needed(missing, months):
    """(so many, every so many months): the slowest pace in whole young people that brings `missing` in `months`.

    (3, 1) is three a month, (1, 4) one every fourth month. `months` is at least 1, and so is `missing`.
    """
    return (-(-missing // months), 1) if missing >= months else (1, months // missing)


def distance(goal, on, ends_on):
    """How far it is to the Goal and what pace reaches it before `ends_on`, the programme's last day, or None."""
    if not goal.missing:
        return "Målet er nået."
    missing = f"Der mangler {goal.missing}"
    if ends_on is None:
        return f"{missing}. Indsatsen har ingen slutdato, så der kan ikke regnes et tempo ud."
    if ends_on < on:
        return f"{missing}. Indsatsen sluttede {long_date(ends_on)}."
    months = whole_months(on, ends_on)
    if not months:
        return f"{missing}, og indsatsen slutter {long_date(ends_on)}."
    many, every = pace_needed(goal.missing, months)
    how_often = "om måneden" if every == 1 else f"hver {every}. måned"
    return f"{missing}. Med {many} {how_often} nås målet inden {long_date(ends_on)}."


def pace_so_far(more, before, on):
    """'Siden 1. december 2018 er 4 flere kommet i mål: 1,3 om måneden.'; `more` is the change since then."""
    since = f"Siden {long_date(before)}"
    if not more:
        return f"{since} er tallet det samme."
    a_month = f"{abs(more) * DAYS_IN_A_MONTH / (on - before).days:.1f}".replace(".", ",")
    if more < 0:
        return f"{since} er {-more} færre i mål."
    return f"{since} er {more} flere kommet i mål: {a_month} om måneden."
