"""The mark of each mentee and week, as defined in docs/figures.md."""

from collections import defaultdict
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cases import questions
from cases.models import AttendanceOutcome
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


def contacts(pks, first, last):
    """Of a few mentees, from `first` to `last`, inclusive. One query."""
    return [Contact(*row) for row in questions.contacts(keys=pks, first=first, last=last)]


def contacts_of(programme, first, last, known_at=None):
    """As `contacts`, as known at `known_at` (None: now)."""
    rows = questions.contacts_of(
        known_at is not None, programme=programme.pk, first=first, last=last, at=known_at
    )
    return [Contact(*row) for row in rows]


def last_met(pks, on):
    """{pk: day} of those who have been met by `on`. One query."""
    return dict(questions.last_met(keys=pks, on=on))


def minutes(user, programme, first, last):
    """A group meeting counts once."""
    rows = questions.minutes(user=user.pk, programme=programme.pk, first=first, last=last)
    return sum(length or 0 for (length,) in rows)


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
        """{Mark: weeks}; the sum is the expected contacts."""
        counts = dict.fromkeys(
            (Mark.MET, Mark.CANCELLED, Mark.NO_SHOW, Mark.TRIED, Mark.NOTHING), 0
        )
        for person in people:
            for week in weeks:
                if expected(person, week):
                    counts[self.mark(person, week)] += 1
        return counts


def expected(person, week):
    """Whether the person is in progress and not paused all week.

    Not in the week of enrolment (unless on Monday), completion or drop-out.
    """
    first, last = week.monday, week.sunday
    days = [first, *(fact.since for fact in person.statuses.facts if first < fact.since <= last)]
    return all(person.in_progress(day) for day in days) and not person.paused_between(first, last)
