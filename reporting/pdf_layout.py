"""Layouts of the PDF, and which of them a report is too long for.

Laying out is half the time of a PDF: what cannot fit is not tried, with the same result.
"""

from math import ceil
from typing import NamedTuple

from .issue import Edition
from .report_dots import MOST_DOTS

LAYOUTS = ("roomy", "plain", "dense")  # CSS classes in report.css, the first that fits is used
PAGE_1, PAGE_2 = 262, 250  # mm between the margins
LINE = 4.86
LONGEST_LINE = 150  # characters; Danish prose has about 120
PLACES_OF_FOUR_LINES = range(40, 61)  # in the picture of dots; others may be lower
LEGEND, CHANGE, HINT, PARAGRAPH = 4.9, 4.4, 6.3, 2  # mm of such a line, in any layout but dense


class LeastHeights(NamedTuple):
    """Millimetres that parts of the full edition need, by report.css."""

    summary: float  # page 1 without a recommendation
    picture: float  # what the picture of dots adds
    recommendation: float  # without its lines
    details: float  # page 2 without rows, the method below
    details_beside: float  # the same, the method in the right column
    area: float  # a row
    row: float  # of quarters or of stays
    stays: float  # the right column without rows of stays
    method: float  # the right column with the method and without stays
    stays_and_method: float


LEAST = {
    "roomy": LeastHeights(221.6, 9.5, 14.5, 166.7, 128.8, 9.42, 7.63, 42.4, 66.3, 104.1),
    "plain": LeastHeights(202.9, 6.4, 11.5, 157.7, 122.8, 8.32, 6.83, 33.8, 58.5, 92.5),
}


def first_to_try(report, issue):
    if report.edition == Edition.OPEN:
        return LAYOUTS[0], LAYOUTS[0]  # it is short
    return (
        roomiest(lambda least: height_of_page_1(least, report, issue) <= PAGE_1),
        roomiest(lambda least: height_of_page_2(least, report) <= PAGE_2),
    )


def roomiest(may_fit):
    return next((name for name, least in LEAST.items() if may_fit(least)), LAYOUTS[-1])


def height_of_page_1(least, report, issue):
    height = least.summary
    if max(report.goal.target, report.enrolled) in PLACES_OF_FOUR_LINES:
        height += least.picture + (LEGEND if report.dropped_out else 0)
    if report.since:
        height += CHANGE
    if report.enrolled <= MOST_DOTS:
        fits, line = (9, 4.8) if report.since else (10, 2.2)
        height += line * sum(row.count > fits for row in report.rows)
    if issue.change:
        height += HINT
    if issue.recommendation:
        lines = issue.recommendation.splitlines()
        height += least.recommendation + sum(
            LINE * ceil(len(line) / LONGEST_LINE) if line else PARAGRAPH for line in lines
        )
    return height


def height_of_page_2(least, report):
    quarters, stays = len(report.trend), 0 if report.since else len(report.stays)
    left, right = least.row * quarters, 0
    if is_method_beside(report):
        height = least.details_beside
        right = least.stays_and_method + least.row * stays if stays else least.method
    else:
        height = least.details
        if stays:
            right = least.stays + least.row * stays
    if not (report.contact and report.contact.expected):
        right = 0
    return height + least.area * len(report.areas) + max(left, right)


def is_method_beside(report):
    """Whether there are so many quarters that the method stands beside them, not below."""
    return len(report.trend) > 5
