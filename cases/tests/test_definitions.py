"""What decides a figure holds from a day, and moves no earlier one."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.definitions import definitions_of, in_force
from cases.models import Expectation, GoalDefinition, Programme
from cases.models.second_person import Answer
from cases.tests.builders import decide
from conftest import COPENHAGEN, STARTED
from web.dates import today

FIRST = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=COPENHAGEN)

rows = st.lists(
    st.tuples(
        st.integers(0, 60),  # days from FIRST that it holds from
        st.integers(0, 60),  # days after NOON that it was confirmed
        st.one_of(st.none(), st.integers(0, 30)),  # days after that it was withdrawn
    ),
    min_size=1,
    max_size=7,
)


def made(numbers):
    """Return GoalDefinitions as `rows_of` orders them; `goal` tells them apart."""
    result = []
    for key, (since, known, withdrawn) in enumerate(numbers):
        answered_at = NOON + timedelta(days=known)
        gone = None if withdrawn is None or key == 0 else answered_at + timedelta(days=withdrawn)
        result.append(
            GoalDefinition(
                pk=key,
                goal=key,
                effective_on=FIRST + timedelta(days=since),
                answered_at=answered_at,
                withdrawn_at=gone,
            )
        )
    return sorted(result, key=lambda row: (row.effective_on, row.answered_at, row.pk))


def by_walking_the_days(rows, on, known_at):
    """The same by brute force: every row is read aloud on its day, and the last word stands."""

    def stands(row):
        if known_at is None:
            return row.withdrawn_at is None
        return row.answered_at <= known_at and (
            row.withdrawn_at is None or row.withdrawn_at > known_at
        )

    def spoken(rows, last):
        word, day = None, FIRST
        while day <= last and not (word and last is date.max):
            for row in sorted(rows, key=lambda row: (row.answered_at, row.pk)):
                if row.effective_on == day:
                    word = row
            day += timedelta(days=1)
        return word

    standing = [row for row in rows if stands(row)]
    if not standing:
        earliest = None
        for row in rows:
            if earliest is None or row.answered_at < earliest.answered_at:
                earliest = row
        return earliest
    return spoken(standing, on) or spoken(standing, date.max)


@settings(max_examples=400, deadline=None)
@given(numbers=rows, on=st.integers(-3, 70), known=st.one_of(st.none(), st.integers(0, 100)))
def test_what_holds_is_what_brute_force_says(numbers, on, known):
    known_at = None if known is None else NOON + timedelta(days=known)
    day, all_rows = FIRST + timedelta(days=on), made(numbers)
    assert in_force(all_rows, day, known_at) is by_walking_the_days(all_rows, day, known_at)


@settings(max_examples=400, deadline=None)
@given(numbers=rows, on=st.integers(0, 70))
def test_a_list_cut_off_at_the_day_says_the_same_of_the_day(numbers, on):
    first, *later = numbers
    all_rows, day = made([(0, 0, None), first, *later]), FIRST + timedelta(days=on)
    cut = [row for row in all_rows if row.effective_on <= day]
    assert in_force(all_rows, day) is in_force(cut, day)


def test_a_new_programme_begins_with_a_goal(programme):
    definitions = definitions_of(programme)
    goal, expected = definitions.goal(STARTED), definitions.expectation(STARTED)
    assert (goal.goal, goal.target, goal.effective_on) == (30, 40, STARTED)
    assert expected.expected_gender == "male"
    Programme.objects.get(pk=programme.pk).save()
    assert GoalDefinition.objects.count() == Expectation.objects.count() == 1


def test_it_changes_from_its_day_and_no_other(programme, torben):
    decide(programme, on=date(2026, 12, 1), by=torben, goal=35)
    assert definitions_of(programme).goal(date(2026, 11, 30)).goal == 30
    assert definitions_of(programme).goal(date(2026, 12, 1)).goal == 35
    spells = definitions_of(programme).goals_between(date(2026, 6, 1), date(2026, 12, 24))
    assert [(day, goal.goal) for day, goal in spells] == [
        (date(2026, 6, 1), 30),
        (date(2026, 12, 1), 35),
    ]
    decide(programme, on=date(2026, 12, 10), by=torben, area_target=9)
    assert len(definitions_of(programme).goals_between(date(2026, 6, 1), date(2026, 12, 24))) == 2


def a_goal(programme, **values):
    return GoalDefinition(programme=programme, **{"effective_on": today()} | values)


def test_days_gone_by_take_two(programme, torben, olga):
    goal = a_goal(programme, effective_on=today() - timedelta(days=1), goal=35)
    goal.record(by=torben)
    assert goal.is_waiting and definitions_of(programme).goal(today()).goal == 30
    with pytest.raises(ValidationError, match="en anden"):
        goal.confirm(by=torben)
    goal.confirm(by=olga)
    programme.refresh_from_db()
    assert definitions_of(programme).goal(today()).goal == 35
    with pytest.raises(ValidationError, match="allerede svaret"):
        goal.drop(by=olga)


def test_the_database_wants_two_for_days_gone_by(programme, torben):
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalDefinition.objects.create(
            programme=programme,
            effective_on=STARTED,
            takes_two=True,
            recorded_by=torben,
            answer=Answer.CONFIRMED,
            answered_by=torben,
            answered_at=NOON,
        )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"goal": 41}, "større end antallet af pladser"),
        ({"goal": 0}, "mindst 1"),
        ({"target": 9999, "goal": 31}, "højst 5000"),
        ({"statuses": []}, "mindst én af de ni"),
        ({"statuses": ["moon"]}, "mindst én af de ni"),
        ({"effective_on": STARTED - timedelta(days=1)}, "Indsatsen begyndte"),
        ({"effective_on": date(2999, 1, 1)}, "de næste to år"),
        ({}, "gælder den dag i forvejen"),
    ],
)
def test_what_is_refused(programme, torben, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        a_goal(programme, **values).record(by=torben)
    assert GoalDefinition.objects.count() == 1


def test_ages_do_not_cross(programme, torben):
    row = Expectation(programme=programme, effective_on=today(), youngest=26, oldest=25)
    with pytest.raises(ValidationError, match="ikke være ældre"):
        row.record(by=torben)


def test_only_what_has_not_begun_is_withdrawn(programme, torben):
    begun, coming = a_goal(programme, goal=31), a_goal(programme, goal=32)
    coming.effective_on = today() + timedelta(days=1)
    begun.record(by=torben)
    coming.record(by=torben)
    with pytest.raises(ValidationError, match="gælder allerede"):
        begun.withdraw(by=torben, reason="Nej")
    coming.withdraw(by=torben, reason="Udsat")
    programme.refresh_from_db()
    assert definitions_of(programme).goal(coming.effective_on).goal == 31


@pytest.mark.django_db(transaction=True)
def test_the_migration_keeps_what_held(programme):
    """There and back again, with data."""
    call_command("migrate", "cases", "0014", verbosity=0)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT goal, expected_gender FROM cases_programme")
            assert cursor.fetchall() == [(30, "male")]
            cursor.execute(
                "UPDATE cases_programme SET goal = 12, target = 20, goal_statuses = '[\"work\"]', "
                "oldest = 29, disclosure_threshold = 7"
            )
    finally:
        call_command("migrate", verbosity=0)
    programme.refresh_from_db()
    definitions = definitions_of(programme)
    goal, expected = definitions.goal(STARTED), definitions.expectation(STARTED)
    assert (goal.goal, goal.target, goal.statuses, goal.area_target) == (12, 20, ["work"], 10)
    assert (expected.oldest, expected.disclosure_threshold) == (29, 7)
    assert goal.effective_on == STARTED and goal.recorded_by is None
