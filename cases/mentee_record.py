"""All that is recorded about one mentee, for their page.

Kept in the process at the versions of the mentee and of the programme, which has the names of
areas, topics and users (decision 028). It knows no reader and nobody changes it: each request asks
what its reader may see (cases/history.py).
"""

from collections import namedtuple
from dataclasses import dataclass
from datetime import date

from cases import questions, weekly_contact
from cases.mentee_rows import WEEKS_SHOWN
from cases.models import Appointment, Match, Pause, Residence, Status, StatusChange, Transfer
from cases.register import Fact, Person, Timeline
from cases.weekly_contact import WeeklyMarks
from web.versioned_cache import VersionedCache
from web.weeks import Week, last_weeks

RECORDS = VersionedCache(100)

Attended = namedtuple("Attended", questions.ATTENDANCE)


class PersonWithInstances(Person):
    """`areas` and `mentors` hold instances, not primary keys."""


@dataclass(frozen=True)
class MenteeRecord:
    """As known now, withdrawn rows too; those of models have their users."""

    person: PersonWithInstances
    statuses: tuple  # these four newest first
    residences: tuple
    matches: tuple
    pauses: tuple
    agreements: tuple
    field_changes: tuple  # newest first
    strikes: tuple
    topics: tuple  # (attendance's key, name)
    attended: tuple  # of Attended
    appointment: Appointment | None  # the next one
    strip: tuple  # (week, mark) of the last WEEKS_SHOWN
    last_met: date | None
    has_transfers: bool


def record_of(mentee, on):
    """Twelve queries if it is not kept."""
    version = mentee.version, mentee.programme.version, on
    return RECORDS.read_one(mentee.pk, version, lambda: read(mentee, on))


def read(mentee, on):
    key = mentee.pk
    statuses, residences, matches, pauses = (
        tuple(questions.history(model, mentee=key))
        for model in (StatusChange, Residence, Match, Pause)
    )
    person = PersonWithInstances(
        id=key,
        uuid=mentee.uuid,
        name=mentee.name,
        born_on=mentee.born_on,
        gender=mentee.gender,
        enrolled_on=mentee.enrolled_on,
        statuses=timeline(statuses, lambda fact: Status(fact.status)),
        areas=timeline(residences, lambda fact: fact.area),
        mentors=timeline(matches, lambda fact: fact.mentor),
        pauses=timeline(pauses, lambda fact: fact.paused),
    )
    weeks = last_weeks(WEEKS_SHOWN, Week.of(on))
    marks = WeeklyMarks(weekly_contact.contacts([key], weeks[0].monday, on))
    return MenteeRecord(
        person=person,
        statuses=statuses,
        residences=residences,
        matches=matches,
        pauses=pauses,
        agreements=tuple(questions.agreements(mentee=key)),
        field_changes=tuple(questions.field_changes(mentee=key)),
        strikes=tuple(questions.strikes(mentee=key)),
        topics=tuple(questions.topics(mentee=key)),
        attended=tuple(map(Attended._make, questions.attendances(mentee=key))),
        appointment=next(questions.appointments(keys=[key], on=on), None),
        strip=tuple((week, marks.mark(person, week)) for week in weeks),
        last_met=weekly_contact.last_met([key], on).get(key),
        has_transfers=Transfer.objects.about(mentee).exists(),
    )


def timeline(facts, value):
    """`facts`: newest first; withdrawn ones are left out."""
    known = [fact for fact in reversed(facts) if not fact.withdrawn_at]
    return Timeline(Fact(fact.effective_on, fact.recorded_at, value(fact)) for fact in known)
