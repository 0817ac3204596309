"""The report against a recount in SQL: random histories, late records and withdrawals."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from operator import itemgetter
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.definitions import definitions_of
from cases.models import (
    AreaSpell,
    Expectation,
    GoalDefinition,
    HousingArea,
    Match,
    Mentee,
    Programme,
    Residence,
    Status,
    StatusChange,
)
from cases.tests.builders import decide
from reporting.status_report import ReportUnavailable, StatusReport

START = date(2026, 1, 1)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

change = st.tuples(
    st.integers(0, 90),  # days after enrolment
    st.integers(0, 40),  # days later it was written
    st.one_of(st.none(), st.integers(0, 40)),  # days after that it was withdrawn
    st.integers(0, 8),
)
person = st.tuples(
    st.integers(0, 120),
    st.integers(0, 8),
    st.lists(change, max_size=4),
    st.lists(change, max_size=2),
)

# What holds from days of the programme: (day, days later it was decided, what it says).
goals = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 60),
        st.fixed_dictionaries(
            {
                "statuses": st.sets(st.sampled_from(Status.values), min_size=1).map(sorted),
                "goal": st.integers(1, 30),
                "target": st.integers(30, 40),
                "area_target": st.integers(0, 12),
            }
        ),
    ),
    max_size=4,
)
expectations = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 60),
        st.fixed_dictionaries({"disclosure_threshold": st.integers(3, 50)}),
    ),
    max_size=3,
)
# The days from which an area, by its place, had another name, or was out of use or in use again.
spells = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 200), st.integers(0, 60), st.booleans()), max_size=5
)

# Facts in force by a window function: nothing is shared with the product's queries.
RECOUNT = """
SELECT m.id, m.gender, m.born_on,
  (SELECT value FROM (SELECT status AS value,
     ROW_NUMBER() OVER (ORDER BY effective_on DESC, recorded_at DESC, id DESC) AS n
     FROM cases_statuschange f
     WHERE f.mentee_id = m.id AND f.effective_on <= %(on)s AND f.recorded_at <= %(known)s
     AND (f.withdrawn_at IS NULL OR f.withdrawn_at > %(known)s)) x WHERE n = 1) AS status,
  (SELECT value FROM (SELECT COALESCE((
     SELECT s.name FROM cases_areaspell s
     WHERE s.area_id = f.area_id AND (s.until > %(on)s OR s.recorded_at > %(known)s)
     ORDER BY s.until, s.recorded_at, s.id LIMIT 1), a.name) AS value,
     ROW_NUMBER() OVER (ORDER BY f.effective_on DESC, f.recorded_at DESC, f.id DESC) AS n
     FROM cases_residence f LEFT JOIN cases_housingarea a ON a.id = f.area_id
     WHERE f.mentee_id = m.id AND f.effective_on <= %(on)s AND f.recorded_at <= %(known)s
     AND (f.withdrawn_at IS NULL OR f.withdrawn_at > %(known)s)) x WHERE n = 1) AS area
FROM cases_mentee m
WHERE m.programme_id = %(programme)s AND m.enrolled_on <= %(on)s AND m.recorded_at <= %(known)s
"""

# {table: columns}; as the facts, but known from the moment somebody confirmed it.
DECIDED = {
    "cases_goaldefinition": "statuses, goal, target, area_target",
    "cases_expectation": "disclosure_threshold",
}
IN_FORCE = """
SELECT {columns} FROM {table} WHERE programme_id = %(programme)s AND effective_on <= %(on)s
  AND answer = 'confirmed' AND answered_at <= %(known)s
  AND (withdrawn_at IS NULL OR withdrawn_at > %(known)s)
ORDER BY effective_on DESC, answered_at DESC, id DESC LIMIT 1
"""


def moment(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=COPENHAGEN)


def create_programme(people):
    with patch("django.utils.timezone.now", return_value=moment(START)):  # for its definitions
        programme = Programme.objects.create(name="P", slug="p", starts_on=START)
    areas = [
        HousingArea.objects.create(programme=programme, name=n, position=i)
        for i, n in enumerate("ABC")
    ]
    user = User.objects.create_user("m@example.dk", name="M")
    for number, (enrolled, status, statuses, homes) in enumerate(people):
        day = START + timedelta(days=enrolled)
        mentee = Mentee.objects.create(
            programme=programme,
            name=f"Ung {number}",
            born_on=date(2000 + number % 9, 1 + number % 12, 1 + number),
            gender=["male", "female", "other"][number % 3],
            enrolled_on=day,
            recorded_at=moment(day),
            recorded_by=user,
        )
        facts = [(StatusChange, {"status": Status.values[status]}, (0, 0, None, 0))]
        facts += [
            (Residence, {"area": areas[0]}, (0, 0, None, 0)),
            (Match, {"mentor": user}, (0, 0, None, 0)),
        ]
        facts += [(StatusChange, {"status": Status.values[row[3]]}, row) for row in statuses]
        facts += [(Residence, {"area": [*areas, None][row[3] % 4]}, row) for row in homes]
        for model, value, (since, late, withdrawn, _) in facts:
            written = moment(day + timedelta(days=since + late))
            gone = None if withdrawn is None else written + timedelta(days=withdrawn)
            model.objects.create(
                mentee=mentee,
                effective_on=day + timedelta(days=since),
                recorded_at=written,
                recorded_by=user,
                withdrawn_at=gone,
                withdrawn_by=gone and user,
                withdrawn_reason="Forkert" if gone else "",
                **value,
            )
    return programme


def write_definitions(programme, goals, expectations):
    for model, rows in ((GoalDefinition, goals), (Expectation, expectations)):
        for day, late, values in rows:
            on = START + timedelta(days=day)
            decide(programme, model=model, on=on, at=moment(on + timedelta(days=late)), **values)


def write_spells(programme, spells):
    """Each area's in both clocks; a renamed one has a number more after its letter."""
    areas = list(programme.areas.all())
    last = {area: moment(START) for area in areas}
    for number, (place, day, late, in_use) in enumerate(sorted(spells, key=itemgetter(1))):
        area, until = areas[place], START + timedelta(days=day)
        last[area] = max(last[area], moment(until + timedelta(days=late)))
        AreaSpell.objects.create(
            area=area,
            name=area.name,
            in_use=area.in_use,
            until=until,
            recorded_at=last[area],
            recorded_by=User.objects.get(),
        )
        area.name, area.in_use = f"{area.name[0]}{until:%m%d}{number}", in_use
        area.save()
    programme.refresh_from_db()


def ask(sql, programme, on, known_at):
    with connection.cursor() as cursor:
        # SQLite compares moments as text in UTC, the way Django writes them; PostgreSQL as moments
        known = connection.ops.adapt_datetimefield_value(known_at)
        cursor.execute(sql, {"on": on, "known": known, "programme": programme.pk})
        return cursor.fetchall()


def recount(programme, on, known_at):
    """Return (rows of RECOUNT, statuses that count, the goal's numbers, the threshold)."""
    (statuses, *numbers), (threshold,) = (
        ask(IN_FORCE.format(table=table, columns=columns), programme, on, known_at)[0]
        for table, columns in DECIDED.items()
    )
    counted = statuses if isinstance(statuses, list) else json.loads(statuses)
    return ask(RECOUNT, programme, on, known_at), counted, numbers, threshold


@pytest.mark.slow
@settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(person, min_size=1, max_size=8),
    on=st.integers(0, 200),
    known=st.integers(0, 260),
    goals=goals,
    expectations=expectations,
    spells=spells,
)
def test_the_report_agrees_with_a_recount_in_plain_sql(
    db, people, on, known, goals, expectations, spells
):
    day, known_at = START + timedelta(days=on), moment(START + timedelta(days=known))
    with transaction.atomic():
        programme = create_programme(people)
        write_definitions(programme, goals, expectations)
        write_spells(programme, spells)
        rows, goal, numbers, threshold = recount(programme, day, known_at)
        assert definitions_of(programme).threshold(day, known_at) == threshold
        try:
            report = StatusReport.build(programme, on=day, known_at=known_at)
        except ReportUnavailable:
            assert not rows
        else:
            statuses, homes = [row[3] for row in rows], [row[4] for row in rows]
            ended = ("completed", "dropped_out")
            active = [row for row in rows if row[3] is not None and row[3] not in ended]
            assert report.enrolled == len(rows)
            assert {row.status.value: row.count for row in report.rows} == {
                s: statuses.count(s) for s in Status.values
            }
            assert report.adds_up is (None not in statuses)
            assert report.in_progress == len(active)
            assert report.goal.count == sum(status in goal for status in statuses)
            assert [report.goal.goal, report.goal.target, report.area_target] == numbers
            areas = {area.name: area.enrolled for area in report.areas if area.enrolled}
            assert areas == Counter(home or "Uden for områderne" for home in homes)
            in_goal = {area.name: area.in_goal for area in report.areas if area.in_goal}
            assert in_goal == Counter(
                home or "Uden for områderne"
                for home, status in zip(homes, statuses, strict=True)
                if status in goal
            )
            assert dict(report.sexes) == {
                g: n
                for g in ("male", "female", "other")
                if (n := sum(row[1] == g for row in active))
            }
            assert report == StatusReport.from_json(report.to_json())
        finally:
            transaction.set_rollback(True)


@pytest.mark.slow
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(person, min_size=1, max_size=6),
    on=st.integers(0, 200),
    goals=goals,
    expectations=expectations,
    spells=spells,
)
def test_what_holds_from_later_days_changes_nothing(db, people, on, goals, expectations, spells):
    """The report of a day is that of the lists of definitions and of areas cut off at the day."""
    day = START + timedelta(days=on)

    def split(rows, place):
        return [[row for row in rows if (row[place] <= on) is by_then] for by_then in (True, False)]

    def report():
        try:
            return StatusReport.build(programme, on=day), definitions_of(programme).threshold(day)
        except ReportUnavailable:
            return None

    parts = zip(split(goals, 0), split(expectations, 0), split(spells, 1), strict=True)
    with transaction.atomic():
        programme = create_programme(people)
        reports = []
        for some_goals, some_expectations, some_spells in parts:
            write_definitions(programme, some_goals, some_expectations)
            write_spells(programme, some_spells)
            reports.append(report())
        assert reports[0] == reports[1]
        transaction.set_rollback(True)
