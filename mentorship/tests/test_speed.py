"""No page gets much slower than bench/pages.py says it is: CPU time against the cheapest page."""

import pytest
from pages import REACHED, measure

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

LEEWAY = 1.35  # of another machine, and of a few rounds only


def test_no_page_is_a_third_dearer_than_measured():
    _, pages = measure(runs=5)
    ratios = {page: seconds / floor for page, (seconds, floor, _) in pages.items()}
    dearer = {
        page: round(ratios[page], 1) for page in REACHED if ratios[page] > LEEWAY * REACHED[page]
    }
    assert not dearer
