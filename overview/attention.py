"""Who needs attention on a day, and what to do about it: a group for each kind of reason, a line for each."""

from dataclasses import dataclass

from django.urls import reverse

from web.dates import weekday_and_month


@dataclass(frozen=True)
class Line:
    """One young person and one reason; `what` is empty where the kind has said it all."""

    name: str
    url: str
    mentor: str
    what: str
    do: str


@dataclass(frozen=True)
class Group:
    """The Lines of one kind. `icon` is clock, flag or week."""

    title: str
    icon: str
    lines: tuple[Line, ...]


class Attention:
    """The groups of a Day that have somebody in them."""

    def __init__(self, day):
        self.day, self.on = day, day.on

    @property
    def groups(self):
        kinds = (
            ("Ingen kontakt", "clock", self._without_contact()),
            ("Starten skulle være sket", "flag", self._past_their_day(starts=True)),
            ("Aftaler over tiden", "flag", self._past_their_day(starts=False)),
            ("Kommende start uden dag", "flag", self._without_a_start()),
            ("Samme status længe", "week", self._stuck()),
            ("Ingen næste aftale", "calendar", self._without_appointment()),
        )
        return [
            Group(title, icon, found) for title, icon, lines in kinds if (found := tuple(lines))
        ]

    def _line(self, person, what, do):
        return Line(
            person.name,
            reverse("mentee", args=[person.uuid]),
            self._mentor(person) or "ingen mentor",
            what,
            do,
        )

    def _mentor(self, person):
        return self.day.mentor_of(person)

    def _without_contact(self):
        met = self.day.met
        waiting = [
            ((self.on - met.get(person.id, person.enrolled_on)).days, person)
            for person in self.day.people.values()
            if not person.pauses.on(self.on)
        ]
        waiting.sort(key=lambda pair: (-pair[0], pair[1].name))
        for days, person in waiting:
            if days > self.day.programme.inactive_after_days:
                never = f"Indskrevet for {days} dage siden, endnu ikke mødt"
                what = f"Ingen kontakt i {days} dage" if person.id in met else never
                yield self._line(person, what, self._next_step(person))

    def _next_step(self, person):
        appointment, mentor = self.day.planned.get(person.id), self._mentor(person)
        if appointment:
            return f"Møde aftalt {weekday_and_month(appointment.on)}. Følg op."
        return (
            f"Tal med {mentor.split()[0]} om, hvem der prøver igen."
            if mentor
            else "Find en mentor."
        )

    def _past_their_day(self, *, starts):
        for agreement in self.day.overdue:
            if agreement.is_start is starts:
                leads_to = agreement.status_it_leads_to
                do = f"Skift status til {leads_to.label}" if leads_to else "Luk den"
                person = self.day.people[agreement.mentee_id]
                yield self._line(person, agreement.question, f"{do}, eller find en ny dag.")

    def _without_a_start(self):
        for person in self.day.without_start:
            what = "Aftale om kommende uddannelse, job eller praktik, men ingen startdato"
            yield self._line(person, what, "Skriv aftalen, eller skift status.")

    def _stuck(self):
        for person in self.day.register.stuck(self.on, self.day.programme):
            mentor = self._mentor(person)
            what = (
                f"{person.status(self.on).short.rstrip(' …')} i {person.status_days(self.on)} dage"
            )
            yield self._line(
                person, what, f"Gennemgå status med {mentor.split()[0] if mentor else 'den unge'}."
            )

    def _without_appointment(self):
        for person in self.day.without_appointment:
            mentor = self._mentor(person)
            yield self._line(
                person,
                "",
                f"Bed {mentor.split()[0]} finde en dag." if mentor else "Find en mentor.",
            )
