"""The weekly contact, mentor by mentor or area by area: how many of the expected young people were met."""

from collections import defaultdict
from dataclasses import dataclass

from cases import weekly_contact
from cases.weekly_contact import Mark
from overview.selection import NO_MENTOR
from reporting.status_report import OUTSIDE
from web.danish import danish_order


@dataclass(frozen=True)
class Cell:
    """A week of a row: of `expected` young people, `met` were met."""

    met: int
    expected: int

    @property
    def level(self):
        """1 to 5, the darker the better: everybody, 80 %, 65 %, 50 %, fewer."""
        share = self.met / self.expected
        return (
            5
            if share == 1
            else 4
            if share >= 0.8
            else 3
            if share >= 0.65
            else 2
            if share >= 0.5
            else 1
        )

    def __str__(self):
        return f"{self.met}/{self.expected}"


@dataclass(frozen=True)
class HeatMap:
    """Weeks in time order, and for each mentor or area a Cell or None (nobody expected) a week."""

    by_area: bool
    weeks: tuple
    rows: tuple  # of (name, cells)

    @classmethod
    def build(cls, day, by_area=False):
        """The weeks of the Day; a young person counts with the mentor, or the area, of the week's end."""
        met, expected = defaultdict(int), defaultdict(int)
        for person in day.register.people:
            timeline = person.areas if by_area else person.mentors
            for week in day.weeks:
                if weekly_contact.expected(person, week):
                    key = timeline.on(min(week.sunday, day.on)), week
                    expected[key] += 1
                    met[key] += day.rhythm.mark(person, week) is Mark.MET
        found = {row for row, _ in expected}
        if by_area:
            names = {pk: name for pk, name in day.areas.items() if pk in found}
        else:
            names = {
                pk: day.mentors[pk]
                for pk in sorted(found - {None}, key=lambda pk: danish_order(day.mentors[pk]))
            }
        if None in found:
            names[None] = OUTSIDE if by_area else NO_MENTOR
        rows = [
            (
                name,
                [
                    Cell(met[row, week], n) if (n := expected[row, week]) else None
                    for week in day.weeks
                ],
            )
            for row, name in names.items()
        ]
        return cls(by_area, tuple(day.weeks), tuple(rows))
