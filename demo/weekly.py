"""One meeting per person and week in which a contact is expected."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from cases.models import AttendanceOutcome, MeetingFormat, Mentee, Status
from cases.weekly_contact import Mark, expected
from web.weeks import Week

from .meetings import Encounter, Part
from .notes import FIRST_NOTES, GROUP_NOTES, NOTES
from .workdays import workdays_of

# How weeks were missed in the report of 1 March 2019.
MISSES = {Mark.CANCELLED: 17, Mark.NO_SHOW: 14, Mark.TRIED: 12, Mark.NOTHING: 21}

PLACES = ("", "", "beboerhuset", "klubben", "boldbanen", "fælleshuset", "bænkene ved legepladsen")
MINUTES = {
    MeetingFormat.AREA: (30, 45, 45, 60),
    MeetingFormat.OUT: (60, 60, 90),
    MeetingFormat.ACCOMPANIED: (45, 60, 90),
    MeetingFormat.WAKE_UP: (15,),
    MeetingFormat.PHONE: (10, 15, 15),
    MeetingFormat.MESSAGE: (None,),
    MeetingFormat.VIDEO: (30,),
}


class PersonWeek(NamedTuple):
    mentee: Mentee
    status: Status
    day: date
    outcome: AttendanceOutcome


def likely_mark(rng, chance):
    """Met with the given chance, else one of the ways a week is missed."""
    return Mark.MET if rng.random() < chance else rng.choices(list(MISSES), MISSES.values())[0]


class Weekly:
    """`chance_of_group`: how often some of a mentor's young people meet together."""

    def __init__(self, scenario, mark_of, *, told=(), chance_of_group=0.25):
        self.scenario, self.mark_of, self.rng = scenario, mark_of, scenario.rng
        self.chance_of_group = chance_of_group
        self.mentees = {mentee.pk: mentee for mentee in scenario.mentees.values()}
        self.mentors = {mentor.pk: mentor for mentor in scenario.mentors.values() if mentor}
        # From the first week in that person's table on, nothing is generated.
        self.told_from = {}
        for encounter in told:
            for part in encounter.parts:
                week = Week.of(encounter.held_on)
                self.told_from[part.mentee.pk] = min(week, self.told_from.get(part.mentee.pk, week))

    def encounters(self):
        register = self.scenario.register()
        found = [self.first_meeting(person) for person in register.people]
        week, last = (
            Week.of(self.scenario.programme.starts_on),
            Week.of(self.scenario.until - timedelta(days=1)),
        )
        while week <= last:
            for mentor, contacts in self.contacts(register, week).items():
                found += self.meetings(mentor, contacts)
            week = week.plus(1)
        return sorted(found, key=lambda encounter: encounter.held_on)

    def first_meeting(self, person):
        mentee = self.mentees[person.id]
        note = self.scenario.pen.choose(FIRST_NOTES, mentee, None)
        part = Part(mentee, AttendanceOutcome.MET, note.topics, note.text)
        day = mentee.enrolled_on
        return Encounter(day, self.scenario.mentor(mentee, day), note.forms[0], "", 60, [part])

    def contacts(self, register, week):
        """{mentor: PersonWeeks}, each on that person's usual day."""
        found = defaultdict(list)
        days = workdays_of(week)
        for habit, person in enumerate(register.people):
            mentor = self.mentors.get(person.mentors.on(week.monday))
            told = week >= self.told_from.get(person.id, week.plus(1)) or week == Week.of(
                person.enrolled_on
            )
            if told or not mentor or not expected(person, week):
                continue
            mark = self.mark_of(person, week)
            day = days[(habit + self.rng.choice((0, 0, 0, 1))) % len(days)]
            if mark is not Mark.NOTHING and day < self.scenario.until:
                found[mentor].append(
                    PersonWeek(self.mentees[person.id], person.status(day), day, self.outcome(mark))
                )
        return found

    def outcome(self, mark):
        if mark is Mark.CANCELLED:
            return self.rng.choice(
                (AttendanceOutcome.CANCELLED_BY_MENTEE,) * 3
                + (AttendanceOutcome.CANCELLED_BY_MENTOR,)
            )
        return AttendanceOutcome(mark.value)

    def meetings(self, mentor, contacts):
        """Some people together, the others alone."""
        together = [
            contact
            for contact in contacts
            if contact.outcome in (AttendanceOutcome.MET, AttendanceOutcome.NO_SHOW)
        ]
        size = self.rng.randint(3, 6) if self.rng.random() < self.chance_of_group else 0
        group = self.rng.sample(together, min(size, len(together)))
        if len(group) > 1:
            yield self.group_meeting(mentor, group)
            contacts = [contact for contact in contacts if contact not in group]
        for contact in contacts:
            yield self.meeting(mentor, contact)

    def group_meeting(self, mentor, group):
        place = self.rng.choice(PLACES[2:])
        parts = []
        for contact in group:
            possible = (
                GROUP_NOTES if contact.outcome is AttendanceOutcome.MET else NOTES[contact.outcome]
            )
            here = [note for note in possible if MeetingFormat.AREA in note.forms]
            note = self.scenario.pen.choose(here, contact.mentee, contact.status)
            parts.append(Part(contact.mentee, contact.outcome, note.topics, note.text))
        return Encounter(
            max(contact.day for contact in group), mentor, MeetingFormat.AREA, place, 90, parts
        )

    def meeting(self, mentor, contact):
        note = self.scenario.pen.choose(NOTES[contact.outcome], contact.mentee, contact.status)
        form = self.rng.choice(note.forms)
        met = contact.outcome is AttendanceOutcome.MET
        place = self.rng.choice(PLACES) if met and form is MeetingFormat.AREA else ""
        minutes = self.rng.choice(MINUTES[form]) if met else None
        part = Part(contact.mentee, contact.outcome, note.topics, note.text)
        return Encounter(contact.day, mentor, form, place, minutes, [part])
