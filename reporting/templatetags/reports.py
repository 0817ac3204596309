"""`{% load reports %}`: a report's sentences (reporting/words.py), its chart, and its dots in lines of ten."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from cases.drawing import GOAL, OUT, VOID, WAY, dot_field, dot_row
from cases.models import Status
from reporting import open_words, words
from reporting.charts import trend_chart

register = template.Library()

register.simple_tag(trend_chart, name="trend_chart")
for sentence in (
    words.contact,
    words.counted_from,
    words.does_not_add_up,
    words.edition_line,
    words.empty_areas,
    words.gaps,
    words.in_progress,
    words.in_short,
    words.missing,
    words.move_from,
    words.other_way,
    words.places,
    words.receivers,
    words.rings,
    words.sexes,
    words.since_last,
    words.slashed,
    words.weeks,
    words.who_counts,
    open_words.areas_not_shown,
    open_words.change_in_open,
    open_words.changed,
    open_words.contact_in_open,
    open_words.contact_not_shown,
    open_words.goal_not_shown,
    open_words.merging,
    open_words.rest_label,
    open_words.rest_note,
    open_words.who_counts_in_open,
):
    register.filter(sentence)
register.filter("age_span", words.ages)
register.filter("group_label", open_words.label)
register.filter("group_in_a_sentence", open_words.in_a_sentence)

TOGETHER = re.compile(r"pr\. \d+\. \w+ \d+|\d+ af \d+")
NOBODY_EXPECTED = '<span class="visually-hidden">ingen forventet</span>'
A_LINE = 10
MOST_DOTS = 80  # people in a table; where there are more, its numbers stand alone
PER_ROW = ((10, 60), (15, 150))  # dots in a row of the picture, up to so many places


@register.filter
def unbroken(text):
    """The text with no line break inside a date or inside '30 af 40'."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


@register.filter
def number_in_bold(text):
    """'14 ledige pladser' with its number in bold, as in the other lines of the legend."""
    number, rest = text.split(maxsplit=1)
    return format_html('<b class="num">{}</b> {}', number, rest)


@register.filter
def sum_in_bold(control_line):
    """The control line with what stands after '=' in bold."""
    parts, total = control_line.split(" = ")
    return format_html("{} = <b>{}</b>", parts, total)


@register.simple_tag
def picture_of_dots(report, ident):
    """Everybody enrolled, the free places and the goal's line; nothing where the places are too many to draw."""
    dots = report.goal.count, report.on_the_way, words.slashed(report)
    return field_of(dots, report.goal, words.picture(report), ident)


@register.simple_tag
def open_picture_of_dots(report, ident):
    """The same of an OpenReport: people of a merged group, and all where no group is shown, are drawn alike."""
    kinds = [group.dot for group in report.groups for _ in range(group.count)] or [WAY] * report.enrolled
    dots = [kinds.count(kind) for kind in (GOAL, WAY, OUT)]
    return field_of(dots, report.goal, open_words.open_picture(report), ident)


def field_of(dots, goal, title, ident):
    """The picture of so many dots in the goal, on the way and out; nothing where the places are too many to draw."""
    places = max(goal.target, sum(dots))
    per_row = next((row for row, most in PER_ROW if places <= most), None)
    if per_row is None:
        return ""
    return dot_field(*dots, goal.target, goal.goal, f"Mål {goal.goal}", per_row, title=title, ident=ident)


@register.filter
def mini_picture(report):
    """The same dots small, without the goal's line: a picture in a list."""
    kinds = [GOAL] * report.goal.count + [WAY] * report.on_the_way + [OUT] * words.slashed(report)
    return lines_of_dots(kinds + [VOID] * (report.goal.target - len(kinds)), report)


@register.simple_tag
def heat_cells(cells):
    """The weeks of a row of the heat map; a phone has no room for the two oldest."""
    drawn = []
    for number, cell in enumerate(cells):
        level, text = (cell.level, cell) if cell else ("none", NOBODY_EXPECTED)
        wide = " wide-only" if number < 2 else ""
        drawn.append(f'<td class="heat-{level}{wide}">{text}</td>')
    return mark_safe("".join(drawn))  # noqa: S308 (numbers and our own constants)


@register.simple_tag
def status_dots(report, row):
    """The dots of a status: filled when it counts towards the goal, with a slash for dropping out."""
    kind = OUT if row.status is Status.DROPPED_OUT else WAY
    if row.status in report.goal.statuses:
        kind = GOAL
    return lines_of_dots([kind] * row.count, report)


@register.simple_tag
def group_dots(report, group):
    """The dots of a group of the open edition."""
    return lines_of_dots([group.dot] * group.count, report)


@register.simple_tag
def people_dots(report, number):
    """A dot for each of `number` people about whom nothing else is said."""
    return lines_of_dots([WAY] * number, report)


@register.simple_tag
def area_dots(report, area):
    """The dots of a housing area: a speck for each place up to the area's goal, and the goal's line."""
    kinds = [GOAL] * area.in_goal + [WAY] * area.on_the_way + [OUT] * area.dropped_out
    target = 0 if area.is_outside else report.area_target
    kinds += [VOID] * (target - len(kinds))
    return lines_of_dots(kinds, report, line_after=target or None)


def lines_of_dots(kinds, report, line_after=None):
    """Ten dots to the line, as in the picture of the forty; `line_after` so many of them the goal's dashed line."""
    if not kinds or report.enrolled > MOST_DOTS or len(kinds) > MOST_DOTS:
        return ""
    rows = []
    for start in range(0, len(kinds), A_LINE):
        row = kinds[start : start + A_LINE]
        here = line_after is not None and start < line_after <= start + len(row)
        counts = [row.count(kind) for kind in (GOAL, WAY, OUT, VOID)]
        rows.append(dot_row(*counts, line_after=line_after - start if here else None))
    if len(rows) == 1:
        return rows[0]
    lines = format_html_join("", "{}", ((row,) for row in rows))
    return format_html('<span class="dotrow d-grid gap-1">{}</span>', lines)
