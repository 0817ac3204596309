"""The register before an import."""

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from cases.models import Attendance, Match, Meeting, Residence, Role, StatusChange

from .cells import normalize_lines, one_line

FACT_VALUE = {
    StatusChange: lambda fact: (fact.status, one_line(fact.detail)),
    Residence: lambda fact: fact.area_id,
    Match: lambda fact: fact.mentor_id,
}
MEETING_FIELDS = (
    "pk",
    "submit_key",
    "held_by",
    "withdrawn_at",
    "held_on",
    "form",
    "minutes",
    "place",
)


class MeetingContent(NamedTuple):
    """Two meetings with equal content are the same, unless their holders differ."""

    held_on: object
    form: str
    minutes: int | None
    place: str
    attendances: frozenset  # of (the mentee's key, outcome, note, frozenset of topic names)


class RecordedMeeting(NamedTuple):
    submit_key: UUID
    held_by: int
    content: MeetingContent


class ExistingRegister:
    """One query for each kind of row.

    `mentees` {key: Mentee}
    `current_facts` {model: {(key, day): value}}
    `all_facts` {model: {(key, day, value)}}, with withdrawn ones
    `removed_meetings` withdrawn or corrected; `submit_keys` of all
    `mentor_periods` [(user, from, to)]
    """

    def __init__(self, programme):
        mentees = list(programme.mentees.select_related("referred_by"))
        self.mentees = {mentee.sheet_key: mentee for mentee in mentees}
        self._keys = {mentee.pk: mentee.sheet_key for mentee in mentees}
        self.current_facts, self.all_facts = {}, {}
        for model in FACT_VALUE:
            self._load_facts(model, programme)
        self.meetings, self.removed_meetings = [], []
        self._load_meetings(programme)
        self.submit_keys = {
            meeting.submit_key for meeting in [*self.meetings, *self.removed_meetings]
        }
        periods = programme.memberships.filter(role=Role.MENTOR, user__is_active=True)
        self.mentor_periods = [(row.user_id, row.starts_on, row.last_on) for row in periods]

    def _load_facts(self, model, programme):
        current, all_facts = self.current_facts[model], self.all_facts[model] = {}, set()
        facts = model.objects.filter(mentee__programme=programme)
        for fact in facts.order_by("effective_on", "recorded_at", "pk"):
            key, value = self._keys[fact.mentee_id], FACT_VALUE[model](fact)
            all_facts.add((key, fact.effective_on, value))
            if fact.withdrawn_at is None:
                current[key, fact.effective_on] = value  # the last recorded of a day

    def _load_meetings(self, programme):
        attendances = self._attendances_by_meeting(programme)
        meetings = Meeting.objects.filter(programme=programme).order_by("pk")
        for pk, submit_key, held_by, withdrawn_at, *content in meetings.values_list(
            *MEETING_FIELDS
        ):
            held_on, form, minutes, place = content
            content = MeetingContent(
                held_on, form, minutes, one_line(place), frozenset(attendances[pk])
            )
            target = self.meetings if withdrawn_at is None else self.removed_meetings
            target.append(RecordedMeeting(submit_key, held_by, content))

    def _attendances_by_meeting(self, programme):
        attendances = Attendance.objects.filter(meeting__programme=programme)
        topics, by_meeting = defaultdict(set), defaultdict(set)
        links = Attendance.topics.through.objects.filter(attendance__in=attendances)
        for attendance, name in links.values_list("attendance", "topic__name"):
            topics[attendance].add(name)
        rows = attendances.values_list("pk", "meeting", "mentee", "outcome", "note")
        for pk, meeting, mentee, outcome, note in rows:
            by_meeting[meeting].add(
                (self._keys[mentee], outcome, normalize_lines(note), frozenset(topics.get(pk, ())))
            )
        return by_meeting

    def is_mentor(self, user, on):
        return any(
            pk == user.pk and starts_on <= on and (ends_on is None or on <= ends_on)
            for pk, starts_on, ends_on in self.mentor_periods
        )
