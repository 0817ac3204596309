"""The young people of a page on a day, and what its figures ask about them beside the register: each kind read once."""

from dataclasses import replace
from functools import cached_property

from accounts.models import User
from cases import weekly_contact
from cases.mentee_rows import first_of_each
from cases.models import Agreement, Appointment, Membership, Role, Status
from cases.weekly_contact import WeeklyMarks
from overview.forecast import forecast
from overview.selection import Selection
from reporting.status_report import StatusReport
from reporting.transitions import Transitions, flow
from web.weeks import Week, last_weeks

WEEKS = 10  # the contacts of so many weeks are read, the day's own the last of them


def mentor_names(programme):
    """{key: name} of all who are or have been mentors in the programme. One query."""
    mentors = Membership.objects.users(programme, Role.MENTOR)
    matched = User.objects.filter(matches__mentee__programme=programme)
    everybody = mentors | User.objects.filter(pk__in=matched.values("pk"))
    return dict(everybody.order_by("name").values_list("pk", "name"))


class Snapshot:
    """What each figure starts from. `register` holds only those of the `selection`."""

    def __init__(self, programme, register, on, *, before=None, selection=None, mentors=None):
        """`before`: the day compared with, None for none. `mentors`: {key: name}, read when not given."""
        self.programme, self.register, self.on, self.before = programme, register, on, before
        self.selection = selection or Selection()
        self.mentors = mentor_names(programme) if mentors is None else mentors

    @cached_property
    def report(self):
        """The StatusReport of those chosen, without the weekly contact.

        The goals are the programme's, so a selection has none: they are 0.

        Raises ReportUnavailable as `StatusReport.build` does.
        """
        report = StatusReport.build(
            self.programme, on=self.on, register=self.register, contact=False
        )
        if not self.selection:
            return report
        return replace(
            report, goal=replace(report.goal, goal=0, target=report.enrolled), area_target=0
        )

    @cached_property
    def people(self):
        """{key: Person} of those in progress."""
        return {person.id: person for person in self.register.in_progress(self.on)}

    def mentor_of(self, person):
        """The name of the person's mentor on the day; None without one."""
        return self.mentors.get(person.mentors.on(self.on))

    @cached_property
    def areas(self):
        """{key: name} of the programme's areas in their order."""
        return {area.pk: area.name for area in self.programme.areas.all()}

    @cached_property
    def running_mentors(self):
        """The keys of those whose membership as mentor holds on the day."""
        mentors = Membership.objects.users(self.programme, Role.MENTOR, on=self.on)
        return set(mentors.values_list("pk", flat=True))

    @cached_property
    def met(self):
        """{key: the day of the last meeting held} of those in progress."""
        return weekly_contact.last_met(self.people, self.on)

    @cached_property
    def planned(self):
        """{key: the next Appointment} of those in progress."""
        return first_of_each(Appointment.objects.coming(on=self.on).filter(mentee__in=self.people))

    @cached_property
    def agreements(self):
        """The open agreements of those in progress, the one due first standing first."""
        return list(Agreement.objects.open(on=self.on).filter(mentee__in=self.people))

    @cached_property
    def overdue(self):
        """Of the open agreements, those whose day has passed."""
        return [agreement for agreement in self.agreements if agreement.due_on < self.on]

    @cached_property
    def flow(self):
        """The Flow since the day compared with; empty without one."""
        return flow(self.register, self.before, self.on) if self.before else Transitions((), 0)

    @cached_property
    def more_in_goal(self):
        """How many more are in the goal than on the day compared with."""
        goal = self.programme.goal_set
        return len(self.register.in_goal(self.on, goal)) - len(
            self.register.in_goal(self.before, goal)
        )

    @cached_property
    def forecast(self):
        return forecast(self.register, self.agreements, self.on, self.programme.goal_set)

    @cached_property
    def without_start(self):
        """Those with the status "Aftale om kommende ..." and no open agreement that says what begins."""
        told = {agreement.mentee_id for agreement in self.agreements if agreement.is_start}
        return [
            p
            for p in self.people.values()
            if p.status(self.on) is Status.AGREEMENT and p.id not in told
        ]

    @cached_property
    def without_appointment(self):
        """Those in progress and not on pause who have no next appointment."""
        return [
            p for p in self.people.values() if p.id not in self.planned and not p.pauses.on(self.on)
        ]

    @cached_property
    def weeks(self):
        """The last weeks, up to and with the day's."""
        return last_weeks(WEEKS, Week.of(self.on))

    @cached_property
    def rhythm(self):
        """The Rhythm of those weeks, as far as the day."""
        return WeeklyMarks(
            weekly_contact.contacts(self.register.pks, self.weeks[0].monday, self.on)
        )
