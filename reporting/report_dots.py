from django.utils.html import format_html, format_html_join

from cases.models import Status
from reporting import open_sentences, sentences
from web.svg import GOAL, OUT, VOID, WAY, dot_field, dot_row

DOTS_PER_LINE = 10  # in tables
MOST_DOTS = 80  # in tables
PER_ROW = ((10, 60), (15, 150))  # (dots in a row, up to so many places)


def picture_of_dots(report, ident):
    dots = report.goal.count, report.on_the_way, sentences.struck_rings(report)
    return dot_picture(dots, report.goal, sentences.picture(report), ident)


def open_picture_of_dots(report, ident):
    kinds = open_kinds(report)
    dots = [kinds.count(kind) for kind in (GOAL, WAY, OUT)]
    return dot_picture(dots, report.goal, open_sentences.open_picture(report), ident)


def open_kinds(report):
    """All alike without groups."""
    kinds = [group.dot for group in report.groups for _ in range(group.count)]
    return kinds or [WAY] * (report.enrolled or 0)


def dot_picture(dots, goal, title, ident):
    """Empty for too many. dots: in the goal, on the way, out."""
    places = max(goal.target, sum(dots))
    per_row = next((row for row, most in PER_ROW if places <= most), None)
    if per_row is None:
        return ""
    return dot_field(
        *dots, goal.target, goal.goal, f"Mål {goal.goal}", per_row, title=title, ident=ident
    )


def mini_picture(report):
    """Without the goal's line; "" where too few are enrolled to be printed."""
    if report.enrolled is None:  # empty places alone would read as nobody
        return ""
    if report.edition == "open":
        kinds = open_kinds(report)
    else:
        kinds = (
            [GOAL] * report.goal.count
            + [WAY] * report.on_the_way
            + [OUT] * sentences.struck_rings(report)
        )
    return lines_of_dots(kinds + [VOID] * (report.goal.target - len(kinds)), report)


def status_dots(report, row):
    kind = OUT if row.status is Status.DROPPED_OUT else WAY
    if row.status in report.goal.statuses:
        kind = GOAL
    return lines_of_dots([kind] * row.count, report)


def group_dots(report, group):
    return lines_of_dots([group.dot] * group.count, report)


def people_dots(report, number):
    return lines_of_dots([WAY] * number, report)


def area_dots(report, area):
    kinds = [GOAL] * area.in_goal + [WAY] * area.on_the_way + [OUT] * area.dropped_out
    target = 0 if area.is_outside else report.area_target
    kinds += [VOID] * (target - len(kinds))
    return lines_of_dots(kinds, report, line_after=target or None)


def lines_of_dots(kinds, report, line_after=None):
    """Empty for none or too many. line_after: where the goal's line is."""
    if not kinds or report.enrolled > MOST_DOTS or len(kinds) > MOST_DOTS:
        return ""
    rows = []
    for start in range(0, len(kinds), DOTS_PER_LINE):
        row = kinds[start : start + DOTS_PER_LINE]
        has_line = line_after is not None and start < line_after <= start + len(row)
        counts = [row.count(kind) for kind in (GOAL, WAY, OUT, VOID)]
        rows.append(dot_row(*counts, line_after=line_after - start if has_line else None))
    if len(rows) == 1:
        return rows[0]
    lines = format_html_join("", "{}", ((row,) for row in rows))
    return format_html('<span class="dotrow d-grid gap-1">{}</span>', lines)
