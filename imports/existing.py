"""What the register holds already, as far as an import has to know it: read with a query a kind, however many rows."""

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from cases.models import Attendance, Match, Meeting, Residence, Role, StatusChange

from .cells import one_line, tidy

VALUE = {
    StatusChange: lambda fact: (fact.status, one_line(fact.detail)),
    Residence: lambda fact: fact.area_id,
    Match: lambda fact: fact.mentor_id,
}


class Content(NamedTuple):
    """What a meeting says, apart from who held it: two with the same content are the same meeting told twice."""

    held_on: object
    form: str
    minutes: int | None
    place: str
    attendances: frozenset  # of (the mentee's key, outcome, note, frozenset of topic names)


class KnownMeeting(NamedTuple):
    submit_key: UUID
    held_by: int
    content: Content


class ExistingRegister:
    """`mentees` {key: Mentee}; `standing` {model: {(key, day): value}} and `ever` {model: {(key, day, value)}} of the
    dated facts, the withdrawn ones too; `meetings` that stand, and those `taken_back`: withdrawn or
    corrected; `submit_keys` of all; `mentor_spells` (user, from, to).
    """

    def __init__(self, programme):
        mentees = list(programme.mentees.select_related("referred_by"))
        self.mentees = {mentee.sheet_key: mentee for mentee in mentees}
        self._keys = {mentee.pk: mentee.sheet_key for mentee in mentees}
        self.standing, self.ever = {}, {}
        for model in VALUE:
            self._load_facts(model, programme)
        self.meetings, self.taken_back = self._meetings(programme)
        self.submit_keys = {meeting.submit_key for meeting in [*self.meetings, *self.taken_back]}
        spells = programme.memberships.filter(role=Role.MENTOR, user__is_active=True)
        self.mentor_spells = list(spells.values_list("user", "starts_on", "ends_on"))

    def _load_facts(self, model, programme):
        standing, ever = self.standing[model], self.ever[model] = {}, set()
        facts = model.objects.filter(mentee__programme=programme)
        for fact in facts.order_by("effective_on", "recorded_at", "pk"):
            key, value = self._keys[fact.mentee_id], VALUE[model](fact)
            ever.add((key, fact.effective_on, value))
            if fact.withdrawn_at is None:
                standing[key, fact.effective_on] = value  # of two on a day the later record wins

    def _meetings(self, programme):
        """([KnownMeeting] that stand, [KnownMeeting] that were taken back)"""
        attendances = Attendance.objects.filter(meeting__programme=programme)
        topics, told = defaultdict(set), defaultdict(set)
        links = Attendance.topics.through.objects.filter(attendance__in=attendances)
        for attendance, name in links.values_list("attendance", "topic__name"):
            topics[attendance].add(name)
        rows = attendances.values_list("pk", "meeting", "mentee", "outcome", "note")
        for pk, meeting, mentee, outcome, note in rows:
            told[meeting].add(
                (self._keys[mentee], outcome, tidy(note), frozenset(topics.get(pk, ())))
            )
        standing, taken_back = [], []
        fields = (
            "pk",
            "submit_key",
            "held_by",
            "withdrawn_at",
            "held_on",
            "form",
            "minutes",
            "place",
        )
        for pk, submit_key, held_by, withdrawn_at, held_on, form, minutes, place in (
            Meeting.objects.filter(programme=programme).order_by("pk").values_list(*fields)
        ):
            content = Content(held_on, form, minutes, one_line(place), frozenset(told[pk]))
            kept = standing if withdrawn_at is None else taken_back
            kept.append(KnownMeeting(submit_key, held_by, content))
        return standing, taken_back

    def is_mentor(self, user, on):
        """Whether the user is a mentor in the programme on the day, and may sign in."""
        return any(
            who == user.pk and starts_on <= on and (ends_on is None or on <= ends_on)
            for who, starts_on, ends_on in self.mentor_spells
        )
