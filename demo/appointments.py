"""When the young people of a story meet their mentor next."""

from datetime import time, timedelta

from cases.models import Appointment

from .tables import rows
from .workdays import ONE_DAY, workday_from

TIMES = (time(10), time(12, 30), time(14), time(15), time(15, 30), time(16), time(17, 15))


def told(story, table):
    """Write the appointments of a table: name | in so many days | at | place"""
    Appointment.objects.bulk_create(
        appointment(
            story,
            story.mentees[name],
            story.until + int(days) * ONE_DAY,
            time.fromisoformat(at),
            place,
        )
        for name, days, at, place in rows(table)
    )


def usual(story, but=()):
    """Write an appointment in the coming days for everybody in progress, apart from those named in `but`."""
    mentees = {mentee.pk: mentee for mentee in story.mentees.values()}
    met = [
        mentees[person.id]
        for person in story.register().in_progress(story.until)
        if not person.pauses.on(story.until) and mentees[person.id].name not in but
    ]
    Appointment.objects.bulk_create(
        appointment(
            story,
            mentee,
            workday_from(story.until + timedelta(days=story.rng.randint(1, 9))),
            story.rng.choice(TIMES),
            "",
        )
        for mentee in met
    )


def appointment(story, mentee, on, at, place):
    made_on = max(story.until - timedelta(days=story.rng.randint(1, 7)), mentee.enrolled_on)
    by = story.mentor(mentee, made_on)
    return Appointment(
        mentee=mentee, on=on, at=at, place=place, **story.written(made_on, by, delayed=False)
    )
