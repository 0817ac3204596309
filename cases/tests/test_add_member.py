"""`manage.py add_member`."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cases.models import Membership, Role
from cases.tests.builders import end_roles
from web.dates import today


def add_member(*args):
    output = StringIO()
    call_command("add_member", *args, stdout=output)
    return output.getvalue()


def test_a_new_person_gets_a_user_without_password_and_a_running_role(programme):
    output = add_member("Ny@Example.dk", "unge", "coordinator", "--name", "Ny Tovholder")
    user = User.objects.get()
    membership = user.memberships.get()

    assert "Glemt adgangskode" in output
    assert (user.email, user.name) == ("ny@example.dk", "Ny Tovholder")
    assert not user.has_usable_password()
    assert (membership.programme, membership.role) == (programme, Role.COORDINATOR)
    assert (membership.starts_on, membership.ends_on) == (today(), None)


def test_somebody_known_gets_one_more_role_and_keeps_name_and_password(mette, programme):
    output = add_member(
        "METTE@example.dk", "unge", "coordinator", "--from", "2026-08-01", "--name", "En Anden"
    )
    mette.refresh_from_db()

    assert "adgangskode" not in output
    assert (mette.name, mette.check_password("en lang adgangskode")) == ("Mette Sørensen", True)
    assert mette.memberships.get(role=Role.COORDINATOR).starts_on == date(2026, 8, 1)


def test_running_it_again_changes_nothing(programme):
    add_member("ny@example.dk", "unge", "mentor")

    assert "already" in add_member("ny@example.dk", "unge", "mentor", "--from", "2026-01-01")
    assert Membership.objects.count() == User.objects.count() == 1


def test_a_role_that_has_ended_can_be_given_again(mette):
    end_roles(mette.memberships.all(), date(2025, 6, 30))
    add_member("mette@example.dk", "unge", "mentor")

    assert mette.memberships.running(today()).count() == 1


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["ny", "unge", "mentor"], "not an e-mail"),
        (["ny@example.dk", "andre", "mentor"], "no programme “andre”; there is unge"),
        (["ny@example.dk", "unge", "chef"], "no role “chef”; there is mentor, coordinator"),
        (["ny@example.dk", "unge", "mentor", "--from", "1/8"], "not a day"),
        (["lukket@example.dk", "unge", "mentor"], "may not sign in"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_leaves_nothing(programme, args, why):
    User.objects.create_user("lukket@example.dk", is_active=False)
    with pytest.raises(CommandError, match=why) as refused:
        add_member(*args)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert User.objects.count() == 1 and not Membership.objects.exists()
