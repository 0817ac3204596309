"""Whoever is invited, or was in until yesterday, gets what nobody gets, at every address."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from accounts.tests.builders import sign_in as enter
from cases.models import Role
from cases.tests.builders import end_roles
from mentorship.tests.test_access import ACCESS, addresses  # noqa: F401 (a fixture)
from setup.models import Invitation
from setup.tests.builders import an_invitation
from web.dates import today

METHODS = {
    "get": lambda client, path: client.get(path),
    "head": lambda client, path: client.head(path),
    "post": lambda client, path: client.post(path, {"noegle": ""}),
    "json": lambda client, path: client.get(path, headers=JSON),
    "post json": lambda client, path: client.post(
        path, "{}", content_type="application/json", headers=JSON
    ),
    "htmx": lambda client, path: client.get(path, headers={"HX-Request": "true"}),
}
JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
# Of somebody invited, apart from what nobody gets.
OF_INVITED = {"account_accept_invitation"}


def told(answer):
    """What an answer gives away: its status, where it sends, and what kind of file it is."""
    return answer.status_code, answer.get("Location"), answer.get("Content-Type")


@pytest.fixture(params=METHODS)
def ask(request):
    return METHODS[request.param]


def test_somebody_invited_gets_what_nobody_gets(addresses, ask, programme, torben):  # noqa: F811
    _, token = an_invitation(programme, torben, email="ny@example.dk")
    for name in ACCESS.keys() - OF_INVITED:
        invited = Client()
        invited.get(reverse("account_open_invitation", args=[token]))
        answer = ask(invited, addresses[name])

        assert told(answer) == told(ask(Client(), addresses[name])), name
        assert b"Yusuf" not in answer.content and b"Mette" not in answer.content, name
        assert not get_user(invited).is_authenticated
    assert Invitation.objects.get(email="ny@example.dk").is_open


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OPERATOR])
def test_somebody_whose_role_ended_yesterday_gets_what_nobody_gets(
    addresses,  # noqa: F811
    ask,
    programme,
    django_user_model,
    role,
):
    user = django_user_model.objects.create_user("var@example.dk", name="Var Her")
    started = today() - timedelta(days=9)
    user.memberships.create(programme=programme, role=role, starts_on=started)
    clients = {name: Client() for name in ACCESS}  # each with a session from before
    for client in clients.values():
        enter(client, user)
    end_roles(user.memberships.all(), today() - timedelta(days=1))

    for name, client in clients.items():
        answer = ask(client, addresses[name])

        assert told(answer) == told(ask(Client(), addresses[name])), name
        assert b"Yusuf" not in answer.content and b"Mette" not in answer.content, name
        assert not get_user(client).is_authenticated
