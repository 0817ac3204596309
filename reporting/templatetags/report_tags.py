"""`{% load reports %}`: a report's sentences (reporting/sentences.py), its chart, and its dots in lines of ten."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from reporting import open_sentences, report_dots, sentences
from reporting.charts import trend_chart

register = template.Library()

register.simple_tag(trend_chart, name="trend_chart")
for sentence in (
    sentences.contact,
    sentences.counted_from,
    sentences.does_not_add_up,
    sentences.edition_line,
    sentences.empty_areas,
    sentences.gaps,
    sentences.in_progress,
    sentences.in_short,
    sentences.missing,
    sentences.move_from,
    sentences.other_way,
    sentences.places,
    sentences.receivers,
    sentences.rings,
    sentences.sexes,
    sentences.since_last,
    sentences.slashed,
    sentences.weeks,
    sentences.who_counts,
    open_sentences.areas_not_shown,
    open_sentences.change_in_open,
    open_sentences.changed,
    open_sentences.contact_in_open,
    open_sentences.contact_not_shown,
    open_sentences.goal_not_shown,
    open_sentences.merging,
    open_sentences.rest_label,
    open_sentences.rest_note,
    open_sentences.who_counts_in_open,
):
    register.filter(sentence)
register.filter("age_span", sentences.ages)
register.filter("group_label", open_sentences.label)
register.filter("group_in_a_sentence", open_sentences.in_a_sentence)

for drawn in (
    report_dots.picture_of_dots,
    report_dots.open_picture_of_dots,
    report_dots.status_dots,
    report_dots.group_dots,
    report_dots.people_dots,
    report_dots.area_dots,
):
    register.simple_tag(drawn)
register.filter(report_dots.mini_picture)

TOGETHER = re.compile(r"pr\. \d+\. \w+ \d+|\d+ af \d+")
NOBODY_EXPECTED = '<span class="visually-hidden">ingen forventet</span>'


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
def heat_cells(cells):
    """The weeks of a row of the heat map; a phone has no room for the two oldest."""
    drawn = []
    for number, cell in enumerate(cells):
        level, text = (cell.level, cell) if cell else ("none", NOBODY_EXPECTED)
        wide = " wide-only" if number < 2 else ""
        drawn.append(f'<td class="heat-{level}{wide}">{text}</td>')
    return mark_safe("".join(drawn))  # noqa: S308 (numbers and our own constants)
