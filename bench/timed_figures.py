"""The figures of eight quarters, timed on a site filled with the demo, for bench/goals.py.

Prints JSON: [seconds of the register and its fold, of one SQL statement by hand], the least of RUNS
turns. Both must agree on the young people of each day, area and status.
"""
# ruff: noqa: E402 (Django is set up first)

import json
from collections import Counter
from time import perf_counter

import django

django.setup()

from django.db import connection

from cases.models import Programme
from cases.register import Register
from demo import living
from reporting.trend import quarter_days
from web.dates import today

RUNS = 40
SPELLS = """
    SELECT fact.mentee_id, {value} AS value, effective_on AS first, LEAD(effective_on) OVER (
        PARTITION BY mentee_id ORDER BY effective_on, fact.recorded_at, fact.id) AS until
    FROM {table} fact JOIN cases_mentee ON cases_mentee.id = mentee_id
    WHERE cases_mentee.programme_id = %s AND fact.withdrawn_at IS NULL"""
BY_HAND = f"""
    WITH days(day) AS (VALUES {{days}}),
        statuses AS ({SPELLS.format(value="status", table="cases_statuschange")}),
        areas AS ({SPELLS.format(value="area_id", table="cases_residence")})
    SELECT days.day, areas.value, statuses.value, COUNT(*)
    FROM days
    JOIN statuses ON statuses.first <= day AND (statuses.until IS NULL OR statuses.until > day)
    LEFT JOIN areas ON areas.mentee_id = statuses.mentee_id
        AND areas.first <= day AND (areas.until IS NULL OR areas.until > day)
    GROUP BY days.day, areas.value, statuses.value"""  # noqa: S608 (constants)


def folded(programme, days):
    """{(day, area's key, status): young people}"""
    register = Register.of_programme(programme)
    return Counter(
        (day, person.areas.on(day), person.status(day))
        for day in days
        for person in register.enrolled(day)
    )


def by_hand(programme, days):
    """As `folded`."""
    value = "(%s::date)" if connection.vendor == "postgresql" else "(%s)"
    sql = BY_HAND.format(days=", ".join([value] * len(days)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(day.isoformat() for day in days), programme.pk, programme.pk])
        return {(str(day), area, status): count for day, area, status, count in cursor.fetchall()}


def least(ask, *values):
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        ask(*values)
        times.append(perf_counter() - start)
    return min(times)


def main():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a database just filled plans badly
    programme = Programme.objects.get(slug=living.SLUG)
    days = quarter_days(today(), programme.starts_on, most=8)
    counts = {
        (str(day), area, status): n for (day, area, status), n in folded(programme, days).items()
    }
    if counts != by_hand(programme, days):
        raise SystemExit("The register and the statement by hand do not agree.")
    print(json.dumps([least(folded, programme, days), least(by_hand, programme, days)]))


if __name__ == "__main__":
    main()
