"""`{% load marks %}`: the drawings of cases/drawing.py, and dates and numbers in words."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from cases import dates, drawing
from cases.models import Status

register = template.Library()

register.simple_tag(drawing.icon, name="icon")
register.simple_tag(drawing.mark, name="mark")
register.simple_tag(drawing.week_strip, name="week_strip")
register.simple_tag(drawing.dot_row, name="dot_row")
register.simple_tag(drawing.key_dot, name="key_dot")
register.simple_tag(drawing.week_dots, name="week_dots")
register.simple_tag(drawing.dot_field, name="dot_field")
register.filter(dates.long_date)
register.filter(dates.day_and_month)
register.filter(dates.short_date)
register.filter(dates.weekday_date)
register.filter(dates.weekday_and_month)


@register.simple_tag
def status_badge(status, goal_statuses, words=None):
    """The one way a status is shown: tile and word, never colour alone. `words` instead of the status' own label."""
    status = Status(status)
    return format_html(
        '<span class="status">{}<span>{}</span></span>',
        drawing.tile(status, status in goal_statuses),
        breakable(words or status.label),
    )


@register.simple_tag
def status_tile(status, goal_statuses):
    """The tile alone, where the word stands beside it anyway."""
    status = Status(status)
    return drawing.tile(status, status in goal_statuses)


@register.filter
def breakable(text):
    """Let a long word with slashes break after them."""
    return mark_safe(escape(text).replace("/", "/<wbr>"))  # noqa: S308 (escaped just here)


@register.filter
def signed(number):
    """'+2', '−1' with a real minus, '0'."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
