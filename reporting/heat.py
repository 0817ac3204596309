"""The weekly contact, mentor by mentor: how many of the expected young people each mentor met."""

from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from cases import rhythm
from cases.rhythm import Mark, Rhythm
from cases.weeks import Week, last_weeks

WEEKS = 10


@dataclass(frozen=True)
class Cell:
    """A mentor's week: of `expected` young people, `met` were met."""

    met: int
    expected: int

    @property
    def level(self):
        """1 to 5, the darker the better: everybody, 80 %, 65 %, 50 %, fewer."""
        share = self.met / self.expected
        return 5 if share == 1 else 4 if share >= 0.8 else 3 if share >= 0.65 else 2 if share >= 0.5 else 1

    def __str__(self):
        return f"{self.met}/{self.expected}"


@dataclass(frozen=True)
class HeatMap:
    """Weeks in time order, and for each mentor a Cell or None (nobody expected) a week."""

    weeks: tuple
    rows: tuple  # of (mentor's name, cells)

    @classmethod
    def build(cls, register, on):
        """The last weeks up to and with the day's; a young person counts with the mentor of the week's end."""
        weeks = last_weeks(WEEKS, Week.of(on))
        marks = Rhythm(rhythm.contacts(register.pks, weeks[0].monday, on))
        met, expected = defaultdict(int), defaultdict(int)
        for person in register.people:
            for week in weeks:
                if rhythm.expected(person, week):
                    key = person.mentors.on(min(week.sunday, on)), week
                    expected[key] += 1
                    met[key] += marks.mark(person, week) is Mark.MET
        mentors = {mentor for mentor, _ in expected}
        names = dict(User.objects.filter(pk__in=mentors - {None}).values_list("pk", "name"))
        names[None] = "Ingen mentor"
        rows = [
            (names[mentor], [Cell(met[mentor, week], n) if (n := expected[mentor, week]) else None for week in weeks])
            for mentor in sorted(mentors, key=lambda pk: (pk is None, names[pk]))
        ]
        return cls(tuple(weeks), tuple(rows))
