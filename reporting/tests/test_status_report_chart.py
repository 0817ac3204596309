"""The geometry and the SVG of the trend chart."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from reporting.charts import ABOVE, FEWEST_PLACES, PLOT, grid_step, trend_chart
from reporting.trend import Point

from .examples import REPORT_2019, quarters

NINE = quarters((3, 0), (5, 2), (9, 9), (15, 10), (21, 11), (29, 12), (30, 13), (33, 30), (38, 31))


def chart_of(*pairs, goal=30, target=40):
    return trend_chart(quarters(*pairs), goal, target)


def percent(text):
    return float(text.removesuffix("%"))


def test_heights_are_in_proportion():
    chart = chart_of((20, 10), (40, 20), (40, 40))
    assert [column.height for column in chart.columns] == [PLOT / 2, PLOT, PLOT]
    assert [column.goal_height for column in chart.columns] == [PLOT / 4, PLOT / 2, PLOT]
    assert chart.goal_y == ABOVE + PLOT / 4


def test_columns_stand_side_by_side_inside_the_chart():
    chart = trend_chart(NINE, 30, 40)
    edges = [
        (percent(column.x), percent(column.x) + percent(column.width)) for column in chart.columns
    ]
    assert edges[0][0] > 0 and edges[-1][1] < 100
    assert all(left[1] < right[0] for left, right in pairwise(edges))


def test_a_single_column_is_a_third_of_the_width_at_most():
    (column,) = chart_of((5, 1)).columns
    assert percent(column.width) < 100 / FEWEST_PLACES


def test_no_points_no_chart():
    assert trend_chart((), 30, 40) is None


def test_more_than_the_target_still_fits():
    chart = chart_of((10, 2), (80, 60))
    assert chart.columns[1].top == ABOVE


def test_every_label_is_a_date_the_last_one_too():
    labels = [
        [words for _, words in column.label] for column in chart_of((1, 0), (2, 1), (3, 1)).columns
    ]
    assert labels == [["1. sep", "2018"], ["1. dec"], ["1. mar", "2019"]]


def test_many_columns_stack_day_and_month():
    chart = trend_chart(NINE, 30, 40)
    assert [words for _, words in chart.columns[0].label] == ["1.", "mar", "2017"]
    assert [words for _, words in chart.columns[-1].label] == ["1.", "mar", "2019"]
    assert max(y for column in chart.columns for y, _ in column.label) < chart.height


def test_numbers_lie_neither_on_one_another_nor_outside():
    pairs = [(enrolled, in_goal) for enrolled in range(46) for in_goal in range(enrolled + 1)]
    for enrolled, in_goal in pairs:
        chart = trend_chart([Point(date(2019, 3, 1), enrolled, in_goal)], 30, 40)
        (column,) = chart.columns
        assert 12 <= column.enrolled.y <= column.in_goal.y - 13, (enrolled, in_goal)
        assert column.in_goal.y <= chart.base
        if column.in_goal.in_dark_part:
            assert column.in_goal.y - 12 >= column.goal_top, (enrolled, in_goal)


def test_the_goals_label_keeps_clear_of_the_columns():
    assert not chart_of((11, 2), (19, 6), (26, 10)).goal_label_at_end  # low columns on the left
    assert chart_of((38, 2), (19, 6), (12, 10)).goal_label_at_end
    tall = chart_of((38, 2), (38, 6), (38, 10))
    assert tall.goal_label_y < ABOVE


@pytest.mark.parametrize(
    ("most", "step"), [(1, 1), (4, 1), (8, 2), (26, 10), (40, 10), (41, 20), (1000, 500)]
)
def test_the_grid_has_four_lines_at_most(most, step):
    assert grid_step(most) == step


def test_the_title_says_all_of_it():
    assert trend_chart(REPORT_2019.trend, 30, 40).title == (
        "Unge i uddannelse eller arbejde af alle indskrevne: 2 af 11 pr. 1. september 2018, "
        "6 af 19 pr. 1. december 2018, 10 af 26 pr. 1. marts 2019. Målet er 30 af 40."
    )


def test_the_drawing_has_whole_numbers_literal_colours_and_no_styles():
    context = {"points": NINE, "goal": 30, "target": 40, "goals": (), "ident": "her"}
    svg = render_to_string("reporting/_trend_chart.html", context)
    assert 'aria-labelledby="her"' in svg and '<title id="her">' in svg
    assert "style=" not in svg
    assert not re.search(r'"\d+,\d+', svg)  # a Danish template would write 12.5 as 12,5
    for shape in re.findall(r"<(?:rect|text|line)[^>]*>", svg):
        assert re.search(r' (fill|stroke)="#[0-9a-f]{6}"', shape)
        assert " class=" in shape
