"""Invitations: once, for seven days, and nobody gets in by guessing."""

import re
import secrets
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from accounts.tests.builders import with_app
from accounts.tests.test_oidc import provider  # noqa: F401 (a fixture)
from accounts.tests.test_oidc import sign_in as by_single_sign_on
from cases.models import Membership, Role
from cases.tests.builders import end_roles, falsify
from setup.models import Invitation
from web.dates import today

from .builders import an_invitation

PASSWORD = "kaffe lampe tirsdag skov"
PAGE = "/konto/invitation/"
NEW = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def at_once(monkeypatch):
    """What is done after the commit is done at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act: act())


def link(token):
    return reverse("account_open_invitation", args=[token])


def invite_form(**changes):
    form = {"name": "Sofie Lund", "email": "Sofie@Example.dk", "role": "mentor"}
    return form | {"starts_on": today().isoformat(), "ends_on": ""} | changes


def link_in(mail):
    return re.search(r"http://testserver(\S+)", mail.body)[1]


def test_a_new_mentor_is_in_with_a_mail_and_a_password(
    sign_in, torben, programme, mailoutbox, at_once, events
):
    sign_in(torben).post(reverse("invite"), invite_form())
    browser = Client()
    answer = browser.get(link_in(mailoutbox[0]))
    assert answer.url == PAGE, "the token leaves the address"
    assert "Torben Kjær har inviteret dig" in browser.get(PAGE).text
    answer = browser.post(PAGE, NEW)

    sofie = User.objects.get(email="sofie@example.dk")
    role = sofie.memberships.get()
    assert answer.url == "/" and browser.get("/", follow=True).status_code == 200
    assert (role.role, role.starts_on, role.recorded_by) == (Role.MENTOR, today(), torben)
    assert {"invited", "invitation_accepted", "role_given", "signed_in"} <= {
        event["event"] for event in events()
    }
    assert "virker ikke" in Client().get(link_in(mailoutbox[0])).text, "it works once"


def test_a_new_mentor_is_in_with_a_mail_and_a_passkey(programme, torben):
    invitation, token = an_invitation(programme, torben)
    browser = Client()
    browser.get(link(token))
    assert "Brug telefonens ansigt" in browser.get(PAGE).text
    answer = browser.post(PAGE, {"noegle": "1"})

    sofie = User.objects.get(email=invitation.email)
    assert answer.url == f"{reverse('mfa_add_webauthn')}?straks"
    assert not sofie.has_usable_password() and sofie.memberships.get().role == Role.MENTOR
    assert "data-at-once" in browser.get(answer.url).text
    assert "data-at-once" not in browser.get(reverse("mfa_add_webauthn")).text
    assert browser.get(reverse("my_week")).url == reverse("mfa_index"), "until it is shown"


def test_who_has_a_passkey_and_no_password_signs_in_before_accepting(
    signe, torben, programme, client
):
    signe.set_unusable_password()
    signe.save()
    with_app(signe)
    _, token = an_invitation(programme, torben, email=signe.email)
    client.get(link(token))

    assert "Du har en bruger i forvejen" in client.get(PAGE).text
    for form in ({"noegle": "1"}, NEW):
        assert client.post(PAGE, form).status_code == 403
    signe.refresh_from_db()
    assert not signe.has_usable_password() and not signe.memberships.filter(programme=programme)


# By single sign-on


@pytest.fixture
def invited(programme, torben, provider):  # noqa: F811
    provider.claims = {"email": "Sofie@example.dk", "sub": "sofie"}
    return an_invitation(programme, torben)[0]


def test_an_invited_email_gets_in_by_single_sign_on(invited, client):
    client.get(link(invited_again(invited)))
    assert "Log ind med Køge Kommune" in client.get(PAGE).text
    answer = by_single_sign_on(client)

    sofie = User.objects.get(email="sofie@example.dk")
    assert answer.url == "/" and client.session["_auth_user_id"] == str(sofie.pk)
    assert (sofie.name, sofie.has_usable_password()) == ("Sofie Lund", False)
    assert [role.role for role in sofie.memberships.all()] == [Role.MENTOR]
    assert Invitation.objects.get(user=sofie).accepted_at
    assert by_single_sign_on(Client()).url == "/" and sofie.memberships.count() == 1


def invited_again(invitation):
    """Send it again; return the token."""
    token, _ = invitation.again().invite(invitation.recorded_by)
    return token


@pytest.mark.parametrize("why", ["expired", "withdrawn", "over", "unverified", "other"])
def test_no_other_email_gets_in_by_single_sign_on(
    invited,
    provider,  # noqa: F811
    client,
    torben,
    why,
):
    rows = Invitation.objects.filter(pk=invited.pk)
    if why == "expired":
        falsify(rows, expires_at=timezone.now() - timedelta(seconds=1))
    if why == "withdrawn":
        invited.withdraw(torben)
    if why == "over":
        falsify(rows, ends_on=today() - timedelta(days=1))
    if why == "unverified":
        provider.claims["email_verified"] = False
    if why == "other":
        provider.claims["email"] = "sofie.lund@example.dk"

    assert by_single_sign_on(client).status_code == 403
    assert not User.objects.filter(name="Sofie Lund").exists()
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


def test_looking_changes_nothing(programme, torben):
    invitation, token = an_invitation(programme, torben)
    browser = Client()
    browser.get(link(token))
    browser.get(PAGE)

    invitation.refresh_from_db()
    assert invitation.is_open and not User.objects.filter(email=invitation.email).exists()


def test_only_a_digest_is_stored_and_the_token_is_in_no_page(programme, torben):
    invitation, token = an_invitation(programme, torben)
    browser = Client()
    browser.get(link(token))

    stored = Invitation.objects.values().get(pk=invitation.pk)
    assert token not in str(stored) and token not in browser.get(PAGE).text


def test_the_mail_says_nothing_about_anybody_else(
    sign_in, torben, programme, yusuf, mailoutbox, at_once
):
    sign_in(torben).post(reverse("invite"), invite_form())
    mail = mailoutbox[0]

    assert mail.to == ["sofie@example.dk"] and mail.subject == f"Du er inviteret til {programme}"
    assert not re.search("mentor |tovholder|Yusuf|Hamdan", mail.body)


@pytest.mark.parametrize("why", ["used", "expired", "withdrawn", "replaced", "made up"])
def test_a_link_that_does_not_work_says_what_to_do(programme, torben, why):
    invitation, token = an_invitation(programme, torben)
    if why == "used":
        Client().get(link(token))
        user = User.objects.create_user(invitation.email, PASSWORD, name="Sofie Lund")
        invitation.accept(user)
    if why == "expired":
        falsify(
            Invitation.objects.filter(pk=invitation.pk),
            expires_at=timezone.now() - timedelta(seconds=1),
        )
    if why == "withdrawn":
        invitation.withdraw(torben)
    if why == "replaced":
        an_invitation(programme, torben)
    if why == "made up":
        token = secrets.token_urlsafe(32)
    answer = Client().get(link(token))

    assert answer.status_code == 404 and "Linket virker ikke" in answer.text
    sentence = {"used": "er brugt", "expired": "er udløbet", "made up": "ikke helt med"}
    assert sentence.get(why, "trukket tilbage") in answer.text


def test_it_can_end_while_the_page_is_open(programme, torben):
    invitation, token = an_invitation(programme, torben)
    browser = Client()
    browser.get(link(token))
    invitation.withdraw(torben)

    assert browser.post(PAGE, NEW).status_code == 404
    assert not User.objects.filter(email=invitation.email).exists()


def test_ten_thousand_guesses_hit_nothing(programme, torben, mette):
    _, token = an_invitation(programme, torben)
    guesses = [secrets.token_urlsafe(32) for _ in range(10_000)]
    guesses += [token[:-1], token + "a", token.swapcase(), token[1:], "", "a", "0" * 43]

    assert not [guess for guess in guesses if Invitation.objects.of_token(guess)]
    assert Invitation.objects.of_token(token)


def test_who_guesses_is_stopped(programme, torben):
    cache.clear()
    answers = [Client().get(link(secrets.token_urlsafe(32))).status_code for _ in range(25)]

    assert set(answers[:20]) == {404} and set(answers[20:]) == {429}
    cache.clear()


def test_the_same_person_again_replaces_the_earlier_one(sign_in, torben, programme):
    client = sign_in(torben)
    client.post(reverse("invite"), invite_form())
    page = client.post(reverse("invite"), invite_form(email="SOFIE@example.dk"), follow=True)

    assert "Den tidligere invitation virker ikke mere." in page.text
    assert Invitation.objects.open().count() == 1


def test_somebody_with_a_user_signs_in_and_accepts(sign_in, signe, torben, programme):
    _, token = an_invitation(programme, torben, email="SIGNE@example.dk")
    browser = Client()
    browser.get(link(token))
    assert "Du har en bruger i forvejen" in browser.get(PAGE).text
    assert browser.post(PAGE, NEW).status_code == 403

    client = sign_in(signe)
    client.get(link(token))
    assert "Tag imod" in client.get(PAGE).text
    client.post(PAGE)
    assert signe.memberships.filter(programme=programme, role=Role.MENTOR).exists()
    assert signe.check_password("en lang adgangskode")


def test_somebody_else_is_told_to_sign_out(sign_in, rashid, torben, programme):
    invitation, token = an_invitation(programme, torben)
    client = sign_in(rashid)
    client.get(link(token))

    assert "Du er logget ind som Rashid Noor" in client.get(PAGE).text
    assert client.post(PAGE).status_code == 403
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_closed_account_is_not_opened_by_an_invitation(signe, torben, programme):
    _, token = an_invitation(programme, torben, email=signe.email)
    signe.set_unusable_password()
    signe.is_active = False
    signe.save()
    browser = Client()
    browser.get(link(token))
    browser.post(PAGE, NEW)

    signe.refresh_from_db()
    assert not signe.has_usable_password() and not signe.memberships.filter(programme=programme)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv fornavn og efternavn."),
        ({"name": "123"}, ""),
        ({"email": "sofie"}, "Skriv hele e-mailen"),
        ({"email": "140507-1234@example.dk"}, "CPR"),
        ({"email": "mette@example.dk"}, "allerede den rolle"),
        ({"role": "operator"}, "error-summary"),
        ({"role": ""}, "Vælg en rolle."),
        ({"starts_on": ""}, "Vælg den første dag."),
        ({"starts_on": "2099-01-01"}, ""),
        ({"ends_on": "2020-01-01"}, "Vælg den første dag, eller en senere."),
        ({"name": "Sofie\nBcc: alle@example.dk"}, ""),
    ],
)
def test_what_cannot_be_is_said_in_danish_and_nothing_is_lost(
    sign_in, torben, mette, programme, changes, sentence
):
    answer = sign_in(torben).post(reverse("invite"), invite_form(**changes))

    assert answer.status_code == 422 and sentence in answer.text
    assert "error-summary" in answer.text and not Invitation.objects.exists()
    kept = {"name": "Sofie Lund"} if "name" not in changes else {"email": "Sofie@Example.dk"}
    assert next(iter(kept.values())) in answer.text


def test_a_coordinator_invites_mentors_only_and_an_operator_anybody(
    sign_in, torben, olga, programme
):
    refused = sign_in(torben).post(reverse("invite"), invite_form(role="coordinator"))
    assert refused.status_code == 422
    sign_in(olga).post(reverse("invite"), invite_form(role="coordinator"))

    assert Invitation.objects.get().role == Role.COORDINATOR


def test_a_mail_that_fails_is_seen_and_sent_again(
    sign_in, torben, programme, settings, at_once, mailoutbox
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = sign_in(torben)
    page = client.post(reverse("invite"), invite_form(), follow=True)
    assert "Mailen til Sofie Lund kunne ikke sendes" in page.text and "Ikke sendt" in page.text

    settings.EMAIL_BACKEND = working
    again = reverse("send_invitation_again", args=[Invitation.objects.open().get().uuid])
    page = client.post(again, follow=True)
    assert "Sendt i dag" in page.text and len(mailoutbox) == 1


def test_a_role_planned_ahead_begins_on_its_day(programme, torben):
    invitation, _ = an_invitation(programme, torben, starts_on=today() + timedelta(days=3))
    user = User.objects.create_user(invitation.email, PASSWORD, name="Sofie Lund")
    invitation.accept(user)

    assert user.memberships.get().starts_on == today() + timedelta(days=3)


def test_an_invitation_is_accepted_once(programme, torben):
    invitation, _ = an_invitation(programme, torben)
    user = User.objects.create_user(invitation.email, PASSWORD, name="Sofie Lund")
    same = Invitation.objects.get(pk=invitation.pk)
    invitation.accept(user)

    with pytest.raises(ValidationError):
        same.accept(user)
    assert user.memberships.count() == 1


# The first operator


def test_from_an_empty_site_to_somebody_signed_in(db, capsys):
    call_command("first_operator", "olga@example.dk", name="Olga Lund")
    path = re.search(r"https?://[^/]+(\S+)", capsys.readouterr().out)[1]
    browser = Client()
    browser.get(path)
    browser.post(PAGE, NEW)

    assert "_auth_user_id" in browser.session
    enter(browser, User.objects.get())  # with a second factor
    assert browser.get("/").url == reverse("new_programme")
    assert not Membership.objects.exists()
    with pytest.raises(CommandError, match="olga@example.dk"):
        call_command("first_operator", "per@example.dk", name="Per Holm")
    call_command("first_operator", "per@example.dk", name="Per Holm", again=True)


def test_a_programmes_operator_can_invite_the_next(olga):
    with pytest.raises(CommandError, match="can invite others"):
        call_command("first_operator", "per@example.dk", name="Per Holm")
    olga.is_active = False
    olga.save()
    call_command("first_operator", "per@example.dk", name="Per Holm")


@pytest.mark.parametrize(("email", "name"), [("nej", "Per Holm"), ("per@example.dk", "1")])
def test_the_command_refuses_what_cannot_be(db, email, name):
    with pytest.raises(CommandError):
        call_command("first_operator", email, name=name)
    assert not Invitation.objects.exists()


# The page


def test_the_page_has_who_is_in_and_who_was(sign_in, torben, olga, mette, rashid, programme):
    end_roles(rashid.memberships.all())
    an_invitation(programme, torben)
    for user in (torben, olga):
        text = sign_in(user).get(reverse("people")).text
        assert "Sofie Lund" in text and "Mette Sørensen" in text
        assert "Tidligere roller (1)" in text and "“Stopper”" in text


def test_of_another_programme_nothing_is_seen(sign_in, torben, olga, signe, other_programme):
    foreign, _ = an_invitation(other_programme, signe, name="Frede Fjern")
    for user in (torben, olga):
        client = sign_in(user)
        assert "Signe" not in client.get(reverse("people")).text
        assert "Frede" not in client.get(reverse("people")).text
        for name in ("send_invitation_again", "withdraw_invitation"):
            assert client.post(reverse(name, args=[foreign.uuid])).status_code == 404
        role = signe.memberships.get()
        assert client.get(reverse("end_role", args=[role.uuid])).status_code == 404


def test_a_coordinator_handles_mentors_only(sign_in, torben, olga, kirsten, programme):
    invitation, _ = an_invitation(programme, olga, role="committee")
    client = sign_in(torben)

    withdraw = reverse("withdraw_invitation", args=[invitation.uuid])
    assert client.post(withdraw).status_code == 404
    role = kirsten.memberships.get()
    assert client.get(reverse("end_role", args=[role.uuid])).status_code == 404
