"""What somebody leaves behind when their role ends."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Q

from cases.mentee_rows import rows_of
from cases.models import Agreement, Meeting, Membership, Role, Strike
from cases.register import Register
from reporting.models import ReportDraft, ReportWithdrawal, SingleIssuerProposal
from web.danish import danish_order
from web.dates import today


@dataclass
class LeftBehind:
    """Of a Membership, when its last day is `last_on`."""

    membership: Membership
    last_on: object

    @property
    def programme(self):
        return self.membership.programme

    @property
    def user(self):
        return self.membership.user

    @property
    def is_mentor(self):
        return self.membership.role == Role.MENTOR

    @property
    def from_day(self):
        """Of whoever takes over: the day after, today at the earliest."""
        return max(self.last_on + timedelta(days=1), today())

    @cached_property
    def in_progress(self):
        return Register.of_programme(self.programme).in_progress(self.from_day)

    @cached_property
    def people(self):
        """Persons in progress whose mentor it is on that day, by name."""
        if not self.is_mentor:
            return []
        theirs = [p for p in self.in_progress if p.mentors.on(self.from_day) == self.user.pk]
        return sorted(theirs, key=lambda person: danish_order(person.name))

    @cached_property
    def rows(self):
        """Their MenteeRows of today, those with something late first, then by name."""
        rows = rows_of(self.people, self.programme, today())
        return sorted(rows, key=lambda row: not (row.due_words or row.is_late))

    @cached_property
    def mentors(self):
        """The others who can sign in on that day, by name."""
        others = Membership.objects.mentors_of(self.programme, self.from_day)
        return list(others.exclude(pk=self.user.pk))

    @cached_property
    def loads(self):
        """{mentor's key: how many in progress they have on that day}"""
        return Counter(person.mentors.on(self.from_day) for person in self.in_progress)

    @cached_property
    def meetings_after(self):
        """How many they have held after the last day."""
        held = Meeting.objects.known().filter(programme=self.programme, held_by=self.user)
        return held.filter(held_on__gt=self.last_on).count() if self.is_mentor else 0

    @cached_property
    def numbers(self):
        """[(what else is left, how many)], without zeros."""
        rows = [
            ("Vikariater", self.substitutions.count()),
            ("Aftaler, mentor selv skal holde", self.agreements),
            ("Kladder til rapporter", self.drafts.count()),
            ("Åbne forslag, der venter på svar", self.proposals),
        ]
        return [(what, number) for what, number in rows if number]

    @property
    def substitutions(self):
        running = self.programme.substitutions.known().filter(ends_on__gte=self.from_day)
        return running.filter(Q(substitute=self.user) | Q(mentor=self.user))

    @property
    def agreements(self):
        keys = [person.id for person in self.people]
        held = Agreement.objects.open(on=today()).filter(mentee__in=keys)
        return held.filter(responsible=Agreement.Responsible.MENTOR).count()

    @property
    def drafts(self):
        return ReportDraft.objects.filter(programme=self.programme, written_by=self.user)

    @property
    def proposals(self):
        about = (
            ReportWithdrawal.objects.waiting().filter(report__programme=self.programme),
            SingleIssuerProposal.objects.waiting().filter(programme=self.programme),
            Strike.objects.open().filter(mentee__programme=self.programme),
        )
        return sum(rows.filter(recorded_by=self.user).count() for rows in about)
