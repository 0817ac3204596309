"""Random registers, and their open editions over time, without a database: people are tuples."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.models import Status
from reporting.open_report import OpenReport
from reporting.status_report import OUTSIDE, Area, Goal
from reporting.trend import Point

from .examples import CONTACT, GOAL_STATUSES, REPORT_2019, rows

AREAS = ("Karlemoseparken", "Hastrupparken", "Ellemarken", "Søparken", "Karlstrup")
CALM, BUSY = 4, 25  # how many things happen between two reports, at most


@dataclass(frozen=True)
class Register:
    """(status, area) of everybody enrolled; the area is None outside the programme's areas."""

    people: tuple[tuple[Status, str | None], ...]
    areas: tuple[str, ...]
    goal: tuple[Status, ...]
    on: date

    def count(self, statuses, areas):
        return sum(status in statuses and area in areas for status, area in self.people)

    @property
    def everywhere(self):
        return frozenset({*self.areas, None})

    def report(self):
        """Return the StatusReport."""
        goal, out = set(self.goal), {Status.DROPPED_OUT} - set(self.goal)
        enrolled, met = len(self.people), self.count(goal, self.everywhere)
        lines = [
            Area(
                name or OUTSIDE,
                *(self.count(statuses, {name}) for statuses in (set(Status), goal, out)),
            )
            for name in (*self.areas, None)
        ]
        return replace(
            REPORT_2019,
            on=self.on,
            rows=rows(*(self.count({status}, self.everywhere) for status in Status)),
            enrolled=enrolled,
            goal=Goal(self.goal, met, 30, 40, ()),
            areas=tuple(line for line in lines if line.enrolled or not line.is_outside),
            trend=(Point(self.on, enrolled, met),),
            contact=replace(
                CONTACT, tally=tuple((mark, n * enrolled // 26) for mark, n in CONTACT.tally)
            ),
        )


@dataclass(frozen=True)
class RandomProgramme:
    """One register for each open edition, in order; `unchanged`: the people never changed."""

    registers: tuple[Register, ...]
    threshold: int
    unchanged: bool

    def editions(self, build=OpenReport.build):
        """Return the open editions, each built with those before it."""
        issued = []
        for register in self.registers:
            issued.append(build(register.report(), tuple(issued), self.threshold))
        return tuple(issued)


def random_programme(seed):
    """Return one to three editions; in a third, the same people counted otherwise."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    register = first_register(chance)
    registers, unchanged = [register], chance.random() < 0.34
    for _ in range(chance.randrange(3)):
        register = counted_otherwise(register, chance) if unchanged else later(register, chance)
        registers.append(register)
    return RandomProgramme(tuple(registers), chance.choice((5, 5, 5, 3)), unchanged)


def first_register(chance):
    areas = AREAS[: chance.randrange(1, len(AREAS) + 1)]
    statuses = [chance.random() ** 3 for _ in Status]  # some rare, as in life
    homes = [chance.random() ** 2 for _ in areas] + [chance.choice((0, 0, 0.05, 0.3))]
    people = [somebody(chance, statuses, areas, homes) for _ in range(chance.randrange(1, 46))]
    return Register(tuple(people), areas, goal(chance), date(2019, 3, 1))


def somebody(chance, statuses, areas, homes):
    return chance.choices(list(Status), statuses)[0], chance.choices([*areas, None], homes)[0]


def goal(chance):
    if chance.random() < 0.7:
        return GOAL_STATUSES
    some = set(chance.sample(list(Status), chance.randrange(1, 9)))
    return tuple(status for status in Status if status in some)


def later(register, chance):
    """People are enrolled, change status, move; sometimes one person only, or nobody."""
    people = list(register.people)
    for _ in range(chance.randrange(chance.choice((CALM, CALM, BUSY)))):
        who, what = chance.randrange(len(people)), chance.random()
        status, area = people[who]
        if what < 0.5:
            people.append((chance.choice(list(Status)), chance.choice([*register.areas, None])))
        elif what < 0.85:
            people[who] = (chance.choice(list(Status)), area)
        else:
            people[who] = (status, chance.choice([*register.areas, None]))
    definition = register.goal if chance.random() < 0.9 else goal(chance)
    return replace(
        register, people=tuple(people), goal=definition, on=register.on + timedelta(days=90)
    )


def counted_otherwise(register, chance):
    """The same people on the same day, with another goal or other areas named."""
    if chance.random() < 0.5:
        status = chance.choice(list(Status))
        goal = set(register.goal) ^ {status} or {status}
        return replace(register, goal=tuple(each for each in Status if each in goal))
    areas = tuple(area for area in register.areas if area != chance.choice(AREAS)) or register.areas
    known = [(status, area if area in areas else None) for status, area in register.people]
    return replace(register, areas=areas, people=tuple(known))
