from collections import Counter
from typing import NamedTuple

from cases import weekly_contact
from overview.selection import NO_MENTOR
from web.danish import danish_order
from web.weeks import Week


class MentorCaseload(NamedTuple):
    mentor: int | None  # the user's key
    name: str
    in_progress: int = 0
    paused: int = 0
    expected: int = 0  # in the week of the day
    met: int = 0
    without_appointment: int = 0
    overdue: int = 0  # agreements, not people

    @property
    def counts(self):
        return self[2:]


def caseload(snapshot):
    """By name, no mentor last; without a selection also current mentors with nobody."""
    people_of = {} if snapshot.selection else {mentor: [] for mentor in snapshot.current_mentors}
    for person in snapshot.people.values():
        mentor = person.mentors.on(snapshot.on)
        mentor = None if snapshot.mentors.is_without(mentor) else mentor
        people_of.setdefault(mentor, []).append(person)
    names = snapshot.names.mentors | {None: NO_MENTOR}
    order = sorted(people_of, key=lambda mentor: (mentor is None, danish_order(names[mentor])))
    measures = _measures(snapshot)
    return [
        MentorCaseload(
            mentor,
            names[mentor],
            **{field: sum(map(measure, people_of[mentor])) for field, measure in measures.items()},
        )
        for mentor in order
    ]


def _measures(snapshot):
    on, week = snapshot.on, Week.of(snapshot.on)
    without_appointment = {person.id for person in snapshot.without_appointment}
    overdue = Counter(agreement.mentee_id for agreement in snapshot.overdue_agreements)
    recently_met = {pk for pk, day in snapshot.last_met.items() if day >= snapshot.recent_since}
    return {
        "in_progress": lambda person: 1,
        "paused": lambda person: bool(person.pauses.on(on)),
        "expected": lambda person: weekly_contact.expected(person, week),
        "met": lambda person: person.id in recently_met,
        "without_appointment": lambda person: person.id in without_appointment,
        "overdue": lambda person: overdue[person.id],
    }
