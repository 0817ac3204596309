"""The dots of a report as SVG: one dot is one young person, in the picture of the goal and in tables."""

from django.utils.html import format_html, format_html_join

from cases.models import Status
from reporting import open_sentences, sentences
from web.svg import GOAL, OUT, VOID, WAY, dot_field, dot_row

A_LINE = 10
MOST_DOTS = 80  # people in a table; where there are more, its numbers stand alone
PER_ROW = ((10, 60), (15, 150))  # dots in a row of the picture, up to so many places


def picture_of_dots(report, ident):
    """Everybody enrolled, the free places and the goal's line; nothing where the places are too many to draw."""
    dots = report.goal.count, report.on_the_way, sentences.slashed(report)
    return field_of(dots, report.goal, sentences.picture(report), ident)


def open_picture_of_dots(report, ident):
    """The same of an OpenReport: people of a merged group, and all where no group is shown, are drawn alike."""
    kinds = [group.dot for group in report.groups for _ in range(group.count)] or [
        WAY
    ] * report.enrolled
    dots = [kinds.count(kind) for kind in (GOAL, WAY, OUT)]
    return field_of(dots, report.goal, open_sentences.open_picture(report), ident)


def field_of(dots, goal, title, ident):
    """The picture of so many dots in the goal, on the way and out; nothing where the places are too many to draw."""
    places = max(goal.target, sum(dots))
    per_row = next((row for row, most in PER_ROW if places <= most), None)
    if per_row is None:
        return ""
    return dot_field(
        *dots, goal.target, goal.goal, f"Mål {goal.goal}", per_row, title=title, ident=ident
    )


def mini_picture(report):
    """The same dots small, without the goal's line: a picture in a list."""
    if report.edition == "open":
        kinds = [group.dot for group in report.groups for _ in range(group.count)] or [WAY] * (
            report.enrolled or 0
        )
    else:
        kinds = (
            [GOAL] * report.goal.count
            + [WAY] * report.on_the_way
            + [OUT] * sentences.slashed(report)
        )
    return lines_of_dots(kinds + [VOID] * (report.goal.target - len(kinds)), report)


def status_dots(report, row):
    """The dots of a status: filled when it counts towards the goal, with a slash for dropping out."""
    kind = OUT if row.status is Status.DROPPED_OUT else WAY
    if row.status in report.goal.statuses:
        kind = GOAL
    return lines_of_dots([kind] * row.count, report)


def group_dots(report, group):
    """The dots of a group of the open edition."""
    return lines_of_dots([group.dot] * group.count, report)


def people_dots(report, number):
    """A dot for each of `number` people about whom nothing else is said."""
    return lines_of_dots([WAY] * number, report)


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
