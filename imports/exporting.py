"""The register becomes tables: what stands today, in the layout an import reads, always in the same order."""

from accounts.models import User
from cases.models import (
    AttendanceOutcome,
    Gender,
    Match,
    MeetingFormat,
    Mentee,
    Residence,
    Status,
    StatusChange,
)
from web.danish import danish_order

from .cells import one_line, tidy
from .existing import ExistingRegister
from .layout import MATCHES, MEETINGS, MENTEES, NO_AREA, NO_MENTOR, RESIDENCES, STATUSES


def tables(programme):
    """{sheet's name: [{column: value}]} of everything the layout carries. Texts are Danish words, days are dates."""
    return Export(programme).tables()


class Export:
    def __init__(self, programme):
        self.stored = ExistingRegister(programme)
        users = {meeting.held_by for meeting in self.stored.meetings} | set(
            self.stored.standing[Match].values()
        )
        self.emails = dict(User.objects.filter(pk__in=users - {None}).values_list("pk", "email"))
        self.areas = dict(programme.areas.values_list("pk", "name"))
        people = self.stored.mentees.items()
        ordered = sorted(
            people, key=lambda pair: (pair[1].enrolled_on, danish_order(pair[1].name), pair[0])
        )
        self.mentees = dict(ordered)
        self.place = {key: place for place, key in enumerate(self.mentees)}

    def tables(self):
        return {
            MENTEES.name: [self.mentee(key, mentee) for key, mentee in self.mentees.items()],
            STATUSES.name: [
                {"key": key, "day": day, "status": Status(status).label, "detail": detail}
                for key, day, (status, detail) in self.facts(StatusChange)
            ],
            RESIDENCES.name: [
                {"key": key, "day": day, "area": self.area(area)}
                for key, day, area in self.later_facts(Residence)
            ],
            MATCHES.name: [
                {"key": key, "day": day, "mentor": self.mentor(mentor)}
                for key, day, mentor in self.later_facts(Match)
            ],
            MEETINGS.name: list(self.meetings()),
        }

    def facts(self, model):
        """(key, day, value) of the facts that stand; of two on one day the one that holds."""
        found = [(key, day, value) for (key, day), value in self.stored.standing[model].items()]
        return sorted(found, key=lambda fact: (self.place[fact[0]], fact[1]))

    def later_facts(self, model):
        """Those after the day of enrolment, which stand on the sheet `unge`."""
        return [fact for fact in self.facts(model) if fact[1] > self.mentees[fact[0]].enrolled_on]

    def area(self, pk):
        return self.areas.get(pk, NO_AREA)

    def mentor(self, pk):
        return self.emails.get(pk, NO_MENTOR)

    def mentee(self, key, mentee):
        first = (key, mentee.enrolled_on)
        return {
            "key": key,
            "name": one_line(mentee.name),
            "born_on": mentee.born_on,
            "gender": Gender(mentee.gender).label,
            "enrolled_on": mentee.enrolled_on,
            "area": self.area(self.stored.standing[Residence].get(first)),
            "mentor": self.mentor(self.stored.standing[Match].get(first)),
            "criteria": ", ".join(
                label for name, label in Mentee.CRITERIA if getattr(mentee, name)
            ),
            "phone": one_line(mentee.phone),
            "email": mentee.email,
            "referred_by": mentee.referred_by.name if mentee.referred_by else "",
            "own_goal": tidy(mentee.own_goal),
            "own_goal_on": mentee.own_goal_on
            if tidy(mentee.own_goal)
            else None,  # an import asks for both
            "informed_on": mentee.informed_on,
        }

    def meetings(self):
        """A row for each attendance; those of a group have its number in common."""
        groups = 0
        for content, holder in sorted(
            ((m.content, m.held_by) for m in self.stored.meetings), key=self.in_order
        ):
            groups += len(content.attendances) > 1
            for key, outcome, note, topics in sorted(
                content.attendances, key=lambda row: self.place[row[0]]
            ):
                yield {
                    "key": key,
                    "day": content.held_on,
                    "form": MeetingFormat(content.form).label,
                    "minutes": content.minutes,
                    "outcome": AttendanceOutcome(outcome).label,
                    "note": note,
                    "mentor": self.mentor(holder),
                    "place": content.place,
                    "topics": "; ".join(sorted(topics, key=danish_order)),
                    "group": f"fælles {groups}" if len(content.attendances) > 1 else "",
                }

    def in_order(self, meeting):
        """A key that sorts meetings by what they say, and by nothing else."""
        content, holder = meeting
        rows = sorted(
            (self.place[key], *rest, sorted(topics)) for key, *rest, topics in content.attendances
        )
        return (
            content.held_on,
            rows,
            content.form,
            content.minutes or 0,
            content.place,
            self.mentor(holder),
        )
