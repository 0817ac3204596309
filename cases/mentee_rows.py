"""The rows of Min uge and the mentee list, with texts and URLs.

Querying and formatting cell by cell in a template took five times as long.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from cases import weekly_contact
from cases.badges import week_strip
from cases.models import Agreement, Appointment, Match, Status
from cases.register import Register
from cases.weekly_contact import Mark, WeeklyMarks
from web import dates
from web.weeks import Week, last_weeks

WEEKS_SHOWN = 8
TODAY = "I dag"


@dataclass(frozen=True)
class MenteeRow:
    pk: int
    uuid: str
    name: str
    url: str
    age: int
    status: Status
    area: str
    mentor: str
    mentor_id: int | None
    strip: SafeString  # HTML: a template tag per row is slower
    mark: Mark
    expected: bool
    paused: bool
    pause_words: str
    last_contact_on: date  # last meeting, else enrolment
    since: str
    is_late: bool
    next_words: str
    due_on: date | None
    due_words: str

    @property
    def is_today(self):
        return self.next_words.startswith(TODAY)

    @property
    def needs_contact(self):
        """Whether an expected contact is missing."""
        return self.expected and self.mark is not Mark.MET

    @property
    def urgency(self):
        """Sort key: appointment today, agreement due, longest without contact."""
        return (not self.is_today, self.due_on is None, self.last_contact_on)


def rows(mentees, programme, on):
    """Return a MenteeRow per mentee, with eleven queries in all."""
    weeks = last_weeks(WEEKS_SHOWN, Week.of(on))
    register = Register.load(mentees)
    pks = register.pks
    context = RowContext(
        weeks=weeks,
        marks=WeeklyMarks(weekly_contact.contacts(pks, weeks[0].monday, on)),
        last_met=weekly_contact.last_met(pks, on),
        areas=dict(programme.areas.values_list("pk", "name")),
        mentors=dict(
            User.objects.filter(matches__mentee__in=pks).distinct().values_list("pk", "name")
        ),
        planned=first_of_each(Appointment.objects.coming(on=on).filter(mentee__in=pks)),
        due=first_of_each(Agreement.objects.overdue(on=on).filter(mentee__in=pks)),
    )
    return [_row(person, context, programme, on) for person in register.people]


@dataclass(frozen=True)
class RowContext:
    weeks: list
    marks: WeeklyMarks
    last_met: dict
    areas: dict
    mentors: dict
    planned: dict
    due: dict


def first_of_each(queryset):
    """Return {mentee_id: first object}."""
    first = {}
    for obj in queryset:
        first.setdefault(obj.mentee_id, obj)
    return first


def _row(person, context, programme, on):
    met = context.last_met.get(person.id)
    last_contact_on = met or person.enrolled_on
    paused = bool(person.pauses.on(on))
    appointment, agreement = context.planned.get(person.id), context.due.get(person.id)
    marks = [(week, context.marks.mark(person, week)) for week in context.weeks]
    this_week = context.weeks[-1]
    late = (on - last_contact_on).days > programme.inactive_after_days
    return MenteeRow(
        pk=person.id,
        uuid=str(person.uuid),
        name=person.name,
        url=reverse("mentee", args=[person.uuid]),
        age=dates.age(person.born_on, on),
        status=person.status(on),
        area=context.areas.get(person.areas.on(on), ""),
        mentor=context.mentors.get(person.mentors.on(on), Match.NO_MENTOR),
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
    )


def appointment_words(appointment, on):
    """'I dag kl. 15.30', 'Tors. 26. nov. kl. 14.00'"""
    day = TODAY if appointment.on == on else dates.short_weekday_date(appointment.on).capitalize()
    return f"{day} kl. {appointment.at:%H.%M}" if appointment.at else day


def pause_words(person, on):
    """'Pause til 1. december.' or 'Pause.'"""
    end = next(
        (fact.since for fact in person.pauses.facts if fact.since > on and not fact.value), None
    )
    return f"Pause til {dates.day_and_month(end)}." if end else "Pause."
