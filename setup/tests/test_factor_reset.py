"""A lost telephone: a coordinator and an operator, neither alone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.tests.builders import recovery_codes, with_app
from accounts.tests.builders import sign_in as enter
from cases.models import Membership, Role
from conftest import STARTED, member
from setup.models import FactorReset


@pytest.fixture
def proposed(programme, mette, torben):
    """Torben says that Mette has lost hers."""
    with_app(mette)
    recovery_codes(mette)
    return FactorReset.objects.create(programme=programme, user=mette, recorded_by=torben)


def answer(client, proposal, answer):
    return client.post(reverse("answer_factor_reset", args=[proposal.uuid]), {answer: "1"})


@pytest.mark.django_db(transaction=True)
def test_two_people_take_everything_and_mail_leads_back_in(
    client, sign_in, proposed, mette, olga, mailoutbox, events
):
    hers = Client()
    enter(hers, mette)

    answer(sign_in(olga), proposed, "ja")

    assert not Authenticator.objects.filter(user=mette).exists()
    assert hers.get(reverse("my_week")).url.startswith(reverse("account_login"))
    wait_for(mailoutbox)
    assert mailoutbox[0].to == [mette.email] and "/konto/glemt/" in mailoutbox[0].body
    assert [e["why"] for e in events() if e["event"] == "session_ended"] == ["factor_reset"]
    assert "factor_reset" in {event["event"] for event in events()}
    # The old password, stolen or not, is worth nothing.
    again = Client()
    old = {"login": mette.email, "password": "en lang adgangskode"}
    assert again.post(reverse("account_login"), old).status_code == 200
    # Behind the link a new password leads to the page where a factor is set up, and no further.
    mette.refresh_from_db()
    mette.set_password("en helt ny adgangskode")
    mette.save()
    again.post(reverse("account_login"), old | {"password": "en helt ny adgangskode"})
    assert again.get(reverse("my_week")).url == reverse("mfa_index")


def wait_for(mailoutbox):
    """Mails are sent in a thread."""
    until = time.monotonic() + 10
    while not mailoutbox and time.monotonic() < until:
        time.sleep(0.02)


def test_nobody_alone(sign_in, programme, proposed, torben, olga):
    answer(sign_in(torben), proposed, "ja")
    Membership.objects.create(
        programme=programme, user=torben, role=Role.OPERATOR, starts_on=STARTED
    )
    answer(sign_in(torben), proposed, "ja")

    assert Authenticator.objects.filter(user=proposed.user).count() == 2


def test_two_coordinators_are_not_enough(programme, proposed):
    with pytest.raises(ValidationError, match="både en tovholder og en administrator"):
        proposed.confirm(by=member(programme, "Tove Bro", Role.COORDINATOR))

    proposed.refresh_from_db()
    assert proposed.is_waiting


def test_who_it_is_about_neither_proposes_nor_confirms(sign_in, programme, torben, olga):
    about_olga = FactorReset.objects.create(programme=programme, user=olga, recorded_by=torben)

    assert answer(sign_in(olga), about_olga, "ja").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(programme=programme, user=torben, recorded_by=torben)
    with pytest.raises(IntegrityError), transaction.atomic():
        about_olga.confirm(by=olga)


def test_it_is_proposed_once_and_listed_for_the_other(sign_in, mette, torben, olga):
    form = {"user": mette.pk}
    assert sign_in(torben).post(reverse("factor_reset"), form).url == reverse("proposals")
    assert sign_in(torben).post(reverse("factor_reset"), form).status_code == 422

    assert "Mette Sørensen har mistet" in sign_in(olga).get(reverse("proposals")).text
    answer(sign_in(olga), FactorReset.objects.get(), "nej")
    assert "Mette Sørensen har mistet" not in sign_in(olga).get(reverse("proposals")).text


def test_users_of_another_programme_are_not_offered(sign_in, mette, torben, signe):
    page = sign_in(torben).get(reverse("factor_reset"), {"bruger": mette.pk}).text

    assert "Mette Sørensen" in page and "Signe" not in page and "Torben" not in page
    assert sign_in(torben).post(reverse("factor_reset"), {"user": signe.pk}).status_code == 422


def test_it_is_asked_who_they_are_first(client, torben):
    enter(client, torben, at=time.time() - 301)

    asked = client.get(reverse("factor_reset"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
