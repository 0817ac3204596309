"""The geometry of the trend chart (templates/reporting/_trend_chart.html).

A column per day shows all enrolled, its dark lower part those in the goal. Widths are percentages,
so that text keeps its size. Values are strings or integers: a Danish template renders 12,5.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from web.dates import long_date, short_date

PLOT = 132  # px from the base line to the highest value
ABOVE = 32  # px
LINE = 15  # px
ROOM = 19  # px, of a number
MOST_WITH_LONG_LABELS = 6
FEWEST_PLACES = 3  # limits the width of a single column


class Number(NamedTuple):
    value: int
    y: int  # base line
    in_dark_part: bool = False


@dataclass(frozen=True)
class Column:
    """x, width and middle are percentages, the rest is px from the top."""

    x: str
    width: str
    middle: str
    top: int  # of all enrolled
    goal_top: int  # of those in the goal
    base: int
    enrolled: Number
    in_goal: Number
    label: tuple[tuple[int, str], ...]  # (y, text) of each line
    is_last: bool

    @property
    def height(self):
        return self.base - self.top

    @property
    def goal_height(self):
        return self.base - self.goal_top


@dataclass(frozen=True)
class Chart:
    """`title` is the text alternative."""

    title: str
    height: int
    base: int
    grid: tuple[int, ...]
    goal: int
    goal_y: int
    goal_label_y: int
    goal_label_at_end: bool
    columns: tuple[Column, ...]
    breaks: tuple[str, ...] = ()  # x of where the goal was defined anew, percentages


def trend_chart(points, goal, target, goals=()):
    """`goals`: the GoalSpells of the period."""
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
        title=chart_title(points, goal, target),
        height=base + LINE * max(len(label) for label in labels) + 6,
        base=base,
        grid=tuple(y(value) for value in range(0, most + 1, grid_step(most)) if value != goal),
        goal=goal,
        goal_y=goal_y,
        goal_label_y=label_y,
        goal_label_at_end=at_end,
        columns=columns,
        breaks=breaks_between(points, goals, places),
    )


def breaks_between(points, goals, places):
    """To the left of the first column with a new goal."""
    days = [point.on for point in points]
    before = {bisect_left(days, spell.since) for spell in (goals or ())[1:]}
    return tuple(f"{100 * n / places:.2f}%" for n in sorted(before))


def column_of(point, n, places, y, goal_y, base, label, is_last):
    """y: converts people to px."""
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
        label=tuple((base + 2 + LINE * n, line) for n, line in enumerate(label, start=1)),
        is_last=is_last,
    )


def numbers_of(point, top, goal_top, goal_y, base):
    light, dark = goal_top - top, base - goal_top
    if dark >= ROOM:
        in_goal = Number(
            point.in_goal, clear_of(goal_y, goal_top + 15, goal_y + 14), in_dark_part=True
        )
        lowest = goal_top - 4
    elif light >= ROOM:
        in_goal = Number(point.in_goal, clear_of(goal_y, goal_top - 4, goal_y - 5))
        lowest = in_goal.y - ROOM
    else:
        in_goal = Number(point.in_goal, clear_of(goal_y, top - 5, goal_y - 5))
        above = in_goal.y - LINE
        enrolled = Number(point.enrolled, clear_of(goal_y, above, min(above, goal_y - 5)))
        return enrolled, in_goal
    inside = [y for y in (top + 15, goal_y + 14) if top + 15 <= y <= lowest]
    return Number(point.enrolled, clear_of(goal_y, *inside, top - 5, goal_y - 5)), in_goal


def clear_of(goal_y, *candidates):
    return next((y for y in candidates if not y - 12 < goal_y < y + 3), candidates[-1])


def goal_label(columns, goal_y, places):
    def top_of(columns):
        tops = (min(column.top, column.enrolled.y - 12) for column in columns)
        return min(tops, default=goal_y + 1)

    width = 1 if places <= MOST_WITH_LONG_LABELS else 2  # in columns
    if top_of(columns[:width]) > goal_y:
        return goal_y - 5, False
    if len(columns) < places or top_of(columns[-width:]) > goal_y:
        return goal_y - 5, True
    return 11, False


def labels_of(days):
    labels = []
    for n, day in enumerate(days):
        text = short_date(day).removesuffix(".")
        lines = [text] if len(days) <= MOST_WITH_LONG_LABELS else text.split()
        if n == 0 or days[n - 1].year != day.year:
            lines.append(str(day.year))
        labels.append(lines)
    return labels


def grid_step(most):
    """1, 2, 5, 10, 20 ...: the smallest that gives at most four lines."""
    step, factor = 1, 0
    while most / step > 4:
        step = (1, 2, 5)[(factor := factor + 1) % 3] * 10 ** (factor // 3)
    return step


def chart_title(points, goal, target):
    days = ", ".join(
        f"{point.in_goal} af {point.enrolled} pr. {long_date(point.on)}" for point in points
    )
    goal_sentence = f" Målet er {goal} af {target}." if goal else ""
    return f"Unge i uddannelse eller arbejde af alle indskrevne: {days}.{goal_sentence}"
