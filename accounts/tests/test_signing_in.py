"""At the door: in with e-mail and password, out again, and nobody makes himself a user."""

import pytest
from django.urls import reverse

from accounts.models import User

LOG_IN = "/konto/log-ind/"
PASSWORD = "en lang adgangskode"
WRONG = "E-mailen eller adgangskoden er forkert."


def log_in(client, email="mette@example.dk", password=PASSWORD, **more):
    return client.post(LOG_IN, {"login": email, "password": password, **more})


def is_signed_in(client):
    return client.get(reverse("mfa_index")).status_code == 200  # all that a password opens


def test_the_right_password_leads_home(client, mette):
    answer = log_in(client)

    assert answer.url == reverse("home")
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["METTE@Example.DK", " mette@example.dk "])
def test_case_and_spaces_around_the_email_do_not_matter(client, mette, email):
    assert log_in(client, email).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"), [("mette@example.dk", "gættet"), ("ukendt@example.dk", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_email_get_the_same_answer(client, mette, email, password):
    answer = log_in(client, email, password)

    assert answer.status_code == 200
    assert f'<li><a href="#id_login">{WRONG}</a></li>' in answer.text
    assert "Mette" not in answer.text and password not in answer.text
    assert not is_signed_in(client)


def test_empty_fields_are_named_in_the_summary_and_at_the_field(client, db):
    text = log_in(client, "", "").text

    assert '<a href="#id_login">Skriv din e-mail.</a>' in text
    assert '<a href="#id_password">Skriv din adgangskode.</a>' in text
    assert 'aria-describedby="id_login_error"' in text and 'id="id_login_error"' in text


def test_a_closed_account_is_told_so_only_with_its_right_password(client, mette, events):
    mette.is_active = False
    mette.save()

    assert WRONG in log_in(client, password="gættet").text
    assert log_in(client).url == reverse("account_inactive")
    assert events()[-1]["limit"] == "account_closed"
    assert not is_signed_in(client)


def test_a_user_without_a_password_cannot_sign_in(client, programme):
    User.objects.create_user("ny@example.dk", name="Ny Mentor")

    assert WRONG in log_in(client, "ny@example.dk").text


def test_thirty_forms_a_minute_from_one_machine_are_enough(client, db):
    for _ in range(30):
        log_in(client, "", "")
    answer = log_in(client, "", "")

    assert answer.status_code == 429
    assert "Vent et øjeblik" in answer.text


def test_somebody_who_opened_a_deep_link_comes_back_to_it(client, mette):
    deep = "/unge/?soeg=aftale"
    asked = client.get(deep)
    assert asked.status_code == 302

    page = client.get(asked.url)
    assert '<input type="hidden" name="next" value="/unge/?soeg=aftale">' in page.text
    assert WRONG in log_in(client, password="forkert", next=deep).text
    assert log_in(client, next=deep).url == deep


def test_the_deep_link_of_another_site_is_not_followed(client, mette):
    assert log_in(client, next="https://example.com/").url == reverse("home")


def test_somebody_signed_in_has_no_use_for_the_login_page(sign_in, mette):
    assert sign_in(mette).get(LOG_IN).url == reverse("home")


def test_signing_out_ends_the_session_and_empties_the_device(sign_in, mette):
    client = sign_in(mette)
    old = client.session.session_key

    assert "Log ud" in client.get("/konto/log-ud/").text
    assert is_signed_in(client)  # looking at the page signs nobody out

    answer = client.post("/konto/log-ud/")
    assert answer.url == LOG_IN
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not client.session.exists(old)
    assert "Du er logget ud." in client.get(answer.url).text
    assert not is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_up_is_closed(client, db, method):
    person = {"email": "ny@example.dk", "password1": PASSWORD, "password2": PASSWORD}
    answer = getattr(client, method)("/konto/opret/", person)

    assert "Din tovholder inviterer dig." in answer.text
    assert not User.objects.exists()


def test_confirming_that_it_is_oneself(sign_in, mette):
    client = sign_in(mette)
    address = "/konto/bekraeft/?next=/konto/"

    assert (
        '<a href="#id_password">Adgangskoden er forkert.</a>'
        in client.post(address, {"password": "forkert"}).text
    )
    assert client.post(address, {"password": PASSWORD}).url == "/konto/"
