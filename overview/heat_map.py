from collections import Counter
from dataclasses import dataclass

from cases import weekly_contact
from cases.weekly_contact import Mark
from overview.selection import NO_MENTOR
from reporting.status_report import OUTSIDE
from web.danish import danish_order

STEPS = (1, 0.8, 0.65, 0.5)  # least share met of levels 5, 4, 3, 2


@dataclass(frozen=True)
class Cell:
    met: int
    expected: int  # at least 1

    @property
    def level(self):
        return 5 - sum(self.met / self.expected < step for step in STEPS)

    def __str__(self):
        return f"{self.met}/{self.expected}"


@dataclass(frozen=True)
class HeatMap:
    by_area: bool
    weeks: tuple  # oldest first
    rows: tuple  # (name, cells); None: nobody expected

    @property
    def caption(self):
        rows = "område for område" if self.by_area else "mentor for mentor"
        return f"Unge mødt ud af forventede, {rows}. Stærkere farve er bedre."


def heat_map(snapshot, by_area=False):
    """Count a person under the mentor or area of the week's Sunday, at the latest the day."""
    met, expected = Counter(), Counter()
    for person in snapshot.register.people:
        timeline = person.areas if by_area else person.mentors
        for week in snapshot.weeks:
            if weekly_contact.expected(person, week):
                key = timeline.on(min(week.sunday, snapshot.on)), week
                expected[key] += 1
                met[key] += snapshot.weekly_marks.mark(person, week) is Mark.MET
    names = _row_names(snapshot, {pk for pk, _ in expected}, by_area)
    rows = [
        (name, [_cell(met[pk, week], expected[pk, week]) for week in snapshot.weeks])
        for pk, name in names.items()
    ]
    return HeatMap(by_area, tuple(snapshot.weeks), tuple(rows))


def _row_names(snapshot, pks, by_area):
    if by_area:
        names = {pk: name for pk, name in snapshot.names.areas.items() if pk in pks}
    else:
        names = {pk: snapshot.names.mentors[pk] for pk in pks - {None}}
        names = dict(sorted(names.items(), key=lambda item: danish_order(item[1])))
    if None in pks:
        names[None] = OUTSIDE if by_area else NO_MENTOR
    return names


def _cell(met, expected):
    return Cell(met, expected) if expected else None
