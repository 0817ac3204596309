"""The rows of Min uge and of the list of young people: small frozen values with their texts and addresses ready.

A template that asks the database or formats a date for each cell costs five times as much; here it is done once.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from cases import weekly_contact
from cases.badges import week_strip
from cases.models import Agreement, Appointment, Status
from cases.register import Register
from cases.weekly_contact import Mark, WeeklyMarks
from web import dates
from web.weeks import Week, last_weeks

WEEKS_SHOWN = 8
TODAY = "I dag"


@dataclass(frozen=True)
class MenteeRow:
    """One young person on the day."""

    pk: int
    uuid: str
    name: str
    url: str
    age: int
    status: Status
    area: str
    mentor: str
    mentor_id: int | None
    strip: SafeString
    mark: Mark
    expected: bool
    paused: bool
    pause_words: str
    last_contact_on: date  # the day of the last meeting, of enrolment when there is none
    since: str
    is_late: bool
    next_words: str
    due_on: date | None
    due_words: str
    submit_key: str  # of the one-tap outcomes: the same tap twice is one meeting

    @property
    def is_today(self):
        """Whether the next appointment is today."""
        return self.next_words.startswith(TODAY)

    @property
    def needs_contact(self):
        """A contact is expected this week, and none was made."""
        return self.expected and self.mark is not Mark.MET

    @property
    def urgency(self):
        """A key that sorts those who need contact first: appointment today, agreement due, longest without contact."""
        return (not self.is_today, self.due_on is None, self.last_contact_on)


def rows(mentees, programme, on):
    """The Rows of those in the queryset `mentees` of the programme, on the day `on`: eleven queries, however many."""
    weeks = last_weeks(WEEKS_SHOWN, Week.of(on))
    register = Register.load(mentees)
    pks = register.pks
    others = Others(
        weeks=weeks,
        rhythm=WeeklyMarks(weekly_contact.contacts(pks, weeks[0].monday, on)),
        last_met=weekly_contact.last_met(pks, on),
        areas=dict(programme.areas.values_list("pk", "name")),
        mentors=dict(
            User.objects.filter(matches__mentee__in=pks).distinct().values_list("pk", "name")
        ),
        planned=first_of_each(Appointment.objects.coming(on=on).filter(mentee__in=pks)),
        due=first_of_each(Agreement.objects.overdue(on=on).filter(mentee__in=pks)),
    )
    return [_row(person, others, programme, on) for person in register.people]


@dataclass(frozen=True)
class Others:
    """What a row needs beside the register, each read with one query for all of them."""

    weeks: list
    rhythm: WeeklyMarks
    last_met: dict
    areas: dict
    mentors: dict
    planned: dict
    due: dict


def first_of_each(found):
    """{mentee's key: the first row} of a queryset in its order."""
    firsts = {}
    for row in found:
        firsts.setdefault(row.mentee_id, row)
    return firsts


def _row(person, others, programme, on):
    met = others.last_met.get(person.id)
    last_contact_on = met or person.enrolled_on
    paused = bool(person.pauses.on(on))
    appointment, agreement = others.planned.get(person.id), others.due.get(person.id)
    marks = [(week, others.rhythm.mark(person, week)) for week in others.weeks]
    this_week = others.weeks[-1]
    late = (on - last_contact_on).days > programme.inactive_after_days
    return MenteeRow(
        pk=person.id,
        uuid=str(person.uuid),
        name=person.name,
        url=reverse("mentee", args=[person.uuid]),
        age=dates.age(person.born_on, on),
        status=person.status(on),
        area=others.areas.get(person.areas.on(on), ""),
        mentor=others.mentors.get(person.mentors.on(on), "Ingen mentor"),
        mentor_id=person.mentors.on(on),
        strip=week_strip(marks),
        mark=marks[-1][1],
        expected=weekly_contact.expected(person, this_week),
        paused=paused,
        pause_words=pause_words(person, on) if paused else "",
        last_contact_on=last_contact_on,
        since=dates.days_ago(met, on) if met else "Endnu ikke mødt",
        is_late=late and person.in_progress(on) and not paused,
        next_words=appointment_words(appointment, on) if appointment else "",
        due_on=agreement and agreement.due_on,
        due_words=agreement.question if agreement else "",
        submit_key=str(uuid4()),
    )


def appointment_words(appointment, on):
    """'I dag kl. 15.30', 'Tors. 26. nov. kl. 14.00'"""
    day = TODAY if appointment.on == on else dates.short_weekday_date(appointment.on).capitalize()
    return f"{day} kl. {appointment.at:%H.%M}" if appointment.at else day


def pause_words(person, on):
    """'Pause til 1. december.'; without an end yet just 'Pause.'"""
    end = next(
        (fact.since for fact in person.pauses.facts if fact.since > on and not fact.value), None
    )
    return f"Pause til {dates.day_and_month(end)}." if end else "Pause."
