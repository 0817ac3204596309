"""A form is saved once: a few rounds of bench/exactly_once.py.

Over TCP against gunicorn with two workers and a database of its own, so that two requests really
run at once. `python bench/exactly_once.py --rounds 1000` does the same for longer.
"""

import pytest
from exactly_once import GUARDED, Cast, equal_forms, equal_taps, lost_on_the_way, two_editors
from running_site import running_site
from unreliable_proxy import LOSES

pytestmark = pytest.mark.slow

# Of each kind: so many rounds, or as many as a slow machine has done by then.
ROUNDS, SECONDS = 18, 3


@pytest.fixture(scope="module")
def cast():
    with running_site("few") as site:
        yield Cast.of(site)


def assert_exactly_once(tally):
    assert tally.rounds
    assert not tally.faults, "\n".join(tally.faults)


def test_two_to_ten_equal_forms_at_once_are_one_meeting(cast):
    assert_exactly_once(equal_forms(cast, ROUNDS, SECONDS))


def test_two_to_ten_equal_taps_at_once_are_one_meeting(cast):
    assert_exactly_once(equal_taps(cast, ROUNDS, SECONDS))


@pytest.mark.parametrize("kind", GUARDED)
def test_two_to_ten_equal_guarded_forms_at_once_are_saved_once(cast, kind):
    assert_exactly_once(GUARDED[kind](cast, ROUNDS // 2, SECONDS / 2))


def test_of_two_people_correcting_at_once_one_is_first_and_the_other_sees_both_texts(cast):
    assert_exactly_once(two_editors(cast, ROUNDS, SECONDS))


@pytest.mark.parametrize("loses", LOSES)
def test_sent_again_after_the_request_or_the_answer_was_lost_it_is_one_meeting(cast, loses):
    assert_exactly_once(lost_on_the_way(cast, ROUNDS, SECONDS / 2, loses=loses))


def test_the_site_met_no_error(cast):
    assert cast.site.errors() == ""
