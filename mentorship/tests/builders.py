"""Builders of test data for tests of the whole site."""

from datetime import timedelta

from cases.models import Agreement, Appointment, AttendanceOutcome, Pause, Status
from cases.tests.builders import log
from web.dates import today


def fill(enrol, mette, rashid, areas, count):
    """`count` young people with what each page draws."""
    people = []
    for number in range(count):
        mentee = enrol(
            f"Ung {number}",
            mentor=rashid if number % 5 == 4 else mette,
            area=areas[number % 4],
            detail="grundforløb",
        )
        mentee.change_status(
            list(Status)[(number + 5) % 7], on=today() - timedelta(days=number % 30), by=mette
        )
        mentee.move(areas[(number + 1) % 4], on=today() - timedelta(days=8), by=mette)
        if number % 4 == 0:
            mentee.pause(
                Pause.Reason.OTHER,
                on=today() - timedelta(days=60),
                by=mette,
                last_day=today() - timedelta(50),
            )
        mentee.change_status(Status.WORK, on=today(), by=mette).withdraw(by=mette, reason="Forkert")
        log(
            mentee,
            mette,
            on=today() - timedelta(days=number % 40),
            outcome=list(AttendanceOutcome)[number % 5],
        )
        past = today() - timedelta(days=2)
        Agreement(mentee=mentee, what="Noget", agreed_on=past, due_on=past).make(by=mette)
        Appointment(mentee=mentee, on=today() + timedelta(days=number % 9)).make(by=mette)
        people.append(mentee)
    return people
