"""The forecast, the distance to the goal and the pace that reaches it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Agreement, Status
from cases.tests.random_people import day, histories, last_before, people_of, register_of
from overview.forecast import forecast, pace_needed, whole_months
from overview.sentences import distance_to_goal, forecast_line, pace_so_far
from reporting.status_report import Goal

GOAL = frozenset({"education", "work", "completed"})
ON = date(2026, 6, 1)
Kind = Agreement.Kind
LEADS_TO = {
    Kind.EDUCATION: "education",
    Kind.JOB: "work",
    Kind.INTERNSHIP: "internship",
    Kind.STEP: None,
}


def agreed(mentee, kind=Kind.JOB, due_on=ON):
    return Agreement(mentee_id=mentee, kind=kind, what="Noget", due_on=due_on)


def in_all(agreements, *statuses, goal=GOAL):
    """(in the goal, those on their way) of people with these statuses from 1 January."""
    people = people_of(
        [(0, False, [(0, list(Status).index(status))], [], []) for status in statuses]
    )
    result = forecast(register_of(people), agreements, ON, goal)
    return result.in_goal, [start.person.id for start in result.starts]


def test_a_start_that_leads_to_the_goal_counts():
    assert in_all([agreed(1)], Status.AGREEMENT) == (0, [1])


def test_a_start_on_the_day_itself_is_still_to_come_and_one_before_it_is_not():
    assert in_all([agreed(1, due_on=ON)], Status.AGREEMENT) == (0, [1])
    assert in_all([agreed(1, due_on=ON - timedelta(days=1))], Status.AGREEMENT) == (0, [])


def test_a_step_and_an_internship_lead_nowhere_near():
    assert in_all([agreed(1, Kind.STEP), agreed(1, Kind.INTERNSHIP)], Status.AGREEMENT) == (0, [])


def test_where_an_internship_counts_it_does():
    assert in_all([agreed(1, Kind.INTERNSHIP)], Status.AGREEMENT, goal=GOAL | {"internship"}) == (
        0,
        [1],
    )


def test_who_is_in_the_goal_is_not_counted_again():
    assert in_all([agreed(1)], Status.EDUCATION) == (1, [])


def test_who_dropped_out_is_not_on_the_way():
    assert in_all([agreed(1)], Status.DROPPED_OUT) == (0, [])


def test_two_agreements_are_one_person_with_the_first():
    later, sooner = (
        agreed(1, due_on=ON + timedelta(days=30)),
        agreed(1, Kind.EDUCATION, ON + timedelta(days=3)),
    )
    people = people_of([(0, True, [], [], [])])
    assert [
        start.agreement for start in forecast(register_of(people), [later, sooner], ON, GOAL).starts
    ] == [sooner]


def test_the_sentence():
    people = [Status.WORK] * 10 + [Status.AGREEMENT] * 4
    histories = [(0, False, [(0, list(Status).index(status))], [], []) for status in people]
    register = register_of(people_of(histories))

    def line(*numbers):
        return forecast_line(forecast(register, [agreed(n) for n in numbers], ON, GOAL))

    assert line(11, 12, 13, 14) == "10 i mål, 4 på vej med en aftale: 14 hvis aftalerne holder."
    assert line(11).endswith("1 på vej med en aftale: 11 hvis aftalen holder.")
    assert line() == "10 i mål. Ingen har aftalt en start, der fører i mål."


agreements = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from(list(Kind)), st.integers(-20, 40)), max_size=20
)


@settings(deadline=None)
@given(
    histories, agreements, st.integers(0, 200), st.sets(st.sampled_from(Status.values), min_size=1)
)
def test_it_agrees_with_a_count_one_by_one(histories, agreements, number, goal):
    on = day(number)
    people = people_of(histories)
    rows = [
        agreed(who % (len(histories) or 1) + 1, kind, on + timedelta(days=due))
        for who, kind, due in agreements
    ]
    result = forecast(register_of(people), rows, on, goal)
    reached, first_days = 0, {}
    for someone in (p for p in people if p.enrolled_on <= on):
        status = last_before(someone.statuses, on)
        if status in goal:
            reached += 1
        elif status not in (None, "completed", "dropped_out"):
            days = [
                r.due_on
                for r in rows
                if r.mentee_id == someone.id and r.due_on >= on and LEADS_TO[r.kind] in goal
            ]
            if days:
                first_days[someone.id] = min(days)
    assert result.in_goal == reached
    assert {start.person.id: start.due_on for start in result.starts} == first_days
    assert result.total == reached + len(first_days) == result.in_goal + len(result.starts)
    assert [start.due_on for start in result.starts] == sorted(first_days.values())


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(1, 120))
def test_the_pace_arrives_in_time_and_no_slower_one_does(missing, months):
    many, every = pace_needed(missing, months)

    def arrived(many, every):
        return sum(many for month in range(1, months + 1) if month % every == 0)

    assert arrived(many, every) >= missing
    slower = (many - 1, 1) if many > 1 else (1, every + 1)
    assert arrived(*slower) < missing


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(0, 1500))
def test_whole_months_agree_with_counting_them(first, days):
    last = first + timedelta(days=days)
    months, month = 0, first.replace(day=1)
    while True:
        month = (month + timedelta(days=32)).replace(day=1)
        end_of_month = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if month.replace(day=min(first.day, end_of_month.day)) > last:
            break
        months += 1
    assert whole_months(first, last) == months


def goal(count, of=30):
    return Goal((), count, of, 40, ())


@pytest.mark.parametrize(
    ("goal", "ends_on", "sentence"),
    [
        (
            goal(14),
            date(2026, 12, 31),
            "Der mangler 16. Med 3 om måneden nås målet inden 31. december 2026.",
        ),
        (
            goal(28),
            date(2026, 12, 31),
            "Der mangler 2. Med 1 hver 3. måned nås målet inden 31. december 2026.",
        ),
        (
            goal(26),
            date(2026, 12, 31),
            "Der mangler 4. Med 1 om måneden nås målet inden 31. december 2026.",
        ),
        (goal(29), date(2026, 6, 20), "Der mangler 1, og indsatsen slutter 20. juni 2026."),
        (goal(29), date(2026, 5, 31), "Der mangler 1. Indsatsen sluttede 31. maj 2026."),
        (
            goal(29),
            None,
            "Der mangler 1. Indsatsen har ingen slutdato, så der kan ikke regnes et tempo ud.",
        ),
        (goal(31), None, "Målet er nået."),
    ],
)
def test_the_distance_in_words(goal, ends_on, sentence):
    assert distance_to_goal(goal, ON, ends_on) == sentence


def test_the_pace_so_far_in_words():
    before = date(2026, 3, 1)
    assert (
        pace_so_far(4, before, ON) == "Siden 1. marts 2026 er 4 flere kommet i mål: 1,3 om måneden."
    )
    assert pace_so_far(0, before, ON) == "Siden 1. marts 2026 er tallet det samme."
    assert pace_so_far(-2, before, ON) == "Siden 1. marts 2026 er 2 færre i mål."
