"""Meetings, plans and agreements of each mentee, for Overblik.

Kept at the mentee's version (decision 028).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cases import questions, weekly_contact
from cases.mentee_rows import first_of_each
from cases.models import Agreement, Appointment
from cases.weekly_contact import Mark, WeeklyMarks
from web.versioned_cache import VersionedCache
from web.weeks import Week, last_weeks

CONTACTS = VersionedCache(10_000)
WEEKS = 10


class ExpectedWeek(NamedTuple):
    week: Week
    mentor: int | None  # on the week's Sunday, at the latest the day
    area: int | None  # likewise
    is_met: bool


@dataclass(frozen=True)
class MenteeContact:
    """As known now."""

    last_met: date | None
    appointment: Appointment | None  # the next one
    agreements: tuple[Agreement, ...]  # those open, by due day
    weeks: tuple[ExpectedWeek, ...]  # of the last WEEKS


def weeks_until(on):
    """The WEEKS that end with the day's, oldest first."""
    return last_weeks(WEEKS, Week.of(on))


def contact_of(people, on):
    """{person's key: MenteeContact}; four queries about those that are not kept."""
    people = {person.id: person for person in people}

    def build(keys):
        mentees = [key for key, _ in keys]
        return {(person, on): contact for person, contact in _contacts(people, mentees, on)}

    kept = CONTACTS.read({(key, on): person.version for key, person in people.items()}, build)
    return {key: contact for (key, _), contact in kept.items()}


def _contacts(people, keys, on):
    weeks = weeks_until(on)
    marks = WeeklyMarks(weekly_contact.contacts(keys, weeks[0].monday, on))
    last_met = weekly_contact.last_met(keys, on)
    appointments = first_of_each(questions.appointments(keys=keys, on=on))
    agreements = defaultdict(list)
    for agreement in questions.open_agreements(keys=keys, on=on):
        agreements[agreement.mentee_id].append(agreement)
    for key in keys:
        yield (
            key,
            MenteeContact(
                last_met=last_met.get(key),
                appointment=appointments.get(key),
                agreements=tuple(agreements[key]),
                weeks=tuple(_expected_weeks(people[key], weeks, marks, on)),
            ),
        )


def _expected_weeks(person, weeks, marks, on):
    for week in weeks:
        if weekly_contact.expected(person, week):
            day = min(week.sunday, on)
            is_met = marks.mark(person, week) is Mark.MET
            yield ExpectedWeek(week, person.mentors.on(day), person.areas.on(day), is_met)
