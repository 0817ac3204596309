from dataclasses import dataclass
from uuid import UUID

from overview.selection import NO_MENTOR
from web.danish import danish_order
from web.dates import weekday_and_month

SHOWN = 2  # of a group; the others are folded


@dataclass(frozen=True)
class AttentionLine:
    """`what` is empty if the group's title says it."""

    name: str
    uuid: UUID
    mentor: str
    what: str
    do: str


@dataclass(frozen=True)
class AttentionGroup:
    title: str
    icon: str
    lines: tuple[AttentionLine, ...]

    @property
    def shown(self):
        return self.lines[:SHOWN]

    @property
    def folded(self):
        return self.lines[SHOWN:]


def attention_groups(snapshot):
    kinds = (
        ("Mentor er stoppet", "people", _left_behind(snapshot)),
        ("Ingen kontakt", "clock", _without_contact(snapshot)),
        ("Starten skulle være sket", "flag", _overdue(snapshot, starts=True)),
        ("Aftaler over tiden", "flag", _overdue(snapshot, starts=False)),
        ("Kommende start uden dag", "flag", _without_start(snapshot)),
        ("Samme status længe", "week", _same_status_long(snapshot)),
        ("Ingen næste aftale", "calendar", _without_appointment(snapshot)),
    )
    groups = [AttentionGroup(title, icon, tuple(lines)) for title, icon, lines in kinds]
    return [group for group in groups if group.lines]


def _line(snapshot, person, what, do):
    mentor = snapshot.mentor_words(person) or NO_MENTOR.lower()
    return AttentionLine(person.name, person.uuid, mentor, what, do)


def _first_name(name):
    return name.split()[0]


def _left_behind(snapshot):
    for person in sorted(snapshot.stopped_mentors, key=lambda person: danish_order(person.name)):
        yield _line(snapshot, person, "", "Find en ny mentor.")


def _without_contact(snapshot):
    """Longest first; counted from enrolment if never met."""
    on, last_met = snapshot.on, snapshot.last_met
    waiting = [
        ((on - last_met.get(person.id, person.enrolled_on)).days, person)
        for person in snapshot.people.values()
        if not person.pauses.on(on)
    ]
    waiting.sort(key=lambda pair: (-pair[0], pair[1].name))
    patience = snapshot.expectation.inactive_after_days
    for days, person in waiting:
        if days > patience:
            if person.id in last_met:
                what = f"Ingen kontakt i {days} dage"
            else:
                what = f"Indskrevet for {days} dage siden, endnu ikke mødt"
            yield _line(snapshot, person, what, _next_step(snapshot, person))


def _next_step(snapshot, person):
    appointment = snapshot.next_appointments.get(person.id)
    if appointment:
        return f"Møde aftalt {weekday_and_month(appointment.on)}. Følg op."
    mentor = snapshot.mentor_of(person)
    if mentor:
        return f"Tal med {_first_name(mentor)} om, hvem der prøver igen."
    return "Find en mentor."


def _overdue(snapshot, *, starts):
    for agreement in snapshot.overdue_agreements:
        if agreement.is_start is starts:
            leads_to = agreement.status_it_leads_to
            do = f"Skift status til {leads_to.label}" if leads_to else "Luk den"
            person = snapshot.people[agreement.mentee_id]
            yield _line(snapshot, person, agreement.question, f"{do}, eller find en ny dag.")


def _without_start(snapshot):
    for person in snapshot.without_start:
        what = "Aftale om kommende uddannelse, job eller praktik, men ingen startdato"
        yield _line(snapshot, person, what, "Skriv aftalen, eller skift status.")


def _same_status_long(snapshot):
    on = snapshot.on
    days = snapshot.expectation.review_after_days
    for person in snapshot.register.stuck(on, snapshot.goal.goal_set, days):
        mentor = snapshot.mentor_of(person)
        what = f"{person.status(on).short.rstrip(' …')} i {person.status_days(on)} dage"
        do = f"Gennemgå status med {_first_name(mentor) if mentor else 'den unge'}."
        yield _line(snapshot, person, what, do)


def _without_appointment(snapshot):
    for person in snapshot.without_appointment:
        mentor = snapshot.mentor_of(person)
        do = f"Bed {_first_name(mentor)} finde en dag." if mentor else "Find en mentor."
        yield _line(snapshot, person, "", do)
