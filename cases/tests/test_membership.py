"""A role is a recorded fact: who gave it, who ended it, when and why."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.models import Membership, Role
from cases.tests.builders import end_roles
from web.dates import today

DAY = timedelta(days=1)


def give(user, programme, by, **days):
    membership = Membership(
        user=user, programme=programme, role=Role.MENTOR, recorded_by=by, **days
    )
    membership.full_clean()
    membership.save()
    return membership


def refusal(act):
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.messages[0]


def test_who_ended_it_when_and_why_is_recorded(mette, olga, events):
    role = mette.memberships.get()
    role.end(on=today(), by=olga, reason=" Nyt job ")

    role.refresh_from_db()
    assert (role.ended_on, role.ended_by, role.ended_reason) == (today(), olga, "Nyt job")
    assert role.ended_at and role.last_on == today()


def test_a_role_ends_once(mette, olga, torben):
    role = mette.memberships.get()
    again = mette.memberships.get()
    role.end(on=today(), by=olga, reason="Nyt job")

    assert "slutter allerede" in refusal(lambda: role.end(on=today(), by=olga, reason="Igen"))
    assert "af en anden" in refusal(lambda: again.end(on=today(), by=torben, reason="Igen"))


def test_it_needs_a_reason_and_a_day_of_its_own(mette, olga):
    role = mette.memberships.get()

    assert "hvorfor" in refusal(lambda: role.end(on=today(), by=olga, reason="  "))
    before = role.starts_on - DAY
    assert "før den begynder" in refusal(lambda: role.end(on=before, by=olga, reason="Fejl"))
    far = today().replace(year=today().year + 90)
    assert refusal(lambda: role.end(on=far, by=olga, reason="Fejl"))
    assert role.ended_on is None


def test_an_agreed_last_day_can_only_come_sooner(rashid, programme, other_programme, olga):
    role = give(rashid, other_programme, olga, starts_on=today(), ends_on=today() + 10 * DAY)
    for day in (role.ends_on, role.ends_on + DAY):
        assert "slutter allerede" in refusal(lambda day=day: role.end(on=day, by=olga, reason="x"))
    role.end(on=today() + 3 * DAY, by=olga, reason="Nyt job")

    running = Membership.objects.filter(pk=role.pk)
    assert running.running(today() + 3 * DAY).exists()
    assert not running.running(today() + 4 * DAY).exists()


def test_a_role_that_has_not_begun_never_begins(mette, other_programme, olga):
    role = give(mette, other_programme, olga, starts_on=today() + 5 * DAY)
    role.end(on=today(), by=olga, reason="Kom ikke")

    assert not Membership.objects.filter(pk=role.pk).running(today() + 6 * DAY).exists()
    give(mette, other_programme, olga, starts_on=today() + 5 * DAY)


def test_two_roles_of_one_kind_do_not_overlap(mette, programme, olga):
    assert "allerede den rolle" in refusal(
        lambda: give(mette, programme, olga, starts_on=today(), ends_on=today())
    )
    end_roles(mette.memberships.all(), today())
    assert "i de dage" in refusal(lambda: give(mette, programme, olga, starts_on=today()))

    give(mette, programme, olga, starts_on=today() + DAY)
    assert mette.memberships.count() == 2, "a role given again is a new row"


def test_the_database_refuses_two_without_an_end(mette, programme):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=mette, programme=programme, role=Role.MENTOR, starts_on=today()
        )


def test_a_programme_keeps_an_operator_who_can_sign_in(olga, rashid, programme):
    role = olga.memberships.get()
    assert "administrator" in refusal(lambda: role.end(on=today(), by=olga, reason="Stopper"))
    other = Membership.objects.create(
        user=rashid, programme=programme, role=Role.OPERATOR, starts_on=today()
    )
    rashid.is_active = False
    rashid.save()
    assert refusal(lambda: role.end(on=today(), by=olga, reason="Stopper"))
    rashid.is_active = True
    rashid.save()

    role.end(on=today(), by=olga, reason="Stopper")
    assert refusal(lambda: other.end(on=today() + DAY, by=rashid, reason="Stopper"))
