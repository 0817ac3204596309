"""Setting a factor up, showing it, losing it; what is stored of it."""

import json
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import encryption
from accounts.tests.builders import recovery_codes, with_app
from accounts.tests.builders import sign_in as enter

PASSWORD = "en lang adgangskode"


def code_of(secret, ago=0):
    """The code of the app now, or `ago` half minutes before."""
    counter = int(time.time()) // 30 - ago
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def log_in(client, user, code):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client):
    return client.get(reverse("my_week")).status_code == 200


@pytest.fixture
def secret(mette):
    return with_app(mette)


def test_password_and_code_lead_in(client, mette, secret):
    assert log_in(client, mette, code_of(secret)).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("wrong", ["000000", "", "abc", "1" * 400])
def test_a_wrong_code_does_not(client, mette, secret, wrong, events):
    assert log_in(client, mette, wrong).status_code == 200
    assert not is_in(client)


def test_an_old_code_does_not(client, mette, secret):
    log_in(client, mette, code_of(secret, ago=1))
    assert not is_in(client)


def test_a_code_is_used_once(client, mette, secret):
    code = code_of(secret)
    log_in(client, mette, code)
    other = Client()

    assert "Koden er forkert eller brugt" in log_in(other, mette, code).text
    assert not is_in(other)


def test_a_recovery_code_is_used_once(client, mette, secret, events):
    code = recovery_codes(mette)[0]
    log_in(client, mette, code)
    other = Client()
    log_in(other, mette, code)

    assert is_in(client) and not is_in(other)
    assert [event["event"] for event in events()].count("recovery_code_used") == 1


def test_codes_are_guessed_five_times_from_however_many_addresses(client, mette, secret):
    for number in range(6):
        stranger = Client(REMOTE_ADDR=f"198.51.100.{number}")
        log_in(stranger, mette, "000000")

    assert "for mange gange" in log_in(Client(), mette, code_of(secret)).text


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the commit
def test_the_code_app_is_set_up_with_the_code_it_shows(client, mette, events):
    enter(client, mette, factor=False)
    elsewhere = Client()
    enter(elsewhere, mette, factor=False)
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert secret in page.text and "data:image/svg+xml;base64," in page.text

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    assert is_in(client)
    assert elsewhere.get(reverse("mfa_index")).url.startswith(reverse("account_login"))
    assert {"factor_added"} <= {event["event"] for event in events()}


def test_recovery_codes_are_shown_once(client, mette):
    with_app(mette)
    enter(client, mette)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = Authenticator.objects.get(user=mette, type="recovery_codes").wrap().get_unused_codes()

    first = client.get(reverse("mfa_view_recovery_codes")).text
    again = client.get(reverse("mfa_view_recovery_codes")).text

    assert all(code in first for code in codes) and len(codes) == 10
    assert not any(code in again for code in codes)


def test_without_a_factor_there_are_no_recovery_codes(client, mette):
    """As of somebody whose factor the provider of single sign-on has seen."""
    enter(client, mette)
    page = client.post(reverse("mfa_generate_recovery_codes"))

    assert 'href="#indhold">Nødkoder hører til' in page.text
    assert not Authenticator.objects.exists()


@pytest.fixture
def two_factors(mette):
    with_app(mette)
    key = {"name": "iPhone, Safari", "credential": {}}
    return Authenticator.objects.create(user=mette, type="webauthn", data=key)


def test_removing_a_factor_ends_the_other_sessions(client, mette, two_factors, mailoutbox, events):
    enter(client, mette)
    elsewhere = Client()
    enter(elsewhere, mette)

    client.post(reverse("mfa_remove_factor"), {"faktor": two_factors.pk})

    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert is_in(client) and not is_in(elsewhere)
    assert "factor_removed" in {event["event"] for event in events()}


def test_the_last_factor_and_anothers_are_not_removed(client, mette, rashid):
    with_app(mette)
    with_app(rashid)
    enter(client, mette)

    for factor in Authenticator.objects.all():
        client.post(reverse("mfa_remove_factor"), {"faktor": factor.pk})

    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["mfa_add_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes"]
)
def test_a_factor_is_added_by_who_showed_who_they_are_just_now(client, mette, name):
    enter(client, mette, at=time.time() - 301)

    assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))


def test_a_session_is_ended_by_who_showed_who_they_are_just_now(client, mette):
    elsewhere = Client()
    enter(elsewhere, mette)
    enter(client, mette, at=time.time() - 301)

    asked = client.post(reverse("account_end_sessions"), {"alle": "1"})
    assert asked.url.startswith(reverse("account_reauthenticate")) and is_in(elsewhere)

    client.post(asked.url, {"password": PASSWORD})
    assert not is_in(elsewhere)


class TestStored:
    def test_no_secret_stands_in_the_database(self, mette):
        secret = with_app(mette)
        codes = recovery_codes(mette)
        stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

        assert not any(text in stored for text in (secret, *codes))

    def test_another_key_does_not_open_it(self, mette, secret, settings):
        settings.MFA_KEYS = [encryption.new_key()]

        with pytest.raises(encryption.KeyMissing):
            Authenticator.objects.get().wrap().validate_code("000000")

    def test_a_changed_secret_is_noticed(self):
        stored = encryption.encrypt("hemmelig")
        changed = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]

        with pytest.raises(InvalidTag):
            encryption.decrypt(changed)

    def test_rotation(self, mette, secret, settings, capsys):
        codes = recovery_codes(mette)
        old, new = settings.MFA_KEYS[0], encryption.new_key()
        settings.MFA_KEYS = [new, old]
        call_command("rotate_mfa_keys")
        settings.MFA_KEYS = [new]

        app = Authenticator.objects.get(type="totp").wrap()
        assert app.validate_code(code_of(secret))
        assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == codes
        assert capsys.readouterr().out.startswith("2 secrets")


IN_ANOTHER_PROCESS = """
import django
django.setup()
from allauth.mfa.models import Authenticator
print(Authenticator.objects.get(user__email="mette@example.dk", type="totp").wrap()
      .validate_code("{code}"))
"""


@pytest.mark.slow
def test_a_code_used_on_one_worker_fails_on_another(tmp_path, settings):
    """Two processes on one database, as gunicorn's workers are."""
    env = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/register.sqlite3",
        "DJANGO_SETTINGS_MODULE": "mentorship.settings",
        "PATH": "",
    }

    def run(*command):
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.strip()

    run("manage.py", "migrate", "-v0")
    run("manage.py", "createcachetable")
    prepare = (
        "import django; django.setup(); from accounts.models import User;"
        "from accounts.tests.builders import with_app;"
        "print(with_app(User.objects.create_user('mette@example.dk', 'x' * 12, name='Mette')))"
    )
    code = code_of(run("-c", prepare))
    script = IN_ANOTHER_PROCESS.format(code=code)

    assert [run("-c", script), run("-c", script)] == ["True", "False"]
