"""The report against a recount in SQL: random histories, late records and withdrawals."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import HousingArea, Match, Mentee, Programme, Residence, Status, StatusChange
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


def moment(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=COPENHAGEN)


def create_programme(people):
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


def recount(programme, on, known_at):
    with connection.cursor() as cursor:
        # SQLite compares moments as text in UTC, the way Django writes them; PostgreSQL as moments
        known = connection.ops.adapt_datetimefield_value(known_at)
        cursor.execute(RECOUNT, {"on": on, "known": known, "programme": programme.pk})
        return cursor.fetchall()


@pytest.mark.slow
@settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(person, min_size=1, max_size=8),
    on=st.integers(0, 200),
    known=st.integers(0, 260),
)
def test_the_report_agrees_with_a_recount_in_plain_sql(db, people, on, known):
    day, known_at = START + timedelta(days=on), moment(START + timedelta(days=known))
    with transaction.atomic():
        programme = create_programme(people)
        rows = recount(programme, day, known_at)
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
            goal = ("education", "work", "completed")
            assert report.goal.count == sum(status in goal for status in statuses)
            areas = {area.name: area.enrolled for area in report.areas}
            assert {name: areas.get(name, 0) for name in "ABC"} == {
                name: homes.count(name) for name in "ABC"
            }
            assert areas.get("Uden for områderne", 0) == homes.count(None)
            assert dict(report.sexes) == {
                g: n
                for g in ("male", "female", "other")
                if (n := sum(row[1] == g for row in active))
            }
            assert report == StatusReport.from_json(report.to_json())
        finally:
            transaction.set_rollback(True)
