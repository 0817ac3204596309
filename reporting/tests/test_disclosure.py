"""What the open edition may print, rule by rule, and what a reader who knows the rule can infer."""

import random
from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reporting import disclosure
from reporting.disclosure import (
    Areas,
    Groups,
    areas_with_a_line,
    finest,
    is_small,
    is_small_remainder,
    may_show,
    may_split,
)

T = 5
GOAL, WAY, OUT = frozenset("gh"), frozenset("wxz"), frozenset("o")
SPLITS = [(GOAL, WAY | OUT), (GOAL, WAY, OUT)]


def groups(goal, way, out, before=(), threshold=T, splits=SPLITS, never_alone=frozenset("z")):
    """Return the printed counts of so many in the goal, on the way and out; () if none."""
    counts = {GOAL: goal, WAY: way, OUT: out}

    def groups_of(split):
        return Groups(
            split[0], {who: sum(n for part, n in counts.items() if part <= who) for who in split}
        )

    shown = finest(splits, groups_of, before, threshold, never_alone)
    return tuple(shown.lines.values()) if shown else ()


def printed_groups(goal, *others):
    return Groups(
        GOAL,
        dict(
            zip(
                [GOAL, WAY, OUT] if len(others) == 2 else [GOAL, WAY | OUT],
                [goal, *others],
                strict=True,
            )
        ),
    )


def areas(*counts, elsewhere=0, before=(), threshold=T):
    """Return ({area: count}, rest) as printed; None without a table."""
    named = dict(zip("abcdefgh", counts, strict=False))
    shown = areas_with_a_line(named, sum(counts) + elsewhere, before, threshold)
    return shown and (dict(shown.own), shown.rest)


# --- small, short, a whole and its parts ---


@pytest.mark.parametrize(
    ("number", "small"),
    [(0, False), (1, True), (4, True), (5, False), (-1, True), (-4, True), (-5, False)],
)
def test_small_is_somebody_but_fewer_than_the_threshold(number, small):
    assert is_small(number, T) is small


@pytest.mark.parametrize(
    ("apart", "short"), [(0, False), (1, True), (4, True), (5, False), (-1, True), (-9, True)]
)
def test_less_than_nothing_is_short(apart, short):
    assert is_small_remainder(apart, T) is short


def test_a_whole_is_shown_when_it_has_room_for_two():
    assert not may_show(9, T) and may_show(10, T)
    assert may_split([5, 5], T) and may_split([10, 0], T)
    assert not may_split([5, 4], T) and not may_split([16, 4], T) and not may_split([9, 0], T)


# --- groups ---


def test_the_groups_of_2019():
    assert groups(10, 16, 0) == (10, 16, 0)


def test_few_who_dropped_out_are_merged_with_those_on_the_way():
    assert groups(10, 16, 4) == (10, 20)
    assert groups(10, 16, 5) == (10, 16, 5)
    assert groups(10, 4, 16) == (10, 20)


def test_two_groups_that_are_together_too_few_stay_merged_even_when_one_is_empty():
    """On the way 9 and frafald 0 is printed as 9: else merging would mean a frafald of 1-4."""
    assert groups(10, 9, 0) == (10, 9)
    assert groups(10, 10, 0) == (10, 10, 0)


def test_a_small_goal_figure_or_a_small_remainder_is_not_shown():
    assert groups(4, 20, 0) == ()
    assert groups(20, 4, 0) == ()
    assert groups(0, 20, 0) == (0, 20, 0)
    assert groups(20, 0, 0) == (20, 0)


def test_no_number_is_about_clarification_alone():
    alone = frozenset("z")
    assert groups(20, 10, 10, never_alone=WAY) == (20, 20)
    assert groups(20, 10, 10, splits=[(GOAL, WAY)], never_alone=WAY) == ()
    assert groups(20, 10, 10, splits=[(alone, GOAL | WAY | OUT)], never_alone=alone) == ()


def test_the_change_of_the_whole_programme_is_public():
    assert groups(11, 16, 0, [printed_groups(10, 16, 0)]) == (11, 16, 0)
    assert groups(10, 17, 0, [printed_groups(10, 16)]) == (10, 17, 0)


def test_the_change_of_a_smaller_group_is_not():
    assert groups(10, 15, 6, [printed_groups(10, 16, 5)]) == (10, 21)
    assert groups(10, 17, 0, [printed_groups(10, 16, 0)]) == (10, 17)
    assert groups(10, 11, 10, [printed_groups(10, 16, 5)]) == (10, 11, 10)
    assert groups(10, 21, 5, [printed_groups(10, 16, 5)]) == (10, 21, 5)


def test_all_editions_before_count_not_only_the_last():
    assert groups(10, 16, 6, [printed_groups(10, 16, 5), printed_groups(10, 16)]) == (10, 22)


def with_another_goal(more, count, rest, before=(), never_alone=frozenset()):
    """Return what is printed for the goal `more`: (goal, rest), or ()."""
    everybody = GOAL | WAY | OUT
    shown = finest(
        [(more, everybody - more)],
        lambda split: Groups(more, {more: count, everybody - more: rest}),
        before,
        T,
        never_alone,
    )
    return tuple(shown.lines.values()) if shown else ()


def test_another_goal_must_not_be_subtracted_to_a_few():
    before = [printed_groups(10, 16)]
    assert with_another_goal(GOAL | {"w"}, 13, 13, before) == ()
    assert with_another_goal(GOAL | {"w"}, 15, 11, before) == (15, 11)
    assert with_another_goal(GOAL | {"w"}, 10, 16, before) == (10, 16)
    assert with_another_goal(GOAL - {"g"}, 7, 19, before) == ()
    assert with_another_goal(GOAL | {"w"}, 15, 11, before, never_alone=frozenset("w")) == ()


def test_goals_that_cross_are_not_shown_one_after_the_other():
    """10 of {g, h}, then of {h, w}, then of {g, w}: three sums solve to the three counts."""
    assert with_another_goal(frozenset("hw"), 16, 10, [printed_groups(10, 16)]) == ()


def test_a_group_printed_before_is_taken_from_what_another_goal_leaves():
    """10 in the goal, 8 on the way, 8 out; a wider goal leaves 10, 8 of them known to be out."""
    assert with_another_goal(GOAL | {"w"}, 16, 10, [printed_groups(10, 8, 8)]) == ()
    assert with_another_goal(GOAL | {"w"}, 16, 10, [printed_groups(10, 16)]) == (16, 10)


# --- areas ---


def test_the_areas_of_2019():
    assert areas(10, 9, 7, 0) == ({"a": 10, "b": 9, "c": 7, "d": 0}, 0)


def test_small_areas_are_merged_and_empty_ones_with_them():
    assert areas(10, 9, 4, 3) == ({"a": 10, "b": 9}, 7)
    assert areas(10, 9, 5, 0, elsewhere=5) == ({"a": 10, "b": 9, "c": 5}, 5)


def test_a_small_rest_takes_the_last_area_in():
    assert areas(10, 9, 7, 1) == ({"a": 10, "b": 9}, 8)
    assert areas(7, 9, 10, elsewhere=2) == ({"a": 7, "b": 9}, 12)
    assert areas(10, 1) is None


def test_one_area_with_everybody():
    assert areas(26, 0, 0) == ({"a": 26, "b": 0, "c": 0}, 0)


def test_too_few_or_no_areas_no_table():
    assert areas(9) is None
    assert areas(elsewhere=30) is None
    assert areas(4, 4, 4) is None


def test_an_area_that_changed_by_few_is_merged():
    before = [Areas(26, {"a": 10, "b": 9, "c": 7})]
    assert areas(10, 9, 7, before=before) == ({"a": 10, "b": 9, "c": 7}, 0)
    assert areas(10, 10, 6, before=before) == ({"a": 10}, 16)
    assert (
        areas(10, 9, 8, before=before) is None
    )  # 27, one more than 26: wherever the line is drawn, it shows
    assert areas(10, 9, 12, before=before) == ({"a": 10, "b": 9, "c": 12}, 0)


def test_an_area_printed_before_is_taken_from_the_rest():
    """b was 9; of the 12 who now live outside a, 3 are then in c. So a has no line either."""
    before = [Areas(30, {"b": 9})]
    assert areas(18, 9, 3, before=before) is None
    assert areas(14, 9, 7, before=before) == ({"a": 14, "b": 9, "c": 7}, 0)


def test_areas_printed_in_different_editions_are_taken_together():
    before = [Areas(30, {"a": 10}), Areas(30, {"b": 8})]
    assert areas(11, 9, 10, 0, before=before) is None  # the rest of 20, less 10 and 8: 2 in d
    assert areas(11, 9, 7, elsewhere=5, before=before) == ({"c": 7}, 25)


COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=6)
THRESHOLDS = st.integers(3, 8)


@given(COUNTS, st.integers(0, 20), THRESHOLDS)
def test_every_line_and_the_rest_is_nobody_or_enough(counts, elsewhere, threshold):
    shown = areas(*counts, elsewhere=elsewhere, threshold=threshold)
    if shown:
        own, rest = shown
        assert all(not is_small(count, threshold) for count in [*own.values(), rest])
        assert sum(own.values()) + rest == sum(counts) + elsewhere
        assert all(
            own[name] == count for name, count in zip("abcdef", counts, strict=False) if name in own
        )
        assert not rest or all(own.values())


@given(COUNTS, st.integers(0, 20), THRESHOLDS)
def test_the_same_register_prints_the_same_again(counts, elsewhere, threshold):
    shown = areas(*counts, elsewhere=elsewhere, threshold=threshold)
    before = [Areas(sum(counts) + elsewhere, shown[0])] if shown else []
    assert areas(*counts, elsewhere=elsewhere, threshold=threshold, before=before) == shown


@example([10, 9, 1], [11, 9], 0, 5)
@given(COUNTS, COUNTS, st.integers(0, 20), THRESHOLDS)
def test_editions_before_take_lines_away_and_give_none(counts, former, elsewhere, threshold):
    earlier = areas_with_a_line(
        dict(zip("abcdef", former, strict=False)), sum(former), (), threshold
    )
    free = areas(*counts, elsewhere=elsewhere, threshold=threshold)
    held = areas(
        *counts, elsewhere=elsewhere, threshold=threshold, before=[earlier] if earlier else []
    )
    assert held is None or held[0].items() <= free[0].items()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), THRESHOLDS)
def test_every_group_is_nobody_or_enough(goal, way, out, threshold):
    shown = groups(goal, way, out, threshold=threshold)
    assert all(not is_small(count, threshold) for count in shown)
    assert not shown or sum(shown) == goal + way + out


@given(COUNTS, st.integers(0, 20), st.data())
def test_people_who_swap_places_inside_the_rest_do_not_change_the_print(counts, elsewhere, data):
    """Metamorphic: which of two small areas somebody lives in is not revealed."""
    shown = areas(*counts, elsewhere=elsewhere)
    small = [n for n, count in enumerate(counts) if 0 < count < T]
    if shown and small:
        one = data.draw(st.sampled_from(small))
        moved = [count - (n == one) for n, count in enumerate(counts)]
        again = areas(*moved, elsewhere=elsewhere + 1)
        if len(small) > 1 or elsewhere >= T:
            assert again == shown


# --- whoever knows the rule ---


def fewest_values(prints, parts, threshold):
    """Return how few values a small count, or a sum of several, can have to a reader.

    `prints`: {table of `parts` counts: what is printed of it}; tables printed alike cannot be told
    apart.
    """
    same = defaultdict(list)
    for table, shown in prints.items():
        same[shown].append(table)
    sums = [some for size in range(1, parts) for some in combinations(range(parts), size)]
    values = [
        {sum(table[n] for n in some) for table in tables}
        for tables in same.values()
        for some in sums
    ]
    return min(len(some) for some in values if any(is_small(value, threshold) for value in some))


def prints_of_groups(threshold, before=(), least=1):
    tables = [
        table
        for table in product(range(5 * threshold + 1), repeat=3)
        if least <= sum(table) <= 5 * threshold
    ]
    return {
        table: (sum(table), groups(*table, threshold=threshold, before=before))
        if disclosure.may_show(sum(table), threshold)
        else None
        for table in tables
    }


def prints_of_areas(threshold, most, before=()):
    prints = {}
    least = max([2 * threshold, *(earlier.total for earlier in before)])
    for *named, elsewhere in product(range(most + 1), repeat=4):
        if least <= (total := sum(named) + elsewhere) <= most:
            shown = areas(*named, elsewhere=elsewhere, threshold=threshold, before=before)
            prints[*named, elsewhere] = total, shown and (tuple(shown[0].items()), shown[1])
    return prints


@pytest.mark.parametrize("threshold", [3, 4, 5])
def test_who_knows_the_rule_is_left_with_enough_groups(threshold):
    assert fewest_values(prints_of_groups(threshold), 3, threshold) >= threshold


@pytest.mark.parametrize(("threshold", "most"), [(3, 17), (4, 20)])
def test_who_knows_the_rule_is_left_with_enough_areas(threshold, most):
    assert fewest_values(prints_of_areas(threshold, most), 4, threshold) >= threshold


def test_who_knows_the_rule_is_left_with_enough_groups_in_a_second_edition():
    """A second edition depends on what the first printed only: a sample of those."""
    first = sorted({shown for _, shown in filter(None, prints_of_groups(3).values()) if shown})
    for shown in random.Random(3).sample(first, 12):  # noqa: S311 (no secret)
        before = [Groups(GOAL, dict(zip(SPLITS[len(shown) - 2], shown, strict=True)))]
        assert fewest_values(prints_of_groups(3, before, least=sum(shown)), 3, 3) >= 3


def test_who_knows_the_rule_is_left_with_enough_areas_in_a_second_edition():
    first = sorted({(total, shown[0]) for total, shown in prints_of_areas(3, 12).values() if shown})
    for total, own in random.Random(3).sample(first, 12):  # noqa: S311 (no secret)
        assert fewest_values(prints_of_areas(3, 13, [Areas(total, dict(own))]), 4, 3) >= 3


def test_a_whole_of_one_threshold_would_tell_him(monkeypatch):
    monkeypatch.setattr(disclosure, "may_show", lambda total, threshold: total >= threshold)
    assert fewest_values(prints_of_groups(4), 3, 4) < 4


def test_empty_areas_beside_a_rest_would_tell_him(monkeypatch):
    def with_all_the_empty(own, counts, total):
        return Areas(
            total, {name: count for name, count in counts.items() if name in own or not count}
        )

    monkeypatch.setattr(disclosure, "with_empty_areas", with_all_the_empty)
    assert fewest_values(prints_of_areas(3, 14), 4, 3) < 3
