"""The register of some young people, read once and folded in plain Python: every figure comes from here.

One query a kind of fact, whatever the number of days asked about; `as_of` (cases/models/mentee.py) says the same in SQL
for lists, and a property test holds the two equal.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from cases.models import Match, Pause, Residence, Status, StatusChange


class Fact(NamedTuple):
    """From `since` the value holds; `recorded_at` is when it was written."""

    since: date
    recorded_at: datetime
    value: object


class Timeline:
    """The facts of one kind about one mentee, in the order that decides."""

    def __init__(self, facts=()):
        self.facts = list(facts)
        self._days = [fact.since for fact in self.facts]

    def fact_on(self, day):
        """The Fact in force on the day; None before the first one."""
        index = bisect_right(self._days, day)
        return self.facts[index - 1] if index else None

    def on(self, day):
        """The value in force on the day; None before the first fact."""
        fact = self.fact_on(day)
        return fact.value if fact else None

    def spells(self, until):
        """[(first day, last day, value)] in time order up to `until`; neighbours with the same value are one spell."""
        spells = []
        for index, fact in enumerate(self.facts):
            following = self._days[index + 1] if index + 1 < len(self.facts) else None
            if fact.since > until or following == fact.since:
                continue  # not yet, or overruled by a later record of the same day
            if spells and spells[-1][2] == fact.value:
                fact = Fact(spells.pop()[0], fact.recorded_at, fact.value)
            spells.append((fact.since, fact.since, fact.value))
        if not spells:
            return []
        ends = [date.fromordinal(first.toordinal() - 1) for first, _, _ in spells[1:]] + [until]
        return [(first, last, value) for (first, _, value), last in zip(spells, ends, strict=True)]


NOTHING = Timeline()
KINDS = {
    "statuses": (StatusChange, "status"),
    "areas": (Residence, "area_id"),
    "mentors": (Match, "mentor_id"),
    "pauses": (Pause, "paused"),
}


@dataclass(frozen=True)
class Person:
    """A mentee with the timelines of facts, as known at one moment."""

    id: int
    uuid: UUID
    name: str
    born_on: date
    gender: str
    enrolled_on: date
    statuses: Timeline = NOTHING
    areas: Timeline = NOTHING
    mentors: Timeline = NOTHING
    pauses: Timeline = NOTHING

    def status(self, on):
        """The Status in force on the day; None before enrolment, and where none is recorded."""
        return self.statuses.on(on) if self.enrolled_on <= on else None

    def status_days(self, on):
        """For how many days the status in force on the day has held; None where none is recorded."""
        fact = self.statuses.fact_on(on)
        return fact and (on - fact.since).days

    def in_progress(self, on):
        """Whether enrolled on the day and neither completed nor dropped out."""
        status = self.status(on)
        return status is not None and status.in_progress

    def paused_between(self, first, last):
        """Whether a pause holds on any day from `first` to `last`, both included."""
        return bool(self.pauses.on(first)) or any(
            fact.value
            for fact in self.pauses.facts
            if first < fact.since <= last and self.pauses.on(fact.since)
        )


@dataclass(frozen=True)
class Register:
    """The people of a programme, or those of them a user may see, as known at `known_at` (None: now)."""

    people: tuple
    known_at: datetime | None
    last_change_at: (
        datetime | None
    )  # the latest record or withdrawal it holds; None for an empty register

    @classmethod
    def load(cls, mentees, known_at=None, kinds=("statuses", "areas", "mentors", "pauses")):
        """Read the register of the queryset `mentees`: one query for the people and one for each of the `kinds`.

        The queryset is asked once: what a user may see is a heavier question than all that follows.
        """
        known = mentees.enrolled(date.max, known_at).order_by("pk")
        rows = list(
            known.values_list(
                "pk", "uuid", "name", "born_on", "gender", "enrolled_on", "recorded_at"
            )
        )
        moments = [row[-1] for row in rows]
        pks = [row[0] for row in rows]
        timelines = {kind: _timelines(*KINDS[kind], pks, known_at, moments) for kind in kinds}
        people = tuple(
            Person(
                *row[:-1], **{kind: facts.get(row[0], NOTHING) for kind, facts in timelines.items()}
            )
            for row in rows
        )
        return cls(people, known_at, max(moments, default=None))

    @property
    def pks(self):
        """The keys of the people, to ask for more about them."""
        return [person.id for person in self.people]

    def enrolled(self, on):
        """The people enrolled by the day, whatever became of them since."""
        return [person for person in self.people if person.enrolled_on <= on]

    def in_progress(self, on):
        """The people enrolled by the day who have neither completed nor dropped out."""
        return [person for person in self.people if person.in_progress(on)]

    def statuses(self, on):
        """How many have each status on the day, as {Status: count} with all nine."""
        counts = Counter(person.status(on) for person in self.enrolled(on))
        return {status: counts[status] for status in Status}

    def stuck(self, on, programme):
        """Those on the way whose status has not changed for more than `review_after_days`, longest first.

        Somebody in the goal may stay there for years; that is the point.
        """
        waiting = [
            person
            for person in self.in_progress(on)
            if person.status(on) not in programme.goal_set
            and person.status_days(on) > programme.review_after_days
        ]
        return sorted(waiting, key=lambda person: -person.status_days(on))

    def in_goal(self, on, goal_statuses):
        """The people whose status on the day is among `goal_statuses`."""
        return [person for person in self.enrolled(on) if person.status(on) in goal_statuses]


def _timelines(model, field, pks, known_at, moments):
    """{mentee: Timeline} of the known facts of a kind; the moments of all, withdrawn ones too, go to `moments`."""
    facts = {}
    rows = model.objects.filter(mentee__in=pks).order_by("effective_on", "recorded_at", "pk")
    for mentee, since, recorded_at, withdrawn_at, value in rows.values_list(
        "mentee_id", "effective_on", "recorded_at", "withdrawn_at", field
    ):
        if known_at is not None and recorded_at > known_at:
            continue
        moments.append(recorded_at)
        if withdrawn_at is not None and (known_at is None or withdrawn_at <= known_at):
            moments.append(withdrawn_at)
            continue
        if field == "status":
            value = Status(value)
        facts.setdefault(mentee, []).append(Fact(since, recorded_at, value))
    return {mentee: Timeline(timeline) for mentee, timeline in facts.items()}
