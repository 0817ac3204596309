"""How much each mentor carries on a day."""

from collections import Counter
from dataclasses import astuple, dataclass

from cases import weekly_contact
from overview.selection import NO_MENTOR
from web.danish import danish_order
from web.weeks import Week

RECENT = 28  # days, the day itself the last of them


@dataclass(frozen=True)
class MentorCaseload:
    """The young people in progress of a mentor (None: without one), and what is the matter with how many of them."""

    mentor: int | None
    name: str
    in_progress: int = 0
    paused: int = 0
    expected: int = 0  # a contact is expected in the day's week
    met: int = 0  # met in the last 28 days
    without_appointment: int = 0
    overdue: int = 0  # agreements, not people

    @property
    def figures(self):
        return astuple(self)[2:]


def caseload(day):
    """A Load for each mentor of the Day: whoever has young people in progress or holds the role that day, by name.

    Who is in progress without a mentor comes last. With a selection only those who have some of the chosen.
    """
    week = Week.of(day.on)
    people = list(day.people.values())
    lacking, late = (
        {person.id for person in day.without_appointment},
        Counter(agreement.mentee_id for agreement in day.overdue),
    )
    measures = {
        "in_progress": lambda person: 1,
        "paused": lambda person: bool(person.pauses.on(day.on)),
        "expected": lambda person: weekly_contact.expected(person, week),
        "met": lambda person: person.id in day.met and (day.on - day.met[person.id]).days < RECENT,
        "without_appointment": lambda person: person.id in lacking,
        "overdue": lambda person: late[person.id],
    }
    theirs = {} if day.selection else dict.fromkeys(day.running_mentors, ())
    for person in people:
        mentor = person.mentors.on(day.on)
        theirs[mentor] = (*theirs.get(mentor, ()), person)
    names = day.mentors | {None: NO_MENTOR}
    order = sorted(theirs, key=lambda mentor: (mentor is None, danish_order(names[mentor])))
    return [
        MentorCaseload(
            mentor,
            names[mentor],
            **{name: sum(map(measure, theirs[mentor])) for name, measure in measures.items()},
        )
        for mentor in order
    ]
