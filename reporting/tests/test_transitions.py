"""Transitions: everybody has one status before and one after, and the counts add up."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Status
from cases.tests.random_people import day, histories, last_before, people_of, person, register_of
from reporting.transitions import NEW, transitions_between

BEFORE, ON = date(2026, 3, 1), date(2026, 6, 1)


def moves(*histories):
    result = transitions_between(register_of(people_of(histories)), BEFORE, ON)
    return [(move.before, move.after, move.count) for move in result.moves], result.unchanged


def test_somebody_who_moved_and_somebody_who_stayed():
    moved = (0, True, [(100, 4)], [], [])  # the Ungecenter from 1 January, work from 11 April
    stayed = (0, True, [], [], [])
    assert moves(moved, stayed) == ([(Status.YOUTH_CENTRE, Status.WORK, 1)], 1)


def test_there_and_back_is_unchanged():
    assert moves((0, True, [(80, 4), (100, 2)], [], [])) == ([], 1)


def test_a_newcomer_is_new_whatever_the_status():
    assert moves((100, True, [], [], [])) == ([(NEW, Status.YOUTH_CENTRE, 1)], 0)


def test_somebody_without_a_status_is_not_new():
    assert moves((0, False, [(100, 4)], [], [])) == ([(None, Status.WORK, 1)], 0)
    assert moves((100, False, [], [], [])) == ([(NEW, None, 1)], 0)


def test_the_largest_first_then_the_order_of_2019():
    to_work, to_school = (0, True, [(100, 4)], [], []), (0, True, [(100, 0)], [], [])
    new = (100, True, [], [], [])
    assert [pair[:2] for pair in moves(to_work, to_school, new, to_work)[0]] == [
        (Status.YOUTH_CENTRE, Status.WORK),
        (NEW, Status.YOUTH_CENTRE),
        (Status.YOUTH_CENTRE, Status.SCHOOL),
    ]


def test_who_is_not_enrolled_yet_is_nowhere():
    assert not transitions_between(
        register_of([person(1, (200, True, [], [], []))]), day(10), day(100)
    ).moves


@settings(deadline=None)
@given(histories, st.integers(0, 250), st.integers(1, 120))
def test_it_agrees_with_a_count_one_by_one(histories, first, later):
    before, on = day(first), day(first + later)
    people = people_of(histories)
    places = Counter()
    for someone in people:
        if someone.enrolled_on > on:
            continue
        then = (
            last_before(someone.statuses, before) if someone.enrolled_on <= before else "not here"
        )
        places[then, last_before(someone.statuses, on)] += 1
    result = transitions_between(register_of(people), before, on)
    counted = {
        ("not here" if m.before is NEW else m.before, m.after): m.count for m in result.moves
    }
    assert counted == {pair: n for pair, n in places.items() if pair[0] != pair[1]}
    assert result.unchanged == sum(n for pair, n in places.items() if pair[0] == pair[1])
    assert result.moved + result.unchanged == sum(p.enrolled_on <= on for p in people)
    names = [p.id for move in result.moves for p in move.people]
    assert len(names) == len(set(names))
