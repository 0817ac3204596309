"""The caseload: each figure of each mentor, against a recount."""

from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Agreement, Appointment, AttendanceOutcome, Membership, Pause, Role, Status
from cases.programme_names import ProgrammeNames
from cases.register import Register
from cases.tests.builders import falsify, log
from cases.tests.random_people import day, histories, last_before, people_of, register_of
from conftest import at
from overview.caseload import caseload
from overview.selection import Choice, Selection
from overview.snapshot import Snapshot

ON = date(2026, 6, 10)  # a Wednesday
MENTORS = {1: "Mette", 2: "Rashid", 3: "Åse"}


class FakeSnapshot(Snapshot):
    """A Snapshot that needs no database."""

    def __init__(
        self, people, on, met=(), planned=(), agreements=(), running=(), selection=None, stopped=()
    ):
        super().__init__(None, register_of(people), on, selection=selection)
        self.names = ProgrammeNames({}, MENTORS)
        self.last_met, self.next_appointments = dict(met), dict.fromkeys(planned)
        self.open_agreements, self.current_mentors = list(agreements), set(running)
        self.mentors = SimpleNamespace(is_without=lambda mentor: mentor in {None, *stopped})


@settings(deadline=None)
@given(
    histories,
    st.integers(0, 240),
    st.dictionaries(st.integers(1, 12), st.integers(0, 60)),
    st.sets(st.integers(1, 12)),
    st.lists(st.tuples(st.integers(1, 12), st.integers(-10, 10)), max_size=10),
    st.sets(st.sampled_from([1, 2, 3])),
    st.sets(st.sampled_from([1, 2, 3])),
)
def test_it_agrees_with_a_recount(histories, number, met, planned, agreements, running, stopped):
    running -= stopped
    on = day(number)
    people = people_of(histories)
    active = [
        p
        for p in people
        if p.enrolled_on <= on
        and last_before(p.statuses, on) not in (None, Status.COMPLETED, Status.DROPPED_OUT)
    ]
    ids = {p.id for p in active}
    rows = [
        Agreement(mentee_id=pk, due_on=on + timedelta(days=due))
        for pk, due in agreements
        if pk in ids
    ]
    met = {pk: on - timedelta(days=ago) for pk, ago in met.items() if pk in ids}
    loads = caseload(FakeSnapshot(people, on, met, planned, rows, running, stopped=stopped))

    monday = on - timedelta(days=on.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    expected = {
        p.id
        for p in active
        if all(
            p.enrolled_on <= d
            and last_before(p.statuses, d) not in (None, Status.COMPLETED, Status.DROPPED_OUT)
            and not last_before(p.pauses, d)
            for d in week
        )
    }
    counts = {load.mentor: load.counts for load in loads}
    whose = {p.id: last_before(p.mentors, on) for p in active}
    whose = {pk: None if mentor in stopped else mentor for pk, mentor in whose.items()}
    for mentor in {*whose.values(), *running}:
        theirs = [p for p in active if whose[p.id] == mentor]
        assert counts.pop(mentor) == (
            len(theirs),
            sum(bool(last_before(p.pauses, on)) for p in theirs),
            sum(p.id in expected for p in theirs),
            sum(p.id in met and met[p.id] > on - timedelta(days=28) for p in theirs),
            sum(p.id not in planned and not last_before(p.pauses, on) for p in theirs),
            sum(row.due_on < on for row in rows if whose[row.mentee_id] == mentor),
        )
    assert not counts
    assert [load.name for load in loads] == sorted(
        (load.name for load in loads), key="Mette Rashid Åse Ingen mentor".find
    )


def test_a_mentor_without_young_people_has_room_and_is_shown():
    assert [
        (load.name, load.in_progress) for load in caseload(FakeSnapshot([], ON, running=[3, 1]))
    ] == [
        ("Mette", 0),
        ("Åse", 0),
    ]


def test_of_a_selection_only_those_who_have_some_of_them():
    chosen = Selection(area=Choice("x", "X", 1))
    assert caseload(FakeSnapshot([], ON, running=[1], selection=chosen)) == []


def test_from_the_register(programme, enrol, mette, rashid, areas):
    """One of each, through the database."""
    busy = enrol("En", on=date(2026, 2, 2), mentor=mette, area=areas[0])
    paused = enrol("To", on=date(2026, 2, 2), mentor=mette)
    enrol("Tre", on=date(2026, 2, 2), status=Status.DROPPED_OUT, mentor=mette)
    enrol("Fire", on=date(2026, 2, 2))
    paused.pause(Pause.Reason.HOLIDAY, on=date(2026, 6, 1), by=mette)
    log(busy, mette, on=date(2026, 5, 14))
    log(paused, mette, on=date(2026, 5, 13))  # the 29th day back
    log(paused, mette, on=date(2026, 6, 9), outcome=AttendanceOutcome.TRIED)
    Agreement(mentee=busy, what="Ringe", agreed_on=date(2026, 6, 1), due_on=date(2026, 6, 9)).make(
        by=mette
    )
    Agreement(mentee=busy, what="Skrive", agreed_on=date(2026, 6, 1), due_on=ON).make(by=mette)
    Appointment.objects.create(mentee=busy, on=ON, recorded_by=mette, recorded_at=at(ON))
    falsify(Membership.objects.filter(user=rashid), starts_on=date(2026, 6, 11))
    register = Register.of_programme(programme)
    loads = caseload(Snapshot(programme, register, ON))
    assert [(load.name, *load.counts) for load in loads] == [
        ("Mette Sørensen", 2, 1, 1, 1, 0, 1),
        ("Ingen mentor", 1, 0, 1, 0, 1, 0),
    ]
    assert Role.MENTOR in rashid.memberships.values_list("role", flat=True)
