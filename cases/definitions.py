"""The goal and the expectations of a day, kept at the programme's version (decision 028)."""

from typing import NamedTuple

from cases import questions
from cases.models import Expectation, GoalDefinition
from web.versioned_cache import VersionedCache

DEFINITIONS = VersionedCache(50)


class Definitions(NamedTuple):
    """Confirmed rows of a programme, withdrawn ones too, by day and then by moment."""

    goals: list
    expectations: list

    def goal(self, on, known_at=None):
        """In force on the day, as known at `known_at` (None: now)."""
        return in_force(self.goals, on, known_at)

    def expectation(self, on, known_at=None):
        """As `goal`."""
        return in_force(self.expectations, on, known_at)

    def threshold(self, on, known_at=None):
        """The smallest number of people that an open report of the day may print."""
        return self.expectation(on, known_at).disclosure_threshold

    def goals_between(self, first, last, known_at=None):
        """[(day from which it holds, GoalDefinition)], the first from `first`.

        Neighbours that differ in nothing but `area_target` are merged.
        """
        days = {row.effective_on for row in self.goals if first < row.effective_on <= last}
        spells = []
        for day in sorted({first, *days}):
            goal = self.goal(day, known_at)
            if not spells or goal.of_programme != spells[-1][1].of_programme:
                spells.append((day, goal))
        return spells

    def last_change(self, on):
        """When something that holds by the day was last decided; None: never since the start."""
        return max(
            (
                row.answered_at
                for row in (*self.goals, *self.expectations)
                if row.effective_on <= on and row.recorded_by_id and row.withdrawn_at is None
            ),
            default=None,
        )


def definitions_of(programme):
    """Two queries if they are not kept."""

    def build():
        models = GoalDefinition, Expectation
        return Definitions(
            *(list(questions.definitions(m, programme=programme.pk)) for m in models)
        )

    return DEFINITIONS.read_one(programme.pk, programme.version, build)


def in_force(rows, on, known_at=None):
    """Before the first row's day, and before anything was known, the first one holds.

    `rows`: confirmed ones, by day and then by moment.
    """
    known = known_rows(rows, known_at) or [min(rows, key=lambda row: row.answered_at)]
    begun = [row for row in known if row.effective_on <= on]
    first_day = [row for row in known if row.effective_on == known[0].effective_on]
    return (begun or first_day)[-1]


def known_rows(rows, known_at):
    if known_at is None:
        return [row for row in rows if row.withdrawn_at is None]
    return [
        row
        for row in rows
        if row.answered_at <= known_at and not (row.withdrawn_at and row.withdrawn_at <= known_at)
    ]
