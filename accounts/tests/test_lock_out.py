"""Too many wrong passwords: the guesser waits, and the owner of the account gets in."""

import re
import threading

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client, override_settings

from accounts import mails
from accounts.models import User
from mentorship import settings as site

LOG_IN, FORGOTTEN = "/konto/log-ind/", "/konto/glemt/"
PASSWORD, NEW = "en lang adgangskode", "lampe skov tirsdag kaffe"
WRONG = "E-mailen eller adgangskoden er forkert."
TOO_MANY = "Der er prøvet for mange gange."
OWNER, GUESSER = "203.0.113.7", "198.51.100.{}"


@pytest.fixture(params=["locmem.LocMemCache", "db.DatabaseCache"])
def any_cache(request, db):
    """The tests' own cache, and the one the site runs with."""
    backend = {"BACKEND": f"django.core.cache.backends.{request.param}", "LOCATION": "cache"}
    with override_settings(CACHES={"default": backend}):
        yield


@pytest.fixture
def sent(monkeypatch, mailoutbox):
    """sent() returns the mails, those in threads too."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act: act())

    def sent():
        for thread in threading.enumerate():
            if thread.name == mails.THREAD:
                thread.join()
        return mailoutbox

    return sent


def try_in(email, password, address, client=None):
    data = {"login": email, "password": password}
    return (client or Client()).post(LOG_IN, data, REMOTE_ADDR=address)


def guess(email, tries, machine=1):
    """Wrong passwords from one machine."""
    return [try_in(email, f"gæt {n}", GUESSER.format(machine)) for n in range(tries)]


def a_botnet_guesses(email, first=0):
    """Five tries from each of 21 machines: more than an account allows in an hour."""
    for machine in range(first, first + 21):
        guess(email, 5, machine)


def test_five_tries_from_one_address_and_it_must_wait(mette, torben, any_cache):
    assert all(WRONG in answer.text for answer in guess(mette.email, 5))

    text = try_in(mette.email, PASSWORD, GUESSER.format(1)).text
    assert TOO_MANY in text and "Glemt adgangskode?" in text
    assert TOO_MANY in try_in("METTE@example.dk", PASSWORD, GUESSER.format(1)).text
    assert try_in(torben.email, PASSWORD, GUESSER.format(1)).status_code == 302


def test_the_owner_gets_in_from_elsewhere_meanwhile(mette, any_cache):
    guess(mette.email, 8)

    assert try_in(mette.email, PASSWORD, OWNER).status_code == 302


def test_a_guesser_with_many_addresses_is_stopped_for_the_account(mette, torben):
    a_botnet_guesses(mette.email)

    assert TOO_MANY in try_in(mette.email, PASSWORD, "192.0.2.1").text
    assert try_in(torben.email, PASSWORD, "192.0.2.1").status_code == 302


def test_one_address_alone_cannot_close_an_account():
    """In an hour it has twelve times five tries; the account allows more."""
    pair, account = (
        ratelimit.get_rates(app="allauth.account", action=f"login_failed_{of}")[0]
        for of in ("pair", "account")
    )
    assert pair.amount * account.duration / pair.duration < account.amount <= 100


def test_a_known_device_gets_in_while_strangers_guess(mette):
    browser = Client()
    assert try_in(mette.email, PASSWORD, OWNER, browser).status_code == 302
    browser.post("/konto/log-ud/")
    a_botnet_guesses(mette.email)

    assert TOO_MANY in try_in(mette.email, PASSWORD, OWNER).text
    assert try_in(mette.email, PASSWORD, OWNER, browser).status_code == 302


def test_a_known_device_is_stopped_after_five_tries_of_its_own(mette):
    browser = Client()
    try_in(mette.email, PASSWORD, OWNER, browser)
    browser.post("/konto/log-ud/")
    for number in range(5):
        assert WRONG in try_in(mette.email, f"forkert {number}", OWNER, browser).text

    assert TOO_MANY in try_in(mette.email, PASSWORD, OWNER, browser).text


@pytest.mark.parametrize(
    "forged", ["", "x", "x.y", "." * 500, "nøgle.æ", "a" * 32 + "." + "0" * 32]
)
def test_a_made_up_device_is_a_stranger(mette, forged):
    browser = Client()
    browser.cookies["device"] = forged
    for number in range(5):
        try_in(mette.email, f"forkert {number}", OWNER, browser)
    browser.cookies["device"] = forged + "1"

    assert TOO_MANY in try_in(mette.email, PASSWORD, OWNER, browser).text


def test_the_device_of_one_is_a_stranger_to_another(mette, torben):
    browser = Client()
    try_in(torben.email, PASSWORD, OWNER, browser)
    browser.post("/konto/log-ud/")
    a_botnet_guesses(mette.email)

    assert TOO_MANY in try_in(mette.email, PASSWORD, OWNER, browser).text


def test_five_who_share_a_device_are_known_on_it(mette, torben, rashid, kirsten, farid, olga):
    browser = Client()
    for user in (mette, torben, rashid, kirsten, farid, olga):
        assert try_in(user.email, PASSWORD, OWNER, browser).status_code == 302
        browser.post("/konto/log-ud/")

    identity, *proofs = browser.cookies["device"].value.split(".")
    assert len(proofs) == 5 and identity
    assert "mette" not in browser.cookies["device"].value
    a_botnet_guesses(torben.email)
    assert try_in(torben.email, PASSWORD, OWNER, browser).status_code == 302


def link_in(mail):
    return re.search(r"http://testserver(\S+)", mail.body)[1]


def test_a_link_by_mail_lets_the_owner_in_while_the_guessing_goes_on(mette, mailoutbox):
    a_botnet_guesses(mette.email)
    browser = Client(REMOTE_ADDR=OWNER)
    browser.post(FORGOTTEN, {"email": mette.email})
    page = browser.get(link_in(mailoutbox[-1])).url
    assert browser.post(page, {"password1": NEW, "password2": NEW}).status_code == 302
    a_botnet_guesses(mette.email, first=100)

    assert TOO_MANY in try_in(mette.email, NEW, "192.0.2.1").text
    assert try_in(mette.email, NEW, OWNER, browser).status_code == 302


def answers(email):
    """What somebody sees who tries an e-mail six times."""
    return [
        re.sub(r'value="[^"]*"', "", answer.text.replace(email, "")) for answer in guess(email, 6)
    ]


def test_unknown_known_and_closed_accounts_look_the_same(mette, torben):
    torben.is_active = False
    torben.save()
    mettes = answers(mette.email)
    cache.clear()
    torbens = answers(torben.email)
    cache.clear()

    assert mettes == torbens == answers("ukendt@example.dk")
    assert TOO_MANY in mettes[-1]


def test_the_owner_is_told_by_mail_once_a_day_and_nobody_else_is(mette, torben, sent):
    User.objects.filter(pk=torben.pk).update(is_active=False)
    for number, email in enumerate((mette.email, torben.email, "ukendt@example.dk")):
        guess(email, 7, machine=number)
        guess(email, 7, machine=100 + number)
    (mail,) = sent()

    assert mail.to == [mette.email]
    assert mail.subject == "Mentorindsats: Der er prøvet at logge ind for mange gange"
    assert "http://testserver/konto/glemt/" in mail.body
    assert "Mette" not in mail.body and "198.51.100" not in mail.body


def test_a_flood_of_made_up_emails_does_not_push_the_counters_out(mette):
    with override_settings(CACHES=site.CACHES):
        guess(mette.email, 5)
        for number in range(400):
            cache.set(f"andre-{number}", [1.0], 300)

        assert TOO_MANY in try_in(mette.email, PASSWORD, GUESSER.format(1)).text
