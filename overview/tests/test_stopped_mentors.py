"""Nobody is left behind unseen by a mentor who stops."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Membership, Role
from cases.running_mentors import RunningMentors
from cases.tests.builders import end_roles
from reporting.status_report import StatusReport
from web.dates import today

DAY = timedelta(days=1)
STOPPED = "Mette Sørensen er stoppet"


def without_mentor(programme, on=None, **known):
    return StatusReport.build(programme, on=on or today(), **known).sources.without_mentor


def close(user):
    user.is_active = False
    user.save()


def a_role_until(user, programme, last):
    """As the day `last` agreed when it was given."""
    end_roles(user.memberships.all(), last - 10 * DAY)
    Membership.objects.create(
        programme=programme, user=user, role=Role.MENTOR, starts_on=last - 9 * DAY, ends_on=last
    )


WAYS = {
    "ended": lambda user, programme: end_roles(user.memberships.all()),
    "agreed": lambda user, programme: a_role_until(user, programme, today() - DAY),
    "closed": lambda user, programme: close(user),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_page_says_that_the_mentor_has_stopped(
    sign_in, torben, mette, programme, yusuf, bilal, way
):
    torbens = sign_in(torben)
    overview = reverse("overview")
    assert "Mentor er stoppet" not in torbens.get(overview).text
    assert without_mentor(programme) == 0

    WAYS[way](mette, programme)

    text = torbens.get(overview).text
    assert "Mentor er stoppet" in text and "Find en ny mentor." in text
    assert without_mentor(programme) == 1
    for address in (
        reverse("mentees"),
        f"{reverse('mentees')}?mentor=ingen",
        f"{reverse('missing_data')}",
        yusuf.get_absolute_url(),
    ):
        assert STOPPED in torbens.get(address).text, address
    assert STOPPED not in torbens.get(bilal.get_absolute_url()).text


def test_on_the_last_day_nobody_is_left_behind(sign_in, torben, mette, programme, yusuf):
    end_roles(mette.memberships.all(), today())

    assert without_mentor(programme) == 0
    assert "Mentor er stoppet" not in sign_in(torben).get(reverse("overview")).text


def test_a_new_mentor_takes_them_off_the_list(torben, mette, rashid, programme, yusuf):
    end_roles(mette.memberships.all())
    yusuf.match(rashid, on=today(), by=torben)

    assert without_mentor(programme) == 0


def test_a_past_day_knows_what_is_dated(mette, programme, yusuf, enrol):
    """A closed account has no day; a role has."""
    close(mette)
    assert without_mentor(programme, today() - 30 * DAY) == 0

    mette.is_active = True
    mette.save()
    end_roles(mette.memberships.all(), today() - 40 * DAY)
    assert without_mentor(programme, today() - 30 * DAY) == 1
    assert without_mentor(programme, today() - 40 * DAY) == 0


def test_an_ending_is_known_from_when_it_was_recorded(mette, programme, yusuf):
    """A report of then, drawn again, counts as it did."""
    end_roles(mette.memberships.all(), today() - 40 * DAY)
    ended_at = mette.memberships.get().ended_at
    day = today() - 30 * DAY

    assert without_mentor(programme, day, known_at=ended_at) == 1
    assert without_mentor(programme, day, known_at=ended_at - timedelta(seconds=1)) == 0


def test_a_history_from_before_the_role_is_not_left_behind(mette, programme, yusuf, rashid):
    end_roles(mette.memberships.all(), today() - 5 * DAY)
    Membership.objects.create(
        programme=programme, user=mette, role=Role.MENTOR, starts_on=today() + DAY
    )
    now, before = RunningMentors(programme, today()), RunningMentors(programme, today() - 9 * DAY)

    assert now.has_stopped(mette.pk) and not before.has_stopped(mette.pk)
    assert not now.has_stopped(rashid.pk) and not now.has_stopped(None)
    assert now.is_without(None)


def test_a_coordinator_who_is_matched_without_the_role_is_no_mentor(torben, programme, yusuf):
    yusuf.match(torben, on=today(), by=torben)

    assert without_mentor(programme) == 1
