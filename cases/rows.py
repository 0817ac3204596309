"""The rows of Min uge and of the list of young people: small frozen values with their texts and addresses ready.

A template that asks the database or formats a date for each cell costs five times as much; here it is done once.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.urls import reverse
from django.utils.safestring import SafeString

from cases import dates, rhythm
from cases.drawing import week_strip
from cases.models import Agreement, Appointment, Pause, Status
from cases.register import Register
from cases.rhythm import Mark, Rhythm
from cases.weeks import Week, last_weeks

WEEKS_SHOWN = 8
TODAY = "I dag"


@dataclass(frozen=True)
class Row:
    """One young person on the day."""

    pk: int
    uuid: str
    name: str
    url: str
    age: int
    status: Status
    area: str
    mentor: str
    strip: SafeString
    mark: Mark
    expected: bool
    paused: bool
    pause_words: str
    last_contact_on: date  # the day of the last meeting, of enrolment when there is none
    since: str
    is_late: bool
    next_on: date | None
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


def rows(mentees, on):
    """The Rows of the queryset `mentees` on the day `on`, in its order: eight queries, whatever its length."""
    this_week = Week.of(on)
    weeks = last_weeks(WEEKS_SHOWN, this_week)
    found = list(mentees.as_of(on).with_last_met(on).select_related("programme"))
    people = {p.id: p for p in Register.load(mentees, kinds=("statuses", "pauses")).people}
    rhythm_ = Rhythm(rhythm.contacts(mentees, weeks[0].monday, on))
    mentee_pks = mentees.order_by().values("pk")
    planned, due = {}, {}
    for appointment in Appointment.objects.coming(on=on).filter(mentee__in=mentee_pks):
        planned.setdefault(appointment.mentee_id, appointment)
    for agreement in Agreement.objects.overdue(on=on).filter(mentee__in=mentee_pks):
        due.setdefault(agreement.mentee_id, agreement)
    return [
        _row(mentee, people[mentee.pk], rhythm_, weeks, planned.get(mentee.pk), due.get(mentee.pk), on)
        for mentee in found
    ]


def _row(mentee, person, rhythm_, weeks, appointment, agreement, on):
    last_contact_on = mentee.last_met or mentee.enrolled_on
    status = Status(mentee.status) if mentee.status else None
    in_progress = status is not None and status.in_progress
    late = (on - last_contact_on).days > mentee.programme.inactive_after_days
    return Row(
        pk=mentee.pk,
        uuid=str(mentee.uuid),
        name=mentee.name,
        url=reverse("mentee", args=[mentee.uuid]),
        age=mentee.age(on),
        status=status,
        area=mentee.area_name or "",
        mentor=mentee.mentor_name or "Ingen mentor",
        strip=week_strip([(week, rhythm_.mark(person, week)) for week in weeks]),
        mark=rhythm_.mark(person, weeks[-1]),
        expected=rhythm.expected(person, weeks[-1]),
        paused=bool(mentee.paused),
        pause_words=pause_words(mentee, person, on) if mentee.paused else "",
        last_contact_on=last_contact_on,
        since=dates.days_ago(mentee.last_met, on) if mentee.last_met else "Endnu ikke mødt",
        is_late=late and in_progress and not mentee.paused,
        next_on=appointment and appointment.on,
        next_words=appointment_words(appointment, on) if appointment else "",
        due_on=agreement and agreement.due_on,
        due_words=f"{agreement.what}: skulle være sket {dates.weekday_and_month(agreement.due_on)}" if agreement else "",
        submit_key=str(uuid4()),
    )


def appointment_words(appointment, on):
    """'I dag kl. 15.30', 'Tors. 26. nov. kl. 14.00'"""
    day = TODAY if appointment.on == on else dates.short_weekday_date(appointment.on).capitalize()
    return f"{day} kl. {appointment.at:%H.%M}" if appointment.at else day


def pause_words(mentee, person, on):
    """'Ferie til 1. december.'; without an end date yet just 'Ferie.'"""
    reason = Pause.Reason(mentee.pause_reason).label.capitalize() if mentee.pause_reason else "Pause"
    end = next((fact.since for fact in person.pauses.facts if fact.since > on and not fact.value), None)
    return f"{reason} til {dates.day_and_month(end)}." if end else f"{reason}."
