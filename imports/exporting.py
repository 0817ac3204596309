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

from .cells import normalize_lines, one_line
from .existing import ExistingRegister
from .layout import MATCHES, MEETINGS, MENTEES, NO_AREA, NO_MENTOR, RESIDENCES, STATUSES


def export_tables(programme):
    return Export(programme).tables()


class Export:
    def __init__(self, programme):
        self.existing = ExistingRegister(programme)
        users = {meeting.held_by for meeting in self.existing.meetings}
        users |= set(self.existing.current_facts[Match].values())
        self.emails = dict(User.objects.filter(pk__in=users - {None}).values_list("pk", "email"))
        self.areas = dict(programme.areas.values_list("pk", "name"))
        self.mentees = dict(
            sorted(
                self.existing.mentees.items(),
                key=lambda item: (item[1].enrolled_on, danish_order(item[1].name), item[0]),
            )
        )
        self.position = {key: position for position, key in enumerate(self.mentees)}

    def tables(self):
        return {
            MENTEES.name: [self.mentee_row(key, mentee) for key, mentee in self.mentees.items()],
            STATUSES.name: [
                {"key": key, "day": day, "status": Status(status).label, "detail": detail}
                for key, day, (status, detail) in self.facts(StatusChange)
            ],
            RESIDENCES.name: [
                {"key": key, "day": day, "area": self.area_name(area)}
                for key, day, area in self.facts_after_enrolment(Residence)
            ],
            MATCHES.name: [
                {"key": key, "day": day, "mentor": self.mentor_email(mentor)}
                for key, day, mentor in self.facts_after_enrolment(Match)
            ],
            MEETINGS.name: list(self.meeting_rows()),
        }

    def facts(self, model):
        """[(key, day, value)]"""
        current = self.existing.current_facts[model].items()
        facts = [(key, day, value) for (key, day), value in current]
        return sorted(facts, key=lambda fact: (self.position[fact[0]], fact[1]))

    def facts_after_enrolment(self, model):
        """Facts at enrolment are on the sheet of mentees."""
        return [fact for fact in self.facts(model) if fact[1] > self.mentees[fact[0]].enrolled_on]

    def area_name(self, pk):
        return self.areas.get(pk, NO_AREA)

    def mentor_email(self, pk):
        return self.emails.get(pk, NO_MENTOR)

    def mentee_row(self, key, mentee):
        facts, first = self.existing.current_facts, (key, mentee.enrolled_on)
        own_goal = normalize_lines(mentee.own_goal)
        criteria = [label for name, label in Mentee.CRITERIA if getattr(mentee, name)]
        return {
            "key": key,
            "name": one_line(mentee.name),
            "born_on": mentee.born_on,
            "gender": Gender(mentee.gender).label,
            "enrolled_on": mentee.enrolled_on,
            "area": self.area_name(facts[Residence].get(first)),
            "mentor": self.mentor_email(facts[Match].get(first)),
            "criteria": ", ".join(criteria),
            "phone": one_line(mentee.phone),
            "email": mentee.email,
            "referred_by": mentee.referred_by.name if mentee.referred_by else "",
            "own_goal": own_goal,
            "own_goal_on": mentee.own_goal_on if own_goal else None,  # an import needs both
            "informed_on": mentee.informed_on,
        }

    def meeting_rows(self):
        groups = 0
        for meeting in sorted(self.existing.meetings, key=self.meeting_order):
            content, group = meeting.content, ""
            if len(content.attendances) > 1:
                groups += 1
                group = f"fælles {groups}"
            for key, outcome, note, topics in sorted(
                content.attendances, key=lambda attendance: self.position[attendance[0]]
            ):
                yield {
                    "key": key,
                    "day": content.held_on,
                    "form": MeetingFormat(content.form).label,
                    "minutes": content.minutes,
                    "outcome": AttendanceOutcome(outcome).label,
                    "note": note,
                    "mentor": self.mentor_email(meeting.held_by),
                    "place": content.place,
                    "topics": "; ".join(sorted(topics, key=danish_order)),
                    "group": group,
                }

    def meeting_order(self, meeting):
        """Sort by all that is exported."""
        content = meeting.content
        attendances = sorted(
            (self.position[key], *values, sorted(topics))
            for key, *values, topics in content.attendances
        )
        return (
            content.held_on,
            attendances,
            content.form,
            content.minutes or 0,
            content.place,
            self.mentor_email(meeting.held_by),
        )
