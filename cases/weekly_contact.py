"""Weekly contact: the mark of each mentee and week, as defined in docs/figures.md."""

from collections import defaultdict
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Max, Sum

from cases.models import Attendance, AttendanceOutcome, Meeting
from web.weeks import Week


class Mark(StrEnum):
    """The mark of a week, in order of precedence: a meeting, a pause, an attempt."""

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
    mentee_id: int
    held_on: date
    outcome: str


def contacts(pks, first, last, known_at=None):
    """Return the Contacts from `first` to `last`, inclusive. One query."""
    rows = Attendance.objects.known(known_at).filter(
        mentee__in=pks, meeting__held_on__range=(first, last)
    )
    return [
        Contact(*row)
        for row in rows.values_list("mentee_id", "meeting__held_on", "outcome").order_by()
    ]


def last_met(pks, on):
    """Return {pk: date of the last meeting by `on`}, if any. One query."""
    meetings = Attendance.objects.known().filter(
        mentee__in=pks, outcome=AttendanceOutcome.MET, meeting__held_on__lte=on
    )
    return dict(meetings.order_by().values_list("mentee_id").annotate(Max("meeting__held_on")))


def minutes(user, programme, first, last):
    """Return the user's meeting minutes; a group meeting counts once."""
    meetings = Meeting.objects.known().filter(
        held_by=user, programme=programme, held_on__range=(first, last)
    )
    return meetings.aggregate(total=Sum("minutes"))["total"] or 0


class WeeklyMarks:
    def __init__(self, contacts):
        self._marks = defaultdict(set)
        for contact in contacts:
            self._marks[contact.mentee_id, Week.of(contact.held_on)].add(MARK_OF[contact.outcome])

    def mark(self, person, week):
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
        """Return {Mark: weeks}; the sum is the expected contacts."""
        counts = dict.fromkeys(
            (Mark.MET, Mark.CANCELLED, Mark.NO_SHOW, Mark.TRIED, Mark.NOTHING), 0
        )
        for person in people:
            for week in weeks:
                if expected(person, week):
                    counts[self.mark(person, week)] += 1
        return counts


def expected(person, week):
    """Return whether a contact is expected: in progress and not paused all week.

    Not in the week of enrolment (unless on Monday), completion or drop-out.
    """
    first, last = week.monday, week.sunday
    days = [first, *(fact.since for fact in person.statuses.facts if first < fact.since <= last)]
    return all(person.in_progress(day) for day in days) and not person.paused_between(first, last)
