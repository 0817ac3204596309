from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from cases import sentences
from cases.definitions import definitions_of
from cases.models import Status
from cases.programme_names import names_of
from cases.running_mentors import RunningMentors
from overview.forecast import forecast
from overview.mentee_contact import contact_of, weeks_until
from overview.selection import Selection
from reporting.status_report import StatusReport
from reporting.transitions import Transitions, transitions_between

RECENT_DAYS = 28  # the day included


class Snapshot:
    """A Register, already filtered by `selection`, on a day.

    `before`: the day compared with, or None.
    """

    def __init__(self, programme, register, on, *, before=None, selection=None):
        self.programme, self.register, self.on, self.before = programme, register, on, before
        self.selection = selection or Selection()

    @property
    def recent_since(self):
        return self.on - timedelta(days=RECENT_DAYS - 1)

    @cached_property
    def definitions(self):
        return definitions_of(self.programme)

    @cached_property
    def goal(self):
        return self.definitions.goal(self.on)

    @cached_property
    def expectation(self):
        return self.definitions.expectation(self.on)

    @cached_property
    def status_report(self):
        """Without meetings; a selection has no goals. Raise ReportUnavailable."""
        report = StatusReport.build(
            self.programme,
            on=self.on,
            register=self.register,
            definitions=self.definitions,
            meetings=False,
            mentors=self.mentors,
        )
        if not self.selection:
            return report
        goal = replace(report.goal, goal=0, target=report.enrolled)
        return replace(report, goal=goal, area_target=0)

    @cached_property
    def people(self):
        """{key: Person} of those in progress."""
        return {person.id: person for person in self.register.in_progress(self.on)}

    def mentor_of(self, person):
        """Who is there on the day, or None."""
        mentor = person.mentors.on(self.on)
        return None if self.mentors.is_without(mentor) else self.names.mentors.get(mentor)

    def mentor_words(self, person):
        """'Mette Sørensen', 'Mette Sørensen er stoppet', or empty."""
        mentor = person.mentors.on(self.on)
        name = self.names.mentors.get(mentor, "")
        return sentences.stopped(name) if self.mentors.has_stopped(mentor) else name

    @cached_property
    def mentors(self):
        return RunningMentors(self.programme, self.on)

    @cached_property
    def stopped_mentors(self):
        return [
            person
            for person in self.people.values()
            if self.mentors.has_stopped(person.mentors.on(self.on))
        ]

    @cached_property
    def names(self):
        return names_of(self.programme)

    @cached_property
    def current_mentors(self):
        """Keys of users."""
        return self.mentors.there

    @cached_property
    def contact(self):
        """{person's key: MenteeContact}"""
        return contact_of(self.register.people, self.on)

    @cached_property
    def last_met(self):
        """{person's key: day}"""
        return {pk: contact.last_met for pk, contact in self.contact.items() if contact.last_met}

    @cached_property
    def next_appointments(self):
        """{person's key: Appointment}"""
        contacts = self.contact.items()
        return {pk: contact.appointment for pk, contact in contacts if contact.appointment}

    @cached_property
    def open_agreements(self):
        """Of those in progress, by due day."""
        agreements = (row for pk in self.people for row in self.contact[pk].agreements)
        return sorted(agreements, key=lambda agreement: (agreement.due_on, agreement.pk))

    @cached_property
    def overdue_agreements(self):
        return [agreement for agreement in self.open_agreements if agreement.due_on < self.on]

    @cached_property
    def transitions(self):
        return (
            transitions_between(self.register, self.before, self.on)
            if self.before
            else Transitions((), 0)
        )

    @cached_property
    def goal_changed_on(self):
        """The last day after `before` from which other statuses count, or None."""
        if not self.before:
            return None
        spells = self.definitions.goals_between(self.before, self.on)
        days = [
            day
            for (_, earlier), (day, later) in pairwise(spells)
            if earlier.goal_set != later.goal_set
        ]
        return days[-1] if days else None

    @cached_property
    def more_in_goal(self):
        """The change since `before`, which must be set, by the goal of the day."""
        goal = self.goal.goal_set
        now, before = (len(self.register.in_goal(day, goal)) for day in (self.on, self.before))
        return now - before

    @cached_property
    def forecast(self):
        goal = self.goal.goal_set
        return forecast(self.register, self.open_agreements, self.on, goal)

    @cached_property
    def without_start(self):
        """Whose start is agreed, but no agreement says when."""
        with_start = {a.mentee_id for a in self.open_agreements if a.is_start}
        return [
            person
            for person in self.people.values()
            if person.status(self.on) is Status.AGREEMENT and person.id not in with_start
        ]

    @cached_property
    def without_appointment(self):
        """Nobody on pause."""
        return [
            person
            for person in self.people.values()
            if person.id not in self.next_appointments and not person.pauses.on(self.on)
        ]

    @property
    def weeks(self):
        """Those of the heat map, oldest first."""
        return weeks_until(self.on)
