"""Meetings: saved once, corrected without loss, one row for a group."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.models import Attendance, Meeting
from cases.tests.builders import log
from web.dates import today


def test_a_meeting_in_the_future_is_refused_with_a_sentence(yusuf, mette):
    with pytest.raises(ValidationError, match="først logges, når det er holdt"):
        log(yusuf, mette, on=today() + timedelta(days=1))
    assert not Meeting.objects.exists()


def test_a_meeting_before_enrolment_is_refused_with_the_day(yusuf, mette):
    with pytest.raises(ValidationError, match="Yusuf blev indskrevet 2. februar 2026"):
        log(yusuf, mette, on=date(2026, 2, 1))
    assert not Meeting.objects.exists()


def test_the_same_form_sent_twice_is_one_meeting(yusuf, mette):
    key = uuid.uuid4()
    log(yusuf, mette, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        log(yusuf, mette, key=key)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_minutes_are_a_part_of_a_day(yusuf, mette, minutes):
    with pytest.raises(ValidationError):
        log(yusuf, mette, minutes=minutes)


def test_no_minutes_is_an_answer(yusuf, mette):
    assert log(yusuf, mette, minutes=None).minutes is None


@pytest.mark.parametrize(
    "note", ["Han hedder 140307-1234", "cpr 1403071234.", "nr. 311299 1234", "140307-xxxx"]
)
def test_a_cpr_number_in_a_note_is_stopped(yusuf, mette, note):
    with pytest.raises(ValidationError, match="Skriv ikke CPR-numre"):
        log(yusuf, mette, note=note)


@pytest.mark.parametrize(
    "note",
    ["Ring 56 63 12 34", "Sag 4512345678", "Mødtes 14.03.2007", "kl. 15.30-16.00", "9903071234"],
)
def test_other_numbers_may_stand(yusuf, mette, note):
    assert log(yusuf, mette, note=note)


def test_a_group_walk_is_one_meeting_and_a_row_for_each(yusuf, bilal, mette):
    log(yusuf, mette, others=[bilal], minutes=60)
    assert Meeting.objects.count() == 1
    assert Attendance.objects.count() == 2


def correct(meeting, mentee, by, note):
    corrected = Meeting(
        programme=meeting.programme,
        held_on=meeting.held_on,
        minutes=meeting.minutes,
        held_by=meeting.held_by,
        submit_key=uuid.uuid4(),
        replaces=meeting,
    )
    return corrected.record([(Attendance(mentee=mentee, note=note), [])], by=by)


def test_a_correction_replaces_and_keeps_the_first_text(yusuf, mette, torben):
    first = log(yusuf, mette, note="Vi gik en tur.")
    second = correct(first, yusuf, torben, "Vi gik en tur om søen.")
    first.refresh_from_db()
    assert second.version == 2
    assert list(Meeting.objects.known()) == [second]
    assert first.withdrawn_by == torben
    assert first.attendances.get().note == "Vi gik en tur."
    assert list(Meeting.objects.known(first.recorded_at)) == [first]


def test_of_two_corrections_only_one_can_be_first(yusuf, mette, torben):
    first = log(yusuf, mette, note="Vi gik en tur.")
    correct(first, yusuf, torben, "Torbens tekst")
    with pytest.raises(IntegrityError), transaction.atomic():
        correct(Meeting.objects.get(pk=first.pk), yusuf, mette, "Mettes tekst")
    assert Attendance.objects.known().get().note == "Torbens tekst"


def test_nothing_in_the_register_is_deleted(yusuf, mette):
    meeting = log(yusuf, mette)
    for row in (meeting, yusuf, yusuf.statuschange_set.get()):
        with pytest.raises(TypeError):
            row.delete()
        with pytest.raises(TypeError):
            type(row).objects.all().delete()
    with pytest.raises(TypeError):
        Attendance.objects.all().delete()
