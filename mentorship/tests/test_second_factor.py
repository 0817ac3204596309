"""Nobody who sees a name gets past the second factor, by any address."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from accounts.tests.builders import with_app
from cases.models import Membership, Role
from conftest import STARTED
from demo import logins
from mentorship.second_factor import OPEN, is_open
from mentorship.tests.test_access import ACCESS, addresses  # noqa: F401 (a fixture)
from web.expired_session import KEY

SECURITY = "/konto/sikkerhed/"
METHODS = ("get", "head", "post", "put", "delete", "options")
WITHOUT_SIGN_IN = {
    *("accessibility", "privacy", "health", "offline", "service_worker"),
    *("account_login", "account_signup", "account_inactive", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key_done"),
    *("account_reset_password_from_key", "mfa_authenticate", "mfa_login_webauthn"),
    *("account_accept_invitation", "account_open_invitation"),
}


@pytest.fixture
def with_password(client):
    """with_password(user): signed in by a password alone."""

    def with_password(user):
        enter(client, user, factor=False)
        return client

    return with_password


@pytest.mark.parametrize("who", ["mette", "torben", "olga", "kirsten"])
def test_a_password_alone_opens_nothing(addresses, with_password, request, who):  # noqa: F811
    client = with_password(request.getfixturevalue(who))
    paths = {name: path for name, path in addresses.items() if not is_open(path)}
    paths |= {"findes-ikke": "/findes-ikke/", "fil": "/rapporter/x.pdf", "rod": "/../unge/"}

    for name, path in paths.items():
        for method in METHODS:
            answer = getattr(client, method)(path)
            assert (answer.status_code, answer.content) == (302, b""), (name, method)
            assert answer.url == SECURITY, (name, method)
        for headers in ({"HX-Request": "true"}, {"Accept": "application/json"}):
            answer = client.get(path, headers=headers)
            assert (answer.status_code, answer.content) == (302, b""), (name, headers)


def test_what_a_password_opens_is_written_down(addresses):  # noqa: F811
    """Another address without a sign-in, or another that a password opens, is thought about."""
    opened = {name for name in ACCESS if is_open(addresses[name])}

    assert opened == OPEN | WITHOUT_SIGN_IN


def test_the_open_pages_show_no_name_and_no_programme(
    addresses,  # noqa: F811
    with_password,
    torben,
    programme,
):
    client = with_password(torben)

    for path in (path for path in addresses.values() if is_open(path)):
        text = client.get(path, follow=True).text
        for name in ("Yusuf", "Bilal", "Mette", programme.name):
            assert name not in text, path


def test_a_form_that_was_sent_is_kept_and_shown_again(with_password, mette, yusuf):
    client = with_password(mette)
    path = reverse("pause", args=[yusuf.uuid])
    author = enter_and_draw(mette, path)

    assert client.post(path, {"note": "Skrevet før", "author": author}).url == SECURITY

    assert client.session[KEY]["url"] == path
    enter_again(client)
    assert "Skrevet før" in client.get(path).text


def enter_and_draw(user, path):
    """The hidden field `author` of a form that the user was shown while signed in."""
    elsewhere = Client()
    enter(elsewhere, user)
    return elsewhere.get(path).text.partition('name="author" value="')[2].partition('"')[0]


def enter_again(client):
    """The factor is shown in the same session."""
    session = client.session
    session["account_authentication_methods"] += [{"method": "mfa", "at": time.time()}]
    session.save()


def test_a_session_from_before_the_factor_was_set_up_ends(with_password, mette, events):
    client = with_password(mette)
    with_app(mette)

    for name in ("mfa_index", "mfa_add_webauthn", "my_week"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))
    assert [e["why"] for e in events() if e["event"] == "session_ended"] == ["factor_not_shown"]


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.FOLLOW_GROUP])
def test_readers_may_be_let_off_and_nobody_else(with_password, programme, role):
    reader = User.objects.create_user("laeser@example.dk", "en lang adgangskode", name="Læser")
    Membership.objects.create(programme=programme, user=reader, role=role, starts_on=STARTED)
    client = with_password(reader)
    assert client.get(reverse("reports")).url == SECURITY

    programme.mfa_for_readers = False
    programme.save()
    assert client.get(reverse("reports")).status_code == 200

    Membership.objects.create(programme=programme, user=reader, role=Role.MENTOR, starts_on=STARTED)
    assert client.get(reverse("reports")).url == SECURITY


def test_the_login_stage_between_password_and_code_opens_nothing(client, mette, addresses):  # noqa: F811
    with_app(mette)
    password = {"login": mette.email, "password": "en lang adgangskode"}

    assert client.post(reverse("account_login"), password).url == reverse("mfa_authenticate")

    for name in ("my_week", "mentees", "mentee", "mfa_index", "overview_table", "account"):
        assert client.get(addresses[name]).url.startswith(reverse("account_login")), name


DEMO = SimpleNamespace(email="mette@demo.example")


@pytest.mark.parametrize(
    ("local", "asks", "email", "let_in"),
    [
        (True, False, "mette@demo.example", True),
        (True, True, "mette@demo.example", False),
        (False, False, "mette@demo.example", False),  # the demo forced on a real site
        (True, False, "mette@example.dk", False),
    ],
)
def test_only_the_demos_logins_on_a_local_site_are_let_in(local, asks, email, let_in):
    with override_settings(LOCAL=local, DEMO_ASKS_FACTOR=asks):
        assert logins.let_in_without_factor(SimpleNamespace(email=email)) is let_in


def test_the_demo_says_on_the_page_that_no_factor_is_asked_for(with_password, programme, mette):
    mette.email = DEMO.email
    mette.save()

    assert "Prøve: De opdigtede brugere" in with_password(mette).get(reverse("my_week")).text
    assert not Authenticator.objects.exists()
