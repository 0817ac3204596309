"""Who needs attention on a day, and what to do about it: one line a reason."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from cases.dates import weekday_and_month
from cases.models import Agreement, Appointment, Status
from cases.rhythm import last_met
from cases.rows import first_of_each


@dataclass(frozen=True)
class Line:
    """One young person and one reason. `icon` names the kind: clock, flag or week."""

    icon: str
    name: str
    url: str
    mentor: str
    what: str
    do: str


class Attention:
    """The Lines of a day: no contact, agreements past their day, statuses that have not moved. Five queries."""

    def __init__(self, register, programme, on):
        self.programme, self.on = programme, on
        self.register = register
        self.people = {person.id: person for person in register.in_progress(on)}
        mentors = {person.mentors.on(on) for person in self.people.values()} - {None}
        self.names = dict(User.objects.filter(pk__in=mentors).values_list("pk", "name"))
        self.met = last_met(self.people, on)
        self.planned = first_of_each(Appointment.objects.coming(on=on).filter(mentee__in=self.people))
        self.overdue = list(Agreement.objects.overdue(on=on).filter(mentee__in=self.people))

    def lines(self):
        return [*self._without_contact(), *self._past_their_day(), *self._without_a_start(), *self._stuck()]

    def _line(self, person, icon, what, do):
        url = reverse("mentee", args=[person.uuid])
        return Line(icon, person.name, url, self._mentor(person) or "ingen mentor", what, do)

    def _mentor(self, person):
        return self.names.get(person.mentors.on(self.on))

    def _without_contact(self):
        waiting = [
            ((self.on - self.met.get(person.id, person.enrolled_on)).days, person)
            for person in self.people.values()
            if not person.pauses.on(self.on)
        ]
        waiting.sort(key=lambda pair: (-pair[0], pair[1].name))
        for days, person in waiting:
            if days > self.programme.inactive_after_days:
                never = f"Indskrevet for {days} dage siden, endnu ikke mødt"
                what = f"Ingen kontakt i {days} dage" if person.id in self.met else never
                yield self._line(person, "clock", what, self._next_step(person))

    def _next_step(self, person):
        appointment, mentor = self.planned.get(person.id), self._mentor(person)
        if appointment:
            return f"Møde aftalt {weekday_and_month(appointment.on)}. Følg op."
        return f"Tal med {mentor.split()[0]} om, hvem der prøver igen." if mentor else "Find en mentor."

    def _past_their_day(self):
        for agreement in self.overdue:
            leads_to = agreement.status_it_leads_to
            do = (
                f"Skift status til {leads_to.label}, eller find en ny dag."
                if leads_to
                else "Luk den, eller find en ny dag."
            )
            yield self._line(self.people[agreement.mentee_id], "flag", agreement.question, do)

    def _without_a_start(self):
        """Whoever has the status "Aftale om kommende ...", and no open agreement that says what begins."""
        waiting = {p.id: p for p in self.people.values() if p.status(self.on) is Status.AGREEMENT}
        about = Agreement.objects.open(on=self.on).starts().filter(mentee__in=waiting)
        for pk in sorted(waiting.keys() - set(about.values_list("mentee_id", flat=True))):
            what = "Aftale om kommende uddannelse, job eller praktik, men ingen startdato"
            yield self._line(waiting[pk], "flag", what, "Skriv aftalen, eller skift status.")

    def _stuck(self):
        for person in self.register.stuck(self.on, self.programme):
            mentor = self._mentor(person)
            what = f"{person.status(self.on).short.rstrip(' …')} i {person.status_days(self.on)} dage"
            yield self._line(
                person, "week", what, f"Gennemgå status med {mentor.split()[0] if mentor else 'den unge'}."
            )
