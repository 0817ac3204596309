"""Dated facts: allowed days, withdrawal, and the status in force."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases import triggers
from cases.models import Mentee, Pause, Status, StatusChange
from cases.tests.in_sql import as_of
from conftest import COPENHAGEN, at
from web.dates import today


def status_on(mentee, on, known_at=None):
    return as_of(Mentee.objects, on, known_at).get(pk=mentee.pk).status


def test_from_the_day_of_enrolment_there_is_a_status(yusuf):
    assert status_on(yusuf, date(2026, 2, 1)) is None
    assert status_on(yusuf, date(2026, 2, 2)) == Status.YOUTH_CENTRE


def test_the_later_day_wins_whatever_was_written_first(yusuf, mette):
    yusuf.change_status(Status.WORK, on=date(2026, 6, 1), by=mette)
    yusuf.change_status(Status.SCHOOL, on=date(2026, 4, 1), by=mette)  # written last, holds earlier
    assert status_on(yusuf, date(2026, 3, 31)) == Status.YOUTH_CENTRE
    assert status_on(yusuf, date(2026, 5, 31)) == Status.SCHOOL
    assert status_on(yusuf, date(2026, 6, 1)) == Status.WORK


def test_of_two_on_the_same_day_the_later_record_wins(yusuf, mette):
    day = date(2026, 6, 1)
    yusuf.change_status(Status.WORK, on=day, by=mette, at=at(day, 9))
    yusuf.change_status(Status.EDUCATION, on=day, by=mette, at=at(day, 15))
    assert status_on(yusuf, day) == Status.EDUCATION
    assert status_on(yusuf, day, known_at=at(day, 12)) == Status.WORK


def test_a_late_record_is_not_known_before_it_was_written(yusuf, mette):
    yusuf.change_status(Status.WORK, on=date(2026, 3, 1), by=mette, at=at(date(2026, 4, 10)))
    assert status_on(yusuf, date(2026, 3, 15), known_at=at(date(2026, 4, 1))) == Status.YOUTH_CENTRE
    assert status_on(yusuf, date(2026, 3, 15)) == Status.WORK


def test_half_past_midnight_in_koege_is_the_new_day(enrol, mette):
    """00.30 on 1 April in Køge is 31 March in UTC; dates are local."""
    mentee = enrol(on=date(2026, 3, 31), at=datetime(2026, 3, 31, 9, tzinfo=COPENHAGEN))
    night = datetime(2026, 4, 1, 0, 30, tzinfo=COPENHAGEN)
    mentee.change_status(Status.WORK, on=date(2026, 4, 1), by=mette, at=night)
    assert status_on(mentee, date(2026, 3, 31)) == Status.YOUTH_CENTRE
    assert status_on(mentee, date(2026, 4, 1)) == Status.WORK


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2026, 2, 1), "fra indskrivningen 2. februar 2026"),
        (date(2999, 1, 1), "ligger i fremtiden"),
    ],
)
def test_a_status_on_a_day_that_cannot_be_is_refused_at_the_field(yusuf, mette, on, sentence):
    with pytest.raises(ValidationError) as error:
        yusuf.change_status(Status.WORK, on=on, by=mette)
    assert sentence in error.value.message_dict["effective_on"][0]
    assert StatusChange.objects.count() == 1


def test_a_residence_cannot_be_planned_but_a_mentor_and_a_pause_can(yusuf, mette, rashid, areas):
    coming = today() + timedelta(days=10)
    with pytest.raises(ValidationError):
        yusuf.move(areas[0], on=coming, by=mette)
    assert yusuf.match(rashid, on=coming, by=mette).pk
    assert yusuf.pause(Pause.Reason.HOLIDAY, on=coming, by=mette)[0].pk


def test_a_status_that_is_not_one_of_the_nine_is_refused_twice(yusuf, mette):
    with pytest.raises(ValidationError):
        yusuf.change_status("astronaut", on=today(), by=mette)
    row = StatusChange(mentee=yusuf, status="astronaut", effective_on=today(), recorded_by=mette)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_withdrawn_status_gives_way_and_stays_readable(yusuf, mette):
    wrong = yusuf.change_status(Status.WORK, on=date(2026, 3, 1), by=mette)
    wrong.withdraw(by=mette, reason="Jobbet blev ikke til noget")
    assert status_on(yusuf, date(2026, 3, 1)) == Status.YOUTH_CENTRE
    assert StatusChange.objects.get(pk=wrong.pk).withdrawn_reason == "Jobbet blev ikke til noget"


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(yusuf, mette, reason):
    fact = yusuf.change_status(Status.WORK, on=date(2026, 3, 1), by=mette)
    with pytest.raises(ValidationError, match="hvorfor"):
        fact.withdraw(by=mette, reason=reason)
    assert status_on(yusuf, date(2026, 3, 1)) == Status.WORK


def test_the_database_insists_on_who_when_and_why(yusuf, mette):
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.update(withdrawn_at=at(today()))


def test_a_fact_is_withdrawn_once(yusuf, mette, torben):
    fact = yusuf.change_status(Status.WORK, on=date(2026, 3, 1), by=mette)
    same = StatusChange.objects.get(pk=fact.pk)
    fact.withdraw(by=mette, reason="Forkert")
    with pytest.raises(ValidationError, match="allerede"):
        same.withdraw(by=torben, reason="Også forkert")
    assert StatusChange.objects.get(pk=fact.pk).withdrawn_by == mette


def test_the_first_status_is_not_withdrawn_before_another_stands_there(yusuf, mette):
    first = yusuf.statuschange_set.get()
    with pytest.raises(ValidationError, match="altid en status"):
        first.withdraw(by=mette, reason="Forkert")
    yusuf.change_status(Status.SCHOOL, on=yusuf.enrolled_on, by=mette)
    first.withdraw(by=mette, reason="Forkert")
    assert status_on(yusuf, yusuf.enrolled_on) == Status.SCHOOL


def test_a_pause_ends_the_day_after_its_last(yusuf, mette):
    yusuf.pause(Pause.Reason.HOLIDAY, on=date(2026, 7, 6), by=mette, last_day=date(2026, 7, 19))
    paused = [
        as_of(Mentee.objects, date(2026, 7, d)).get(pk=yusuf.pk).paused for d in (5, 6, 19, 20)
    ]
    assert paused == [None, True, True, False]


def test_a_pause_that_ends_before_it_begins_is_refused_whole(yusuf, mette):
    with pytest.raises(ValidationError):
        yusuf.pause(Pause.Reason.HOLIDAY, on=date(2026, 7, 6), by=mette, last_day=date(2026, 7, 1))
    assert not Pause.objects.exists()


@pytest.mark.parametrize("reason", ["hospital", "detention"])
def test_the_database_takes_no_reason_of_health_or_offence(yusuf, mette, reason):
    with pytest.raises(ValidationError):
        yusuf.pause(reason, on=date(2026, 7, 6), by=mette)
    told = Pause(mentee=yusuf, reason=reason, effective_on=date(2026, 7, 6), recorded_by=mette)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.bulk_create([told])


@pytest.mark.django_db(transaction=True)
def test_reasons_of_before_become_andet(yusuf, mette):
    """Rows that never change are rewritten by the migration, and held again after it."""
    yusuf.pause(Pause.Reason.HOLIDAY, on=date(2026, 7, 6), by=mette, last_day=date(2026, 7, 19))
    call_command("migrate", "cases", "0010", verbosity=0)
    for day, reason in enumerate(["hospital", "detention"], start=1):
        Pause.objects.bulk_create(
            [
                Pause(
                    mentee_id=yusuf.pk,
                    reason=reason,
                    effective_on=date(2026, 8, day),
                    recorded_by=mette,
                )
            ]
        )
    call_command("migrate", verbosity=0)
    reasons = list(Pause.objects.order_by("effective_on").values_list("reason", flat=True))
    assert reasons == ["holiday", "", "other", "other"]
    assert not triggers.tables_not_held(connection)


@pytest.mark.parametrize(
    ("born", "gender"), [(date(1998, 1, 1), "male"), (date(2007, 1, 1), "female")]
)
def test_an_unusual_age_or_sex_is_never_refused(enrol, born, gender):
    assert enrol(born_on=born, gender=gender).pk


def test_enrolment_in_the_future_or_before_the_programme_is_refused(enrol):
    for day in (today() + timedelta(days=1), date(2024, 12, 31)):
        with pytest.raises(ValidationError):
            enrol(on=day, at=at(today()))
    assert not Mentee.objects.exists()
