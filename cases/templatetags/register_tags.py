from django import template

from cases import badges
from web import addresses, danish, dates, drawn, fields, form_errors, svg

register = template.Library()

register.simple_tag(svg.icon, name="icon")
register.simple_tag(badges.mark, name="mark")
register.simple_tag(badges.week_strip, name="week_strip")
register.simple_tag(svg.dot_row, name="dot_row")
register.simple_tag(svg.key_dot, name="key_dot")
register.simple_tag(svg.week_dots, name="week_dots")
register.simple_tag(svg.dot_field, name="dot_field")
register.filter(dates.long_date)
register.filter(dates.day_and_month)
register.filter(dates.short_date)
register.filter(dates.weekday_date)
register.filter(dates.weekday_and_month)
register.simple_tag(badges.status_badge)
register.filter(badges.breakable)
register.filter(danish.signed)
register.filter(form_errors.error_links)
register.simple_tag(addresses.address)
register.simple_tag(drawn.draw)
register.simple_tag(fields.chips)
register.simple_tag(fields.labelled, name="field")


@register.filter
def saved_key(message):
    """The submit key of the form the message is about; drafts.js reads it."""
    return (message.extra_tags or "").partition(" ")[0]


@register.filter
def undo_offer(message):
    """As cases/undo.py made it."""
    return (message.extra_tags or "").partition(" ")[2]
