"""Rows of Min uge and the mentee list, with texts and URLs.

Each is kept while nothing it tells changes (decision 028).
"""

from dataclasses import dataclass, field
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cases import questions, weekly_contact
from cases.badges import status_badge, week_strip
from cases.definitions import definitions_of
from cases.models import Match, Status
from cases.programme_names import names_of
from cases.running_mentors import RunningMentors
from cases.sentences import stopped
from cases.weekly_contact import Mark, WeeklyMarks
from web import dates
from web.addresses import address
from web.versioned_cache import VersionedCache
from web.weeks import Week, last_weeks

ROWS = VersionedCache(5_000)
WEEKS_SHOWN = 8
TODAY = "I dag"
NOTHING_AGREED = "Ingen aftale"
NO_APPOINTMENT = format_html('<span class="muted">{}</span>', NOTHING_AGREED)
NO_STATUS = mark_safe('<span class="late">Ingen status</span>')


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
    badge: SafeString  # HTML: a template tag per row is slower
    strip: SafeString
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
    drawn: dict = field(default_factory=dict)  # {what `draw` was called with: HTML}

    def draw(self, template, **context):
        """Fill the template with `row` and the context, as HTML; once."""
        key = template, *context.items()
        if key not in self.drawn:
            self.drawn[key] = render_to_string(template, {"row": self, **context})
        return self.drawn[key]

    @property
    def is_today(self):
        return self.next_words.startswith(TODAY)

    @property
    def next_drawn(self):
        """The next appointment as HTML."""
        if not self.next_words:
            return NO_APPOINTMENT
        html = "<span><strong>{}</strong></span>" if self.is_today else "<span>{}</span>"
        return format_html(html, self.next_words)

    @property
    def due_or_next(self):
        """HTML: the agreement whose day has passed, else the next appointment."""
        if self.due_words:
            return format_html('<span class="late small">{}</span>', self.due_words)
        return format_html('<span class="muted small">{}</span>', self.next_words or NOTHING_AGREED)

    @property
    def is_overdue(self):
        """An appointment today comes before the agreement whose day has passed."""
        return bool(self.due_words) and not self.is_today

    @property
    def needs_contact(self):
        return self.expected and self.mark is not Mark.MET

    @property
    def urgency(self):
        """By appointment today, agreement due, longest without contact."""
        return (not self.is_today, self.due_on is None, self.last_contact_on)


def rows_of(people, programme, on):
    """A MenteeRow per Person; four queries about those that are not kept."""
    names, definitions = names_of(programme), definitions_of(programme)
    goal, patience = definitions.goal(on).goal_set, definitions.expectation(on).inactive_after_days
    people, mentors = {person.id: person for person in people}, RunningMentors(programme, on)
    versions = {}
    for key, person in people.items():
        area = names.areas.get(person.areas.on(on), "")
        key_of_mentor = person.mentors.on(on)
        mentor = names.mentors.get(key_of_mentor, Match.NO_MENTOR)
        if mentors.has_stopped(key_of_mentor):
            mentor = stopped(mentor)
        versions[key] = person.version, on, goal, patience, area, mentor

    def build(keys):
        context = RowContext.of(keys, on)
        return {key: _row(people[key], context, *versions[key][1:]) for key in keys}

    rows = ROWS.read(versions, build)
    return [rows[key] for key in people]


@dataclass(frozen=True)
class RowContext:
    weeks: list
    marks: WeeklyMarks
    last_met: dict
    planned: dict
    due: dict

    @classmethod
    def of(cls, keys, on):
        weeks = last_weeks(WEEKS_SHOWN, Week.of(on))
        return cls(
            weeks=weeks,
            marks=WeeklyMarks(weekly_contact.contacts(keys, weeks[0].monday, on)),
            last_met=weekly_contact.last_met(keys, on),
            planned=first_of_each(questions.appointments(keys=keys, on=on)),
            due=first_of_each(questions.overdue_agreements(keys=keys, on=on)),
        )


def first_of_each(rows):
    """{mentee_id: first object}"""
    first = {}
    for obj in rows:
        first.setdefault(obj.mentee_id, obj)
    return first


def _row(person, context, on, goal, patience, area, mentor):
    met = context.last_met.get(person.id)
    last_contact_on = met or person.enrolled_on
    paused = bool(person.pauses.on(on))
    appointment, agreement = context.planned.get(person.id), context.due.get(person.id)
    marks = [(week, context.marks.mark(person, week)) for week in context.weeks]
    this_week = context.weeks[-1]
    late = (on - last_contact_on).days > patience
    status = person.status(on)
    return MenteeRow(
        pk=person.id,
        uuid=str(person.uuid),
        name=person.name,
        url=address("mentee", person.uuid),
        age=dates.age(person.born_on, on),
        status=status,
        area=area,
        mentor=mentor,
        mentor_id=person.mentors.on(on),
        badge=status_badge(status, goal, status.short) if status else NO_STATUS,
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


def next_appointment(appointment, on):
    """As `appointment_words`, with the place; HTML."""
    if appointment is None:
        return NO_APPOINTMENT
    place = f", {appointment.place}" if appointment.place else ""
    return format_html("<strong>{}</strong>{}", appointment_words(appointment, on), place)


def pause_words(person, on):
    """'Pause til 1. december.' or 'Pause.'"""
    end = next(
        (fact.since for fact in person.pauses.facts if fact.since > on and not fact.value), None
    )
    return f"Pause til {dates.day_and_month(end)}." if end else "Pause."
