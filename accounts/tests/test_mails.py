"""Mails about the account: what they say, and what holds when they cannot be sent."""

import socket
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import mails

CHANGE, FORGOTTEN = "/konto/adgangskode/", "/konto/glemt/"
OLD, NEW = "en lang adgangskode", "lampe skov tirsdag kaffe"


def change(client):
    return client.post(CHANGE, {"oldpassword": OLD, "password1": NEW, "password2": NEW})


def wait_for_mails():
    for thread in threading.enumerate():
        if thread.name == mails.THREAD:
            thread.join()


@pytest.fixture
def no_mail_server(settings):
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def test_a_changed_password_is_told_by_mail(
    sign_in, mette, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert change(sign_in(mette)).status_code == 302
    wait_for_mails()
    (mail,) = mailoutbox

    assert mail.to == ["mette@example.dk"]
    assert mail.subject == "Mentorindsats: Adgangskoden er ændret"
    assert "Var det ikke dig" in mail.body and "http://testserver/konto/glemt/" in mail.body
    assert "Mette" not in mail.body and "127.0.0.1" not in mail.body and not mail.alternatives


def test_a_mail_to_tell_of_it_goes_to_the_users_own_email(
    sign_in, mette, mailoutbox, django_capture_on_commit_callbacks
):
    """allauth's table may hold an e-mail the user no longer has."""
    EmailAddress.objects.create(user=mette, email="gammel@example.dk", primary=True)
    with django_capture_on_commit_callbacks(execute=True):
        change(sign_in(mette))
    wait_for_mails()

    assert mailoutbox[0].to == ["mette@example.dk"]


@pytest.mark.django_db(transaction=True)
def test_a_changed_password_holds_without_a_mail_server(sign_in, mette, no_mail_server, events):
    client = sign_in(mette)
    assert change(client).status_code == 302
    wait_for_mails()
    mette.refresh_from_db()

    assert mette.check_password(NEW)
    assert client.get("/konto/").status_code == 200
    (failed,) = [event for event in events() if event["event"] == "mail_failed"]
    assert failed["mail"] == "password_changed" and failed["user"] == mette.pk
    assert failed["request"] != "-"


@pytest.mark.parametrize("email", ["mette@example.dk", "ukendt@example.dk"])
def test_forgotten_without_a_mail_server_says_so_and_can_be_sent_again(
    client, mette, no_mail_server, settings, events, email
):
    answer = client.post(FORGOTTEN, {"email": email})

    assert answer.status_code == 503
    assert "Mailen kunne ikke sendes. Prøv igen om lidt." in answer.text
    assert f'value="{email}"' in answer.text  # it need not be typed again
    assert "mail_failed" in [event["event"] for event in events()]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert client.post(FORGOTTEN, {"email": email}).status_code == 302
    assert len(django_mail.outbox) == 1


def test_nobody_waits_for_a_mail_server_for_ever(settings):
    assert settings.EMAIL_TIMEOUT == 10


@pytest.mark.django_db(transaction=True)
def test_asking_for_a_link_holds_no_lock_while_the_mail_is_sent(client, mette, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send", lambda self: seen.append(connection.in_atomic_block)
    )
    client.post(FORGOTTEN, {"email": mette.email})

    assert seen == [False]


def test_looking_at_a_link_writes_nothing(client, mette):
    with CaptureQueriesContext(connection) as asked:
        client.get("/konto/glemt/1-x-y/")
        client.get(f"/konto/glemt/{mette.pk}-cxyz12-0123456789abcdef/")

    assert not [q for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not EmailAddress.objects.exists()


def test_asking_for_a_link_makes_no_row_either(client, mette, mailoutbox):
    client.post(FORGOTTEN, {"email": mette.email})

    assert mailoutbox and not EmailAddress.objects.exists()


def test_a_link_is_dead_once_the_email_is_another(client, mette, mailoutbox):
    client.post(FORGOTTEN, {"email": mette.email})
    address = mailoutbox[0].body.split("http://testserver")[1].split()[0]
    mette.email = "ny@example.dk"
    mette.save()

    assert "Linket virker ikke mere" in client.get(address).text
