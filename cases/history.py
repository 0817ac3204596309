"""The person's page as a readable story: what happened, day by day, the newest first."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases import badges
from cases.models import (
    Agreement,
    Attendance,
    AttendanceOutcome,
    Match,
    Pause,
    Residence,
    Status,
    StatusChange,
)
from cases.register import Fact, Person, Timeline
from cases.weekly_contact import MARK_OF, Mark
from web import svg
from web.danish import listed
from web.dates import day_and_month, long_date

KINDS = (("", "Alt"), ("moeder", "Møder"), ("status", "Status"), ("aftaler", "Aftaler"))


@dataclass(frozen=True)
class Event:
    """One thing that happened. `withdrawn` says who took it back, when and why; empty when it stands."""

    day: date
    kind: str
    drawing: SafeString
    headline: str
    more: str = ""
    note: str = ""
    withdrawn: str = ""
    change_url: str = ""
    change_word: str = ""
    earlier: tuple = ()  # (who, when, note) of the versions a correction replaced, the newest first


class History:
    """Everything recorded about one young person, read once, for one reader."""

    def __init__(self, mentee, goal_statuses, reader):
        """`reader`: the User whose page it is; it offers to change only what he may."""
        self.mentee = mentee
        self.reader = reader
        self.corrects_any = reader.has_perm("cases.correct_any_meeting", mentee.programme)
        self.matches_mentors = reader.has_perm("cases.match_mentor", mentee.programme)
        self.goal_statuses = goal_statuses
        by_whom = ("recorded_by", "withdrawn_by")
        facts = {"mentee": mentee}
        self.statuses = list(
            StatusChange.objects.filter(**facts).newest_first().select_related(*by_whom)
        )
        self.residences = list(
            Residence.objects.filter(**facts).newest_first().select_related(*by_whom, "area")
        )
        self.matches = list(
            Match.objects.filter(**facts).newest_first().select_related(*by_whom, "mentor")
        )
        self.pauses = list(Pause.objects.filter(**facts).newest_first().select_related(*by_whom))
        self.agreements = list(
            Agreement.objects.filter(**facts).select_related(*by_whom, "moved_to")
        )
        for agreement in self.agreements:
            agreement.mentee = mentee  # it is asked for its name
        people = ("meeting__withdrawn_by", "meeting__held_by", "meeting__recorded_by")
        every = list(
            Attendance.objects.filter(**facts).select_related(*people).prefetch_related("topics")
        )
        self.versions = {attendance.meeting_id: attendance for attendance in every}
        replaced = {attendance.meeting.replaces_id for attendance in every}
        self.attendances = [
            attendance for attendance in every if attendance.meeting_id not in replaced
        ]

    @property
    def person(self):
        """The Person the rhythm and the status line ask, from the facts already read: areas and mentors as rows."""
        return Person(
            id=self.mentee.pk,
            uuid=self.mentee.uuid,
            name=self.mentee.name,
            born_on=self.mentee.born_on,
            gender=self.mentee.gender,
            enrolled_on=self.mentee.enrolled_on,
            statuses=timeline(self.statuses, lambda fact: Status(fact.status)),
            areas=timeline(self.residences, lambda fact: fact.area),
            mentors=timeline(self.matches, lambda fact: fact.mentor),
            pauses=timeline(self.pauses, lambda fact: fact.paused),
        )

    def days(self, kind=""):
        """[(day, [Event])], the newest first; `kind` one of KINDS, empty for everything."""
        events = [event for event in self._events() if kind in ("", event.kind)]
        events.sort(key=lambda event: event.day, reverse=True)
        return [(day, list(on_day)) for day, on_day in groupby(events, key=lambda event: event.day)]

    def _events(self):
        yield from map(self._meeting, self.attendances)
        for agreement in self.agreements:
            yield from self._agreement(agreement)
        first = self.mentee.enrolled_on
        for fact in self.statuses:
            yield self._status(fact)
        for fact in self.pauses:
            yield self._fact(fact, "pause", badges.mark(Mark.PAUSED), self._pause_words(fact))
        for fact, before in with_previous(self.residences):
            if fact.effective_on > first or fact.withdrawn_at:
                yield self._fact(fact, "bopael", svg.icon("home"), moved_words(fact, before))
        for fact, before in with_previous(self.matches):
            if fact.effective_on > first or fact.withdrawn_at:
                yield self._fact(fact, "mentor", svg.icon("people"), mentor_words(fact, before))

    def _meeting(self, attendance):
        meeting, outcome = attendance.meeting, AttendanceOutcome(attendance.outcome)
        headline = "Møde afholdt" if outcome is AttendanceOutcome.MET else outcome.label
        minutes = (
            f"{meeting.minutes} min."
            if meeting.minutes and outcome is AttendanceOutcome.MET
            else ""
        )
        topics = [topic.name for topic in attendance.topics.all()]
        about = listed([topics[0], *(topic.lower() for topic in topics[1:])]) if topics else ""
        form = meeting.get_form_display()
        return Event(
            day=meeting.held_on,
            kind="moeder",
            drawing=badges.mark(MARK_OF[outcome]),
            headline=format_html(
                "<strong>{}</strong>{}",
                headline,
                "".join(f" · {part}" for part in (minutes, lower_first(form)) if part),
            ),
            more=" · ".join(part for part in (about, meeting.held_by.name) if part),
            note=attendance.note,
            withdrawn=withdrawn_words(meeting),
            change_url=reverse("correct_meeting", args=[meeting.uuid])
            if self._corrects(meeting)
            else "",
            change_word="Ret",
            earlier=tuple(self._earlier(meeting)),
        )

    def _corrects(self, meeting):
        return not meeting.withdrawn_at and (self.corrects_any or meeting.held_by == self.reader)

    def _earlier(self, meeting):
        """(who, when, note) of the versions the meeting replaced, the newest first."""
        while older := self.versions.get(meeting.replaces_id):
            meeting = older.meeting
            when = long_date(timezone.localdate(meeting.recorded_at))
            yield meeting.recorded_by.name, when, older.note or older.get_outcome_display()

    def _status(self, fact):
        enrolled = fact.effective_on == self.mentee.enrolled_on and not fact.withdrawn_at
        label = fact.get_status_display()
        if enrolled:
            by = f", henvist af {self.mentee.referred_by}" if self.mentee.referred_by else ""
            headline = format_html("<strong>Indskrevet</strong>{} · status: {}", by, label)
        else:
            headline = format_html("<strong>Status: {}</strong>", label)
        tile = badges.tile(Status(fact.status), fact.status in self.goal_statuses)
        return self._fact(fact, "status", tile, headline, fact.detail)

    def _fact(self, fact, slug, drawn, headline, more=""):
        fixed = fact.withdrawn_at or (slug == "mentor" and not self.matches_mentors)
        change = "" if fixed else reverse("withdraw_fact", args=[slug, fact.uuid])
        return Event(
            day=fact.effective_on,
            kind="status",
            drawing=drawn,
            headline=headline,
            more=more,
            withdrawn=withdrawn_words(fact),
            change_url=change,
            change_word="Træk tilbage",
        )

    @staticmethod
    def _pause_words(fact):
        if not fact.paused:
            return format_html("<strong>{}</strong>", "Pausen slut")
        return format_html(
            "<strong>Pause</strong>{}", f", {fact.get_reason_display()}" if fact.reason else ""
        )

    @staticmethod
    def _agreement(agreement):
        flag, what = svg.icon("flag"), agreement.what
        yield Event(
            day=agreement.agreed_on,
            kind="aftaler",
            drawing=flag,
            headline=format_html(
                "<strong>Aftale lavet:</strong> {}, senest {}",
                lower_first(what),
                day_and_month(agreement.due_on),
            ),
            withdrawn=withdrawn_words(agreement),
        )
        if agreement.closed_on:
            moved = f" til {day_and_month(agreement.moved_to.due_on)}" if agreement.moved_to else ""
            yield Event(
                day=agreement.closed_on,
                kind="aftaler",
                drawing=svg.icon("check") if agreement.outcome == Agreement.Outcome.KEPT else flag,
                headline=format_html(
                    "<strong>Aftale {}{}:</strong> {}",
                    agreement.get_outcome_display(),
                    moved,
                    lower_first(what),
                ),
            )


def timeline(facts, value):
    """The Timeline of facts read newest first, withdrawn ones left out."""
    known = [fact for fact in reversed(facts) if not fact.withdrawn_at]
    return Timeline(Fact(fact.effective_on, fact.recorded_at, value(fact)) for fact in known)


def with_previous(facts):
    """[(fact, the standing one before it or None)] of facts newest first."""
    for number, fact in enumerate(facts):
        yield fact, next((older for older in facts[number + 1 :] if not older.withdrawn_at), None)


def moved_words(fact, before):
    to = fact.area.name if fact.area else "et sted uden for områderne"
    came_from = f" fra {before.area.name}" if before and before.area else ""
    return format_html("<strong>Flyttet</strong>{} til {}", came_from, to)


def mentor_words(fact, before):
    if fact.mentor is None:
        return format_html(
            "<strong>Ingen mentor</strong>{}",
            f", før {before.mentor.name}" if before and before.mentor else "",
        )
    return format_html("<strong>Mentor:</strong> {}", fact.mentor.name)


def withdrawn_words(row):
    """'6. oktober 2026 af Mette Sørensen: “Jobbet blev ikke til noget.”'; empty when the row stands."""
    if not row.withdrawn_at:
        return ""
    day = long_date(timezone.localdate(row.withdrawn_at))
    return f"{day} af {row.withdrawn_by}: “{row.withdrawn_reason}”"


def lower_first(text):
    """'Søge optagelse' -> 'søge optagelse', but 'FGU-start' stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
