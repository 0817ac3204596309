"""Single sign-on by OpenID Connect, against a provider that runs (oidc_server.py)."""

import time
from urllib.parse import parse_qs, urlsplit

import environ
import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import social_adapter
from accounts.models import Session, User
from accounts.social_adapter import FACTOR_SHOWN
from accounts.tests.builders import sign_in as enter
from accounts.tests.builders import with_app
from accounts.tests.oidc_server import CLIENT, SECRET, OIDCServer
from accounts.tests.test_mails import wait_for_mails
from accounts.tests.test_signing_in import PASSWORD, is_signed_in, log_in
from mentorship.single_sign_on import single_sign_on

LOG_IN = "/konto/sso/oidc/"
STRANGER = "Din e-mail er ikke inviteret."
UNUSABLE = "kunne ikke bruges. Prøv forfra."
DOWN = "Køge Kommune svarer ikke lige nu."


@pytest.fixture
def provider(settings):
    server = OIDCServer()
    settings.SINGLE_SIGN_ON = set_up(server)
    yield server
    server.close()


def set_up(server, **more):
    variables = {
        "OIDC_ISSUER": server.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Køge Kommune",
    }
    return from_environment(variables | more)[0]


def from_environment(variables, *, local=True):
    env = environ.Env()
    env.ENVIRON = variables
    return single_sign_on(env, local=local)


def to_provider(client, **form):
    """Press the button and sign in at the provider; return the address it sends back to."""
    sent = client.post(LOG_IN, form)
    assert sent.status_code == 302, sent.text
    back = requests.get(sent.url, allow_redirects=False, timeout=5)
    return back.headers["Location"].removeprefix("http://testserver")


def sign_in(client, **form):
    return client.get(to_provider(client, **form))


def assert_refused(client, answer, sentence, status=400):
    assert answer.status_code == status
    assert sentence in answer.text
    assert not is_signed_in(client)


def test_off_there_is_no_button_and_no_address(client, db):
    assert "Log ind med" not in client.get(reverse("account_login")).text
    for address in (LOG_IN, "/konto/sso/oidc/svar/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_no_table_of_providers_is_read(client, db, provider):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("account_login"))
        client.post(LOG_IN)

    assert not [query["sql"] for query in queries if "socialaccount" in query["sql"]]


def test_the_button_leads_home(client, mette, provider, events):
    assert "Log ind med Køge Kommune" in client.get(reverse("account_login")).text

    answer = sign_in(client)

    assert answer.url == reverse("home")
    assert is_signed_in(client)
    linked, signed_in = events()[-2:]
    assert (linked["event"], linked["user"]) == ("single_sign_on_linked", mette.pk)
    assert (signed_in["event"], signed_in["how"]) == ("signed_in", "socialaccount")


def test_next_is_kept_and_leads_to_this_site_only(client, mette, provider):
    assert sign_in(client, next="/hjaelp/").url == "/hjaelp/"
    assert sign_in(Client(), next="https://ond.example/").url == reverse("home")


def test_an_address_alone_does_not_start_it(client, mette, provider):
    assert client.get(LOG_IN).url == reverse("account_login")
    assert Client(enforce_csrf_checks=True).post(LOG_IN).status_code == 403
    assert provider.asked == []


def test_the_request_has_pkce_nonce_and_only_what_is_set_up(client, mette, provider):
    asked = {"process": "connect", "scope": "offline_access", "auth_params": "prompt=none"}
    query = parse_qs(
        urlsplit(client.post(f"{LOG_IN}?{'&'.join(map('='.join, asked.items()))}").url).query
    )

    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43 and len(query["nonce"][0]) == 43
    assert sorted(query["scope"][0].split()) == ["email", "openid"]
    assert "prompt" not in query


def test_nothing_but_the_subject_is_kept(client, mette, provider):
    before = User.objects.values().get(pk=mette.pk)
    sign_in(client)
    sign_in(Client())

    (account,) = SocialAccount.objects.all()
    assert (account.user, account.provider) == (mette, provider.issuer)
    assert (account.uid, account.extra_data) == ("subject-of-mette", {})
    assert not SocialToken.objects.exists()
    changed = {"last_login"}
    after = User.objects.values().get(pk=mette.pk)
    assert {k: v for k, v in after.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }
    kept = " ".join(str(session.data) for session in Session.objects.all())
    assert "Andet Navn" not in kept and "mette@" not in kept


def test_the_password_still_works_and_a_mail_tells_of_the_first_time(
    client, mette, provider, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(client)
        sign_in(Client())
    wait_for_mails()

    assert [mail.subject for mail in mailoutbox] == ["Mentorindsats: Ny måde at logge ind på"]
    assert log_in(Client(), password=PASSWORD).status_code == 302


def test_a_stranger_is_told_who_invites_and_nothing_is_created(client, mette, provider, events):
    provider.claims = {"email": "fremmed@example.dk", "sub": "fremmed"}

    assert_refused(client, sign_in(client), STRANGER, 403)

    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    assert events()[-1]["reason"] == "stranger" and "login" in events()[-1]


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_unverified_email_opens_nothing(client, mette, provider, verified):
    provider.claims = {"email_verified": verified}

    assert_refused(client, sign_in(client), "har ikke bekræftet, at e-mailen er din", 403)


def test_the_domains_that_the_provider_vouches_for(client, mette, provider, settings):
    provider.claims = {"email_verified": None}
    settings.SINGLE_SIGN_ON = set_up(provider, SSO_VERIFIED_DOMAINS="koege.example,Example.dk")
    assert sign_in(client).status_code == 302

    provider.claims = {"email": "mette@under.example.dk", "sub": "2", "email_verified": None}
    assert_refused(Client(), sign_in(Client()), "har ikke bekræftet", 403)


@pytest.mark.parametrize("email", [None, "", "ingen", 7, ["mette@example.dk"]])
def test_no_email(client, mette, provider, email):
    provider.claims = {"email": email}

    assert_refused(client, sign_in(client), "oplyste ingen e-mail", 403)


def test_case_of_the_email_does_not_matter(client, mette, provider):
    provider.claims = {"email": "METTE@Example.DK"}

    assert sign_in(client).url == reverse("home")


def test_a_closed_account_is_told_so_the_first_time_and_later(client, mette, provider, events):
    mette.is_active = False
    mette.save()
    assert sign_in(client).url == reverse("account_inactive")
    assert not SocialAccount.objects.exists()

    User.objects.update(is_active=True)
    sign_in(Client())
    User.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert events()[-1]["limit"] == "account_closed"
    assert not is_signed_in(client)


def test_a_user_without_a_role_gets_what_a_password_gets(client, programme, provider):
    User.objects.create_user("ny@example.dk", PASSWORD, name="Ny Mentor")
    provider.claims = {"email": "ny@example.dk"}
    other = Client()
    log_in(other, "ny@example.dk")

    sign_in(client)

    assert is_signed_in(client)
    pages = [c.get(reverse("home"), follow=True) for c in (client, other)]
    assert pages[0].status_code == pages[1].status_code


def test_a_changed_email_stays_with_the_account_of_its_subject(client, mette, rashid, provider):
    sign_in(client)
    provider.claims = {"email": rashid.email}

    other = Client()
    sign_in(other)

    assert get_user(client) == mette


def test_an_email_given_to_a_new_person_does_not_open_the_old_account(
    client, mette, provider, events
):
    sign_in(Client())
    provider.claims = {"sub": "subject-of-a-new-mette"}

    assert_refused(client, sign_in(client), "hører til en anden bruger hos Køge Kommune", 403)
    assert (events()[-1]["reason"], events()[-1]["user"]) == ("other_subject", mette.pk)


def test_another_issuer_has_other_subjects(client, mette, provider, settings):
    SocialAccount.objects.create(user=mette, provider="https://før.example", uid="x")
    provider.claims = {"sub": "x", "email": "fremmed@example.dk"}

    assert_refused(client, sign_in(client), STRANGER, 403)


def other_key(claims):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256", headers={"kid": "1"})


def unsigned(claims):
    return jwt.encode(claims, None, "none", headers={"kid": "1"})


def by_client_secret(claims):
    return jwt.encode(claims, SECRET.ljust(32, "x"), "HS256", headers={"kid": "1"})


def without_key_id(claims):
    return jwt.encode(claims, "x" * 32, "HS256")


def no_token(claims):
    return None


@pytest.mark.parametrize(
    "sign", [other_key, unsigned, by_client_secret, without_key_id, no_token, "abc".join, str]
)
def test_a_token_that_the_provider_did_not_sign(client, mette, provider, sign):
    provider.sign = sign

    assert_refused(client, sign_in(client), UNUSABLE)


def test_a_tampered_token(client, mette, provider):
    def tampered(claims):
        head, _, signature = provider.signed(claims).split(".")
        _, body, _ = provider.signed(claims | {"email": "torben@example.dk"}).split(".")
        return f"{head}.{body}.{signature}"

    provider.sign = tampered

    assert_refused(client, sign_in(client), UNUSABLE)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": int(time.time()) - 120}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": int(time.time()) + 600}, "ImmatureSignatureError"),
        ({"aud": "en-anden"}, "InvalidAudienceError"),
        ({"aud": None}, "MissingRequiredClaimError"),
        ({"aud": [CLIENT, "en-anden"], "azp": "en-anden"}, "other_party"),
        ({"iss": "https://anden.example"}, "InvalidIssuerError"),
        ({"iss": None}, "MissingRequiredClaimError"),
        ({"nonce": "en-anden"}, "other_nonce"),
        ({"nonce": None}, "other_nonce"),
        ({"sub": ""}, "no_subject"),
        ({"sub": "x" * 192}, "no_subject"),
        ({"sub": None}, "MissingRequiredClaimError"),
        ({"sub": 7}, "InvalidSubjectError"),
    ],
)
def test_a_token_for_another_or_of_another_time(client, mette, provider, events, claims, reason):
    provider.claims = claims

    assert_refused(client, sign_in(client), UNUSABLE)
    assert (events()[-1]["event"], events()[-1]["reason"]) == ("single_sign_on_refused", reason)
    assert not SocialAccount.objects.exists()


def test_a_callback_works_once_and_in_its_own_browser(client, mette, provider):
    callback = to_provider(client)
    stranger = Client()
    assert_refused(stranger, stranger.get(callback), UNUSABLE)

    assert client.get(callback).url == reverse("home")
    client.post(reverse("account_logout"))
    assert_refused(client, client.get(callback), UNUSABLE)


def test_a_callback_after_ten_minutes(client, mette, provider, monkeypatch):
    callback = to_provider(client)
    now = time.time()
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: now + 601)

    assert_refused(client, client.get(callback), UNUSABLE)


@pytest.mark.parametrize(
    "query", ["", "?code=a", "?state=b", "?code=a&state=b", "?error=server_error"]
)
def test_a_made_up_callback(client, mette, provider, query):
    assert_refused(client, client.get(f"/konto/sso/oidc/svar/{query}"), UNUSABLE)
    assert provider.asked == []


def test_cancelled_at_the_provider(client, mette, provider):
    state = parse_qs(urlsplit(to_provider(client)).query)["state"][0]

    answer = client.get(f"/konto/sso/oidc/svar/?error=access_denied&state={state}")

    assert_refused(client, answer, "Du afbrød hos Køge Kommune.", 403)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys"])
@pytest.mark.parametrize(
    "answer", [(500, {}, ""), (200, {}, "<html>"), (302, {"Location": "/token"}, "")]
)
def test_a_provider_in_trouble_is_a_sentence(client, mette, provider, path, answer):
    callback = to_provider(client)
    provider.answers[path] = answer

    assert_refused(client, client.get(callback), DOWN, 503)
    if path != "/keys":
        assert_refused(client, client.post(LOG_IN), DOWN, 503)


@pytest.mark.parametrize(
    "answer",
    [
        (400, {}, '{"error": "invalid_grant"}'),
        (200, {}, "[]"),
        (200, {}, "7"),
        (200, {}, "{}"),
        (200, {}, '{"access_token": "a"}'),
        (200, {}, '{"access_token": "a", "id_token": 7}'),
    ],
)
def test_a_token_endpoint_that_answers_strangely(client, mette, provider, answer):
    provider.answers["/token"] = answer

    assert_refused(client, sign_in(client), UNUSABLE)


@pytest.mark.parametrize("body", ["[]", "7", "{}", '{"keys": 7}', '{"keys": []}'])
def test_keys_that_are_none(client, mette, provider, body):
    provider.answers["/keys"] = (200, {}, body)

    assert_refused(client, sign_in(client), UNUSABLE)


def test_a_provider_that_is_not_there(client, mette, provider):
    provider.close()

    assert_refused(client, client.post(LOG_IN), DOWN, 503)


def test_a_provider_that_is_slow(client, mette, provider, monkeypatch):
    monkeypatch.setattr(social_adapter, "SECONDS", 0.2)
    monkeypatch.setattr(provider, "discovery", lambda *args: time.sleep(1) or (200, {}, "{}"))

    assert_refused(client, client.post(LOG_IN), DOWN, 503)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://anden.example"},
        {"issuer": None},
        {"token_endpoint": "https://anden.example/token"},
        {"jwks_uri": "http://169.254.169.254/keys"},
        {"authorization_endpoint": "https://anden.example/authorize"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_points_elsewhere_is_not_followed(client, mette, provider, metadata):
    provider.metadata = metadata

    assert_refused(client, client.post(LOG_IN), DOWN, 503)
    assert provider.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ({}, False),
        ({"acr": "1"}, False),
        ({"acr": "mfa"}, True),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, False),
        ({"acr": ["mfa"]}, False),
    ],
)
def test_a_factor_that_was_shown_to_the_provider(client, mette, provider, settings, claims, shown):
    settings.SINGLE_SIGN_ON = set_up(provider, SSO_FACTOR_VALUES="mfa,urn:høj")
    provider.claims = claims

    sign_in(client)

    assert client.session.get(FACTOR_SHOWN) == (mette.pk if shown else None)


@pytest.mark.parametrize("shown", [True, False])
def test_who_has_a_factor_here_too_is_asked_unless_the_provider_saw_one(
    client, mette, programme, provider, settings, shown
):
    with_app(mette)
    provider.claims = {"amr": ["pwd", "mfa"] if shown else ["pwd"]}
    settings.SINGLE_SIGN_ON = set_up(provider, SSO_FACTOR_VALUES="mfa")

    answer = sign_in(client)

    assert answer.url == reverse("home" if shown else "mfa_authenticate")
    assert (client.get(reverse("my_week")).status_code == 200) is shown


def test_a_factor_the_provider_saw_of_somebody_else_does_not_count(
    client, mette, rashid, provider, settings
):
    with_app(rashid)
    provider.claims = {"amr": ["mfa"]}
    settings.SINGLE_SIGN_ON = set_up(provider, SSO_FACTOR_VALUES="mfa")
    sign_in(client)
    client.post(reverse("account_logout"))
    session = client.session
    session[FACTOR_SHOWN] = mette.pk
    session.save()

    assert log_in(client, email=rashid.email).url == reverse("mfa_authenticate")


def test_without_values_no_factor_counts(client, mette, provider):
    provider.claims = {"acr": "", "amr": ["mfa"]}
    sign_in(client)

    assert FACTOR_SHOWN not in client.session


def test_signed_in_as_somebody_else_the_session_is_a_new_one(
    client, mette, rashid, provider, settings
):
    enter(client, rashid)
    callback_of = Client()
    callback_of.cookies = client.cookies
    client.logout()
    callback = to_provider(client)
    enter(client, rashid)
    key = client.session.session_key

    assert client.get(callback).url == reverse("home")
    assert get_user(client) == mette
    assert client.session.session_key != key


def test_somebody_signed_in_is_not_sent_away(client, mette, provider):
    enter(client, mette)

    assert client.post(LOG_IN).url == reverse("account_login")
    assert provider.asked == []
