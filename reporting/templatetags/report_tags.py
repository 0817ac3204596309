"""Sentences, drawings and typography of reports."""

from django import template

from cases.models.second_person import who_can_confirm
from reporting import open_sentences, page_sentences, report_dots, sentences, typography
from reporting.charts import trend_chart
from reporting.issue import NOT_PUBLIC
from reporting.models import SingleIssuerProposal

register = template.Library()

register.simple_tag(trend_chart, name="trend_chart")
for sentence in (
    sentences.contact,
    sentences.counted_from,
    sentences.does_not_add_up,
    sentences.edition_line,
    sentences.empty_areas,
    sentences.gaps,
    sentences.people_in_progress,
    sentences.in_short,
    sentences.goal_changes,
    sentences.goal_gap,
    sentences.move_from,
    sentences.other_way,
    sentences.free_places,
    sentences.receivers,
    sentences.rings,
    sentences.sexes,
    sentences.since_last,
    sentences.struck_rings,
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
    page_sentences.correction,
    page_sentences.decision_heading,
    page_sentences.decision_text,
    page_sentences.definition_of,
    page_sentences.draft_details,
    page_sentences.draft_name,
    page_sentences.edit_heading,
    page_sentences.edit_link,
    page_sentences.issue_button,
    page_sentences.issued_details,
    page_sentences.link_to_corrected,
    page_sentences.not_issued_heading,
    page_sentences.proposed,
    page_sentences.recorded,
    page_sentences.replaces,
    page_sentences.withdrawal_of,
    page_sentences.withdrawn,
    page_sentences.withdrawn_by,
):
    register.filter(sentence)
register.filter("age_span", sentences.ages)
register.filter("group_label", open_sentences.label)
register.filter("group_in_a_sentence", open_sentences.group_in_a_sentence)

for drawing in (
    report_dots.picture_of_dots,
    report_dots.open_picture_of_dots,
    report_dots.status_dots,
    report_dots.group_dots,
    report_dots.people_dots,
    report_dots.area_dots,
):
    register.simple_tag(drawing)
register.filter(report_dots.mini_picture)

for formatter in (typography.unbroken, typography.number_in_bold, typography.sum_in_bold):
    register.filter(formatter)


@register.simple_tag
def not_public():
    return NOT_PUBLIC


@register.simple_tag
def single_issuer_proposal(programme):
    waiting = SingleIssuerProposal.objects.waiting().filter(programme=programme)
    return waiting.select_related("recorded_by").first()


@register.simple_tag
def who_can_say_yes(programme, proposer):
    return page_sentences.who_can_say_yes(who_can_confirm(programme, proposer))
