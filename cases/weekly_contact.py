"""The weekly rhythm: for each young person and week one mark, and which weeks a contact is expected in.

Used by every page and report. Each word is defined in docs/figures.md. `Rhythm` and `expected` are pure: told the
people, the contacts and the weeks, they ask no database and no clock.
"""

from collections import defaultdict
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Max, Sum

from cases.models import Attendance, AttendanceOutcome, Meeting
from web.weeks import Week


class Mark(StrEnum):
    """What a week shows, the strongest first: a meeting held outranks a pause, a pause outranks an attempt."""

    MET = "met"
    PAUSED = "paused"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    TRIED = "tried"
    NOT_ENROLLED = "not_enrolled"
    NOTHING = "nothing"

    @property
    def word(self):
        return WORDS[self]


WORDS = {
    Mark.MET: "mødt",
    Mark.PAUSED: "pause",
    Mark.NO_SHOW: "udeblevet",
    Mark.CANCELLED: "aflyst",
    Mark.TRIED: "forsøgt",
    Mark.NOT_ENROLLED: "ikke i forløb",
    Mark.NOTHING: "ingen kontakt",
}

MARK_OF = {
    AttendanceOutcome.MET: Mark.MET,
    AttendanceOutcome.NO_SHOW: Mark.NO_SHOW,
    AttendanceOutcome.TRIED: Mark.TRIED,
    AttendanceOutcome.CANCELLED_BY_MENTEE: Mark.CANCELLED,
    AttendanceOutcome.CANCELLED_BY_MENTOR: Mark.CANCELLED,
}


class Contact(NamedTuple):
    """One attendance, as the rhythm needs it."""

    mentee_id: int
    held_on: date
    outcome: str


def contacts(pks, first, last, known_at=None):
    """The Contacts of the mentees with these keys from `first` to `last`, both included: one query."""
    rows = Attendance.objects.known(known_at).filter(
        mentee__in=pks, meeting__held_on__range=(first, last)
    )
    return [
        Contact(*row)
        for row in rows.values_list("mentee_id", "meeting__held_on", "outcome").order_by()
    ]


def last_met(pks, on):
    """{mentee's key: the day of the last meeting held by the day `on`}; nobody who was never met. One query."""
    held = Attendance.objects.known().filter(
        mentee__in=pks, outcome=AttendanceOutcome.MET, meeting__held_on__lte=on
    )
    return dict(held.order_by().values_list("mentee_id").annotate(Max("meeting__held_on")))


def minutes(user, programme, first, last):
    """The minutes of the user's meetings in the programme from `first` to `last`; a group's count once."""
    held = Meeting.objects.known().filter(
        held_by=user, programme=programme, held_on__range=(first, last)
    )
    return held.aggregate(total=Sum("minutes"))["total"] or 0


class WeeklyMarks:
    """The marks of some contacts, week by week and young person by young person."""

    def __init__(self, contacts):
        self._marks = defaultdict(set)
        for contact in contacts:
            self._marks[contact.mentee_id, Week.of(contact.held_on)].add(MARK_OF[contact.outcome])

    def mark(self, person, week):
        """The Mark of the person's week."""
        marks = self._marks.get((person.id, week), set())
        if Mark.MET in marks:
            return Mark.MET
        if person.paused_between(week.monday, week.sunday):
            return Mark.PAUSED
        for mark in (Mark.NO_SHOW, Mark.CANCELLED, Mark.TRIED):
            if mark in marks:
                return mark
        return Mark.NOTHING if expected(person, week) else Mark.NOT_ENROLLED

    def tally(self, people, weeks):
        """{Mark: weeks} over the expected weeks of the people; their sum is the expected contacts."""
        counts = dict.fromkeys(
            (Mark.MET, Mark.CANCELLED, Mark.NO_SHOW, Mark.TRIED, Mark.NOTHING), 0
        )
        for person in people:
            for week in weeks:
                if expected(person, week):
                    counts[self.mark(person, week)] += 1
        return counts


def expected(person, week):
    """Whether a contact is expected in the week: in progress from Monday to Sunday, and no pause in any part of it.

    A week of enrolment, completion or dropping out is held against nobody.
    """
    first, last = week.monday, week.sunday
    days = [first, *(fact.since for fact in person.statuses.facts if first < fact.since <= last)]
    return all(person.in_progress(day) for day in days) and not person.paused_between(first, last)
