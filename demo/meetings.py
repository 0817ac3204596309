"""From a table or from weekly.py, created in bulk."""

import uuid
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import User
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat, Mentee

from .tables import rows


class Part(NamedTuple):
    mentee: Mentee
    outcome: AttendanceOutcome
    topics: tuple[str, ...]
    note: str


class Encounter(NamedTuple):
    held_on: date
    mentor: User
    form: MeetingFormat
    place: str
    minutes: int | None
    parts: list[Part]


def create(scenario, encounters):
    topics = {topic.name: topic for topic in scenario.programme.topics.all()}
    meetings = Meeting.objects.bulk_create(
        Meeting(
            programme=scenario.programme,
            held_on=encounter.held_on,
            form=encounter.form,
            place=encounter.place,
            minutes=encounter.minutes,
            held_by=encounter.mentor,
            submit_key=uuid.uuid4(),
            **scenario.record_fields(encounter.held_on, encounter.mentor),
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


def parse(scenario, table):
    """`table`: name | days before the end | outcome | form | minutes | topics | note"""
    encounters = []
    for name, days, outcome, form, minutes, topics, note in rows(table):
        mentee, day = scenario.mentees[name], scenario.until - timedelta(days=int(days))
        part = Part(
            mentee, AttendanceOutcome(outcome), tuple(topics.split(", ")) if topics else (), note
        )
        mentor = scenario.mentor(mentee, day)
        encounters.append(
            Encounter(
                day, mentor, MeetingFormat(form), "", int(minutes) if minutes else None, [part]
            )
        )
    return encounters
