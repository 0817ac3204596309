"""Mentees and their dated facts in memory, for figures.

One query per kind of fact, for any number of days. A property test
holds it equal to the same in SQL (cases/tests/in_sql.py) and to a brute-force count.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from cases import questions
from cases.models import Status


class Fact(NamedTuple):
    """The value holds from the day `since`."""

    since: date
    recorded_at: datetime
    value: object


class Timeline:
    """One mentee's facts of one kind, sorted by `since`, then `recorded_at`."""

    def __init__(self, facts=()):
        self.facts = list(facts)
        self._days = [fact.since for fact in self.facts]

    def fact_on(self, day):
        index = bisect_right(self._days, day)
        return self.facts[index - 1] if index else None

    def on(self, day):
        """Return the value in force; None before the first fact."""
        fact = self.fact_on(day)
        return fact.value if fact else None

    def spells(self, until):
        """Return [(first day, last day, value)], equal neighbours merged."""
        spells = []
        for index, fact in enumerate(self.facts):
            following = self._days[index + 1] if index + 1 < len(self.facts) else None
            if fact.since > until or following == fact.since:
                continue  # or superseded the same day
            if spells and spells[-1][2] == fact.value:
                fact = Fact(spells.pop()[0], fact.recorded_at, fact.value)
            spells.append((fact.since, fact.since, fact.value))
        if not spells:
            return []
        ends = [date.fromordinal(first.toordinal() - 1) for first, _, _ in spells[1:]] + [until]
        return [(first, last, value) for (first, _, value), last in zip(spells, ends, strict=True)]


EMPTY = Timeline()


@dataclass(frozen=True)
class Person:
    id: int
    uuid: UUID
    name: str
    born_on: date
    gender: str
    enrolled_on: date
    statuses: Timeline = EMPTY
    areas: Timeline = EMPTY  # of primary keys
    mentors: Timeline = EMPTY  # of primary keys
    pauses: Timeline = EMPTY

    def status(self, on):
        """Return the Status; None before enrolment or if none is recorded."""
        return self.statuses.on(on) if self.enrolled_on <= on else None

    def status_days(self, on):
        """Return the age of the current status in days, or None."""
        fact = self.statuses.fact_on(on)
        return fact and (on - fact.since).days

    def in_progress(self, on):
        status = self.status(on)
        return status is not None and status.in_progress

    def paused_between(self, first, last):
        """Whether any day is paused, both ends included."""
        return bool(self.pauses.on(first)) or any(
            fact.value
            for fact in self.pauses.facts
            if first < fact.since <= last and self.pauses.on(fact.since)
        )


@dataclass(frozen=True)
class Register:
    """Persons as known at `known_at` (None: now)."""

    people: tuple
    known_at: datetime | None
    last_change_at: datetime | None  # recording or withdrawal

    @classmethod
    def of_programme(cls, programme, known_at=None):
        """Read everybody in the programme."""
        rows = questions.people_of(programme=programme.pk)
        return cls._build(rows, programme, known_at, tuple(questions.KINDS))

    @classmethod
    def visible_to(cls, user, programme, on, kinds=tuple(questions.KINDS)):
        """Read those in the programme whom the user may see on the day `on`."""
        rows = questions.visible_people(user=user.pk, programme=programme.pk, on=on)
        return cls._build(rows, None, None, kinds)

    @classmethod
    def _build(cls, rows, programme, known_at, kinds):
        """Return the Register of PERSON rows. `programme`: they are all its; None: they are few."""
        rows = [row for row in rows if known_at is None or row[-1] <= known_at]
        moments = [row[-1] for row in rows]
        keys = [row[0] for row in rows]
        timelines = {}
        for kind in kinds:
            facts = (
                questions.facts_of(kind, programme=programme.pk)
                if programme
                else questions.facts(kind, keys=keys)
            )
            timelines[kind] = _timelines(kind, facts, known_at, moments)
        people = tuple(
            Person(
                *row[:-1], **{kind: facts.get(row[0], EMPTY) for kind, facts in timelines.items()}
            )
            for row in rows
        )
        return cls(people, known_at, max(moments, default=None))

    @property
    def pks(self):
        return [person.id for person in self.people]

    def enrolled(self, on):
        """Return those enrolled by the day, including who left since."""
        return [person for person in self.people if person.enrolled_on <= on]

    def in_progress(self, on):
        return [person for person in self.people if person.in_progress(on)]

    def statuses(self, on):
        """Return {Status: count} with all nine statuses."""
        counts = Counter(person.status(on) for person in self.enrolled(on))
        return {status: counts[status] for status in Status}

    def stuck(self, on, programme):
        """Those not in the goal with a status older than `review_after_days`."""
        due = [
            person
            for person in self.in_progress(on)
            if person.status(on) not in programme.goal_set
            and person.status_days(on) > programme.review_after_days
        ]
        return sorted(due, key=lambda person: -person.status_days(on))

    def in_goal(self, on, goal_statuses):
        return [person for person in self.enrolled(on) if person.status(on) in goal_statuses]


def _timelines(kind, rows, known_at, moments):
    """Return {mentee pk: Timeline} of rows of facts of the kind, oldest first.

    Add the times of recording and withdrawal to `moments`.
    """
    facts = {}
    for mentee, since, recorded_at, withdrawn_at, value in rows:
        if known_at is not None and recorded_at > known_at:
            continue
        moments.append(recorded_at)
        if withdrawn_at is not None and (known_at is None or withdrawn_at <= known_at):
            moments.append(withdrawn_at)
            continue
        if kind == "statuses":
            value = Status(value)
        facts.setdefault(mentee, []).append(Fact(since, recorded_at, value))
    return {mentee: Timeline(timeline) for mentee, timeline in facts.items()}
