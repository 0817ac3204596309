"""The meetings that the register does not have.

Imported ones are recognised by a submit key made from their rows, others by content and holder;
also those corrected or withdrawn since.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError

from cases.models import Attendance, AttendanceOutcome, Meeting
from web.validators import ways_to_reach_others

from .existing import MeetingContent
from .layout import MEETINGS
from .model_checks import model_errors
from .progress import PLANNING, counted
from .row_parsing import parse_rows_with_mentee

SUBMIT_KEY_NAMESPACE = UUID("6f1d7a52-5a0c-4d0e-9a57-0f2c8f3b7d11")
CONTACT_DETAILS_IN_NOTE = (
    "Noten ser ud til at indeholde et nummer eller en mailadresse. Er det en andens, så fjern det."
)
GROUP_COLUMNS = ("form", "minutes", "place", "mentor")


@dataclass
class ParsedMeeting:
    row_number: int
    held_by: object  # None if the rows do not name a holder
    content: MeetingContent
    rows: list  # (row number, {column: value}, Mentee)
    submit_key: UUID | None = None


def plan_meetings(context, table):
    parsed = [parse_meeting(context, rows) for rows in group_rows(context, table)]
    meetings = [meeting for meeting in parsed if meeting]
    set_submit_keys(context.programme, meetings)
    new = new_meetings(context, meetings)
    for meeting in counted(new, context.report_progress, PLANNING, MEETINGS.name):
        plan_meeting(context, meeting)


def group_rows(context, table):
    """Group by group and day; rows without a group alone."""
    groups = defaultdict(list)
    for number, values, mentee in parse_rows_with_mentee(context, table):
        group = (values["group"], values["day"]) if values["group"] else number
        groups[group].append((number, values, mentee))
    return groups.values()


def parse_meeting(context, rows):
    """Return None, and problems, if the rows disagree."""
    first_number, first, _ = rows[0]
    keys = set()
    for number, values, _ in rows:
        differing = [name for name in GROUP_COLUMNS if values[name] != first[name]]
        for name in differing:
            sentence = (
                f"Samme gruppe og dato som række {first_number} er samme møde "
                "og skal have det samme her."
            )
            column = MEETINGS.column(name)
            context.problems.add(MEETINGS, number, column, sentence, values[name])
        if values["key"] in keys:
            sentence = "Den unge står to gange i den gruppe."
            column = MEETINGS.column("key")
            context.problems.add(MEETINGS, number, column, sentence, values["key"])
        elif not differing:
            keys.add(values["key"])
    if len(keys) < len(rows):
        return None
    attendances = frozenset(attendance_content(values) for _, values, _ in rows)
    content = MeetingContent(
        first["day"], first["form"].value, first["minutes"], first["place"], attendances
    )
    return ParsedMeeting(first_number, first["mentor"], content, rows)


def attendance_content(values):
    topics = frozenset(topic.name for topic in values["topics"])
    return values["key"], values["outcome"].value, values["note"], topics


def set_submit_keys(programme, meetings):
    """Equal meetings of a file are numbered, so that each has its own."""
    occurrences = Counter()
    for meeting in meetings:
        content = meeting.content
        attendances = sorted([*row[:3], sorted(row[3])] for row in content.attendances)
        holder = meeting.held_by and meeting.held_by.email
        # Keys made from this text are in the database.
        text = json.dumps(
            [programme.pk, *map(str, content[:4]), [attendances, holder]], ensure_ascii=False
        )
        occurrences[text] += 1
        meeting.submit_key = uuid5(SUBMIT_KEY_NAMESPACE, f"{text}{occurrences[text]}")


class UnmatchedMeetings:
    """Each can match one meeting of the file."""

    def __init__(self, meetings):
        self.holders = defaultdict(Counter)
        for meeting in meetings:
            self.holders[meeting.content][meeting.held_by] += 1

    def take_match(self, meeting):
        """Remove a meeting with equal content and holder, any if the file names none.

        Return whether there was one.
        """
        holders = self.holders.get(meeting.content, Counter())
        holder = meeting.held_by.pk if meeting.held_by else next(iter(holders), None)
        if not holders[holder]:
            return False
        holders[holder] -= 1
        holders += Counter()  # drops those at 0
        return True


def new_meetings(context, meetings):
    """Those that the register does not have; count all."""
    count, existing = context.count(MEETINGS), context.existing
    parsed_keys = {meeting.submit_key for meeting in meetings}
    current_keys = {meeting.submit_key for meeting in existing.meetings}
    current = UnmatchedMeetings(m for m in existing.meetings if m.submit_key not in parsed_keys)
    removed = UnmatchedMeetings(
        m for m in existing.removed_meetings if m.submit_key not in parsed_keys
    )
    new = []
    # Those without a holder take what is left.
    for meeting in sorted(meetings, key=lambda meeting: meeting.held_by is None):
        if meeting.submit_key in existing.submit_keys:
            count.known += 1
            count.no_longer += meeting.submit_key not in current_keys
        elif current.take_match(meeting):
            count.known += 1
        elif removed.take_match(meeting):
            count.known += 1
            count.no_longer += 1
        else:
            new.append(meeting)
    count.new += len(new)
    taken_days = set().union(*(mentee_days(meeting.content) for meeting in existing.meetings))
    context.plan.possible_duplicates = sum(
        not taken_days.isdisjoint(mentee_days(meeting.content)) for meeting in new
    )
    return sorted(new, key=lambda meeting: meeting.row_number)


def mentee_days(content):
    return {(key, content.held_on) for key, *_ in content.attendances}


def plan_meeting(context, parsed):
    _, values, _ = parsed.rows[0]
    content = parsed.content
    if parsed.held_by:
        holder = parsed.held_by.pk
    else:
        holder = context.mentor_id(values["key"], content.held_on) or context.by.pk
    meeting = Meeting(
        programme=context.programme,
        held_on=content.held_on,
        form=content.form,
        minutes=content.minutes,
        place=content.place,
        held_by_id=holder,
        submit_key=parsed.submit_key,
        recorded_by=context.by,
    )
    errors = [model_errors(meeting, "programme", "held_by", "replaces"), minutes_error(content)]
    for error in filter(None, errors):
        context.add_error(MEETINGS, parsed.row_number, error, values=values)
    attendances = [plan_attendance(context, meeting, *row) for row in parsed.rows]
    context.plan.meetings.append((meeting, attendances))


def minutes_error(content):
    if content.minutes is None:
        return None
    if not any(outcome == AttendanceOutcome.MET for _, outcome, _, _ in content.attendances):
        return ValidationError(
            {"minutes": "Kun et møde, der blev holdt, har minutter. Lad feltet stå tomt."}
        )
    return None


def plan_attendance(context, meeting, number, values, mentee):
    """(Attendance, topics)"""
    key, note = values["key"], values["note"]
    attendance = Attendance(
        meeting=meeting, mentee=mentee, outcome=values["outcome"].value, note=note
    )
    if error := model_errors(attendance, "meeting", "mentee"):
        context.add_error(MEETINGS, number, error, key)
    try:
        attendance.check_day(meeting.held_on)
    except ValidationError as error:
        context.add_error(MEETINGS, number, error, key)
    own = (mentee.phone, mentee.email)
    if not context.keep_reach and ways_to_reach_others(note, own=own):
        context.problems.add(MEETINGS, number, MEETINGS.column("note"), CONTACT_DETAILS_IN_NOTE)
    return attendance, values["topics"]
