"""A passkey, by Chromium's virtual authenticator: set up, signed in with, asked for again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from setup.tests.builders import an_invitation

from .conftest import PASSWORD, PHONE

pytestmark = pytest.mark.browser

FACE = "Brug telefonens ansigt eller finger"


@pytest.fixture
def phone(browse):
    """A telephone that answers for its owner's face."""
    page = browse(**PHONE)
    answers_for_its_owner(page)
    return page


def answers_for_its_owner(page):
    """Give the page's telephone a virtual authenticator."""
    page.devtools = page.context.new_cdp_session(page)
    page.devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = page.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.authenticator = added["authenticatorId"]


def log_in(page, user):
    page.goto("/konto/log-ind/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def set_up(page, user):
    log_in(page, user)
    page.get_by_role("link", name=FACE).click()
    page.get_by_role("button", name=FACE).click()
    expect(page.get_by_role("heading", name="Dine nødkoder")).to_be_visible()


def test_set_up_then_signed_in_with_alone(phone, mette):
    set_up(phone, mette)
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.get_by_role("link", name="Jeg har gemt dem").click()
    expect(phone).to_have_url(re.compile("/min-uge/$"))

    phone.goto("/konto/log-ud/")
    phone.get_by_role("main").get_by_role("button", name="Log ud").click()
    phone.get_by_role("button", name=FACE).click()

    expect(phone).to_have_url(re.compile("/min-uge/$"))
    factor = Authenticator.objects.get(user=mette, type="webauthn")
    assert factor.last_used_at


def test_after_a_password_the_passkey_is_the_second_step(phone, mette):
    set_up(phone, mette)
    phone.context.clear_cookies()
    log_in(phone, mette)
    expect(phone.get_by_role("heading", name="Ét skridt til")).to_be_visible()

    phone.get_by_role("button", name=FACE).click()

    expect(phone).to_have_url(re.compile("/min-uge/$"))


def test_another_face_does_not_get_in_and_the_page_says_so(phone, mette):
    set_up(phone, mette)
    phone.context.clear_cookies()
    told = {"authenticatorId": phone.authenticator, "isUserVerified": False}
    phone.devtools.send("WebAuthn.setUserVerified", told)
    phone.goto("/konto/log-ind/")

    phone.get_by_role("button", name=FACE).click()

    expect(phone.get_by_text("Det lykkedes ikke.")).to_be_visible()
    phone.goto("/min-uge/")
    expect(phone.get_by_role("heading", name="Log ind")).to_be_visible()


def test_the_invited_choose_a_passkey_with_one_tap_and_get_their_codes(phone, torben, programme):
    _, token = an_invitation(programme, torben)
    phone.goto(f"/konto/invitation/{token}/")
    phone.get_by_role("button", name=FACE).click()

    expect(phone.get_by_role("heading", name="Dine nødkoder")).to_be_visible()
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.get_by_role("link", name="Jeg har gemt dem").click()
    expect(phone).to_have_url(re.compile("/min-uge/$"))


def test_the_invited_whose_face_does_not_work_get_on(phone, torben, programme):
    _, token = an_invitation(programme, torben)
    told = {"authenticatorId": phone.authenticator, "isUserVerified": False}
    phone.devtools.send("WebAuthn.setUserVerified", told)
    phone.goto(f"/konto/invitation/{token}/")
    phone.get_by_role("button", name=FACE).click()
    expect(phone.get_by_text("Det lykkedes ikke.")).to_be_visible()

    phone.devtools.send("WebAuthn.setUserVerified", told | {"isUserVerified": True})
    phone.get_by_role("button", name=FACE).click()
    expect(phone.get_by_role("heading", name="Dine nødkoder")).to_be_visible()
