"""The layouts that are not tried would not have fitted."""

import random
from dataclasses import replace
from datetime import date

import pytest

from cases.models import Status
from reporting import pdf
from reporting.issue import HEADINGS, Issue, draft_of
from reporting.open_report import OpenReport
from reporting.pdf_layout import LAYOUTS, first_to_try
from reporting.retention import Retention
from reporting.since_last_report import PreviousReport, TransitionCount

from .examples import GOAL_STATUSES, ODD, REPORT_2019, Area, quarters, report_of

pytestmark = pytest.mark.one_database

SENTENCE = "At udvalget tager status til efterretning og beder om en ny status til efteråret. "
SINCE = PreviousReport(
    "2018-1", date(2018, 12, 1), 19, 6, (2, 4, 7, 2, 2, 1, 1, 0, 0), GOAL_STATUSES
)


def layouts_of(report, issue, *begin):
    """Return the layouts in which a report is printed and the number of times it is laid out."""
    tried = []

    def html(report, issue, *layouts):
        tried.append(layouts)
        return report_html(report, issue, *layouts)

    report_html = pdf.report_html
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "report_html", html)
        pdf.fit_to_pages(report, issue, *begin)
    return tried[-1], len(tried)


def random_report(seed):
    """Return a full report of any size, and its Issue."""
    pick = random.Random(seed)  # noqa: S311
    counts = [pick.choice((0, 0, 1, 3, 7, 10, 11, 14, 22)) for _ in Status]
    counts[0] += not sum(counts)
    report = report_of(
        *counts,
        areas=tuple(Area(f"Område {n}", pick.randrange(12), 1) for n in range(pick.randrange(15))),
        trend=quarters(*[(n + 2, n) for n in range(pick.randint(1, 9))]),
        stays=tuple(Retention(n, 4, 3) for n in (3, 6, 12)[: pick.randrange(4)]),
        target=pick.choice((12, 40, 40, 40, 70, 200)),
        goal=10,
    )
    if pick.random() < 0.3:
        report = replace(report, since=SINCE, moves=(TransitionCount(None, Status.WORK, 3),))
    if pick.random() < 0.1:
        report = replace(report, contact=None)
    texts = {
        "recommendation": "\n\n".join(
            SENTENCE * pick.randint(1, 5) for _ in range(pick.randrange(4))
        ),
        "economy": "Ingen.",
    }
    issue = Issue(
        number="2019-1",
        version=2,
        issued_on=date(2019, 4, 3),
        texts=tuple((key, text) for key in HEADINGS if (text := texts.get(key))),
        change=pick.choice(("", "Et tal")),
    )
    return report, issue


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_layout_that_is_skipped_does_not_fit(seed):
    report, issue = random_report(seed)
    found, _ = layouts_of(report, issue)
    assert layouts_of(report, issue, *first_to_try(report, issue))[0] == found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["many areas and quarters", "nine quarters", "one ung"])
def test_examples_are_laid_out_once(name):
    report = ODD[name]
    issue = draft_of(report)
    found, _ = layouts_of(report, issue)
    assert layouts_of(report, issue, *first_to_try(report, issue)) == (found, 1)


def test_a_short_report_is_roomy_and_a_long_one_is_not():
    assert first_to_try(REPORT_2019, Issue()) == ("roomy", "roomy")
    assert first_to_try(ODD["many areas and quarters"], Issue()) == ("roomy", "dense")
    long = Issue(texts=(("recommendation", SENTENCE * 40),))
    assert first_to_try(REPORT_2019, long) == ("dense", "roomy")
    assert first_to_try(OpenReport.build(REPORT_2019), long) == (LAYOUTS[0], LAYOUTS[0])
