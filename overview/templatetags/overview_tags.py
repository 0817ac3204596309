from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from overview.links import entry_url
from web.svg import dot_field

register = template.Library()

WIDE_ONLY = 2  # the oldest weeks: a phone has no room
NOBODY_EXPECTED = mark_safe('<span class="visually-hidden">ingen forventet</span>')


@register.simple_tag
def heat_headings(weeks):
    wide = mark_safe(' class="wide-only"')
    cells = ((wide if n < WIDE_ONLY else "", week.number) for n, week in enumerate(weeks))
    return format_html_join("", '<th scope="col"{}>{}</th>', cells)


@register.simple_tag
def heat_cells(cells):
    drawn = []
    for n, cell in enumerate(cells):
        level, text = (cell.level, cell) if cell else ("none", NOBODY_EXPECTED)
        drawn.append((level, " wide-only" if n < WIDE_ONLY else "", text))
    return format_html_join("", '<td class="heat-{}{}">{}</td>', drawn)


@register.simple_tag
def entry_links(entries):
    links = []
    for entry in entries:
        which = format_html(' <span class="muted">({})</span>', entry.which) if entry.which else ""
        links.append((entry_url(entry), entry.name, which))
    return format_html_join(", ", '<a href="{}">{}</a>{}', links)


@register.simple_tag
def area_picture(area, target):
    """Dots of the residents; `target` 0: no goal."""
    label = f"{target} unge" if target else ""
    dots = area.in_goal, area.on_the_way, area.dropped_out
    return dot_field(*dots, target, target, label, per_row=5)
