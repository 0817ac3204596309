"""Open agreements from a table, usual ones every month or two."""

from datetime import timedelta
from typing import NamedTuple

from cases.models import Agreement

from .notes import words
from .tables import rows
from .workdays import workday_from

Kind, Responsible, Outcome = Agreement.Kind, Agreement.Responsible, Agreement.Outcome

# statuses it fits | kind | responsible | what
USUAL = """
youth_centre | step | mentee | Skrive cv'et færdigt
youth_centre | step | mentee | Møde til tiden i Ungecenteret hele ugen
youth_centre | step | mentee | Søge to fritidsjob
youth_centre | step | mentee | Ringe til butikken om ansøgningen
youth_centre | step | mentor | Bestille tid hos vejlederen på UUV
youth_centre | step | mentee | Læse om tre uddannelser på nettet
youth_centre | step | partner | Finde en praktikplads
youth_centre, clarification | step | mentee | Være oppe senest klokken 8 på hverdage
school, education | step | mentee | Aflevere den opgave, der mangler
school, education | step | mentee | Møde til første time hver dag i to uger
school | step | mentee | Tage med til åbent hus på erhvervsskolen
education | step | mentor | Ringe til studievejlederen om skemaet
education | step | mentee | Skrive til tre virksomheder om læreplads
work | step | mentee | Spørge chefen om flere timer
work | step | mentee | Sende lønsedlen til gennemgang
work, internship | step | mentee | Bede om en skriftlig udtalelse
internship | step | mentor | Besøge praktikstedet
internship | step | mentee | Spørge om fritidsjob efter praktikken
agreement | step | mentee | Finde ud af, hvilken bus der kører
agreement | step | partner | Sende de sidste papirer
clarification | step | partner | Indkalde til et fælles møde om støtte
clarification | step | mentor | Følges til den næste samtale
- | step | mentee | Åbne digital post og tage de svære breve med
- | step | mentee | Lave et budget for næste måned
- | step | mentee | Melde sig ind i klubben igen
- | step | mentee | Bestille nyt pas
- | step | mentor | Undersøge muligheden for et fritidspas
"""


class Habit(NamedTuple):
    statuses: tuple[str, ...]
    kind: Kind
    responsible: Responsible
    text: str


HABITS = [
    Habit(words(statuses), Kind(kind), Responsible(who), what)
    for statuses, kind, who, what in rows(USUAL)
]
MOVED_BY = timedelta(days=14)


def create_open(scenario, table):
    """`table`: name | made on | due on | kind | responsible | what"""
    Agreement.objects.bulk_create(
        agreement(
            scenario,
            scenario.mentees[name],
            Habit((), Kind(kind), Responsible(who), what),
            agreed_on=scenario.day(agreed),
            due_on=scenario.day(due),
        )
        for name, agreed, due, kind, who, what in rows(table)
    )


def create_usual(scenario, but=()):
    """Everybody in progress has some; those in `but` get no open one."""
    mentees = {mentee.pk: mentee for mentee in scenario.mentees.values()}
    made = []
    for person in scenario.register().people:
        mentee = mentees[person.id]
        agreed_on = workday_from(person.enrolled_on + timedelta(days=scenario.rng.randint(7, 30)))
        while agreed_on < scenario.until:
            due_on = workday_from(agreed_on + timedelta(days=scenario.rng.randint(7, 28)))
            over = due_on + 2 * MOVED_BY  # closed by then, moved or not
            allowed = over < scenario.until or mentee.name not in but
            if allowed and person.in_progress(min(over, scenario.until)):
                habit = scenario.pen.choose(HABITS, mentee, person.status(agreed_on))
                made.append(kept_or_open(scenario, mentee, habit, agreed_on, due_on))
            agreed_on = workday_from(agreed_on + timedelta(days=scenario.rng.randint(25, 70)))
    # First those that others were moved to: the foreign key needs them.
    Agreement.objects.bulk_create(agreement.moved_to for agreement in made if agreement.moved_to)
    Agreement.objects.bulk_create(made)


def kept_or_open(scenario, mentee, habit, agreed_on, due_on):
    """Open if due in the future, else closed around that day."""
    made = agreement(scenario, mentee, habit, agreed_on=agreed_on, due_on=due_on)
    if due_on < scenario.until:
        outcome = scenario.rng.choices(
            (Outcome.KEPT, Outcome.MOVED, Outcome.DROPPED), (70, 15, 15)
        )[0]
        close(scenario, made, outcome, due_on + timedelta(days=scenario.rng.randint(-2, 3)))
    if made.outcome == Outcome.MOVED:
        due_on = workday_from(made.closed_on + MOVED_BY)
        made.moved_to = agreement(scenario, mentee, habit, agreed_on=made.closed_on, due_on=due_on)
        if due_on < scenario.until:
            close(scenario, made.moved_to, Outcome.KEPT, due_on)
    return made


def agreement(scenario, mentee, habit, *, agreed_on, due_on):
    return Agreement(
        mentee=mentee,
        kind=habit.kind,
        what=habit.text,
        responsible=habit.responsible,
        agreed_on=agreed_on,
        due_on=due_on,
        **scenario.record_fields(agreed_on, scenario.mentor(mentee, agreed_on), delayed=False),
    )


def close(scenario, agreement, outcome, on):
    agreement.outcome = outcome
    agreement.closed_on = min(on, scenario.until - timedelta(days=1))
    agreement.closed_by = scenario.mentor(agreement.mentee, agreement.closed_on)
