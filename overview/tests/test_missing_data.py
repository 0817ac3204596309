"""What is not recorded: each kind found where it is, and not where it is not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    AttendanceOutcome,
    Meeting,
    Pause,
    Status,
    StatusChange,
)
from cases.register import Register
from cases.tests.builders import falsify, log
from conftest import at
from overview.links import entry_url
from overview.missing_data import missing_data
from overview.snapshot import Snapshot
from web.tests.reader import Reader

DAY = date(2026, 6, 17)  # a Wednesday; the last whole weeks are 21 to 24, 18 May to 14 June
COMPLETE = {
    "at_risk_of_crime": True,
    "informed_on": date(2026, 2, 2),
    "own_goal": "Jeg vil være tømrer.",
}


@pytest.fixture
def whole(enrol, mette, areas):
    """Somebody about whom nothing is missing, met every week."""
    person = enrol("Hel", on=date(2026, 2, 2), mentor=mette, area=areas[0], **COMPLETE)
    for week in range(5):
        log(person, mette, on=DAY - timedelta(weeks=week))
    plan(person, DAY + timedelta(days=2), mette)
    return person


def plan(person, on, by):
    return Appointment.objects.create(
        mentee=person, on=on, recorded_by=by, recorded_at=at(person.enrolled_on)
    )


def gaps_of(programme, on=DAY):
    return missing_data(Snapshot(programme, Register.of_programme(programme), on))


def missing(programme, on=DAY):
    """{key: [(name, mentor, which)]} of the kinds with something missing."""
    gaps = gaps_of(programme, on)
    return {gap.key: [entry[:3] for entry in gap.entries] for gap in gaps if gap.entries}


def test_nothing(programme, whole):
    assert missing(programme) == {}


def test_what_is_asked_when_somebody_is_taken_in(programme, enrol, mette):
    enrol("Tom", on=DAY - timedelta(days=2))
    nobody = [("Tom", "Ingen mentor", "")]
    kinds = dict.fromkeys(("omraade", "mentor", "kriterier", "brev", "maal", "aftale"), nobody)
    assert missing(programme) == kinds


@pytest.mark.parametrize(
    "criterion", ["at_risk_of_dropping_out", "dropped_out_lately", "on_public_support"]
)
def test_one_criterion_is_enough(programme, enrol, criterion):
    enrol("Tom", on=DAY, **{criterion: True})
    assert "kriterier" not in missing(programme)


def test_who_has_ended_is_missing_nothing_but_a_status(programme, enrol):
    person = enrol("Ude", on=date(2026, 2, 2), status=Status.COMPLETED)
    assert missing(programme) == {}
    falsify(StatusChange.objects.filter(mentee=person), effective_on=date(2026, 3, 1))
    assert missing(programme) == {"status": [("Ude", "Ingen mentor", "")]}


def test_an_appointment_is_missed_unless_there_is_a_pause(programme, whole, mette):
    falsify(Appointment.objects.all(), on=DAY - timedelta(weeks=1))
    assert missing(programme) == {"aftale": [("Hel", "Mette Sørensen", "")]}
    whole.pause(Pause.Reason.HOLIDAY, on=DAY, by=mette)
    assert missing(programme) == {}


def test_a_coming_start_without_its_day(programme, whole, mette):
    whole.change_status(Status.AGREEMENT, on=date(2026, 6, 1), by=mette)
    assert missing(programme) == {"start": [("Hel", "Mette Sørensen", "")]}
    agreed = Agreement(
        mentee=whole,
        kind="job",
        what="Bageriet",
        agreed_on=date(2026, 6, 1),
        due_on=date(2026, 8, 1),
    )
    agreed.recorded_at = at(date(2026, 6, 1))
    agreed.make(by=mette)
    assert missing(programme) == {}


def test_a_day_that_was_planned_and_nothing_logged(programme, whole, mette):
    plan(whole, DAY - timedelta(days=1), mette)  # yesterday: nothing
    plan(whole, DAY - timedelta(days=7), mette)  # a week ago: met
    plan(whole, DAY - timedelta(days=27), mette)  # the 28th day back
    plan(whole, DAY - timedelta(days=29), mette)  # too long ago
    plan(whole, DAY, mette)  # today may still come
    plan(whole, DAY - timedelta(days=2), mette).withdraw(by=mette, reason="Ny tid")
    days = ["21. maj", "16. juni"]
    assert missing(programme) == {"moede": [("Hel", "Mette Sørensen", day) for day in days]}
    log(whole, mette, on=DAY - timedelta(days=1), outcome=AttendanceOutcome.NO_SHOW)
    assert missing(programme)["moede"] == [("Hel", "Mette Sørensen", "21. maj")]


def test_whole_weeks_without_anything(programme, enrol, mette, areas):
    person = enrol("Stille", on=date(2026, 2, 2), mentor=mette, area=areas[0], **COMPLETE)
    plan(person, DAY, mette)
    assert missing(programme) == {"uger": [("Stille", "Mette Sørensen", "uge 21, 22, 23, 24")]}
    log(person, mette, on=date(2026, 5, 24), outcome=AttendanceOutcome.TRIED)
    log(person, mette, on=date(2026, 6, 15))  # the running week
    assert missing(programme) == {"uger": [("Stille", "Mette Sørensen", "uge 22, 23, 24")]}
    person.pause(Pause.Reason.OTHER, on=date(2026, 6, 7), by=mette, last_day=date(2026, 6, 8))
    assert missing(programme) == {"uger": [("Stille", "Mette Sørensen", "uge 22")]}


def test_on_a_sunday_its_own_week_is_whole(programme, enrol, mette, areas):
    person = enrol("Stille", on=date(2026, 2, 2), mentor=mette, area=areas[0], **COMPLETE)
    plan(person, DAY, mette)
    assert missing(programme, date(2026, 6, 14))["uger"] == [
        ("Stille", "Mette Sørensen", "uge 21, 22, 23, 24")
    ]


def test_minutes_once_a_meeting_and_by_whoever_held_it(
    programme, whole, enrol, mette, rashid, areas
):
    other = enrol("Hel To", on=date(2026, 6, 9), mentor=mette, area=areas[0], **COMPLETE)
    plan(other, DAY, mette)
    log(whole, rashid, on=DAY, minutes=None, others=[other])
    log(whole, rashid, on=DAY, minutes=None, outcome=AttendanceOutcome.NO_SHOW)
    log(whole, rashid, on=DAY - timedelta(days=28), minutes=None)  # too long ago
    assert missing(programme) == {"minutter": [("Hel", "Rashid Noor", "17. juni")]}


def test_a_corrected_meeting_counts_as_it_stands(programme, whole, mette):
    first = log(whole, mette, on=DAY, minutes=None)
    new = Meeting(
        programme=programme,
        held_on=DAY,
        minutes=30,
        held_by=mette,
        submit_key=uuid4(),
        replaces=first,
    )
    new.record([(Attendance(mentee=whole), [])], by=mette)
    assert missing(programme) == {}


def test_the_page_groups_by_mentor_and_leads_to_the_place(
    sign_in, torben, programme, whole, enrol, mette, rashid
):
    enrol("Ål", on=DAY, mentor=rashid, **COMPLETE)
    tom = enrol("Tom", on=DAY, mentor=mette)
    client = sign_in(torben)
    answer = client.get(reverse("missing_data"), {"pr": DAY.isoformat()})
    page = Reader(answer.text)
    assert "7 oplysninger mangler." in page.text
    assert (
        "Boligområde 2 Tælles uden for områderne, til det er skrevet. "
        "Mette Sørensen Tom Rashid Noor Ål" in page.text
    )
    for name in ("move", "edit_mentee", "plan_appointment"):
        assert f'href="{reverse(name, args=[tom.uuid])}"' in answer.text
    assert "Her mangler intet Status på indskrivningsdagen Mentor" in page.text


def test_two_mentors_of_one_name_are_two(sign_in, torben, programme, whole, enrol, mette, rashid):
    rashid.name = mette.name
    rashid.save()
    enrol("Ål", on=DAY, mentor=rashid, **COMPLETE)
    tom = enrol("Tom", on=DAY, mentor=mette, **COMPLETE)
    log(tom, rashid, on=DAY, minutes=None)
    answer = sign_in(torben).get(reverse("missing_data"), {"pr": DAY.isoformat()})
    gaps = {gap.key: gap.by_mentor for gap in answer.context["gaps"]}
    each = [(name, [entry.name for entry in entries]) for name, entries in gaps["omraade"]]
    assert sorted(each) == [("Mette Sørensen", ["Tom"]), ("Mette Sørensen", ["Ål"])]


def test_calm_when_nothing_is_missing(sign_in, torben, whole):
    page = Reader(sign_in(torben).get(reverse("missing_data"), {"pr": DAY.isoformat()}).text)
    assert "Intet mangler Status på indskrivningsdagen Boligområde" in page.text
    assert "Hent som regneark" not in page.text


def test_every_link_can_be_followed(sign_in, torben, programme, whole, enrol, mette):
    tom = enrol("Tom", on=date(2026, 2, 2), status=Status.AGREEMENT)
    plan(tom, DAY - timedelta(days=1), mette)
    log(tom, mette, on=DAY, minutes=None)
    client = sign_in(torben)
    gaps = gaps_of(programme)
    assert {gap.key for gap in gaps if not gap.entries} == {"status"}
    for gap in gaps:
        for entry in gap.entries:
            assert client.get(entry_url(entry)).status_code == 200, gap.key
