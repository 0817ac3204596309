"""Mentees and their dated facts in memory, for figures.

One query per kind of fact, for any number of days. Held equal to SQL (cases/tests/in_sql.py) and to
a brute-force count by a property test. Kept at the mentee's version (decision 028).
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from cases import questions
from cases.models import Status
from cases.questions import KINDS, PERSON
from web.versioned_cache import VersionedCache

PEOPLE = VersionedCache(5_000)
VERSION, RECORDED_AT = PERSON.index("version"), PERSON.index("recorded_at")


class Fact(NamedTuple):
    """The value holds from the day `since`."""

    since: date
    recorded_at: datetime
    value: object


class Timeline:
    """One mentee's facts of one kind, by `since`, then `recorded_at`."""

    def __init__(self, facts=()):
        self.facts = list(facts)
        self._days = [fact.since for fact in self.facts]

    def fact_on(self, day):
        index = bisect_right(self._days, day)
        return self.facts[index - 1] if index else None

    def on(self, day):
        """None before the first fact."""
        fact = self.fact_on(day)
        return fact.value if fact else None

    def spells(self, until):
        """[(first day, last day, value)], equal neighbours merged."""
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
    version: int = 0
    changed_at: datetime | None = None  # when something was last recorded or withdrawn
    statuses: Timeline = EMPTY
    areas: Timeline = EMPTY  # of primary keys
    mentors: Timeline = EMPTY  # of primary keys
    pauses: Timeline = EMPTY

    def status(self, on):
        """None before enrolment, or if none is recorded."""
        return self.statuses.on(on) if self.enrolled_on <= on else None

    def status_days(self, on):
        """Days since the current status began, or None."""
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
    """Persons as known at one moment."""

    people: tuple

    @classmethod
    def of_programme(cls, programme, known_at=None):
        """As known at `known_at` (None: now)."""
        rows = questions.people_of(programme=programme.pk)

        def facts_of(kind):
            return questions.facts_of(kind, programme=programme.pk)

        return cls(tuple(build_people(rows, facts_of, known_at)))

    @classmethod
    def visible_to(cls, user, programme, on):
        """Those whom the user may see on the day `on`, as known now."""
        rows = {
            row[0]: row
            for row in questions.visible_people(user=user.pk, programme=programme.pk, on=on)
        }

        def build(keys):
            def facts_of(kind):
                return questions.facts(kind, keys=keys)

            people = build_people([rows[key] for key in keys], facts_of)
            return {person.id: person for person in people}

        people = PEOPLE.read({key: row[VERSION] for key, row in rows.items()}, build)
        return cls(tuple(people[key] for key in rows))

    @property
    def last_change_at(self):
        """When something was last recorded or withdrawn; None without people."""
        return max((person.changed_at for person in self.people), default=None)

    @property
    def versions(self):
        """A key of what the register holds."""
        return tuple((person.id, person.version) for person in self.people)

    @property
    def pks(self):
        return [person.id for person in self.people]

    def enrolled(self, on):
        """By the day, including who left since."""
        return [person for person in self.people if person.enrolled_on <= on]

    def in_progress(self, on):
        return [person for person in self.people if person.in_progress(on)]

    def statuses(self, on):
        """With all nine statuses."""
        counts = Counter(person.status(on) for person in self.enrolled(on))
        return {status: counts[status] for status in Status}

    def stuck(self, on, goal_statuses, days):
        """Not in the goal, with a status older than `days`."""
        due = [
            person
            for person in self.in_progress(on)
            if person.status(on) not in goal_statuses and person.status_days(on) > days
        ]
        return sorted(due, key=lambda person: -person.status_days(on))

    def in_goal(self, on, goal_statuses):
        return [person for person in self.enrolled(on) if person.status(on) in goal_statuses]


def build_people(rows, facts_of, known_at=None):
    """Persons of PERSON rows, as known at `known_at` (None: now).

    `facts_of(kind)`: rows of facts, oldest first.
    """
    rows = [row for row in rows if known_at is None or row[RECORDED_AT] <= known_at]
    changed_at = {row[0]: row[RECORDED_AT] for row in rows}
    kinds = {kind: timelines(kind, facts_of(kind), known_at, changed_at) for kind in KINDS}
    return [
        Person(
            *row[:RECORDED_AT],
            changed_at=changed_at[row[0]],
            **{kind: facts[row[0]] for kind, facts in kinds.items() if row[0] in facts},
        )
        for row in rows
    ]


def timelines(kind, rows, known_at, changed_at):
    """{mentee pk: Timeline} of rows of facts, oldest first.

    Raise the moments of `changed_at`, {mentee pk: moment}, to those of recording and withdrawal.
    """
    facts = {}
    for mentee, since, recorded_at, withdrawn_at, value in rows:
        if mentee not in changed_at or (known_at is not None and recorded_at > known_at):
            continue
        is_withdrawn = withdrawn_at and (known_at is None or withdrawn_at <= known_at)
        changed_at[mentee] = max(changed_at[mentee], withdrawn_at if is_withdrawn else recorded_at)
        if is_withdrawn:
            continue
        if kind == "statuses":
            value = Status(value)
        facts.setdefault(mentee, []).append(Fact(since, recorded_at, value))
    return {mentee: Timeline(timeline) for mentee, timeline in facts.items()}
