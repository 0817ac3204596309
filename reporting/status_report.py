"""The status report: a value, built from the register for one day, with no request and no user in it.

Every figure is said in words in docs/figures.md. Page, PDF, JSON and text are drawn from this one value.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from cases.models import Gender, Meeting, Status
from cases.register import Register
from cases.weekly_contact import Mark, WeeklyMarks, contacts
from web.dates import age, long_date
from web.weeks import Week, last_weeks

from .retention import Retention, stays
from .since_last_report import PreviousReport, TransitionCount, moves
from .trend import Point, trend

WEEKS_OF_CONTACT = 12
OUTSIDE = "Uden for områderne"


class ReportUnavailable(ValueError):
    """There can be no report for the day; the message is a Danish sentence that says why."""


@dataclass(frozen=True)
class StatusCount:
    """One of the nine statuses and how many have it."""

    status: Status
    count: int

    @property
    def label(self):
        return self.status.label


@dataclass(frozen=True)
class AlternativeGoal:
    """What the goal figure would be with one status more, or one less, than the goal's definition has."""

    status: Status
    included: bool
    count: int

    @property
    def words(self):
        return f"{'med' if self.included else 'uden'} {self.status.label}"


@dataclass(frozen=True)
class Goal:
    """So many count towards the goal: `goal` of `target` young people."""

    statuses: tuple[Status, ...]
    count: int
    goal: int
    target: int
    neighbours: tuple[AlternativeGoal, ...]

    @property
    def missing(self):
        """How many more it takes; 0 when the goal is reached."""
        return max(0, self.goal - self.count)


@dataclass(frozen=True)
class Area:
    """A housing area on the day: enrolled residents, of those the number in the goal, and of those who dropped out."""

    name: str
    enrolled: int
    in_goal: int
    dropped_out: int = 0  # none where dropping out counts towards the goal

    @property
    def on_the_way(self):
        return self.enrolled - self.in_goal - self.dropped_out

    @property
    def is_outside(self):
        """Whether this is the line of those who live in none of the areas."""
        return self.name == OUTSIDE


@dataclass(frozen=True)
class ContactSummary:
    """The whole weeks before the day: how the expected weekly contacts went, summing to `expected`."""

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
        """Of the expected contacts, those that became a meeting, in whole percent; None when none was expected."""
        return round(100 * self.met / self.expected) if self.expected else None


@dataclass(frozen=True)
class Sources:
    """What the figures were counted from."""

    status_changes: int
    meetings: int
    without_area: int
    without_mentor: int


@dataclass(frozen=True)
class StatusReport:
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
    ages: tuple[int, int] | None  # the youngest and the oldest in progress
    sexes: tuple[tuple[Gender, int], ...]  # of those in progress
    trend: tuple[Point, ...]
    contact: ContactSummary | None
    sources: Sources
    stays: tuple[Retention, ...] = ()
    since: PreviousReport | None = (
        None  # the last report issued before this one; None for the first
    )
    moves: tuple[TransitionCount, ...] = ()  # from that report's day

    @classmethod
    def build(cls, programme, *, on, known_at=None, register=None, since=None, contact=True):
        """The report of `programme` on the day `on`, as the register was known at `known_at` (None: as it is now).

        `register` may be handed over when the caller has loaded it already; `since` is the last report issued before
        this one; `contact` False leaves the weekly contact out, for a page that shows it in another way. Raises
        ReportUnavailable for a day before the programme starts, and for a day nobody was enrolled.
        """
        if on < programme.starts_on:
            start = long_date(programme.starts_on)
            raise ReportUnavailable(f"Indsatsen begyndte {start}. Vælg den dag eller en senere.")
        mentees = programme.mentees.all()
        register = register or Register.load(mentees, known_at)
        enrolled = register.enrolled(on)
        if not enrolled:
            raise ReportUnavailable(
                f"Ingen unge var indskrevet {long_date(on)}, så der er intet at gøre status over."
            )
        counts = register.statuses(on)
        active = register.in_progress(on)
        ages = [age(person.born_on, on) for person in active]
        genders = Counter(person.gender for person in active)
        return cls(
            programme=programme.name,
            sender=programme.sender,
            committee=programme.committee,
            on=on,
            known_at=timezone.localtime(known_at or last_change(programme, register)),
            rows=tuple(StatusCount(status, count) for status, count in counts.items()),
            enrolled=len(enrolled),
            goal=goal_of(programme, counts),
            area_target=programme.area_target,
            areas=areas_of(programme, enrolled, on),
            ages=(min(ages), max(ages)) if ages else None,
            sexes=tuple((gender, genders[gender]) for gender in Gender if genders[gender]),
            trend=trend(register, programme, on),
            contact=contact_of(programme, register, mentees, on, known_at) if contact else None,
            sources=Sources(
                status_changes=sum(
                    fact.since <= on for p in register.people for fact in p.statuses.facts
                ),
                meetings=Meeting.objects.known(known_at)
                .filter(programme=programme, held_on__lte=on)
                .count(),
                without_area=sum(person.areas.on(on) is None for person in active),
                without_mentor=sum(person.mentors.on(on) is None for person in active),
            ),
            stays=stays(register, programme.goal_set, on),
            since=since,
            moves=moves(register, since.on, on) if since else (),
        )

    def row(self, status):
        """The Row of a status."""
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
        """Enrolled, neither in the goal nor dropped out: the rings of the picture."""
        out = 0 if Status.DROPPED_OUT in self.goal.statuses else self.dropped_out
        return self.enrolled - self.goal.count - out

    @property
    def adds_up(self):
        """Whether in progress + completed + dropped out = enrolled. A report that does not is not printed."""
        return self.in_progress + self.completed + self.dropped_out == self.enrolled

    @property
    def control_line(self):
        """'25 i forløb + 1 afsluttet + 0 frafald = 26 indskrevet'"""
        equals = "=" if self.adds_up else "er ikke"
        return (
            f"{self.in_progress} i forløb + {self.completed} afsluttet + {self.dropped_out} frafald "
            f"{equals} {self.enrolled} indskrevet"
        )

    @property
    def title(self):
        return f"Statusrapport pr. {long_date(self.on)}"

    @property
    def answer(self):
        """The first line of page 1."""
        who = "ung" if self.enrolled == 1 else "unge"
        return (
            f"{self.goal.count} af {self.enrolled} {who} er i uddannelse eller arbejde pr. {long_date(self.on)}. "
            f"Målet er {self.goal.goal} af {self.goal.target}."
        )

    def as_dict(self):
        """Every figure, in plain types, for JSON."""
        return {
            "programme": self.programme,
            "sender": self.sender,
            "committee": self.committee,
            "edition": self.edition,
            "on": self.on.isoformat(),
            "known_at": self.known_at.isoformat(),
            "rows": [
                {"status": row.status.value, "label": row.label, "count": row.count}
                for row in self.rows
            ],
            "enrolled": self.enrolled,
            "in_progress": self.in_progress,
            "completed": self.completed,
            "dropped_out": self.dropped_out,
            "adds_up": self.adds_up,
            "goal": {
                "statuses": [status.value for status in self.goal.statuses],
                "count": self.goal.count,
                "goal": self.goal.goal,
                "target": self.goal.target,
                "neighbours": [asdict(neighbour) for neighbour in self.goal.neighbours],
            },
            "area_target": self.area_target,
            "areas": [asdict(area) for area in self.areas],
            "ages": {"from": self.ages[0], "to": self.ages[1]} if self.ages else None,
            "sexes": dict(self.sexes),
            "trend": [{**asdict(point), "on": point.on.isoformat()} for point in self.trend],
            "contact": self.contact
            and {
                "first_week": list(self.contact.first),
                "last_week": list(self.contact.last),
                "weeks": self.contact.weeks,
                "expected": self.contact.expected,
                "tally": dict(self.contact.tally),
            },
            "sources": asdict(self.sources),
            "stays": [asdict(stay) for stay in self.stays],
            "since": self.since and {**asdict(self.since), "on": self.since.on.isoformat()},
            "moves": [asdict(move) for move in self.moves],
        }

    @property
    def rows_since(self):
        """[(Row, how many more than in the last report)]; None without one."""
        before = self.since.counts if self.since else [None] * len(self.rows)
        return [
            (row, None if count is None else row.count - count)
            for row, count in zip(self.rows, before, strict=True)
        ]

    def as_since(self, number):
        """What the next report says of this one, issued with the `number`."""
        counts = tuple(row.count for row in self.rows)
        statuses = tuple(status.value for status in self.goal.statuses)
        return PreviousReport(number, self.on, self.enrolled, self.goal.count, counts, statuses)

    def to_json(self):
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text):
        """The report that `to_json` wrote."""
        data = json.loads(text)
        goal, contact = data["goal"], data["contact"]
        return cls(
            programme=data["programme"],
            sender=data["sender"],
            committee=data["committee"],
            on=date.fromisoformat(data["on"]),
            known_at=datetime.fromisoformat(data["known_at"]),
            rows=tuple(StatusCount(Status(row["status"]), row["count"]) for row in data["rows"]),
            enrolled=data["enrolled"],
            goal=Goal(
                statuses=tuple(Status(status) for status in goal["statuses"]),
                count=goal["count"],
                goal=goal["goal"],
                target=goal["target"],
                neighbours=tuple(
                    AlternativeGoal(Status(n["status"]), n["included"], n["count"])
                    for n in goal["neighbours"]
                ),
            ),
            area_target=data["area_target"],
            areas=tuple(Area(**area) for area in data["areas"]),
            ages=data["ages"] and (data["ages"]["from"], data["ages"]["to"]),
            sexes=tuple((Gender(gender), count) for gender, count in data["sexes"].items()),
            trend=tuple(
                Point(**{**point, "on": date.fromisoformat(point["on"])}) for point in data["trend"]
            ),
            contact=contact
            and ContactSummary(
                first=Week(*contact["first_week"]),
                last=Week(*contact["last_week"]),
                weeks=contact["weeks"],
                tally=tuple((Mark(mark), count) for mark, count in contact["tally"].items()),
            ),
            sources=Sources(**data["sources"]),
            stays=tuple(Retention(**stay) for stay in data["stays"]),
            since=data["since"]
            and PreviousReport(
                **{
                    **data["since"],
                    "on": date.fromisoformat(data["since"]["on"]),
                    "counts": tuple(data["since"]["counts"]),
                    "goal_statuses": tuple(data["since"]["goal_statuses"]),
                }
            ),
            moves=tuple(
                TransitionCount(
                    move["before"] and Status(move["before"]), Status(move["after"]), move["count"]
                )
                for move in data["moves"]
            ),
        )


def goal_of(programme, counts):
    """The Goal from the nine counts. The neighbours are the two statuses people argue about: completed, and school."""
    statuses = tuple(status for status in Status if status in programme.goal_set)
    count = sum(counts[status] for status in statuses)
    neighbours = tuple(
        AlternativeGoal(
            status,
            status not in statuses,
            count + (-1 if status in statuses else 1) * counts[status],
        )
        for status in (Status.COMPLETED, Status.SCHOOL)
    )
    return Goal(statuses, count, programme.goal, programme.target, neighbours)


def areas_of(programme, enrolled, on):
    """An Area for each of the programme's, in its order, and one more when somebody lives in none of them."""
    residents, in_goal, out = Counter(), Counter(), Counter()
    for person in enrolled:
        area, status = person.areas.on(on), person.status(on)
        residents[area] += 1
        if status in programme.goal_set:
            in_goal[area] += 1
        elif status is Status.DROPPED_OUT:
            out[area] += 1
    lines = [(area.pk, area.name) for area in programme.areas.all()]
    if residents[None]:
        lines.append((None, OUTSIDE))
    return tuple(Area(name, residents[pk], in_goal[pk], out[pk]) for pk, name in lines)


def last_change(programme, register):
    """The moment of the latest record or withdrawal the report rests on: a fact's, or a meeting's."""
    meetings = Meeting.objects.filter(programme=programme).aggregate(
        Max("recorded_at"), Max("withdrawn_at")
    )
    return max(moment for moment in (register.last_change_at, *meetings.values()) if moment)


def contact_of(programme, register, mentees, on, known_at):
    """The ContactSummary of the last whole weeks up to the day; None before the first whole week."""
    whole = Week.of(on) if Week.of(on).sunday == on else Week.of(on).plus(-1)
    weeks = [
        week for week in last_weeks(WEEKS_OF_CONTACT, whole) if week.monday >= programme.starts_on
    ]
    if not weeks:
        return None
    rhythm = WeeklyMarks(contacts(register.pks, weeks[0].monday, weeks[-1].sunday, known_at))
    tally = rhythm.tally(register.enrolled(on), weeks)
    return ContactSummary(weeks[0], weeks[-1], len(weeks), tuple(tally.items()))
