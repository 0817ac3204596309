"""What is not recorded, about whom, and who can write it: a Gap for each kind.

What is not dated (criteria, own goal, the letter) is as it stands now, also on an earlier day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from cases import weekly_contact
from cases.models import Appointment, Attendance, AttendanceOutcome, Mentee
from cases.weekly_contact import Mark, WeeklyMarks
from overview.selection import NO_MENTOR
from web.danish import danish_order
from web.dates import day_and_month
from web.weeks import Week, last_weeks

RECENT = 28  # days, the day itself the last of them
WHOLE_WEEKS = 4


class Entry(NamedTuple):
    """One thing not recorded: about whom, by whom, which one of them (empty when there is only one), and where to.

    `mentor_id` tells two of one name apart; None without a mentor.
    """

    name: str
    mentor: str
    which: str
    url: str
    mentor_id: int | None


@dataclass(frozen=True)
class Gap:
    """Everything of one kind that is not recorded. `key` names it on the page."""

    key: str
    title: str
    why: str  # what it leads to, in a sentence
    entries: tuple[Entry, ...]

    @property
    def by_mentor(self):
        """[(mentor, entries)] by name, without a mentor last."""
        theirs = defaultdict(list)
        for entry in self.entries:
            theirs[entry.mentor_id, entry.mentor].append(entry)
        ordered = sorted(
            theirs, key=lambda who: (who[0] is None, danish_order(who[1]), who[0] or 0)
        )
        return [(name, theirs[pk, name]) for pk, name in ordered]


class LoggedAttendance(NamedTuple):
    """An attendance of the last weeks."""

    mentee_id: int
    outcome: str
    held_on: date
    meeting: UUID
    minutes: int | None
    held_by: tuple[int, str]  # key and name


def log_address(person):
    return f"{reverse('record_meeting')}?ung={person.uuid}"


# key, title, what it leads to, the page where it is written
OF_PEOPLE = (
    ("status", "Status på indskrivningsdagen", "Uden den stemmer tallene ikke.", "change_status"),
    ("omraade", "Boligområde", "Tælles uden for områderne, til det er skrevet.", "move"),
    ("mentor", "Mentor", "Ingen ser den unge i Min uge.", "match_mentor"),
    ("kriterier", "Hvorfor den unge er med", "Ingen af de fire grunde er valgt.", "edit_mentee"),
    (
        "brev",
        "Brevet om den unges oplysninger",
        "Loven kræver, at den unge får det.",
        "edit_mentee",
    ),
    ("maal", "Den unges eget mål", "Skriv det med den unges egne ord.", "edit_mentee"),
    ("aftale", "Næste aftale", "Der er ingen dag for, hvornår I ses igen.", "plan_appointment"),
    (
        "start",
        "Dagen for en kommende start",
        "Uden den er starten ikke med i prognosen.",
        "make_agreement",
    ),
)


class Missing:
    """The gaps of a Day: all kinds, also those where nothing is missing."""

    def __init__(self, day):
        self.day, self.on = day, day.on
        self.people = list(day.people.values())
        self.since = day.on - timedelta(days=RECENT - 1)

    @property
    def gaps(self):
        """A Gap for each kind: how the person was taken in, then what changes, then the meetings."""
        lacking = self.lacking
        for key, title, why, where in OF_PEOPLE:
            people = sorted(lacking[key], key=lambda person: danish_order(person.name))
            entries = [self.entry(person, reverse(where, args=[person.uuid])) for person in people]
            yield Gap(key, title, why, tuple(entries))
        yield Gap(
            "moede",
            "Hvordan det gik på aftalte dage",
            "Dagen var aftalt, men intet er logget.",
            self.unlogged(),
        )
        yield Gap(
            "uger",
            "Hele uger uden noget",
            "En kontakt var ventet i hver af ugerne.",
            self.silent_weeks(),
        )
        yield Gap(
            "minutter",
            "Hvor længe møder varede",
            "Minutterne tælles ikke med.",
            self.without_minutes(),
        )

    def entry(self, person, url, which="", holder=None):
        """`holder`: (key, name) of who is to write it; None for the person's mentor."""
        name = self.day.mentor_of(person)
        pk, name = holder or ((person.mentors.on(self.on), name) if name else (None, NO_MENTOR))
        return Entry(person.name, name, which, url, pk)

    @cached_property
    def written(self):
        """{key: what is written about the person itself} of those in progress."""
        rows = Mentee.objects.filter(pk__in=self.day.people)
        criteria = [name for name, _ in Mentee.CRITERIA]
        return {row["pk"]: row for row in rows.values("pk", "own_goal", "informed_on", *criteria)}

    @property
    def lacking(self):
        """{key of OF_PEOPLE: the people}. The status is asked of everybody enrolled, since they must add up."""
        on, written = self.on, self.written
        return {
            "status": [
                p for p in self.day.register.enrolled(on) if p.statuses.on(p.enrolled_on) is None
            ],
            "omraade": [p for p in self.people if p.areas.on(on) is None],
            "mentor": [p for p in self.people if p.mentors.on(on) is None],
            "kriterier": [
                p
                for p in self.people
                if not any(written[p.id][name] for name, _ in Mentee.CRITERIA)
            ],
            "brev": [p for p in self.people if not written[p.id]["informed_on"]],
            "maal": [p for p in self.people if not written[p.id]["own_goal"].strip()],
            "aftale": self.day.without_appointment,
            "start": self.day.without_start,
        }

    @cached_property
    def whole_weeks(self):
        """The last whole weeks up to the day, the day's own only on a Sunday; none before the programme began."""
        last = Week.of(self.on) if Week.of(self.on).sunday == self.on else Week.of(self.on).plus(-1)
        return [
            week
            for week in last_weeks(WHOLE_WEEKS, last)
            if week.monday >= self.day.programme.starts_on
        ]

    @cached_property
    def attendances(self):
        """What is logged about those in progress since the first of these days, the oldest first. One query."""
        first = min([self.since, *(week.monday for week in self.whole_weeks)])
        found = Attendance.objects.known().filter(
            mentee__in=self.day.people, meeting__held_on__range=(first, self.on)
        )
        of_meeting = [
            f"meeting__{field}"
            for field in ("held_on", "uuid", "minutes", "held_by", "held_by__name")
        ]
        rows = found.order_by("meeting__held_on", "pk").values_list(
            "mentee_id", "outcome", *of_meeting
        )
        return [LoggedAttendance(*row, (pk, name)) for *row, pk, name in rows]

    def unlogged(self):
        """Appointments of the last 28 days on whose day nothing is logged about the person; today's may still come."""
        logged = {(row.mentee_id, row.held_on) for row in self.attendances}
        planned = Appointment.objects.known().filter(
            mentee__in=self.day.people, on__gte=self.since, on__lt=self.on
        )
        return tuple(
            self.entry(self.day.people[pk], log_address(self.day.people[pk]), day_and_month(day))
            for pk, day in planned.order_by("on", "pk").values_list("mentee_id", "on")
            if (pk, day) not in logged
        )

    def silent_weeks(self):
        """Whoever has a week among the last whole ones in which a contact was expected and nothing is logged."""
        marks = WeeklyMarks(
            [
                weekly_contact.Contact(row.mentee_id, row.held_on, row.outcome)
                for row in self.attendances
            ]
        )
        entries = []
        for person in self.people:
            silent = [
                week.number for week in self.whole_weeks if marks.mark(person, week) is Mark.NOTHING
            ]
            if silent:
                which = f"uge {', '.join(map(str, silent))}"
                entries.append(self.entry(person, log_address(person), which))
        return tuple(sorted(entries, key=lambda entry: danish_order(entry.name)))

    def without_minutes(self):
        """Meetings of the last 28 days somebody came to, without minutes: once each, with who held it."""
        entries = {}
        for row in self.attendances:
            if (
                row.outcome == AttendanceOutcome.MET
                and row.minutes is None
                and row.held_on >= self.since
            ):
                url = reverse("correct_meeting", args=[row.meeting])
                person = self.day.people[row.mentee_id]
                entries.setdefault(
                    row.meeting, self.entry(person, url, day_and_month(row.held_on), row.held_by)
                )
        return tuple(entries.values())
