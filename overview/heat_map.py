from collections import Counter
from dataclasses import dataclass

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
    for contact in snapshot.contact.values():
        for week in contact.weeks:
            key = week.area if by_area else week.mentor, week.week
            expected[key] += 1
            met[key] += week.is_met
    names, weeks = _row_names(snapshot, {pk for pk, _ in expected}, by_area), snapshot.weeks
    rows = (
        (name, tuple(_cell(met[pk, week], expected[pk, week]) for week in weeks))
        for pk, name in names.items()
    )
    return HeatMap(by_area, tuple(weeks), tuple(rows))


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
