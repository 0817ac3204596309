"""The open edition of the status report: a value that holds what is printed on a public agenda, and nothing else.

What may be printed is decided in reporting/disclosure.py; docs/figures.md says it in words.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date

from cases.models import Status
from web.dates import long_date
from web.weeks import Week

from . import disclosure
from .open_sentences import in_a_sentence
from .status_report import ReportUnavailable
from .trend import Point

LEAST_THRESHOLD = 3  # a programme may ask for more, never for less
MOST_POINTS = 9  # of the trend
EVERYBODY = frozenset(Status)
OUT = frozenset({Status.DROPPED_OUT})
CLARIFICATION = frozenset({Status.CLARIFICATION})  # about health: never a number of its own


@dataclass(frozen=True)
class OpenGoal:
    """The goal: `goal` of `target` young people. `count` is None where it is not shown."""

    statuses: tuple[Status, ...]
    count: int | None
    goal: int
    target: int

    @property
    def missing(self):
        """How many more it takes; 0 when the goal is reached. Only where the count is shown."""
        return max(0, self.goal - self.count)


@dataclass(frozen=True)
class Group:
    """A line of the table of groups. `kind`: goal · way · out · other (on the way and dropped out together)."""

    kind: str
    count: int

    @property
    def dot(self):
        """How one of them is drawn (cases/drawing.py): who is merged is a plain ring."""
        return "way" if self.kind == "other" else self.kind


@dataclass(frozen=True)
class OpenArea:
    """An area with a line of its own, and how many of those enrolled live there."""

    name: str
    enrolled: int


@dataclass(frozen=True)
class OpenContact:
    """How many of the expected weekly contacts became a meeting, in whole percent. The numbers are not printed."""

    first: Week
    last: Week
    weeks: int
    percent: int


@dataclass(frozen=True)
class Change:
    """How much more since the last open edition, the one about the day `since`."""

    since: date
    enrolled: int
    in_goal: int


@dataclass(frozen=True)
class OpenReport:
    edition = "open"

    programme: str
    sender: str
    committee: str
    on: date
    known_on: date
    threshold: int
    enrolled: int | None  # None: too few for any figure
    goal: OpenGoal
    groups: tuple[Group, ...]  # none where the goal figure is not shown
    area_names: tuple[str, ...]  # the programme's areas
    areas: tuple[OpenArea, ...]  # those with a line of their own; everybody else is the rest
    trend: tuple[Point, ...]  # as printed in the open editions before this one, and this one
    contact: OpenContact | None

    @classmethod
    def build(cls, report, previous=(), threshold=5):
        """The open edition of the StatusReport, after the OpenReports `previous`, oldest first: all ever issued.

        No count in it is of 1 to threshold - 1 people. Raises ReportUnavailable for a report that does not add up.
        """
        if not report.adds_up:
            raise ReportUnavailable("Tallene stemmer ikke, så der kan ikke laves en åben udgave.")
        threshold = max(threshold, LEAST_THRESHOLD)
        shown = disclosure.may_show(report.enrolled, threshold)
        goal = frozenset(report.goal.statuses)
        groups = groups_to_show(report, goal, previous, threshold) if shown else None
        areas = areas_to_show(report, previous, threshold) if shown else None
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
            groups=tuple(Group(kind_of(one, goal), n) for one, n in groups.lines.items())
            if groups
            else (),
            area_names=tuple(area.name for area in report.areas if shown and not area.is_outside),
            areas=tuple(OpenArea(name, number) for name, number in own.items()),
            trend=trend_to_show(report, count, previous) if groups else (),
            contact=contact_to_show(report, threshold) if shown else None,
        )

    @property
    def rest(self):
        """How many live elsewhere than in the areas with a line of their own: the line 'Øvrige områder'."""
        return self.enrolled - sum(area.enrolled for area in self.areas)

    @property
    def merged_areas(self):
        """The names of the areas that have no line of their own."""
        own = {area.name for area in self.areas}
        return tuple(name for name in self.area_names if name not in own)

    @property
    def change(self):
        """The Change since the last open edition about an earlier day; None without one that shows the same goal."""
        if self.goal.count is None or len(self.trend) < 2:
            return None
        before, now = self.trend[-2:]
        return Change(before.on, now.enrolled - before.enrolled, now.in_goal - before.in_goal)

    @property
    def adds_up(self):
        """Whether the groups add up to all enrolled, and the areas to no more. One that does not is not printed."""
        if self.enrolled is None:
            return not self.groups and not self.areas
        return self.rest >= 0 and (
            not self.groups or sum(group.count for group in self.groups) == self.enrolled
        )

    @property
    def control_line(self):
        """'10 i uddannelse eller arbejde + 16 på vej eller frafald = 26 indskrevet'; empty without groups."""
        if not self.groups:
            return ""
        parts = " + ".join(f"{group.count} {in_a_sentence(group, self)}" for group in self.groups)
        return f"{parts} {'=' if self.adds_up else 'er ikke'} {self.enrolled} indskrevet"

    @property
    def title(self):
        return f"Statusrapport pr. {long_date(self.on)}"

    @property
    def answer(self):
        """The first line of page 1."""
        day, target = long_date(self.on), f"Målet er {self.goal.goal} af {self.goal.target}"
        if self.enrolled is None:
            return f"Der er for få unge indskrevet pr. {day} til, at tal kan vises. {target} i uddannelse eller arbejde."
        if self.goal.count is None:
            return f"{self.enrolled} unge er indskrevet pr. {day}. {target} i uddannelse eller arbejde."
        return f"{self.goal.count} af {self.enrolled} unge er i uddannelse eller arbejde pr. {day}. {target}."

    def as_dict(self):
        """Every figure, in plain types, for JSON."""
        return {
            "edition": self.edition,
            **asdict(self),
            "on": self.on.isoformat(),
            "known_on": self.known_on.isoformat(),
            "trend": [{**asdict(point), "on": point.on.isoformat()} for point in self.trend],
        }

    def to_json(self):
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text):
        """The report that `to_json` wrote."""
        data = json.loads(text)
        del data["edition"]
        goal, contact = data["goal"], data["contact"]
        changed = {
            "on": date.fromisoformat(data["on"]),
            "known_on": date.fromisoformat(data["known_on"]),
            "goal": OpenGoal(
                **goal | {"statuses": tuple(Status(status) for status in goal["statuses"])}
            ),
            "groups": tuple(Group(**group) for group in data["groups"]),
            "area_names": tuple(data["area_names"]),
            "areas": tuple(OpenArea(**area) for area in data["areas"]),
            "trend": tuple(
                Point(**point | {"on": date.fromisoformat(point["on"])}) for point in data["trend"]
            ),
            "contact": contact
            and OpenContact(
                **contact | {"first": Week(*contact["first"]), "last": Week(*contact["last"])}
            ),
        }
        return cls(**data | changed)


def groups_to_show(report, goal, previous, threshold):
    """The disclosure.Groups of the StatusReport that may be printed; None when not even the goal figure may."""

    def groups_of(split):
        counts = {
            statuses: sum(row.count for row in report.rows if row.status in statuses)
            for statuses in split
        }
        return disclosure.Groups(goal, counts)

    before = [groups for earlier in previous if (groups := printed_groups(earlier))]
    return disclosure.finest(splits_of(goal), groups_of, before, threshold, CLARIFICATION)


def splits_of(goal):
    """In the goal or not; then, of those who are not, on the way or dropped out. Empty sets are left out."""
    others = EVERYBODY - goal
    coarse = tuple(filter(None, (goal, others)))
    fine = tuple(filter(None, (goal, others - OUT, others & OUT)))
    return [coarse, fine] if fine != coarse else [coarse]


def kind_of(statuses, goal):
    """The kind of the Group of a set of statuses."""
    others = EVERYBODY - goal
    kinds = {others: "other", others & OUT: "out", others - OUT: "way", goal: "goal"}
    return kinds[statuses]


def printed_groups(report):
    """The disclosure.Groups that can be read in an OpenReport; None where it shows none."""
    goal = frozenset(report.goal.statuses)
    sets = {kind_of(statuses, goal): statuses for split in splits_of(goal) for statuses in split}
    return (
        disclosure.Groups(goal, {sets[group.kind]: group.count for group in report.groups})
        if report.groups
        else None
    )


def areas_to_show(report, previous, threshold):
    """The disclosure.Areas of the StatusReport that may be printed; None when no area may have a line."""
    counts = {area.name: area.enrolled for area in report.areas if not area.is_outside}
    if any(area.name not in counts for earlier in previous for area in earlier.areas):
        return None  # an area printed before has another name now, or is gone: it cannot be held against itself
    before = [areas for earlier in previous if (areas := printed_areas(earlier))]
    return disclosure.areas_with_a_line(counts, report.enrolled, before, threshold)


def printed_areas(report):
    """The disclosure.Areas that can be read in an OpenReport; None where it shows none."""
    own = {area.name: area.enrolled for area in report.areas}
    return disclosure.Areas(report.enrolled, own) if own else None


def trend_to_show(report, in_goal, previous):
    """The Points printed before about earlier days, for the same goal, and this one: history is never counted again."""
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
    """The OpenContact; None where it would be about few people or few weeks."""
    contact = report.contact
    if (
        contact is None
        or report.in_progress < threshold
        or not disclosure.may_split([contact.met, contact.expected - contact.met], threshold)
    ):
        return None
    return OpenContact(contact.first, contact.last, contact.weeks, contact.percent)
