from functools import cache, lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from cases.models import Status
from cases.weekly_contact import Mark
from web.svg import HIDDEN

FILL = 'class="glyph-fill" fill="#ffffff"'

# Print colour and 20 x 20 glyph.
TILES = {
    Status.SCHOOL: (
        "#2b2b7a",
        '<path d="M10 6.4C8.7 5.4 7 5 4.6 5.1v8.7c2.4-.1 4.1.3 5.4 1.3 1.3-1 3-1.4 5.4-1.3V5.1'
        'C13 5 11.3 5.4 10 6.4v8.4"/>',
    ),
    Status.EDUCATION: (
        "#17603d",
        f'<path {FILL} d="M3.4 8.2 10 5l6.6 3.2L10 11.4z"/>'
        '<path d="M6.3 9.8v2.9c1 1.7 6.4 1.7 7.4 0V9.8M16.4 8.4v4"/>',
    ),
    Status.YOUTH_CENTRE: (
        "#8a6a3a",
        '<path d="M10 3.8v12.4M10 5h4.2l1.9 1.7-1.9 1.7H10M10 9.6H5.8l-1.9 1.7L5.8 13H10"/>',
    ),
    Status.INTERNSHIP: (
        "#83419f",
        f'<g transform="rotate(42 10 10)"><path {FILL} d="M5.6 4.4h7l2.2 1.6v1.6H5.6z"/>'
        '<path d="M9.6 8v8.4" stroke-width="2"/></g>',
    ),
    Status.WORK: ("#2a788e", '<path d="M4.6 7.4h10.8v7.8H4.6zM7.9 7.2V5h4.2v2.2M4.6 10.8h10.8"/>'),
    Status.AGREEMENT: (
        "#6e1049",
        '<path d="M4.8 5.8h10.4v9.4H4.8zM4.8 8.6h10.4M7.5 4v2.6M12.5 4v2.6'
        'M7.6 11.9h4.4M10.4 10.3l1.7 1.6-1.7 1.6"/>',
    ),
    Status.CLARIFICATION: (
        "#93380f",
        '<circle cx="9" cy="9" r="4"/><path d="m12 12 3.8 3.8" stroke-width="2"/>',
    ),
    Status.COMPLETED: ("#46426c", '<path d="m5 10.6 3.5 3.5L15.2 6.6" stroke-width="2.2"/>'),
    Status.DROPPED_OUT: (
        "#5c6567",
        '<path d="M9.2 4.8H5.2v10.4h4M8.6 10h6.8m-2.6-2.7 2.7 2.7-2.7 2.7"/>',
    ),
}


MARKS = {
    Mark.MET: '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    Mark.NO_SHOW: '<path class="stroke" d="m3.2 3.2 9.6 9.6m0-9.6-9.6 9.6"/>',
    Mark.CANCELLED: '<circle class="stroke" cx="8" cy="8" r="5.5"/>'
    '<path class="stroke" d="M5.2 8h5.6"/>',
    Mark.TRIED: '<circle class="stroke" cx="8" cy="8" r="5.5"/>'
    '<path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
    Mark.NOTHING: '<circle class="stroke" cx="8" cy="8" r="5.5"/>',
    Mark.PAUSED: '<path class="stroke" d="M5.5 3v10m5-10v10"/>',
    Mark.NOT_ENROLLED: '<circle cx="8" cy="8" r="1.6" fill="currentColor"/>',
}


@cache
def tile(status, in_goal):
    colour, glyph = TILES[status]
    return mark_safe(  # noqa: S308 (constants only)
        f'<svg class="tile s-{status.value}{" in-goal" if in_goal else ""}" '
        f'viewBox="0 0 20 20" width="20" height="20" {HIDDEN}>'
        f'<rect class="tile-shape" width="20" height="20" rx="{10 if in_goal else 5}" '
        f'fill="{colour}"/>'
        f'<g class="glyph" fill="none" stroke="#ffffff" stroke-width="1.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{glyph}</g></svg>'
    )


@cache
def mark(kind):
    kind = Mark(kind)
    return mark_safe(  # noqa: S308 (constants only)
        f'<svg class="mark-icon w-{kind.value}" viewBox="0 0 16 16" width="16" height="16" '
        f"{HIDDEN}>{MARKS[kind]}</svg>"
    )


@lru_cache(maxsize=1024)
def week_item(week_number, mark_, is_now):
    label = f"{mark_.word} endnu" if is_now and mark_ is Mark.NOTHING else mark_.word
    return format_html(
        '<li{}>{}<span class="visually-hidden">uge {}: {}</span></li>',
        mark_safe(' class="now"') if is_now else "",
        mark(mark_),
        week_number,
        label,
    )


def week_strip(marks):
    """`marks`: [(Week, Mark)], oldest first, the current week last."""
    return _week_strip(tuple(marks))


@lru_cache(maxsize=2048)  # a strip changes once a week, or when a meeting is logged
def _week_strip(marks):
    now = len(marks) - 1
    items = [(week_item(week.number, mark_, n == now),) for n, (week, mark_) in enumerate(marks)]
    return format_html(
        '<ol class="weeks" aria-label="Uge {} til {}, ældste først">{}</ol>',
        marks[0][0].number,
        marks[-1][0].number,
        format_html_join("", "{}", items),
    )


def status_badge(status, goal_statuses, label=None):
    """Tile and label: a status is never shown by colour alone."""
    status = Status(status)
    return _status_badge(status, status in goal_statuses, label or status.label)


@cache
def _status_badge(status, in_goal, label):
    return format_html(
        '<span class="status">{}<span>{}</span></span>', tile(status, in_goal), breakable(label)
    )


def breakable(text):
    return mark_safe(escape(text).replace("/", "/<wbr>"))  # noqa: S308 (escaped here)
