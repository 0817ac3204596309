"""What is missing, about whom, and who can record it.

Criteria, own goal and the letter are not dated: today's count.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from cases import weekly_contact
from cases.models import Appointment, Attendance, AttendanceOutcome, Mentee
from cases.weekly_contact import Mark, WeeklyMarks
from overview.selection import NO_MENTOR
from web.danish import danish_order
from web.dates import day_and_month
from web.weeks import last_weeks, last_whole_week

WHOLE_WEEKS = 4


class Entry(NamedTuple):
    name: str
    mentor: str  # who can record it
    which: str  # '16. juni', 'uge 22, 23' or empty
    page: str  # a URL name
    uuid: UUID  # in that URL
    mentor_id: int | None  # names are not unique


@dataclass(frozen=True)
class Gap:
    key: str  # the section's id
    title: str
    why: str
    entries: tuple[Entry, ...]

    @property
    def by_mentor(self):
        """[(mentor, entries)] by name, no mentor last."""
        entries_of = defaultdict(list)
        for entry in self.entries:
            entries_of[entry.mentor_id, entry.mentor].append(entry)
        order = sorted(
            entries_of,
            key=lambda mentor: (mentor[0] is None, danish_order(mentor[1]), mentor[0] or 0),
        )
        return [(name, entries_of[pk, name]) for pk, name in order]


class LoggedAttendance(NamedTuple):
    mentee_id: int
    outcome: str
    held_on: date
    meeting: UUID
    minutes: int | None
    held_by: tuple[int, str]  # key and name


# key, title, why, page
ABOUT_PEOPLE = (
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


def missing_data(snapshot):
    """Return a Gap for each kind, also without entries."""
    people = _people_by_kind(snapshot)
    weeks = _whole_weeks(snapshot)
    attendances = _attendances(snapshot, weeks)
    return [
        *(
            Gap(key, title, why, _entries_about(snapshot, people[key], page))
            for key, title, why, page in ABOUT_PEOPLE
        ),
        Gap(
            "moede",
            "Hvordan det gik på aftalte dage",
            "Dagen var aftalt, men intet er logget.",
            _unlogged_appointments(snapshot, attendances),
        ),
        Gap(
            "uger",
            "Hele uger uden noget",
            "En kontakt var ventet i hver af ugerne.",
            _silent_weeks(snapshot, weeks, attendances),
        ),
        Gap(
            "minutter",
            "Hvor længe møder varede",
            "Minutterne tælles ikke med.",
            _without_minutes(snapshot, attendances),
        ),
    ]


def _people_by_kind(snapshot):
    """In progress; but for "status" everybody enrolled, since they must add up."""
    on, people = snapshot.on, list(snapshot.people.values())
    criteria = [name for name, _ in Mentee.CRITERIA]
    mentees = Mentee.objects.filter(pk__in=snapshot.people)
    recorded = {m["pk"]: m for m in mentees.values("pk", "own_goal", "informed_on", *criteria)}
    return {
        "status": [
            p for p in snapshot.register.enrolled(on) if p.statuses.on(p.enrolled_on) is None
        ],
        "omraade": [p for p in people if p.areas.on(on) is None],
        "mentor": [p for p in people if snapshot.mentors.is_without(p.mentors.on(on))],
        "kriterier": [p for p in people if not any(recorded[p.id][name] for name in criteria)],
        "brev": [p for p in people if not recorded[p.id]["informed_on"]],
        "maal": [p for p in people if not recorded[p.id]["own_goal"].strip()],
        "aftale": snapshot.without_appointment,
        "start": snapshot.without_start,
    }


def _entries_about(snapshot, people, page):
    people = sorted(people, key=lambda person: danish_order(person.name))
    return tuple(_entry(snapshot, person, page) for person in people)


def _entry(snapshot, person, page, which=""):
    mentor = snapshot.mentor_words(person)
    mentor_id = person.mentors.on(snapshot.on) if mentor else None
    return Entry(person.name, mentor or NO_MENTOR, which, page, person.uuid, mentor_id)


def _whole_weeks(snapshot):
    last = last_whole_week(snapshot.on)
    first_day = snapshot.programme.starts_on
    return [week for week in last_weeks(WHOLE_WEEKS, last) if week.monday >= first_day]


def _attendances(snapshot, weeks):
    first = min([snapshot.recent_since, *(week.monday for week in weeks)])
    attendances = Attendance.objects.known().filter(
        mentee__in=snapshot.people, meeting__held_on__range=(first, snapshot.on)
    )
    fields = ("held_on", "uuid", "minutes", "held_by", "held_by__name")
    rows = attendances.order_by("meeting__held_on", "pk").values_list(
        "mentee_id", "outcome", *(f"meeting__{field}" for field in fields)
    )
    return [LoggedAttendance(*row, (pk, name)) for *row, pk, name in rows]


def _unlogged_appointments(snapshot, attendances):
    """Not those of the day: it is not over."""
    logged = {(attendance.mentee_id, attendance.held_on) for attendance in attendances}
    appointments = Appointment.objects.known().filter(
        mentee__in=snapshot.people, on__gte=snapshot.recent_since, on__lt=snapshot.on
    )
    return tuple(
        _entry(snapshot, snapshot.people[pk], "record_meeting", day_and_month(day))
        for pk, day in appointments.order_by("on", "pk").values_list("mentee_id", "on")
        if (pk, day) not in logged
    )


def _silent_weeks(snapshot, weeks, attendances):
    contacts = [weekly_contact.Contact(a.mentee_id, a.held_on, a.outcome) for a in attendances]
    marks = WeeklyMarks(contacts)
    entries = []
    for person in snapshot.people.values():
        silent = [week.number for week in weeks if marks.mark(person, week) is Mark.NOTHING]
        if silent:
            which = f"uge {', '.join(map(str, silent))}"
            entries.append(_entry(snapshot, person, "record_meeting", which))
    return tuple(sorted(entries, key=lambda entry: danish_order(entry.name)))


def _without_minutes(snapshot, attendances):
    """One entry a meeting, for whoever held it."""
    entries = {}
    for meeting in attendances:
        met = meeting.outcome == AttendanceOutcome.MET
        if met and meeting.minutes is None and meeting.held_on >= snapshot.recent_since:
            name, which = snapshot.people[meeting.mentee_id].name, day_and_month(meeting.held_on)
            pk, mentor = meeting.held_by
            entry = Entry(name, mentor, which, "correct_meeting", meeting.meeting, pk)
            entries.setdefault(meeting.meeting, entry)
    return tuple(entries.values())
