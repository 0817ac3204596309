"""Builders of test data: a recorded meeting, and the data that forms post."""

import uuid
from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases import triggers
from cases.definitions import definitions_of
from cases.models import (
    Attendance,
    AttendanceOutcome,
    GoalDefinition,
    Meeting,
    MeetingFormat,
    Partner,
    PartnerContact,
    Strike,
    Transfer,
)
from cases.models.second_person import Answer
from web.dates import today


def log(
    mentee, by, *, on=None, outcome=AttendanceOutcome.MET, note="", minutes=45, others=(), key=None
):
    """Record a meeting with the mentee and, for a group meeting, `others`."""
    meeting = Meeting(
        programme=mentee.programme,
        held_on=on or today(),
        form=MeetingFormat.AREA,
        minutes=minutes,
        held_by=by,
        submit_key=key or uuid.uuid4(),
    )
    rows = [(Attendance(mentee=m, outcome=outcome, note=note), []) for m in (mentee, *others)]
    return meeting.record(rows, by=by)


def decide(programme, *, on, by=None, model=GoalDefinition, at=None, **values):
    """Let the goal (or another model) be what it is then but for `values`, from the day `on`.

    `by` None: as if it came with the programme. `at`: when it was confirmed.
    """
    definitions = definitions_of(programme)
    before = definitions.goal(on) if model is GoalDefinition else definitions.expectation(on)
    row = model.objects.create(
        programme=programme,
        effective_on=on,
        recorded_by=by,
        answer=Answer.CONFIRMED,
        answered_by=by,
        answered_at=at or timezone.now(),
        **before.decides | values,
    )
    programme.refresh_from_db(fields=["version"])
    return row


def an_old_goal(programme, by, model=GoalDefinition, **values):
    """Propose the goal (or another model) for a day gone by; another must confirm it."""
    values = values or {"goal": 29}
    row = model(programme=programme, effective_on=programme.starts_on, **values)
    row.record(by=by)
    return row


def a_coming_goal(programme, by, model=GoalDefinition, **values):
    """Decide what holds from tomorrow."""
    values = values or {"goal": 28}
    row = model(programme=programme, effective_on=today() + timedelta(days=1), **values)
    row.record(by=by)
    return row


def a_strike(mentee, by):
    """Ask for the note of a withdrawn meeting to be erased."""
    meeting = log(mentee, by, note="En note om en anden")
    meeting.withdraw(by=by, reason="Forkert ung")
    strike = Strike(mentee=mentee, kind=Strike.Kind.MEETING, row=meeting.pk, reason="Forkert ung")
    return strike.ask(by=by)


def a_contact(programme, by):
    """Return a contact person of a partner of the programme."""
    partner, _ = Partner.objects.get_or_create(programme=programme, name="Ungdomsskolen")
    return PartnerContact.objects.create(
        partner=partner, name="Karen Lind", phone="46 11 22 33", recorded_by=by
    )


def a_transfer(mentee, programme, by, *, last_day=None):
    """Move the mentee to the other programme, from today unless told otherwise."""
    last_day = last_day or today() - timedelta(days=1)
    return Transfer.objects.move(mentee, programme, last_day=last_day, by=by)


def falsify(rows, **values):
    """Change append-only rows of a queryset, as only whoever holds the database can."""
    connection.check_constraints()  # PostgreSQL drops no trigger before
    triggers.remove(connection)
    rows.update(**values)
    connection.check_constraints()
    triggers.install(connection)


def end_roles(memberships, on=None):
    """End the Memberships after the day `on` (None: yesterday)."""
    for membership in memberships:
        membership.end(on=on or today() - timedelta(days=1), by=None, reason="Stopper")


def become(user, role):
    """End the user's role, and give another."""
    end_roles(user.memberships.all())
    programme = user.memberships.first().programme
    user.memberships.create(programme=programme, role=role, starts_on=today())


def meeting_form(**changes):
    """The data posted when a mentor changes nothing and taps "Gem møde"."""
    form = {
        "submit_key": str(uuid.uuid4()),
        "day": today().isoformat(),
        "held_on": "",
        "outcome": "met",
        "note": "",
        "minutes": "45",
        "minutes_other": "",
        "form": "area",
        "naeste-when": "none",
        "nyt-status": "",
        "nyt-what": "",
        "nyt-due_on": "",
        "nyt-responsible": "mentee",
    }
    return form | changes


def log_url(mentee):
    return f"{reverse('record_meeting')}?ung={mentee.uuid}"


def person_form(**changes):
    form = {
        "name": "Hamza Said",
        "born_on": "2008-05-01",
        "gender": "male",
        "phone": "",
        "email": "",
        "area": "ingen",
        "status": "school",
        "detail": "10. klasse",
        "enrolled_on": today().isoformat(),
        "criteria": ["at_risk_of_dropping_out"],
        "own_goal": "Jeg vil gerne have et job.",
        "informed_on": "",
        "referred_by": "",
    }
    return form | changes
