import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cases import badges, sentences
from cases.models import (
    Agreement,
    AttendanceOutcome,
    FieldChange,
    MeetingFormat,
    Status,
    Strike,
)
from cases.models.field_change import CRITERIA
from cases.weekly_contact import MARK_OF, Mark
from web import svg
from web.addresses import address
from web.danish import listed
from web.dates import day_and_month, long_date

EVENT_KINDS = (
    ("", "Alt"),
    ("moeder", "Møder"),
    ("status", "Status"),
    ("aftaler", "Aftaler"),
    ("oplysninger", "Oplysninger"),
)


UNREAD_BY_SUBSTITUTES = {CRITERIA, "referred_by"}  # fields of a FieldChange

ERASE = "Slet teksten"
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Event:
    day: date
    kind: str
    drawing: SafeString
    headline: str
    more: str = ""
    note: str = ""
    withdrawn: str = ""  # when, by whom and why
    change_url: str = ""
    change_word: str = ""
    earlier: tuple = ()  # (author, date, note) of replaced versions, newest first
    struck: tuple = ()  # texts that are erased, or shall be
    strikes: tuple = ()  # (URL, word) of the pages about erasing a text

    @property
    def css(self):
        return "event event-withdrawn" if self.withdrawn else "event"

    @property
    def heading(self):
        return format_html("<s>{}</s>", self.headline) if self.withdrawn else self.headline

    @property
    def paragraphs(self):
        """[(CSS class, text)]"""
        paragraphs = [("muted small", self.more)] if self.more else []
        if self.note:
            paragraphs.append(("note", linebreaksbr(self.note)))
        if self.withdrawn:
            why = format_html("<strong>Trukket tilbage</strong> {}", self.withdrawn)
            paragraphs.append(("why", why))
        paragraphs += [("why", sentence) for sentence in self.struck]
        return paragraphs

    @property
    def plain(self):
        return mark_safe(TAG.sub("", conditional_escape(self.headline)))  # noqa: S308


@lru_cache(maxsize=4096)  # a visit adds some events, and changes none
def draw_day(day, *events):
    return render_to_string("cases/_day.html", {"day": day, "events": events})


class History:
    def __init__(self, record, mentee, goal_statuses, reader):
        """`record`: the MenteeRecord. `reader`: the User for whom `mentee` was read."""
        self.record = record
        self.mentee = mentee
        self.reader = reader
        self.may_correct_any = reader.has_perm("cases.correct_any_meeting", mentee.programme)
        self.may_match = reader.has_perm("cases.match_mentor", mentee.programme)
        self.may_change = not mentee.is_substituted and reader.has_perm(
            "cases.change_facts", mentee.programme
        )
        self.goal_statuses = goal_statuses
        self.field_changes = [
            change
            for change in record.field_changes
            if not (mentee.is_substituted and change.field in UNREAD_BY_SUBSTITUTES)
        ]
        self.strikes = defaultdict(list)
        self.struck_changes = set()
        for strike in record.strikes:
            self.strikes[strike.kind, strike.row].append(strike)
            self.struck_changes.update(strike.struck.get(FieldChange._meta.db_table, ()))
        self.topics = defaultdict(list)  # names, by the attendance's key
        for attendance, name in record.topics:
            self.topics[attendance].append(name)
        self.attended = {row.meeting: row for row in record.attended}

    def days(self, kind=""):
        """As HTML, newest first. `kind`: a key of EVENT_KINDS."""
        events = [
            event
            for event in self._events()
            if kind in ("", event.kind) and self.mentee.may_read(event.day)
        ]
        events.sort(key=lambda event: event.day, reverse=True)
        by_day = groupby(events, key=lambda event: event.day)
        return [draw_day(day, *same_day) for day, same_day in by_day]

    def _events(self):
        replaced = {row.replaces for row in self.attended.values()}
        for meeting, row in self.attended.items():
            if meeting not in replaced:
                yield self._meeting_event(row)
        for agreement in self.record.agreements:
            yield from self._agreement_events(agreement)
        for fact in self.record.statuses:
            yield self._status_event(fact)
        for fact in self.record.pauses:
            yield self._fact_event(fact, "pause", badges.mark(Mark.PAUSED), pause_headline(fact))
        for saved, changes in groupby(self.field_changes, key=saved_together):
            yield self._details_event(saved, list(changes))
        # Not shown as of enrolment.
        enrolled_on = self.mentee.enrolled_on
        for fact, previous in with_previous(self.record.residences):
            if fact.effective_on > enrolled_on or fact.withdrawn_at:
                headline = residence_headline(fact, previous)
                yield self._fact_event(fact, "bopael", svg.icon("home"), headline)
        for fact, previous in with_previous(self.record.matches):
            if fact.effective_on > enrolled_on or fact.withdrawn_at:
                headline = mentor_headline(fact, previous)
                yield self._fact_event(fact, "mentor", svg.icon("people"), headline)

    def _meeting_event(self, row):
        outcome = AttendanceOutcome(row.outcome)
        topics = self.topics[row.key]
        topic_list = listed([topics[0], *(topic.lower() for topic in topics[1:])]) if topics else ""
        return Event(
            day=row.held_on,
            kind="moeder",
            drawing=badges.mark(MARK_OF[outcome]),
            headline=meeting_headline(outcome, MeetingFormat(row.form), row.minutes),
            more=" · ".join(part for part in (topic_list, row.held_by_name) if part),
            note=row.note,
            withdrawn=withdrawal_text(row),
            change_url=address("correct_meeting", row.uuid) if self._may_correct(row) else "",
            change_word="Ret",
            earlier=tuple(self._earlier_versions(row)),
            **self._meeting_strikes(row),
        )

    def _may_correct(self, row):
        return not row.withdrawn_at and self._is_theirs(row)

    def _is_theirs(self, row):
        return self.may_correct_any or row.held_by == self.reader.pk

    def _versions(self, row):
        """Those that the meeting replaced, newest first."""
        while row := self.attended.get(row.replaces):
            if self.mentee.may_read(row.held_on):
                yield row

    def _earlier_versions(self, row):
        for earlier in self._versions(row):
            recorded_on = long_date(timezone.localdate(earlier.recorded_at))
            text = earlier.note or AttendanceOutcome(earlier.outcome).label
            yield earlier.author, recorded_on, text

    def _meeting_strikes(self, row):
        versions = [row, *self._versions(row)]
        has_text = any(version.withdrawn_at and version.note for version in versions)
        may_ask = has_text and self._is_theirs(row)
        keys = [version.meeting for version in versions]
        return self._strikes_of(Strike.Kind.MEETING, keys, row.uuid if may_ask else None)

    def _strikes_of(self, kind, keys, uuid, word=ERASE):
        """Return `struck` and `strikes` of an Event.

        `uuid`: the row of which the reader may ask to erase the text, or None.
        """
        strikes = [strike for key in keys for strike in self.strikes[kind, key]]
        links = [
            (reverse("answer_strike", args=[self.mentee.uuid, strike.uuid]), "Svar på det")
            for strike in strikes
            if not strike.agreed_at and not self.mentee.is_substituted
        ]
        is_asked = any(not strike.agreed_at for strike in strikes)
        if uuid and not is_asked:
            links.append((reverse("ask_to_strike", args=[self.mentee.uuid, kind, uuid]), word))
        return {
            "struck": tuple(sentences.struck(strike) for strike in strikes),
            "strikes": tuple(links),
        }

    def _status_event(self, fact):
        is_enrolment = fact.effective_on == self.mentee.enrolled_on and not fact.withdrawn_at
        label = fact.get_status_display()
        if is_enrolment:
            referred_by = None if self.mentee.is_substituted else self.mentee.referred_by
            by = f", henvist af {referred_by}" if referred_by else ""
            headline = format_html("<strong>Indskrevet</strong>{} · status: {}", by, label)
        else:
            headline = format_html("<strong>Status: {}</strong>", label)
        tile = badges.tile(Status(fact.status), fact.status in self.goal_statuses)
        may_ask = self.may_change and fact.withdrawn_at and fact.detail
        strikes = self._strikes_of(Strike.Kind.STATUS, [fact.pk], fact.uuid if may_ask else None)
        return self._fact_event(fact, "status", tile, headline, fact.detail, **strikes)

    def _fact_event(self, fact, slug, drawing, headline, more="", **strikes):
        is_fixed = fact.withdrawn_at or (slug == "mentor" and not self.may_match)
        return Event(
            day=fact.effective_on,
            kind="status",
            drawing=drawing,
            headline=headline,
            more=more,
            withdrawn=withdrawal_text(fact),
            change_url="" if is_fixed else reverse("withdraw_fact", args=[slug, fact.uuid]),
            change_word="Træk tilbage",
            **strikes,
        )

    def _agreement_strikes(self, agreement):
        by_key, last = {row.pk: row for row in self.record.agreements}, agreement
        while last.moved_to_id:
            last = by_key[last.moved_to_id]
        may_ask = self.may_change and agreement.what and not last.is_open
        uuid = agreement.uuid if may_ask else None
        return self._strikes_of(Strike.Kind.AGREEMENT, [agreement.pk], uuid)

    def _agreement_events(self, agreement):
        flag, what = svg.icon("flag"), agreement.what or "(teksten er slettet)"
        strikes = self._agreement_strikes(agreement)
        yield Event(
            day=agreement.agreed_on,
            kind="aftaler",
            drawing=flag,
            headline=format_html(
                "<strong>Aftale lavet:</strong> {}, senest {}",
                lower_first(what),
                day_and_month(agreement.due_on),
            ),
            withdrawn=withdrawal_text(agreement),
            **({} if agreement.closed_on else strikes),
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
                **strikes,
            )

    def _details_event(self, saved, changes):
        day, author = saved
        parts = [
            self._strikes_of(
                Strike.Kind.DETAILS,
                [change.pk],
                change.uuid if self.may_change and change.before else None,
                f"Slet det, der stod før: {change.label}",
            )
            for change in changes
        ]
        return Event(
            day=day,
            kind="oplysninger",
            drawing=svg.icon("note"),
            headline=format_html("<strong>{}</strong>", "Oplysninger rettet"),
            more=author.name,
            note="\n".join(
                sentences.field_change(change, change.pk in self.struck_changes)
                for change in changes
            ),
            struck=tuple(sentence for part in parts for sentence in part["struck"]),
            strikes=tuple(link for part in parts for link in part["strikes"]),
        )


def saved_together(change):
    return timezone.localdate(change.recorded_at), change.recorded_by


def with_previous(facts):
    """Yield (fact, previous fact not withdrawn or None), newest first."""
    for number, fact in enumerate(facts):
        yield fact, next((older for older in facts[number + 1 :] if not older.withdrawn_at), None)


@lru_cache(maxsize=1024)
def meeting_headline(outcome, meeting_format, minutes):
    is_met = outcome is AttendanceOutcome.MET
    parts = (
        f"{minutes} min." if minutes and is_met else "",
        lower_first(meeting_format.label),
    )
    return format_html(
        "<strong>{}</strong>{}",
        "Møde afholdt" if is_met else outcome.label,
        "".join(f" · {part}" for part in parts if part),
    )


def pause_headline(fact):
    if not fact.paused:
        return format_html("<strong>{}</strong>", "Pausen slut")
    return format_html(
        "<strong>Pause</strong>{}", f", {fact.get_reason_display()}" if fact.reason else ""
    )


def residence_headline(fact, previous):
    to = fact.area.name if fact.area else "et sted uden for områderne"
    moved_from = f" fra {previous.area.name}" if previous and previous.area else ""
    return format_html("<strong>Flyttet</strong>{} til {}", moved_from, to)


def mentor_headline(fact, previous):
    if fact.mentor is None:
        return format_html(
            "<strong>Ingen mentor</strong>{}",
            f", før {previous.mentor.name}" if previous and previous.mentor else "",
        )
    return format_html("<strong>Mentor:</strong> {}", fact.mentor.name)


def withdrawal_text(row):
    if not row.withdrawn_at:
        return ""
    day = long_date(timezone.localdate(row.withdrawn_at))
    return f"{day} af {row.withdrawn_by}: “{row.withdrawn_reason}”"


def lower_first(text):
    """'Søge optagelse' -> 'søge optagelse', but 'FGU-start' is unchanged."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
