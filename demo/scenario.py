"""People and dated facts of a demo programme, from tables.

Rows are created in bulk: the models' methods validate against today's date.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from cases.models import Match, Mentee, Pause, Programme, Residence, Status, StatusChange
from cases.register import Register

from .entry import entry, own_goals
from .notes import Pen
from .tables import rows, steps
from .workdays import ONE_DAY


@dataclass
class Scenario:
    """What happened in a programme before the day `until`, recorded by the evening before."""

    programme: Programme
    until: date
    day: Callable[[str], date]  # parses a day of the tables
    coordinator: User
    mentors: dict[str, User]
    rng: Random
    delays: tuple[int, ...] = (0,)  # days until it is recorded, one drawn at random
    mentees: dict[str, Mentee] = field(default_factory=dict)
    matches: dict[Mentee, list] = field(default_factory=dict)

    def __post_init__(self):
        self.pen = Pen(self.rng)
        # An empty cell means none.
        self.mentors = {"": None, **self.mentors}
        self.areas = {"": None, **{area.name: area for area in self.programme.areas.all()}}
        self.partners = {
            "": None,
            **{partner.name: partner for partner in self.programme.partners.all()},
        }

    def moment(self, day):
        """16:00 on the day, or on the scenario's last day."""
        return timezone.make_aware(datetime.combine(min(day, self.until - ONE_DAY), time(16)))

    def record_fields(self, day, by, delayed=True):
        """Who records what happens on the day, and when."""
        delay = self.rng.choice(self.delays) if delayed else 0
        return {"recorded_at": self.moment(day + timedelta(days=delay)), "recorded_by": by}

    def mentor(self, mentee, on):
        """On the day; the coordinator if there is none."""
        return [mentor for since, mentor in self.matches[mentee] if since <= on][
            -1
        ] or self.coordinator

    def register(self):
        return Register.of_programme(self.programme)

    def create_people(self, table):
        """name | gender and birthday (or age) | enrolled | areas | mentors | referrer | statuses"""
        goals = own_goals(self.rng)
        for name, born, enrolled, areas, mentors, partner, statuses in rows(table):
            enrolled_on = self.day(enrolled)
            mentee = Mentee(
                programme=self.programme,
                name=name,
                enrolled_on=enrolled_on,
                referred_by=self.partners[partner],
                **entry(self.rng, born, enrolled_on, self.until, next(goals, "")),
                **self.record_fields(enrolled_on, self.coordinator, delayed=False),
            )
            mentee.save()
            self.mentees[name] = mentee
            self.matches[mentee] = [
                (self.day(day or enrolled), self.mentors[mentor])
                for day, mentor, _ in steps(mentors)
            ]
            self.create_facts(
                Match, mentee, mentors, lambda mentor, _: {"mentor": self.mentors[mentor]}
            )
            self.create_facts(Residence, mentee, areas, lambda area, _: {"area": self.areas[area]})
            self.create_facts(
                StatusChange,
                mentee,
                statuses,
                lambda code, more: {"status": Status(code), "detail": more},
            )

    def create_facts(self, model, mentee, cell, value):
        """The first at enrolment, others by the mentor of the day."""
        (_, first, more), *later = steps(cell)
        at_enrolment = {"recorded_at": mentee.recorded_at, "recorded_by": mentee.recorded_by}
        found = [
            model(
                mentee=mentee, effective_on=mentee.enrolled_on, **value(first, more), **at_enrolment
            )
        ]
        for word, what, more in later:
            day = self.day(word)
            by = self.coordinator if model is Match else self.mentor(mentee, day)
            found.append(
                model(
                    mentee=mentee,
                    effective_on=day,
                    **value(what, more),
                    **self.record_fields(day, by),
                )
            )
        model.objects.bulk_create(found)

    def create_pauses(self, table):
        """name | first day | last day | reason"""
        for name, first, last, reason in rows(table):
            mentee, start, end = self.mentees[name], self.day(first), self.day(last) + ONE_DAY
            written = self.record_fields(start, self.mentor(mentee, start))
            Pause.objects.bulk_create(
                [
                    Pause(mentee=mentee, paused=True, reason=reason, effective_on=start, **written),
                    Pause(mentee=mentee, paused=False, effective_on=end, **written),
                ]
            )

    def create_withdrawn(self, table):
        """name | status | withdrawn on | reason"""
        for name, status, taken_back, reason in rows(table):
            [(word, code, detail)] = steps(status)
            mentee, day = self.mentees[name], self.day(word)
            mentor = self.mentor(mentee, day)
            StatusChange.objects.create(
                mentee=mentee,
                effective_on=day,
                status=Status(code),
                detail=detail,
                withdrawn_at=self.moment(self.day(taken_back)),
                withdrawn_by=mentor,
                withdrawn_reason=reason,
                **self.record_fields(day, mentor, delayed=False),
            )
