"""The open edition: only what a public agenda may print."""

from dataclasses import dataclass
from datetime import date

from cases.models import Status
from web.dates import long_date
from web.weeks import Week

from . import disclosure
from .open_sentences import group_in_a_sentence
from .report_json import StoredReport, json_layout
from .status_report import ReportUnavailable
from .trend import Point

LEAST_THRESHOLD = 3  # whatever a programme asks for
MOST_POINTS = 9  # of the trend
EVERYBODY = frozenset(Status)
OUT = frozenset({Status.DROPPED_OUT})
CLARIFICATION = frozenset({Status.CLARIFICATION})  # health: never a number of its own


@dataclass(frozen=True)
class OpenGoal:
    """`count` is None where it is not shown."""

    statuses: tuple[Status, ...]
    count: int | None
    goal: int
    target: int

    @property
    def missing(self):
        return max(0, self.goal - self.count)


@dataclass(frozen=True)
class Group:
    """`kind`: goal, way, out, or other (way and out merged)."""

    kind: str
    count: int

    @property
    def dot(self):
        return "way" if self.kind == "other" else self.kind


@dataclass(frozen=True)
class OpenArea:
    name: str
    enrolled: int


@dataclass(frozen=True)
class OpenContact:
    first: Week
    last: Week
    weeks: int
    percent: int


@dataclass(frozen=True)
class Change:
    since: date  # of the edition before
    enrolled: int
    in_goal: int


@json_layout(computed={"": ["edition"]})
@dataclass(frozen=True)
class OpenReport(StoredReport):
    edition = "open"

    programme: str
    sender: str
    committee: str
    on: date
    known_on: date
    threshold: int
    enrolled: int | None  # None: too few for any figure
    goal: OpenGoal
    groups: tuple[Group, ...]  # empty without a goal figure
    area_names: tuple[str, ...]
    areas: tuple[OpenArea, ...]  # with a line of their own
    trend: tuple[Point, ...]  # of open editions only
    contact: OpenContact | None

    @classmethod
    def build(cls, report, previous=(), threshold=5, all_areas=()):
        """Return the open edition of a StatusReport.

        `previous`: the programme's OpenReports so far, oldest first, with the areas' names of the
        day; `all_areas`: these names, also of areas out of use. No count is of 1 to threshold - 1
        people. Raises ReportUnavailable if the report does not add up.
        """
        if not report.adds_up:
            raise ReportUnavailable("Tallene stemmer ikke, så der kan ikke laves en åben udgave.")
        threshold = max(threshold, LEAST_THRESHOLD)
        shown = disclosure.may_show(report.enrolled, threshold)
        goal = frozenset(report.goal.statuses)
        groups = groups_to_show(report, goal, previous, threshold) if shown else None
        counts = area_counts(report, previous, all_areas)
        areas = areas_to_show(report, counts, previous, threshold) if shown else None
        count = groups.lines.get(goal, 0) if groups else None
        own = areas.own if areas else {}
        return cls(
            programme=report.programme,
            sender=report.sender,
            committee=report.committee,
            on=report.on,
            known_on=report.known_at.date(),
            threshold=threshold,
            enrolled=report.enrolled if shown else None,
            goal=OpenGoal(report.goal.statuses, count, report.goal.goal, report.goal.target),
            groups=lines_of(groups) if groups else (),
            area_names=tuple(counts) if shown else (),
            areas=tuple(OpenArea(name, number) for name, number in own.items()),
            trend=trend_to_show(report, count, previous) if groups else (),
            contact=contact_to_show(report, threshold) if shown else None,
        )

    @property
    def rest(self):
        """How many live outside `areas`."""
        return self.enrolled - sum(area.enrolled for area in self.areas)

    @property
    def merged_areas(self):
        """Names of areas without a line."""
        own = {area.name for area in self.areas}
        return tuple(name for name in self.area_names if name not in own)

    @property
    def change(self):
        """None without an earlier edition with the same goal."""
        if self.goal.count is None or len(self.trend) < 2:
            return None
        before, now = self.trend[-2:]
        return Change(before.on, now.enrolled - before.enrolled, now.in_goal - before.in_goal)

    @property
    def adds_up(self):
        if self.enrolled is None:
            return not self.groups and not self.areas
        return self.rest >= 0 and (
            not self.groups or sum(group.count for group in self.groups) == self.enrolled
        )

    @property
    def control_line(self):
        """Empty without groups."""
        if not self.groups:
            return ""
        parts = " + ".join(
            f"{group.count} {group_in_a_sentence(group, self)}" for group in self.groups
        )
        return f"{parts} {'=' if self.adds_up else 'er ikke'} {self.enrolled} indskrevet"

    @property
    def title(self):
        return f"Statusrapport pr. {long_date(self.on)}"

    @property
    def answer(self):
        day, target = long_date(self.on), f"Målet er {self.goal.goal} af {self.goal.target}"
        in_the_goal = "i uddannelse eller arbejde"
        if self.enrolled is None:
            too_few = f"Der er for få unge indskrevet pr. {day} til, at tal kan vises."
            return f"{too_few} {target} {in_the_goal}."
        if self.goal.count is None:
            return f"{self.enrolled} unge er indskrevet pr. {day}. {target} {in_the_goal}."
        return f"{self.goal.count} af {self.enrolled} unge er {in_the_goal} pr. {day}. {target}."


def groups_to_show(report, goal, previous, threshold):
    """None if not even the goal figure may be printed."""

    def groups_of(split):
        counts = {
            statuses: sum(row.count for row in report.rows if row.status in statuses)
            for statuses in split
        }
        return disclosure.Groups(goal, counts)

    before = [groups for earlier in previous if (groups := printed_groups(earlier))]
    return disclosure.finest(splits_of(goal), groups_of, before, threshold, CLARIFICATION)


def lines_of(groups):
    return tuple(
        Group(kind_of(statuses, groups.goal), count) for statuses, count in groups.lines.items()
    )


def splits_of(goal):
    """Return the coarse split, then the finer one."""
    others = EVERYBODY - goal
    coarse = tuple(filter(None, (goal, others)))
    fine = tuple(filter(None, (goal, others - OUT, others & OUT)))
    return [coarse, fine] if fine != coarse else [coarse]


def kind_of(statuses, goal):
    others = EVERYBODY - goal
    kinds = {others: "other", others & OUT: "out", others - OUT: "way", goal: "goal"}
    return kinds[statuses]


def printed_groups(report):
    goal = frozenset(report.goal.statuses)
    sets = {kind_of(statuses, goal): statuses for split in splits_of(goal) for statuses in split}
    return (
        disclosure.Groups(goal, {sets[group.kind]: group.count for group in report.groups})
        if report.groups
        else None
    )


def area_counts(report, previous, all_areas):
    """{name: enrolled}: those of the report, and 0 for what was printed and is out of use.

    Without it an edition could not be held against the one before.
    """
    counts = {area.name: area.enrolled for area in report.areas if not area.is_outside}
    printed = [area.name for earlier in previous for area in earlier.areas]
    return counts | {name: 0 for name in printed if name in all_areas and name not in counts}


def areas_to_show(report, counts, previous, threshold):
    """None if no area may have a line."""
    if any(area.name not in counts for earlier in previous for area in earlier.areas):
        return None  # an area that is not known cannot be compared
    before = [areas for earlier in previous if (areas := printed_areas(earlier))]
    return disclosure.areas_with_a_line(counts, report.enrolled, before, threshold)


def printed_areas(report):
    own = {area.name: area.enrolled for area in report.areas}
    return disclosure.Areas(report.enrolled, own) if own else None


def trend_to_show(report, in_goal, previous):
    """Earlier days are as printed, never counted again."""
    days = {
        earlier.on: Point(earlier.on, earlier.enrolled, earlier.goal.count)
        for earlier in previous
        if earlier.on < report.on
        and earlier.goal.count is not None
        and earlier.goal.statuses == report.goal.statuses
    }
    if in_goal is not None:
        days[report.on] = Point(report.on, report.enrolled, in_goal)
    return tuple(days[day] for day in sorted(days)[-MOST_POINTS:])


def contact_to_show(report, threshold):
    """None if it is about few people or weeks."""
    contact = report.contact
    if (
        contact is None
        or report.in_progress < threshold
        or not disclosure.may_split([contact.met, contact.expected - contact.met], threshold)
    ):
        return None
    return OpenContact(contact.first, contact.last, contact.weeks, contact.percent)
