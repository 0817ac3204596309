"""The geometry of the trend chart: for each day a column of all enrolled, its dark foot those in the goal.

Pure: points in, whole pixels and percentages of the width out; templates/reporting/_trend_chart.html draws them. Widths
are percentages, so that the letters keep their size from a phone to paper. Values are ready strings or whole numbers,
because a Danish template writes 12.5 as 12,5.
"""

from dataclasses import dataclass
from typing import NamedTuple

from web.dates import long_date, short_date

PLOT = 132  # px from the base line to the highest value
ABOVE = 32  # px above it, for the numbers of a column that reaches the top
LINE = 15  # px from one line of text to the next
ROOM = 19  # px a part of a column needs, to hold its number
MOST_WITH_LONG_LABELS = 6  # columns; more of them stack day and month
FEWEST_PLACES = 3  # so that a single column is not as wide as the page


class Number(NamedTuple):
    """A number on a column: where its foot stands, and on what ground."""

    words: int
    y: int
    on: str  # "all": the light part or the paper · "in": the dark part


@dataclass(frozen=True)
class Column:
    """One day: x, width and middle in percent of the chart's width, the rest in px from its top."""

    x: str
    width: str
    middle: str
    top: int  # of all enrolled
    goal_top: int  # of those in the goal
    base: int
    enrolled: Number
    in_goal: Number
    label: tuple[tuple[int, str], ...]  # (y, words), a line each
    is_last: bool

    @property
    def height(self):
        return self.base - self.top

    @property
    def goal_height(self):
        return self.base - self.goal_top


@dataclass(frozen=True)
class Chart:
    """The trend chart; `title` says all of it in words. The height is in px."""

    title: str
    height: int
    base: int
    grid: tuple[int, ...]
    goal: int
    goal_y: int
    goal_label_y: int
    goal_label_at_end: bool  # at the right end of the line, where the columns on the left reach it
    columns: tuple[Column, ...]


def trend_chart(points, goal, target):
    """The Chart of the Points, the goal and the target; None when there is no point to draw."""
    points = tuple(points)
    if not points:
        return None
    most = max(target, goal, *(point.enrolled for point in points), 1)
    base = ABOVE + PLOT

    def y(value):
        return base - round(value * PLOT / most)

    places, goal_y = max(len(points), FEWEST_PLACES), y(goal)
    labels = labels_of([point.on for point in points])
    columns = tuple(
        column_of(point, n, places, y, goal_y, base, label, is_last=n == len(points) - 1)
        for n, (point, label) in enumerate(zip(points, labels, strict=True))
    )
    label_y, at_end = goal_label(columns, goal_y, places)
    return Chart(
        title=in_words(points, goal, target),
        height=base + LINE * max(len(label) for label in labels) + 6,
        base=base,
        grid=tuple(y(value) for value in range(0, most + 1, grid_step(most)) if value != goal),
        goal=goal,
        goal_y=goal_y,
        goal_label_y=label_y,
        goal_label_at_end=at_end,
        columns=columns,
    )


def column_of(point, n, places, y, goal_y, base, label, is_last):
    """The Column of a Point in the n-th of so many places; `y` turns a number of people into px."""
    step = 100 / places
    width = 0.7 * step
    middle = (n + 0.5) * step
    enrolled, in_goal = numbers_of(point, y(point.enrolled), y(point.in_goal), goal_y, base)
    return Column(
        x=f"{middle - width / 2:.2f}%",
        width=f"{width:.2f}%",
        middle=f"{middle:.2f}%",
        top=y(point.enrolled),
        goal_top=y(point.in_goal),
        base=base,
        enrolled=enrolled,
        in_goal=in_goal,
        label=tuple((base + 2 + LINE * line, words) for line, words in enumerate(label, start=1)),
        is_last=is_last,
    )


def numbers_of(point, top, goal_top, goal_y, base):
    """The two Numbers of a column: each in its own part where there is room, else above the column."""
    light, dark = goal_top - top, base - goal_top
    if dark >= ROOM:
        in_goal = Number(point.in_goal, clear_of(goal_y, goal_top + 15, goal_y + 14), "in")
        lowest = goal_top - 4
    elif light >= ROOM:
        in_goal = Number(point.in_goal, clear_of(goal_y, goal_top - 4, goal_y - 5), "all")
        lowest = in_goal.y - ROOM
    else:
        in_goal = Number(point.in_goal, clear_of(goal_y, top - 5, goal_y - 5), "all")
        above = in_goal.y - LINE
        return Number(
            point.enrolled, clear_of(goal_y, above, min(above, goal_y - 5)), "all"
        ), in_goal
    inside = [y for y in (top + 15, goal_y + 14) if top + 15 <= y <= lowest]
    return Number(point.enrolled, clear_of(goal_y, *inside, top - 5, goal_y - 5), "all"), in_goal


def clear_of(goal_y, *feet):
    """The first of the places for a number's foot where the goal's line does not cross it; else the last."""
    return next((y for y in feet if not y - 12 < goal_y < y + 3), feet[-1])


def goal_label(columns, goal_y, places):
    """(y, whether at the right end) of the goal's label: on its line beside the columns, else above everything."""

    def reach(some):
        return min((min(column.top, column.enrolled.y - 12) for column in some), default=goal_y + 1)

    ends = 1 if places <= MOST_WITH_LONG_LABELS else 2
    if reach(columns[:ends]) > goal_y:
        return goal_y - 5, False
    if len(columns) < places or reach(columns[-ends:]) > goal_y:
        return goal_y - 5, True
    return 11, False


def labels_of(days):
    """The lines of each day's label: '1. mar', and the year where it begins; day and month stacked when many."""
    labels = []
    for n, day in enumerate(days):
        words = short_date(day).removesuffix(".")
        lines = [words] if len(days) <= MOST_WITH_LONG_LABELS else words.split()
        if n == 0 or days[n - 1].year != day.year:
            lines.append(str(day.year))
        labels.append(lines)
    return labels


def grid_step(most):
    """People between two lines of the grid: the smallest of 1, 2, 5, 10, 20, 50 ... that gives four lines at most."""
    step, factor = 1, 0
    while most / step > 4:
        step = (1, 2, 5)[(factor := factor + 1) % 3] * 10 ** (factor // 3)
    return step


def in_words(points, goal, target):
    """What the chart shows, as one text."""
    days = ", ".join(
        f"{point.in_goal} af {point.enrolled} pr. {long_date(point.on)}" for point in points
    )
    reach = f" Målet er {goal} af {target}." if goal else ""
    return f"Unge i uddannelse eller arbejde af alle indskrevne: {days}.{reach}"
