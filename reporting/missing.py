"""What is not recorded, about whom, and who can write it: a Gap for each kind.

What is not dated (criteria, own goal, the letter) is as it stands now, also on an earlier day.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from cases import rhythm
from cases.danish import danish_order
from cases.dates import day_and_month
from cases.models import Appointment, Attendance, Mentee, Outcome
from cases.rhythm import Mark, Rhythm
from cases.weeks import Week, last_weeks
from reporting.selection import NO_MENTOR

RECENT = 28  # days, the day itself the last of them
WHOLE_WEEKS = 4


class Entry(NamedTuple):
    """One thing not recorded: about whom, by whom, which one of them (empty when there is only one), and where to."""

    name: str
    mentor: str
    which: str
    url: str


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
        names = sorted({e.mentor for e in self.entries}, key=lambda name: (name == NO_MENTOR, danish_order(name)))
        return [(name, [entry for entry in self.entries if entry.mentor == name]) for name in names]


class Recorded(NamedTuple):
    """An attendance of the last weeks."""

    mentee_id: int
    held_on: object
    outcome: str
    meeting: UUID
    minutes: int | None
    held_by: str


class Missing:
    """The gaps of a Day: all kinds, also those where nothing is missing."""

    def __init__(self, day):
        self.day, self.on = day, day.on
        self.people = sorted(day.people.values(), key=lambda person: danish_order(person.name))
        self.since = day.on - timedelta(days=RECENT - 1)

    @property
    def gaps(self):
        """Those about how the person was taken in, then what changes, then the meetings."""
        of_people = (
            ("status", "Status på indskrivningsdagen", "Uden den stemmer tallene ikke.", "change_status", self.no_status),
            ("omraade", "Boligområde", "Tælles uden for områderne, til det er skrevet.", "move", self.no_area),
            ("mentor", "Mentor", "Ingen ser den unge i Min uge.", "match_mentor", self.no_mentor),
            ("kriterier", "Hvorfor den unge er med", "Ingen af de fire grunde er valgt.", "edit_mentee", self.no_criteria),
            ("brev", "Brevet om den unges oplysninger", "Loven kræver, at den unge får det.", "edit_mentee", self.no_letter),
            ("maal", "Den unges eget mål", "Skriv det med den unges egne ord.", "edit_mentee", self.no_own_goal),
            ("aftale", "Næste aftale", "Der er ingen dag for, hvornår I ses igen.", "plan_appointment", self.no_appointment),
            ("start", "Dagen for en kommende start", "Uden den er starten ikke med i prognosen.", "make_agreement", self.no_start),
        )
        for key, title, why, where, those in of_people:
            yield Gap(key, title, why, tuple(self.entry(person, reverse(where, args=[person.uuid])) for person in those))
        yield Gap("moede", "Hvordan det gik på aftalte dage", "Dagen var aftalt, men intet er logget.", self.unlogged())
        yield Gap("uger", "Hele uger uden noget", "En kontakt var ventet i hver af ugerne.", self.silent_weeks())
        yield Gap("minutter", "Hvor længe møder varede", "Minutterne tælles ikke med.", self.without_minutes())

    def entry(self, person, url, which="", mentor=None):
        return Entry(person.name, mentor or self.day.mentor_of(person) or NO_MENTOR, which, url)

    @cached_property
    def written(self):
        """{key: what is written about the person itself} of those in progress."""
        rows = Mentee.objects.filter(pk__in=self.day.people)
        criteria = [name for name, _ in Mentee.CRITERIA]
        return {row["pk"]: row for row in rows.values("pk", "own_goal", "informed_on", *criteria)}

    @property
    def no_status(self):
        """Everybody enrolled, since it is they who must add up."""
        return [p for p in self.day.register.enrolled(self.on) if p.statuses.on(p.enrolled_on) is None]

    @property
    def no_area(self):
        return [person for person in self.people if person.areas.on(self.on) is None]

    @property
    def no_mentor(self):
        return [person for person in self.people if person.mentors.on(self.on) is None]

    @property
    def no_criteria(self):
        return [p for p in self.people if not any(self.written[p.id][name] for name, _ in Mentee.CRITERIA)]

    @property
    def no_letter(self):
        return [p for p in self.people if not self.written[p.id]["informed_on"]]

    @property
    def no_own_goal(self):
        return [p for p in self.people if not self.written[p.id]["own_goal"].strip()]

    @property
    def no_appointment(self):
        return sorted(self.day.without_appointment, key=lambda person: danish_order(person.name))

    @property
    def no_start(self):
        return self.day.without_start

    @cached_property
    def whole_weeks(self):
        """The last whole weeks up to the day, the day's own only on a Sunday; none before the programme began."""
        last = Week.of(self.on) if Week.of(self.on).sunday == self.on else Week.of(self.on).plus(-1)
        return [week for week in last_weeks(WHOLE_WEEKS, last) if week.monday >= self.day.programme.starts_on]

    @cached_property
    def attendances(self):
        """What is logged about those in progress since the first of these days, the oldest first. One query."""
        first = min([self.since, *(week.monday for week in self.whole_weeks)])
        found = Attendance.objects.known().filter(mentee__in=self.day.people, meeting__held_on__range=(first, self.on))
        fields = ("mentee_id", "meeting__held_on", "outcome", "meeting__uuid", "meeting__minutes", "meeting__held_by__name")
        return [Recorded(*row) for row in found.order_by("meeting__held_on", "pk").values_list(*fields)]

    def unlogged(self):
        """Appointments of the last 28 days on whose day nothing is logged about the person; today's may still come."""
        logged = {(row.mentee_id, row.held_on) for row in self.attendances}
        planned = Appointment.objects.known().filter(mentee__in=self.day.people, on__range=(self.since, self.on))
        return tuple(
            self.entry(person, f"{reverse('record_meeting')}?ung={person.uuid}", day_and_month(day))
            for pk, day in planned.order_by("on", "pk").values_list("mentee_id", "on")
            if day < self.on and (pk, day) not in logged
            for person in [self.day.people[pk]]
        )

    def silent_weeks(self):
        """Whoever has a week among the last whole ones in which a contact was expected and nothing is logged."""
        marks = Rhythm([rhythm.Contact(row.mentee_id, row.held_on, row.outcome) for row in self.attendances])
        entries = []
        for person in self.people:
            silent = [week.number for week in self.whole_weeks if marks.mark(person, week) is Mark.NOTHING]
            if silent:
                which = f"uge {', '.join(map(str, silent))}"
                entries.append(self.entry(person, f"{reverse('record_meeting')}?ung={person.uuid}", which))
        return tuple(entries)

    def without_minutes(self):
        """Meetings of the last 28 days somebody came to, without minutes: once each, with who held it."""
        entries = {}
        for row in self.attendances:
            if row.outcome == Outcome.MET and row.minutes is None and row.held_on >= self.since:
                url = reverse("correct_meeting", args=[row.meeting])
                person = self.day.people[row.mentee_id]
                entries.setdefault(row.meeting, self.entry(person, url, day_and_month(row.held_on), row.held_by))
        return tuple(entries.values())
