"""The sheet `moeder`: rows become meetings, and those the register has already are passed over.

An imported meeting is known again by its submit key, which is made from what the rows say: the same file twice is the
same meetings, also when one of them was corrected or withdrawn in between. One that somebody logged by hand, or that
came out in an export, is known by its content, and does not come back either when it was taken back.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError

from cases.models import Attendance, AttendanceOutcome, Meeting
from web.validators import ways_to_reach_others

from .existing import Content
from .facts import rows_with_mentee
from .import_context import checked, sentence_of
from .layout import MEETINGS

IMPORTED = UUID(
    "6f1d7a52-5a0c-4d0e-9a57-0f2c8f3b7d11"
)  # names the submit keys of imported meetings
REACH = (
    "Noten ser ud til at indeholde et nummer eller en mailadresse. Er det en andens, så fjern det."
)
OF_THE_MEETING = ("form", "minutes", "place", "mentor")  # what the rows of a group must agree on


@dataclass
class ParsedMeeting:
    """A meeting as its rows tell it. `held_by` is None when they do not say."""

    number: int
    held_by: object
    content: Content
    rows: list  # (row number, {column: value}, Mentee)
    submit_key: UUID = None


def plan_meetings(desk, table):
    told = [one for rows in together(desk, table) if (one := meeting_of(desk, rows))]
    name_them(desk.programme, told)
    for one in new_ones(desk, told):
        write_down(desk, one)


def together(desk, table):
    """The rows of each meeting: those with the same word in `gruppe` on the same day, every other row by itself."""
    groups = defaultdict(list)
    for number, said, mentee in rows_with_mentee(desk, table):
        groups[(said["group"], said["day"]) if said["group"] else number].append(
            (number, said, mentee)
        )
    return groups.values()


def meeting_of(desk, rows):
    """The Told of the rows; None, and a problem, when they are not one meeting."""
    first_number, first, _ = rows[0]
    seen = set()
    for number, said, _ in rows:
        differing = [name for name in OF_THE_MEETING if said[name] != first[name]]
        for name in differing:
            column = next(column for column in MEETINGS.columns if column.name == name)
            sentence = f"Samme gruppe og dato som række {first_number} er samme møde og skal have det samme her."
            desk.problems.at(MEETINGS, number, column, sentence, said[name])
        if said["key"] in seen:
            sentence = "Den unge står to gange i den gruppe."
            desk.problems.at(MEETINGS, number, MEETINGS.column("key"), sentence, said["key"])
        elif not differing:
            seen.add(said["key"])
    if len(seen) < len(rows):
        return None
    attendances = frozenset(
        (
            said["key"],
            said["outcome"].value,
            said["note"],
            frozenset(topic.name for topic in said["topics"]),
        )
        for _, said, _ in rows
    )
    content = Content(
        first["day"], first["form"].value, first["minutes"], first["place"], attendances
    )
    return ParsedMeeting(first_number, first["mentor"], content, rows)


def name_them(programme, told):
    """Give each its submit key: the same rows always get the same, and two equal meetings of a file two."""
    times = Counter()
    for one in told:
        content = one.content
        said = [
            sorted([*row[:3], sorted(row[3])] for row in content.attendances),
            one.held_by and one.held_by.email,
        ]
        text = json.dumps([programme.pk, *map(str, content[:4]), said], ensure_ascii=False)
        times[text] += 1
        one.submit_key = uuid5(IMPORTED, f"{text}{times[text]}")


class Waiting:
    """Meetings of the register, each of which answers for one of the file at most: by its content and who held it."""

    def __init__(self, meetings):
        self.holders = defaultdict(Counter)
        for meeting in meetings:
            self.holders[meeting.content][meeting.held_by] += 1

    def answers(self, one):
        """Whether one of them is the meeting told, and waits no longer. Anybody held it when the file says nobody."""
        holders = self.holders.get(one.content, Counter())
        holder = one.held_by.pk if one.held_by else next(iter(holders), None)
        if not holders[holder]:
            return False
        holders[holder] -= 1
        holders += Counter()  # drops those that are used up
        return True


def new_ones(desk, told):
    """Those the register does not have. What was taken back there answers too, when nothing that stands does."""
    count, stored = desk.count(MEETINGS), desk.stored
    by_key = {one.submit_key for one in told}
    standing_keys = {meeting.submit_key for meeting in stored.meetings}
    standing = Waiting(meeting for meeting in stored.meetings if meeting.submit_key not in by_key)
    taken_back = Waiting(
        meeting for meeting in stored.taken_back if meeting.submit_key not in by_key
    )
    new = []
    for one in sorted(
        told, key=lambda one: one.held_by is None
    ):  # who says who held it chooses first
        if one.submit_key in stored.submit_keys:
            count.known += 1
            count.no_longer += one.submit_key not in standing_keys
        elif standing.answers(one):
            count.known += 1
        elif taken_back.answers(one):
            count.known += 1
            count.no_longer += 1
        else:
            new.append(one)
    count.new += len(new)
    taken = set().union(*(days_of(meeting.content) for meeting in stored.meetings))
    desk.plan.on_taken_days = sum(not taken.isdisjoint(days_of(one.content)) for one in new)
    return sorted(new, key=lambda one: one.number)


def days_of(content):
    """{(the young person's key, day)} of a meeting."""
    return {(key, content.held_on) for key, *_ in content.attendances}


def write_down(desk, one):
    """Plan the Meeting and its attendances, when the register would take them."""
    key, day = one.rows[0][1]["key"], one.content.held_on
    holder = one.held_by.pk if one.held_by else desk.mentor_id(key, day) or desk.by.pk
    meeting = Meeting(
        programme=desk.programme,
        held_on=day,
        form=one.content.form,
        minutes=one.content.minutes,
        place=one.content.place,
        held_by_id=holder,
        submit_key=one.submit_key,
        recorded_by=desk.by,
    )
    errors = [checked(meeting, "programme", "held_by", "replaces"), check_minutes(one)]
    for error in filter(None, errors):
        desk.refuse(MEETINGS, one.number, error, values=one.rows[0][1])
    attendances = [attendance_of(desk, meeting, row) for row in one.rows]
    desk.plan.meetings.append((meeting, attendances))


def check_minutes(one):
    minutes = one.content.minutes
    if minutes is None:
        return None
    if not 1 <= minutes <= 24 * 60:
        return ValidationError({"minutes": sentence_of(Meeting, "minutes_are_a_part_of_a_day")})
    if not any(outcome == AttendanceOutcome.MET for _, outcome, _, _ in one.content.attendances):
        return ValidationError(
            {"minutes": "Kun et møde, der blev holdt, har minutter. Lad feltet stå tomt."}
        )
    return None


def attendance_of(desk, meeting, row):
    """(Attendance, topics) of a row, with what is wrong about it noted."""
    number, said, mentee = row
    attendance = Attendance(
        meeting=meeting, mentee=mentee, outcome=said["outcome"].value, note=said["note"]
    )
    if error := checked(attendance, "meeting", "mentee"):
        desk.refuse(MEETINGS, number, error, said["key"])
    try:
        attendance.check_day(meeting.held_on)
    except ValidationError as error:
        desk.refuse(MEETINGS, number, error, said["key"])
    if not desk.keep_reach and ways_to_reach_others(said["note"], own=(mentee.phone, mentee.email)):
        desk.problems.at(MEETINGS, number, MEETINGS.column("note"), REACH)
    return attendance, said["topics"]
