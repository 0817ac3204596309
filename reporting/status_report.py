"""The status report of one day; its figures are defined in docs/figures.md."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from cases.area_history import area_history
from cases.definitions import definitions_of
from cases.models import Gender, Meeting, Residence, Status
from cases.register import Register
from cases.running_mentors import RunningMentors
from cases.weekly_contact import Mark, WeeklyMarks, contacts_of
from web.dates import age, long_date
from web.weeks import Week, last_weeks, last_whole_week

from .report_json import AGES, COUNTS, LEFT_OUT_IF_EMPTY, StoredReport, json_layout, named
from .retention import Retention, retention
from .since_last_report import PreviousReport, TransitionCount, transition_counts
from .trend import GoalSpell, Point, goal_spells, trend

WEEKS_OF_CONTACT = 12
OUTSIDE = Residence.NO_AREA


class ReportUnavailable(ValueError):
    """The message is a Danish sentence."""


@json_layout(computed={"status": ["label"]})
@dataclass(frozen=True)
class StatusCount:
    status: Status
    count: int

    @property
    def label(self):
        return self.status.label


@dataclass(frozen=True)
class AlternativeGoal:
    """The goal figure if one status more (`included`) or less counted."""

    status: Status
    included: bool
    count: int


@dataclass(frozen=True)
class Goal:
    """`goal` of `target` places."""

    statuses: tuple[Status, ...]
    count: int
    goal: int
    target: int
    neighbours: tuple[AlternativeGoal, ...]

    @property
    def missing(self):
        return max(0, self.goal - self.count)


@dataclass(frozen=True)
class Area:
    name: str
    enrolled: int
    in_goal: int
    dropped_out: int = 0  # 0 where it counts towards the goal

    @property
    def on_the_way(self):
        return self.enrolled - self.in_goal - self.dropped_out

    @property
    def is_outside(self):
        """The line of those who live in no area."""
        return self.name == OUTSIDE


@json_layout(
    computed={"weeks": ["expected"]},
    first=named("first_week"),
    last=named("last_week"),
    tally=COUNTS,
)
@dataclass(frozen=True)
class ContactSummary:
    first: Week
    last: Week
    weeks: int
    tally: tuple[tuple[Mark, int], ...]

    @property
    def met(self):
        return dict(self.tally)[Mark.MET]

    @property
    def expected(self):
        return sum(count for _, count in self.tally)

    @property
    def percent(self):
        """None if none was expected."""
        return round(100 * self.met / self.expected) if self.expected else None


@dataclass(frozen=True)
class Sources:
    status_changes: int
    meetings: int | None  # None: not counted
    without_area: int
    without_mentor: int


@json_layout(
    computed={
        "committee": ["edition"],
        "enrolled": ["in_progress", "completed", "dropped_out", "adds_up"],
    },
    ages=AGES,
    sexes=COUNTS,
    goals=LEFT_OUT_IF_EMPTY,
)
@dataclass(frozen=True)
class StatusReport(StoredReport):
    edition = "full"

    programme: str
    sender: str
    committee: str
    on: date
    known_at: datetime
    rows: tuple[StatusCount, ...]
    enrolled: int
    goal: Goal
    area_target: int
    areas: tuple[Area, ...]
    ages: tuple[int, int] | None  # youngest and oldest in progress
    sexes: tuple[tuple[Gender, int], ...]  # in progress
    trend: tuple[Point, ...]
    contact: ContactSummary | None
    sources: Sources
    stays: tuple[Retention, ...] = ()
    since: PreviousReport | None = None  # None in the first report
    moves: tuple[TransitionCount, ...] = ()  # since the previous report
    goals: tuple[GoalSpell, ...] = ()  # of the trend, if its definition has changed

    @classmethod
    def build(
        cls,
        programme,
        *,
        on,
        known_at=None,
        register=None,
        definitions=None,
        since=None,
        meetings=True,
        mentors=None,
    ):
        """Return the programme's report of the date `on`.

        `known_at`: None: now. `meetings` False: nothing is asked of meetings, and `known_at` is of
        the facts alone. `register`, `definitions` and `mentors`, the RunningMentors, are those of
        the programme, day and moment, if they are read already.
        Raises ReportUnavailable before the programme starts and if nobody was enrolled.
        """
        if on < programme.starts_on:
            start = long_date(programme.starts_on)
            raise ReportUnavailable(f"Indsatsen begyndte {start}. Vælg den dag eller en senere.")
        register = register or Register.of_programme(programme, known_at)
        enrolled = register.enrolled(on)
        if not enrolled:
            raise ReportUnavailable(
                f"Ingen unge var indskrevet {long_date(on)}, så der er intet at gøre status over."
            )
        definitions = definitions or definitions_of(programme)
        definition = definitions.goal(on, known_at)
        points = trend(register, programme.starts_on, definitions, on, known_at)
        history = area_history(programme)
        areas = history.on(on, known_at)
        decided = definitions.last_change(on), history.last_change(on)
        moment = known_at or last_change(programme, register, decided, meetings)
        counts = register.statuses(on)
        active = register.in_progress(on)
        mentors = mentors or RunningMentors(programme, on, known_at)
        ages = [age(person.born_on, on) for person in active]
        genders = Counter(person.gender for person in active)
        return cls(
            programme=programme.name,
            sender=programme.sender,
            committee=programme.committee,
            on=on,
            known_at=timezone.localtime(moment),
            rows=tuple(StatusCount(status, count) for status, count in counts.items()),
            enrolled=len(enrolled),
            goal=goal_of(definition, counts),
            area_target=definition.area_target,
            areas=areas_of(areas, definition.goal_set, enrolled, on),
            ages=(min(ages), max(ages)) if ages else None,
            sexes=tuple((gender, genders[gender]) for gender in Gender if genders[gender]),
            trend=points,
            contact=contact_of(programme, register, on, known_at) if meetings else None,
            sources=Sources(
                status_changes=sum(
                    fact.since <= on for p in register.people for fact in p.statuses.facts
                ),
                meetings=meetings_held(programme, on, known_at) if meetings else None,
                without_area=sum(person.areas.on(on) is None for person in active),
                without_mentor=sum(mentors.is_without(person.mentors.on(on)) for person in active),
            ),
            stays=retention(register, definition.goal_set, on),
            since=since,
            moves=transition_counts(register, since.on, on) if since else (),
            goals=goal_spells(definitions, points, on, known_at),
        )

    def row(self, status):
        return next(row for row in self.rows if row.status == status)

    @property
    def in_progress(self):
        return sum(row.count for row in self.rows if row.status.in_progress)

    @property
    def completed(self):
        return self.row(Status.COMPLETED).count

    @property
    def dropped_out(self):
        return self.row(Status.DROPPED_OUT).count

    @property
    def on_the_way(self):
        out = 0 if Status.DROPPED_OUT in self.goal.statuses else self.dropped_out
        return self.enrolled - self.goal.count - out

    @property
    def adds_up(self):
        """Whether everybody enrolled has a status."""
        return self.in_progress + self.completed + self.dropped_out == self.enrolled

    @property
    def control_line(self):
        equals = "=" if self.adds_up else "er ikke"
        return (
            f"{self.in_progress} i forløb + {self.completed} afsluttet "
            f"+ {self.dropped_out} frafald {equals} {self.enrolled} indskrevet"
        )

    @property
    def title(self):
        return f"Statusrapport pr. {long_date(self.on)}"

    @property
    def answer(self):
        """The first line of page 1."""
        who = "ung" if self.enrolled == 1 else "unge"
        return (
            f"{self.goal.count} af {self.enrolled} {who} er i uddannelse eller arbejde "
            f"pr. {long_date(self.on)}. Målet er {self.goal.goal} af {self.goal.target}."
        )

    @property
    def rows_since(self):
        """[(StatusCount, change or None)]"""
        before = self.since.counts if self.since else [None] * len(self.rows)
        return [
            (row, None if count is None else row.count - count)
            for row, count in zip(self.rows, before, strict=True)
        ]

    def as_since(self, number):
        """Return the next report's `since`."""
        counts = tuple(row.count for row in self.rows)
        statuses = tuple(status.value for status in self.goal.statuses)
        return PreviousReport(number, self.on, self.enrolled, self.goal.count, counts, statuses)


def goal_of(definition, counts):
    """Completed and school are the debated alternatives."""
    statuses = definition.counted
    count = sum(counts[status] for status in statuses)
    neighbours = tuple(
        AlternativeGoal(
            status,
            status not in statuses,
            count + (-1 if status in statuses else 1) * counts[status],
        )
        for status in (Status.COMPLETED, Status.SCHOOL)
    )
    return Goal(statuses, count, definition.goal, definition.target, neighbours)


def areas_of(areas, goal_statuses, enrolled, on):
    """`areas`: the AreaOns of the day. One out of use is listed while anybody lives there."""
    residents, in_goal, out = Counter(), Counter(), Counter()
    for person in enrolled:
        area, status = person.areas.on(on), person.status(on)
        residents[area] += 1
        if status in goal_statuses:
            in_goal[area] += 1
        elif status is Status.DROPPED_OUT:
            out[area] += 1
    lines = [(area.pk, area.name) for area in areas if area.in_use or residents[area.pk]]
    if residents[None]:
        lines.append((None, OUTSIDE))
    return tuple(Area(name, residents[pk], in_goal[pk], out[pk]) for pk, name in lines)


def last_change(programme, register, decided, meetings=True):
    """Return when a fact, or with `meetings` a meeting, was last recorded or withdrawn.

    Or the last of `decided`: when definitions and areas of the day were.
    """
    moments = [register.last_change_at, *decided]
    if meetings:
        recorded = Meeting.objects.filter(programme=programme)
        moments += recorded.aggregate(Max("recorded_at"), Max("withdrawn_at")).values()
    return max(moment for moment in moments if moment)


def meetings_held(programme, on, known_at):
    held = Meeting.objects.known(known_at).filter(programme=programme, held_on__lte=on)
    return held.count()


def contact_of(programme, register, on, known_at):
    """None before the first whole week."""
    weeks = last_weeks(WEEKS_OF_CONTACT, last_whole_week(on))
    weeks = [week for week in weeks if week.monday >= programme.starts_on]
    if not weeks:
        return None
    marks = WeeklyMarks(contacts_of(programme, weeks[0].monday, weeks[-1].sunday, known_at))
    tally = marks.tally(register.enrolled(on), weeks)
    return ContactSummary(weeks[0], weeks[-1], len(weeks), tuple(tally.items()))
