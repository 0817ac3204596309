"""Who needs attention on a day, and what to do about it: one line a reason."""

from dataclasses import dataclass

from django.urls import reverse

from cases.dates import weekday_and_month
from cases.models import Agreement, Appointment, Mentee


@dataclass(frozen=True)
class Line:
    """One young person and one reason. `icon` names the kind: clock, flag or week."""

    icon: str
    name: str
    url: str
    mentor: str
    what: str
    do: str


def attention(register, programme, on):
    """The Lines of the day: no contact, agreements past their day, statuses that have not moved. Three queries."""
    people = {person.id: person for person in register.in_progress(on)}
    mentees = Mentee.objects.filter(pk__in=people).as_of(on).with_last_met(on)
    named = {mentee.pk: mentee for mentee in mentees}
    planned = {}
    for appointment in Appointment.objects.coming(on=on).filter(mentee__in=named):
        planned.setdefault(appointment.mentee_id, appointment)
    return [
        *_without_contact(named, people, planned, programme, on),
        *_overdue(named, on),
        *_stuck(named, register, programme, on),
    ]


def _line(mentee, icon, what, do):
    url = reverse("mentee", args=[mentee.uuid])
    return Line(icon, mentee.name, url, mentee.mentor_name or "ingen mentor", what, do)


def _without_contact(named, people, planned, programme, on):
    waiting = [
        ((on - (mentee.last_met or mentee.enrolled_on)).days, mentee)
        for pk, mentee in named.items()
        if not people[pk].pauses.on(on)
    ]
    waiting.sort(key=lambda pair: (-pair[0], pair[1].name))
    for days, mentee in waiting:
        if days > programme.inactive_after_days:
            what = f"Ingen kontakt i {days} dage" if mentee.last_met else f"Indskrevet for {days} dage siden, endnu ikke mødt"
            yield _line(mentee, "clock", what, _next_step(mentee, planned.get(mentee.pk)))


def _next_step(mentee, appointment):
    if appointment:
        return f"Møde aftalt {weekday_and_month(appointment.on)}. Følg op."
    if mentee.mentor_name:
        return f"Tal med {mentee.mentor_name.split()[0]} om, hvem der prøver igen."
    return "Find en mentor."


def _overdue(named, on):
    for agreement in Agreement.objects.overdue(on=on).filter(mentee__in=named):
        mentee = named[agreement.mentee_id]
        yield _line(
            mentee,
            "flag",
            f"{agreement.what}: skulle være sket {weekday_and_month(agreement.due_on)}",
            "Er det sket? Luk aftalen, eller find en ny dag.",
        )


def _stuck(named, register, programme, on):
    for person in register.stuck(on, programme):
        mentee = named[person.id]
        who = mentee.mentor_name.split()[0] if mentee.mentor_name else "mentor"
        what = f"{person.status(on).short.rstrip(' …')} i {person.status_days(on)} dage"
        yield _line(mentee, "week", what, f"Gennemgå status med {who}.")
