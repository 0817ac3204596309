"""Meetings of a story: told one by one in a table, or handed over by weekly.py; written in bulk."""

import uuid
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import User
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat, Mentee

from .tables import rows


class Part(NamedTuple):
    """How a meeting went with one young person."""

    mentee: Mentee
    outcome: AttendanceOutcome
    topics: tuple[str, ...]
    note: str


class Encounter(NamedTuple):
    """A meeting and everybody's part in it, before they are rows."""

    held_on: date
    mentor: User
    form: MeetingFormat
    place: str
    minutes: int | None
    parts: list[Part]


def write(story, encounters):
    """Write the Encounters as meetings, attendances and topics."""
    topics = {topic.name: topic for topic in story.programme.topics.all()}
    meetings = Meeting.objects.bulk_create(
        Meeting(
            programme=story.programme,
            held_on=encounter.held_on,
            form=encounter.form,
            place=encounter.place,
            minutes=encounter.minutes,
            held_by=encounter.mentor,
            submit_key=uuid.uuid4(),
            **story.written(encounter.held_on, encounter.mentor),
        )
        for encounter in encounters
    )
    parts = [
        (
            part,
            Attendance(meeting=meeting, mentee=part.mentee, outcome=part.outcome, note=part.note),
        )
        for meeting, encounter in zip(meetings, encounters, strict=True)
        for part in encounter.parts
    ]
    Attendance.objects.bulk_create(attendance for _, attendance in parts)
    About = Attendance.topics.through
    About.objects.bulk_create(
        About(attendance=attendance, topic=topics[topic])
        for part, attendance in parts
        for topic in part.topics
    )


def told(story, table):
    """The Encounters of a table: name | days before the story ends | outcome | form | minutes | topics | note"""
    encounters = []
    for name, days, outcome, form, minutes, topics, note in rows(table):
        mentee, day = story.mentees[name], story.until - timedelta(days=int(days))
        part = Part(
            mentee, AttendanceOutcome(outcome), tuple(topics.split(", ")) if topics else (), note
        )
        mentor = story.mentor(mentee, day)
        encounters.append(
            Encounter(
                day, mentor, MeetingFormat(form), "", int(minutes) if minutes else None, [part]
            )
        )
    return encounters
