"""As-of queries computed in three independent ways that must agree.

`as_of` in SQL, `Register` in Python, and a brute force over every record.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import (
    HousingArea,
    Match,
    Mentee,
    Pause,
    Programme,
    Residence,
    Status,
    StatusChange,
)
from cases.register import Register
from cases.tests import in_sql

DAY_0 = date(2026, 1, 1)
MOMENT_0 = datetime(2026, 1, 1, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))

days = st.integers(0, 5)  # few, so that many facts share a day
moments = st.integers(0, 7)
facts = st.tuples(
    days,
    moments,
    st.one_of(st.none(), moments),
    st.sampled_from(["status", "area", "mentor", "paused"]),
    st.integers(0, 8),
)
histories = st.lists(st.tuples(days, st.lists(facts, max_size=8)), min_size=1, max_size=4)


def day(n):
    return DAY_0 + timedelta(days=n)


def moment(n):
    return MOMENT_0 + timedelta(days=n)


def value_of(kind, n, areas, users):
    return {
        "status": list(Status)[n],
        "area": [*areas, None][n % 4],
        "mentor": [*users, None][n % 3],
        "paused": n % 2 == 0,
    }[kind]


class BruteForce:
    """The history as tuples in the order of recording; every query reads all of them."""

    def __init__(self):
        self.enrolled = {}
        self.log = []

    def record(self, mentee, kind, since, recorded, withdrawn, value):
        self.log.append((mentee, kind, since, recorded, withdrawn, value))

    def value_on(self, mentee, kind, on, known):
        result, best = None, None
        for number, (pk, fact_kind, since, recorded, withdrawn, value) in enumerate(self.log):
            if pk != mentee or fact_kind != kind or since > on:
                continue
            if known is not None and recorded > known:
                continue
            if withdrawn is not None and (known is None or withdrawn <= known):
                continue
            if best is None or (since, recorded, number) > best:
                result, best = value, (since, recorded, number)
        return result


def create_history(history):
    programme = Programme.objects.create(name="P", slug="p", starts_on=DAY_0)
    users = [User.objects.create_user(f"{n}@example.dk", name=f"Mentor {n}") for n in range(2)]
    areas = [
        HousingArea.objects.create(programme=programme, name=n, position=i)
        for i, n in enumerate("ABC")
    ]
    brute = BruteForce()
    for number, (enrolled, changes) in enumerate(history):
        mentee = Mentee.objects.create(
            programme=programme,
            name=f"Ung {number}",
            born_on=date(2006, 1, 1),
            gender="male",
            enrolled_on=day(enrolled),
            recorded_at=moment(enrolled),
            recorded_by=users[0],
        )
        brute.enrolled[mentee.pk] = (day(enrolled), moment(enrolled))
        changes = [(0, 0, None, "status", 0), *changes]
        for since, recorded, withdrawn, kind, n in changes:
            since, recorded = enrolled + since, enrolled + recorded
            withdrawn = None if withdrawn is None else recorded + withdrawn
            value = value_of(kind, n, areas, users)
            model, field = {
                "status": (StatusChange, "status"),
                "area": (Residence, "area"),
                "mentor": (Match, "mentor"),
                "paused": (Pause, "paused"),
            }[kind]
            model.objects.create(
                mentee=mentee,
                effective_on=day(since),
                recorded_at=moment(recorded),
                recorded_by=users[0],
                withdrawn_at=None if withdrawn is None else moment(withdrawn),
                withdrawn_by=None if withdrawn is None else users[0],
                withdrawn_reason="" if withdrawn is None else "Forkert",
                **{field: value},
            )
            plain = getattr(value, "pk", value)
            brute.record(
                mentee.pk,
                kind,
                day(since),
                moment(recorded),
                None if withdrawn is None else moment(withdrawn),
                plain,
            )
    return programme, brute


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories, on=st.integers(0, 12), known=st.one_of(st.none(), st.integers(0, 20)))
def test_as_of_register_and_brute_force_agree(db, history, on, known):
    with transaction.atomic():
        programme, brute = create_history(history)
        on_day, known_at = day(on), None if known is None else moment(known)
        register = Register.of_programme(programme, known_at)
        people = {person.id: person for person in register.people}
        rows = {
            m.pk: m
            for m in in_sql.as_of(
                in_sql.enrolled(programme.mentees, on_day, known_at), on_day, known_at
            )
        }
        expected_pks = {
            pk
            for pk, (since, recorded) in brute.enrolled.items()
            if since <= on_day and (known is None or recorded <= known_at)
        }
        assert {person.id for person in register.enrolled(on_day)} == set(rows) == expected_pks
        for pk, row in rows.items():
            person = people[pk]
            expected = [
                brute.value_on(pk, kind, on_day, known_at)
                for kind in ("status", "area", "mentor", "paused")
            ]
            assert [row.status, row.area_id, row.mentor_id, row.paused] == expected
            folded = [person.statuses, person.areas, person.mentors, person.pauses]
            assert [timeline.on(on_day) for timeline in folded] == expected
        counted = {status: 0 for status in Status}
        for pk in expected_pks:
            status = brute.value_on(pk, "status", on_day, known_at)
            if status is not None:
                counted[status] += 1
        assert register.statuses(on_day) == counted
        transaction.set_rollback(True)
